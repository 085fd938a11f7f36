"""What would happen to the rows: the register as a picture, who is meant, what changes."""
