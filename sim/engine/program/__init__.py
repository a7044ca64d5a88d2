"""A scenario made ready to run: its ids as places in arrays."""
