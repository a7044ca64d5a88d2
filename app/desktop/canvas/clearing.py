"""Routes that run through no card but those that they leave and enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route
from app.desktop.canvas.routing import Sides, Way, routed

_LOOKED_THROUGH = 600
"""more than so many are not looked through again for the few that run through a card"""


def clear(boxes: Mapping[str, Box], ways: Sequence[Way], sides: Sides | None = None) -> dict[str, Route]:
    """The routes of transitions among those cards; the few that are led through a card while they make room for each
    other are found once more, each by itself.
    """
    return cleared(boxes, ways, routed(boxes, ways, sides))


def cleared(boxes: Mapping[str, Box], ways: Sequence[Way], routes: dict[str, Route]) -> dict[str, Route]:
    """Those routes, with others instead of the few that run through a card."""
    routes = dict(routes)
    for way in _through(boxes, ways, routes) if len(ways) <= _LOOKED_THROUGH else ():
        key, source, target = way
        routes |= routed(boxes, [way]) if source != target else {key: _upside_down(routes[key], boxes[source])}
    return routes


def _upside_down(route: Route, card: Box) -> Route:
    """A loop above its card instead of below it."""
    return Route(tuple((x, card.top + card.bottom - y) for x, y in route.points))


def _through(boxes: Mapping[str, Box], ways: Sequence[Way], routes: Mapping[str, Route]) -> list[Way]:
    """Those whose routes run through a card that they neither leave nor enter."""
    owners = [number for number, way in enumerate(ways) for _ in routes[way[0]].points[1:]]
    ends = [(*a, *b) for way in ways for a, b in pairwise(routes[way[0]].points)]
    pieces = np.array(ends).reshape(-1, 4)
    low, high = np.minimum(pieces[:, :2], pieces[:, 2:]), np.maximum(pieces[:, :2], pieces[:, 2:])
    cards = np.array(list(boxes.values())).reshape(-1, 4)
    near, far = cards[:, :2] + 1, cards[:, :2] + cards[:, 2:] - 1
    hits = ((low[:, None] < far) & (near < high[:, None])).all(axis=2)
    ids = list(boxes)
    led_through = {
        owners[piece] for piece, card in zip(*hits.nonzero(), strict=True) if ids[card] not in ways[owners[piece]][1:]
    }
    return [ways[number] for number in sorted(led_through)]
