"""The window: draw a journey, run it, compare, keep every run."""
