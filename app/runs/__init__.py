"""Runs in the store: simulating into it, what is kept there, and the events behind it."""
