"""A scenario made ready to run: its ids as indices in arrays."""
