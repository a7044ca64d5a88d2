"""Sizes on the canvas and the curve of a transition; lengths in pixels at 100 %."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath

CARD_WIDTH, CARD_HEIGHT = 176.0, 72.0
GAP_ACROSS, GAP_DOWN = 128.0, 64.0
"""between cards of a tidy journey"""
NOTE_WIDTH = 192.0
_PIECES = 16
_BETWEEN = 136.0
"""cards of one column further apart than this may have another between them"""


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


@dataclass(frozen=True)
class Curve:
    """A cubic curve by its four points."""

    x0: float
    y0: float
    x1: float
    y1: float
    x2: float
    y2: float
    x3: float
    y3: float

    @property
    def reach(self) -> float:
        """How far its ends are apart."""
        return math.hypot(self.x3 - self.x0, self.y3 - self.y0)

    def at(self, t: float) -> tuple[float, float]:
        """The point at that share of its length, roughly."""
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        return (
            a * self.x0 + b * self.x1 + c * self.x2 + d * self.x3,
            a * self.y0 + b * self.y1 + c * self.y2 + d * self.y3,
        )

    def box(self, margin: float) -> Box:
        """What holds it, with a margin."""
        xs, ys = (self.x0, self.x1, self.x2, self.x3), (self.y0, self.y1, self.y2, self.y3)
        left, top = min(xs) - margin, min(ys) - margin
        return Box(left, top, max(xs) + margin - left, max(ys) + margin - top)

    def lines(self) -> list[QLineF]:
        """The same in straight pieces."""
        along, down = self.x3 - self.x0, self.y3 - self.y0
        bend = max(
            abs((self.x1 - self.x0) * down - (self.y1 - self.y0) * along),
            abs((self.x2 - self.x0) * down - (self.y2 - self.y0) * along),
        )
        pieces = 1 if bend < self.reach else _PIECES
        points = [QPointF(*self.at(number / pieces)) for number in range(pieces + 1)]
        return [QLineF(a, b) for a, b in pairwise(points)]

    def path(self) -> QPainterPath:
        """The same for Qt."""
        path = QPainterPath(QPointF(self.x0, self.y0))
        path.cubicTo(self.x1, self.y1, self.x2, self.y2, self.x3, self.y3)
        return path


def sides(source: Box, target: Box) -> tuple[str, str]:
    """The sides at which a transition leaves its source and enters its target: `left`, `right`, `top` or `bottom`."""
    if source == target:
        return "top", "right"
    if target.left >= source.right:
        return "right", "left"
    if target.right <= source.left:
        return "left", "right"
    down = target.top >= source.bottom
    if not down and target.bottom > source.top:
        return "right", "left"
    apart = target.top - source.bottom if down else source.top - target.bottom
    if apart > _BETWEEN:
        return ("right", "right") if down else ("left", "left")
    return ("bottom", "top") if down else ("top", "bottom")


_ALONG = {"left": (0.0, 1.0), "right": (0.0, 1.0), "top": (1.0, 0.0), "bottom": (1.0, 0.0)}
_OUT = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "top": (0.0, -1.0), "bottom": (0.0, 1.0)}


def curve(source: Box, target: Box, leaves: float = 0.0, enters: float = 0.0) -> Curve:
    """The curve from one card to another; it leaves and enters so far from the middles of the sides."""
    if source == target:
        x, y = source.right, source.top
        return Curve(x - 40, y, x - 48, y - 56, x + 48, y - 40, x, y + 20)
    at, to = sides(source, target)
    x0, y0 = _port(source, at, leaves)
    x3, y3 = _port(target, to, enters)
    reach = abs(x3 - x0) if at in ("left", "right") else abs(y3 - y0)
    pull = 48 + abs(y3 - y0) * 0.12 if at == to else max(28.0, min(reach * 0.5, 320.0))
    (ox, oy), (tx, ty) = _OUT[at], _OUT[to]
    return Curve(x0, y0, x0 + ox * pull, y0 + oy * pull, x3 + tx * pull, y3 + ty * pull, x3, y3)


def _port(box: Box, side: str, offset: float) -> tuple[float, float]:
    x, y = box.middle
    x += _OUT[side][0] * box.width / 2 + _ALONG[side][0] * offset
    y += _OUT[side][1] * box.height / 2 + _ALONG[side][1] * offset
    return x, y
