"""Taking an import back by its journal, and what stands in the way."""
