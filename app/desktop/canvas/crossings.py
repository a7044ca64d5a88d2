"""Where lines cross, and how badly a drawing of lines reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from app.desktop.canvas.route import Route
from app.desktop.document.drawn_journey import Position

_BEND, _LENGTH = 0.12, 1 / 1500
"""how much of a crossing count: a bend, and a pixel of a line"""
_CLOSE, _LONG = 3.0, 8.0
"""closer than that lines lie on each other, if for longer than that"""
_APART = 1e9
"""by so much lines down are set apart from lines across"""


def crossings(routes: Mapping[str, Route]) -> int:
    """At how many places one line crosses another: those that run together cross others once."""
    return len(crossing(routes))


def crossing(routes: Mapping[str, Route]) -> dict[Position, tuple[str, str]]:
    """Where lines cross, and two of those that do."""
    across, down = [], []
    for key, route in routes.items():
        for (x0, y0), (x1, y1) in pairwise(route.points):
            if abs(y1 - y0) < abs(x1 - x0):
                across.append((min(x0, x1) + 0.5, max(x0, x1) - 0.5, y0, key))
            else:
                down.append((min(y0, y1) + 0.5, max(y0, y1) - 0.5, x0, key))
    return {
        (round(x), round(y)): (key, other)
        for left, right, y, key in across
        for top, bottom, x, other in down
        if left < x < right and top < y < bottom and key != other
    }


def together(routes: Mapping[str, Route]) -> list[tuple[str, str]]:
    """Which lines lie on each other though they lead to different places: nobody can tell which goes where."""
    keys, ends = list(routes), [route.points[-1] for route in routes.values()]
    pieces = [
        (number, *((y0, x0, x1) if abs(y1 - y0) < abs(x1 - x0) else (x0 - _APART, y0, y1)))
        for number, route in enumerate(routes.values())
        for (x0, y0), (x1, y1) in pairwise(route.points)
    ]
    line, aside, begin, end = np.array(pieces, float).reshape(-1, 4).T
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    close = np.triu(abs(aside[:, None] - aside) < _CLOSE, 1)
    close &= np.minimum(high[:, None], high) - np.maximum(low[:, None], low) > _LONG
    pairs = {(int(line[one]), int(line[other])) for one, other in np.argwhere(close)}
    return [(keys[one], keys[other]) for one, other in sorted(pairs) if one != other and ends[one] != ends[other]]


def crossed(routes: Mapping[str, Route]) -> list[str]:
    """The lines that cross others or lie on them, those that do so most first."""
    pairs = [*crossing(routes).values(), *together(routes)]
    return [key for key, _ in Counter(key for pair in pairs for key in pair).most_common()]


def burden(routes: Mapping[str, Route]) -> float:
    """How badly lines read, in crossings: long ones and those with many bends, too, are hard to follow."""
    bends = sum(len(route.points) - 2 for route in routes.values())
    length = sum(route.length for route in routes.values())
    return crossings(routes) + len(together(routes)) + _BEND * bends + _LENGTH * length
