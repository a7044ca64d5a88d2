"""Rules and coefficients in words, and the editors in which they are written."""
