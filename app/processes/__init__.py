"""The processes behind the window: they simulate, so that it never has to."""
