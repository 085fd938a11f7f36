"""What the cells of a list say: files and sheets, columns, words, and what is wrong with a cell."""
