"""Faults that are none: looked at one by one, and nobody could see a difference."""

EQUIVALENT: dict[str, str] = {}
"""Why, by the fault's id."""
