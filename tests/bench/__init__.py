"""How fast the simulation is, and against what (`make bench`)."""
