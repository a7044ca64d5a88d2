"""The way of a transition over the canvas: straight pieces across and down, with round corners."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath

from app.desktop.canvas.geometry import Box
from app.desktop.document.drawn_journey import Position

_CORNER = 10.0
_PIECES_OF_A_CORNER = 3


@dataclass(frozen=True)
class Route:
    """A way from one card to another by its points, at least two."""

    points: tuple[Position, ...]

    @cached_property
    def length(self) -> float:
        """How long it is."""
        return sum(math.dist(a, b) for a, b in pairwise(self.points))

    def at(self, share: float) -> Position:
        """The point at that share of its length."""
        left = share * self.length
        for a, b in pairwise(self.points):
            piece = math.dist(a, b)
            if left <= piece:
                part = left / piece if piece else 0.0
                return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
            left -= piece
        return self.points[-1]

    def box(self, margin: float) -> Box:
        """What holds it, with a margin."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        left, top = min(xs) - margin, min(ys) - margin
        return Box(left, top, max(xs) + margin - left, max(ys) + margin - top)

    @cached_property
    def rounded(self) -> tuple[Position, ...]:
        """Its points, with some more instead of each corner."""
        points = [self.points[0]]
        for a, corner, b in zip(self.points, self.points[1:], self.points[2:], strict=False):
            start, end = _towards(corner, a), _towards(corner, b)
            for number in range(_PIECES_OF_A_CORNER + 1):
                t = number / _PIECES_OF_A_CORNER
                s = 1 - t
                x = s * s * start[0] + 2 * s * t * corner[0] + t * t * end[0]
                y = s * s * start[1] + 2 * s * t * corner[1] + t * t * end[1]
                points.append((x, y))
        return (*points, self.points[-1])

    def lines(self) -> list[QLineF]:
        """The same in straight pieces."""
        return [QLineF(*a, *b) for a, b in pairwise(self.rounded)]

    def path(self) -> QPainterPath:
        """The same for Qt, in one piece."""
        path = QPainterPath(QPointF(*self.points[0]))
        for a, corner, b in zip(self.points, self.points[1:], self.points[2:], strict=False):
            path.lineTo(*_towards(corner, a))
            path.quadTo(QPointF(*corner), QPointF(*_towards(corner, b)))
        path.lineTo(*self.points[-1])
        return path


def _towards(corner: Position, end: Position) -> Position:
    """Where the rounding of a corner begins on the piece to that end: it never takes more than half of a piece."""
    piece = math.dist(corner, end)
    part = min(_CORNER, piece / 2) / piece if piece else 0.0
    return corner[0] + (end[0] - corner[0]) * part, corner[1] + (end[1] - corner[1]) * part
