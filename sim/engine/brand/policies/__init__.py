"""How the brand decides: one file for each policy."""
