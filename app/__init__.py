"""The programs around the simulation: the command line, the window, the report."""
