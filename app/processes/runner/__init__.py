"""The process that simulates runs for the window, one after the other."""
