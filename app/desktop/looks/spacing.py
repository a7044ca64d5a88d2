"""Distances and corners, in pixels at the usual type."""

from typing import Final

GRID: Final = 8
"""Everything is placed on multiples of so many pixels."""
ROUND: Final = 6
"""radius of the corners of what can be pressed, and of cards"""
FINE: Final = 4
"""radius of the corners of what is small: fields, ticks, entries of menus"""
