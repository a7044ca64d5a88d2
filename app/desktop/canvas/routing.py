"""Finds the routes of transitions: round all cards, side by side where they share a corridor.

The library graphlay finds them for any positions (orthogonal, after the order of the ends at each side of a card); what
customers do again at the same touchpoint is drawn below its card. docs/background/look.md compares it with others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import graphlay
import numpy as np

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route
from app.desktop.document.drawn_journey import Transition

_OPTIONS: dict[str, Any] = {
    "routing": {"style": "orthogonal", "merge_edges": "joins", "lane_gap": 12.0},
    "spacing": {"port_gap": 14.0, "stub": 18.0},
}
_LOOP_LEFT, _LOOP_WIDE, _LOOP_DEEP, _LOOP_STEP = 20.0, 20.0, 24.0, 8.0
"""the innermost loop below a card, and how much further out the next one is"""
_MANY, _MANY_WHILE_DRAGGED = 600, 150
"""of more transitions than so many only those are routed anew that begin or end elsewhere"""
_LOOKED_THROUGH = 600
"""more than so many are not looked through again for the few that run through a card"""


Way = tuple[str, str, str]
"""A transition by its key and both ends."""


class Router:
    """Keeps the routes of a journey, and finds them anew when a card or an end of a transition is elsewhere."""

    def __init__(self) -> None:
        """Begin with no cards."""
        self.routes: dict[str, Route] = {}
        """by the key of a transition"""
        self._boxes: dict[str, Box] = {}
        self._ways: list[list[Way]] = []

    def take(self, boxes: Mapping[str, Box], groups: Iterable[Iterable[Transition]]) -> None:
        """Route those transitions among those cards; those of one group make room for each other."""
        ways = [[(each.key, each.source, each.target) for each in group] for group in groups]
        if boxes == self._boxes and ways == self._ways:
            return
        known = {way for group in self._ways for way in group}
        still = {id_ for id_, box in boxes.items() if self._boxes.get(id_) == box}
        self._boxes, self._ways = dict(boxes), ways
        before, self.routes = self.routes, {}
        for group in ways:
            kept: set[Way] = set()
            if len(group) > _MANY:
                kept = {way for way in group if way in known and way[1] in still and way[2] in still}
            self.routes |= {way[0]: before[way[0]] for way in kept}
            self.routes |= clear(boxes, [way for way in group if way not in kept])

    def follow(self, boxes: Mapping[str, Box], moved: set[str]) -> set[str]:
        """Route what leaves or enters the cards that are being moved; returns the transitions with another route."""
        self._boxes = {}
        before = self.routes
        after = dict(before)
        for group in self._ways:
            if len(group) > _MANY_WHILE_DRAGGED:
                group = [way for way in group if way[1] in moved or way[2] in moved]
            after |= clear(boxes, group)
        self.routes = after
        return {key for key, route in after.items() if before.get(key) != route}


def clear(boxes: Mapping[str, Box], ways: Sequence[Way]) -> dict[str, Route]:
    """The routes of transitions among those cards; the few that are led through a card while they make room for each
    other are found once more, each by itself.
    """
    routes = routed(boxes, ways)
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


def routed(boxes: Mapping[str, Box], ways: Sequence[Way]) -> dict[str, Route]:
    """The routes of transitions, given by key and both ends, among those cards."""
    between = [(key, source, target) for key, source, target in ways if source != target]
    routes = _between(boxes, between) if between else {}
    loops: dict[str, int] = {}
    for key, source, target in ways:
        if source == target:
            loops[source] = loops.get(source, -1) + 1
            routes[key] = loop(boxes[source], loops[source])
    return routes


def _between(boxes: Mapping[str, Box], ways: Sequence[Way]) -> dict[str, Route]:
    graph = graphlay.Graph()
    for id_, box in boxes.items():
        x, y = box.middle
        graph.node(id_, width=box.width, height=box.height, position={"x": x, "y": y})
    for _, source, target in ways:
        graph.edge(source, target)
    try:
        edges = graphlay.reroute(graph, options=_OPTIONS).edges
    except graphlay.GraphlayError:  # a position that is not a number, say: the rest must be seen all the same
        return {key: _straight(boxes[source], boxes[target]) for key, source, target in ways}
    routes = {}
    for (key, source, target), edge in zip(ways, edges, strict=True):
        points = tuple((float(point["x"]), float(point["y"])) for point in edge["points"])
        routes[key] = Route(points) if len(points) > 1 else _straight(boxes[source], boxes[target])
    return routes


def _straight(source: Box, target: Box) -> Route:
    return Route((source.middle, target.middle))


def loop(box: Box, number: int) -> Route:
    """A loop below the left part of a card, around those with lower numbers."""
    out = number * _LOOP_STEP
    left, right = box.left + _LOOP_LEFT - out, box.left + _LOOP_LEFT + _LOOP_WIDE + out
    deep = box.bottom + _LOOP_DEEP + 2 * out
    return Route(((right, box.bottom), (right, deep), (left, deep), (left, box.bottom)))
