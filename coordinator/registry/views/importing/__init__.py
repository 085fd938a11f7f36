"""The pages of an import: file, columns, what will happen, correcting, done, taking it back."""
