"""How few customers are few."""

from typing import Final

FEW: Final = 5_000
"""Customers up to whom a population is kept for other arms: half a megabyte. Of more, drawing is a small part of what
they take."""
