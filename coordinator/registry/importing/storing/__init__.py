"""A plan brought into the database, in bulk and in one transaction, with a journal."""
