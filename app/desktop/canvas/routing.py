"""Finds the routes of transitions: round all cards, side by side where they share a corridor.

The library graphlay finds them for any positions (orthogonal, after the order of the ends at each side of a card); what
customers do again at the same touchpoint is drawn below its card. docs/background/look.md compares it with others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import graphlay

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route

_OPTIONS: dict[str, Any] = {
    "routing": {"style": "orthogonal", "merge_edges": "joins", "lane_gap": 12.0},
    "spacing": {"port_gap": 14.0, "stub": 18.0},
}
_LOOP_LEFT, _LOOP_WIDE, _LOOP_DEEP, _LOOP_STEP = 20.0, 20.0, 24.0, 8.0
"""the innermost loop below a card, and how much further out the next one is"""

Way = tuple[str, str, str]
"""A transition by its key and both ends."""
Side = str
"""`left`, `right`, `top` or `bottom`"""
Ends = tuple[Side | None, Side | None]
"""The sides of its cards at which a line begins and ends; None for whichever is best for this line alone."""
Sides = Mapping[str, Ends]
"""By the key of a transition."""


def routed(boxes: Mapping[str, Box], ways: Sequence[Way], sides: Sides | None = None) -> dict[str, Route]:
    """The routes of transitions, given by key and both ends, among those cards."""
    between = [(key, source, target) for key, source, target in ways if source != target]
    routes = _between(boxes, between, sides or {}) if between else {}
    loops: dict[str, int] = {}
    for key, source, target in ways:
        if source == target:
            loops[source] = loops.get(source, -1) + 1
            routes[key] = loop(boxes[source], loops[source])
    return routes


def _between(boxes: Mapping[str, Box], ways: Sequence[Way], sides: Sides) -> dict[str, Route]:
    numbers = {id_: number for number, id_ in enumerate(boxes)}
    graph = {
        "nodes": [_node(id_, box) for id_, box in boxes.items()],
        "edges": [
            _edge(numbers[source], numbers[target], *sides.get(key, (None, None))) for key, source, target in ways
        ],
    }
    try:
        edges = graphlay.reroute(graph, options=_OPTIONS).edges
    except graphlay.GraphlayError:  # a position that is not a number, say: the rest must be seen all the same
        return {key: _straight(boxes[source], boxes[target]) for key, source, target in ways}
    routes = {}
    for (key, source, target), edge in zip(ways, edges, strict=True):
        points = tuple((float(point["x"]), float(point["y"])) for point in edge["points"])
        routes[key] = Route(points) if len(points) > 1 else _straight(boxes[source], boxes[target])
    return routes


def _node(id_: str, box: Box) -> dict[str, Any]:
    x, y = box.middle
    return {
        "size": {"width": box.width, "height": box.height},
        "shape": "box",
        "key": id_,
        "position": {"x": x, "y": y},
    }


def _edge(source: int, target: int, begins: Side | None, ends: Side | None) -> dict[str, Any]:
    edge: dict[str, Any] = {"source": source, "target": target, "weight": 1.0}
    if begins:
        edge["source_port"] = {"side": begins}
    if ends:
        edge["target_port"] = {"side": ends}
    return edge


def _straight(source: Box, target: Box) -> Route:
    return Route((source.middle, target.middle))


def loop(box: Box, number: int) -> Route:
    """A loop below the left part of a card, around those with lower numbers."""
    out = number * _LOOP_STEP
    left, right = box.left + _LOOP_LEFT - out, box.left + _LOOP_LEFT + _LOOP_WIDE + out
    deep = box.bottom + _LOOP_DEEP + 2 * out
    return Route(((right, box.bottom), (right, deep), (left, deep), (left, box.bottom)))
