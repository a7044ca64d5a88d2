"""Machine code: how functions are compiled, what they hand on, and where compiled code is kept."""
