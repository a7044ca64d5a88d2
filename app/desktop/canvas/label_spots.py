"""Where the labels of transitions go: on their own line, never on a card or on another label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route
from app.desktop.document.drawn_journey import Position

_TILE = 96.0
_CLEARANCE = 1.0
_STEP = 10.0
"""between the spots that are tried along a line"""
_MOST_TRIED = 40
_MANY_LINES = 150
_FEW_SHARES = (0.4, 0.5, 0.3, 0.6, 0.2, 0.7, 0.1, 0.8)
"""with more lines than that only these spots on them are tried, and the first free one is taken"""
_SHARED, _COVERS, _CORNER, _BESIDE = 100.0, 8.0, 3.0, 2.0
"""what a spot costs on a piece that another transition runs along, over another line, on a corner, and beside its line
instead of on it
"""
_NEAR_SOURCE = 0.4
"""labels are best read there: lines that end at one card often join on the way to it"""
Piece = tuple[str, float, float, float, float]
"""A key and the left, upper, right and lower edge of a straight piece."""


class LabelSpots:
    """What is taken on the canvas already, and where the lines run."""

    def __init__(self, cards: Iterable[Box], routes: Mapping[str, Route]) -> None:
        """Keep clear of those cards; prefer spots where a label hides no other line."""
        self._taken: dict[tuple[int, int], list[Box]] = {}
        self._pieces: dict[tuple[int, int], list[Piece]] = {}
        for box in cards:
            self.take(box)
        self._many = len(routes) > _MANY_LINES
        for key, route in routes.items() if not self._many else ():
            for (x0, y0), (x1, y1) in pairwise(route.points):
                piece = (key, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                for tile in _tiles(*piece[1:]):
                    self._pieces.setdefault(tile, []).append(piece)

    def take(self, box: Box) -> None:
        """Keep that spot clear."""
        for tile in _tiles(box.left, box.top, box.right, box.bottom):
            self._taken.setdefault(tile, []).append(box)

    def is_free(self, box: Box, but: Box | None = None) -> bool:
        """Whether nothing is there; `but` does not count."""
        tiles = _tiles(box.left, box.top, box.right, box.bottom)
        return not any(
            other != but and box.touches(other, _CLEARANCE) for tile in tiles for other in self._taken.get(tile, ())
        )

    def spot(self, key: str, route: Route, width: float, height: float) -> tuple[Box, bool]:
        """The best spot for the label of a transition, and whether it is one where the label can be read."""
        if self._many:
            boxes = (centred(route.at(share), width, height) for share in _FEW_SHARES)
            free = next((box for box in boxes if self.is_free(box)), None)
            return free or centred(route.at(_NEAR_SOURCE), width, height), free is not None
        best, least = centred(route.at(_NEAR_SOURCE), width, height), _SHARED * 10
        for share in _shares(route.length):  # those nearest to the best first, so that most need not be tried
            far = abs(share - _NEAR_SOURCE) * 4
            if far >= least:
                break
            x, y = route.at(share)
            for aside, down, more in _aside(route, share, width, height):
                box = centred((x + aside, y + down), width, height)
                if far + more >= least or not self.is_free(box):
                    continue
                cost = far + more + self.hidden(key, box, (x, y)) + _corners(route, box)
                if cost < least:
                    best, least = box, cost
        return best, least < _SHARED

    def hidden(self, key: str, box: Box, at: Position) -> float:
        """What it costs that a label with its middle there hides parts of other lines."""
        x, y = at
        lines: dict[str, float] = {}
        for tile in _tiles(box.left, box.top, box.right, box.bottom):
            for other, left, top, right, bottom in self._pieces.get(tile, ()):
                if other == key or left > box.right or right < box.left or top > box.bottom or bottom < box.top:
                    continue
                on_it = left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1
                lines[other] = max(lines.get(other, 0.0), _SHARED if on_it else _COVERS)
        return sum(lines.values())


def centred(at: Position, width: float, height: float) -> Box:
    """The box with that middle."""
    return Box(at[0] - width / 2, at[1] - height / 2, width, height)


def _shares(length: float) -> list[float]:
    count = max(2, min(_MOST_TRIED, int(length / _STEP)))
    shares = [0.5, *((number + 0.5) / count for number in range(count))]
    return sorted(shares, key=lambda share: abs(share - _NEAR_SOURCE))


def _aside(route: Route, share: float, width: float, height: float) -> list[tuple[float, float, float]]:
    """How far from the line a label may be, across and down, and what that costs: on it, or just beside it."""
    (x0, y0), (x1, y1) = route.at(max(0.0, share - 0.01)), route.at(min(1.0, share + 0.01))
    if abs(x1 - x0) > abs(y1 - y0):
        return [(0.0, 0.0, 0.0), (0.0, -height / 2 - 1, _BESIDE), (0.0, height / 2 + 1, _BESIDE)]
    return [(0.0, 0.0, 0.0), (width / 2 + 1, 0.0, _BESIDE), (-width / 2 - 1, 0.0, _BESIDE)]


def _corners(route: Route, box: Box) -> float:
    return _CORNER * sum(box.left < x < box.right and box.top < y < box.bottom for x, y in route.points[1:-1])


def _tiles(left: float, top: float, right: float, bottom: float) -> list[tuple[int, int]]:
    return [
        (column, row)
        for column in range(int(left // _TILE), int(right // _TILE) + 1)
        for row in range(int(top // _TILE), int(bottom // _TILE) + 1)
    ]
