"""One command for each figure; each takes its data path as an argument and prints a table."""
