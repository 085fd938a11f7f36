"""What is measured and how: see bench/README.md."""
