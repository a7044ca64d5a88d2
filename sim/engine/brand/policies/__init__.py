"""How the brand decides: one file for each policy; what they share is in `choosing` and `tries`."""
