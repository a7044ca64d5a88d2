"""Sizes on the canvas; lengths in pixels at 100 %."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

CARD_WIDTH, CARD_HEIGHT = 176.0, 72.0
GAP_ACROSS, GAP_DOWN = 96.0, 56.0
"""between cards of a tidy journey"""
NOTE_WIDTH = 192.0


class Box(NamedTuple):
    """A rectangle on the canvas."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def touches(self, other: Box, margin: float = 0.0) -> bool:
        """Whether they overlap or are closer than the margin."""
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.top < other.bottom + margin
            and other.top < self.bottom + margin
        )

    def rect(self) -> QRectF:
        """The same for Qt."""
        return QRectF(*self)


def card_box(at: tuple[float, float]) -> Box:
    """The card with that left upper corner."""
    return Box(at[0], at[1], CARD_WIDTH, CARD_HEIGHT)


def snapped(value: float) -> float:
    """The nearest line of the grid."""
    return round(value / 8) * 8.0
