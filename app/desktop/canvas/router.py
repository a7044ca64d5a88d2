"""Keeps the routes of a journey, such that no line runs through a card, and lines cross as little as may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.desktop.canvas.clearing import clear
from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route
from app.desktop.canvas.routing import Sides, Way
from app.desktop.canvas.sides import best
from app.desktop.document.drawn_journey import Transition

_MANY, _MANY_WHILE_DRAGGED = 600, 150
"""of more transitions than so many only those are routed anew that begin or end elsewhere"""
_OPENED, _EDITED, _WITH_SIDES = 5000, 1000, 120
"""so many routes are found at most while other sides of cards are tried, for a journey that was just opened and while
it is edited, and up to how many transitions that is done
"""
_REMEMBERED = 64
"""for so many states of a journey the sides are kept, so that undoing a step shows what was there before"""


class Router:
    """Keeps the routes of a journey, and finds them anew when a card or an end of a transition is elsewhere."""

    def __init__(self) -> None:
        """Begin with no cards."""
        self.routes: dict[str, Route] = {}
        """by the key of a transition"""
        self._sides: Sides = {}
        self._found: dict[tuple[frozenset[tuple[str, Box]], tuple[Way, ...]], Sides] = {}
        self._boxes: dict[str, Box] = {}
        self._ways: list[list[Way]] = []

    def take(self, boxes: Mapping[str, Box], groups: Iterable[Iterable[Transition]]) -> None:
        """Route those transitions among those cards; those of one group make room for each other.

        The first group is in sight all the time, so its lines are kept from crossing.
        """
        ways = [[(each.key, each.source, each.target) for each in group] for group in groups]
        if boxes == self._boxes and ways == self._ways:
            return
        known = {way for group in self._ways for way in group}
        still = {id_ for id_, box in boxes.items() if self._boxes.get(id_) == box}
        self._boxes, self._ways = dict(boxes), ways
        before, self.routes = self.routes, {}
        self._sides = self._chosen(boxes, ways[0], still) if ways else {}
        for group in ways:
            kept: set[Way] = set()
            if len(group) > _MANY:
                kept = {way for way in group if way in known and way[1] in still and way[2] in still}
            self.routes |= {way[0]: before[way[0]] for way in kept}
            self.routes |= clear(boxes, [way for way in group if way not in kept], self._sides)

    def _chosen(self, boxes: Mapping[str, Box], ways: list[Way], still: set[str]) -> Sides:
        """The sides of cards at which lines begin and end such that they cross little."""
        if not 0 < len(ways) <= _WITH_SIDES:
            return {}
        what = frozenset(boxes.items()), tuple(ways)
        if what not in self._found:
            begun = {
                key: self._sides[key]
                for key, source, target in ways
                if key in self._sides and source in still and target in still
            }
            tries = (_EDITED if still else _OPENED) // len(ways)
            self._found[what] = best(tuple(boxes.items()), tuple(ways), tuple(begun.items()), tries)
            if len(self._found) > _REMEMBERED:
                del self._found[next(iter(self._found))]
        return self._found[what]

    def follow(self, boxes: Mapping[str, Box], moved: set[str]) -> set[str]:
        """Route what leaves or enters the cards that are being moved; returns the transitions with another route."""
        self._boxes = {}
        before = self.routes
        after = dict(before)
        hanging = {key for group in self._ways for key, *ends in group if not moved.isdisjoint(ends)}
        sides = {key: ends for key, ends in self._sides.items() if key not in hanging}
        for group in self._ways:
            if len(group) > _MANY_WHILE_DRAGGED:
                group = [way for way in group if way[1] in moved or way[2] in moved]
            after |= clear(boxes, group, sides)
        self.routes = after
        return {key for key, route in after.items() if before.get(key) != route}
