"""Which row and column of its stage each touchpoint takes: swaps are tried as long as the routes read better for it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.desktop.canvas.crossings import crossing, crossings
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_ACROSS, GAP_DOWN, Box
from app.desktop.canvas.routing import routed

Swap = tuple[tuple[int, int], tuple[int, int]]
"""Two cells, each by its column and row."""
Columns = tuple[tuple[str | None, ...], ...]
_WORK = 5000
"""so many routes are found at most while arrangements are tried: a fraction of a second"""
_CLIMBED, _KICK = 2, 3
"""how many of the starts are made better, and how many swaps are made blindly"""
_BEND, _LENGTH, _UPWARD, _LOW, _SMALL = 0.12, 1 / 1500, 0.2, 0.15, 40.0
"""how much of a crossing count: a bend, a pixel of a line, a line that leads up to the card above, each row that a
start is below the first or a card where customers are lost above the last, and being drawn smaller by the whole size
"""
_SIGHT = 840.0, 640.0
_READABLE = 0.7
"""the room that the window gives a journey at first, and the scale from which nothing is gained by a larger one"""


@dataclass(frozen=True)
class Arrangement:
    """The touchpoints in columns of equally many rows, None where there is none; and the stage of each column."""

    columns: Columns
    of_lane: tuple[int, ...]


@dataclass(frozen=True)
class Links:
    """What lines lead from where to where, each by a key and both ends; and where journeys begin."""

    ways: tuple[tuple[str, str, str], ...]
    begins: frozenset[str]
    lost: frozenset[str]
    """where customers are lost"""


def arranged(starts: Sequence[Arrangement], links: Links) -> Arrangement:
    """The best arrangement that is found from these by swaps; always the same one."""
    tries = max(len(starts), _WORK // max(1, len(links.ways)))
    ranked = sorted(((_cost(start.columns, links), number) for number, start in enumerate(starts)))
    tries -= len(starts)
    climbs = []
    for cost, number in ranked[:_CLIMBED]:
        climb = _Climb(cost, starts[number], links)
        tries -= climb.go(tries)
        climbs.append(climb)
    best = min(climbs, key=lambda climb: climb.cost)
    while tries > 0 and best.crossed():
        again = best.kicked()
        tries -= 1 + again.go(tries)
        best = min(best, again, key=lambda climb: climb.cost)
    best = min(best, best.turned(), key=lambda climb: climb.cost)
    used = [number for number, column in enumerate(best.columns) if any(column)]
    return Arrangement(
        tuple(tuple(best.columns[number]) for number in used), tuple(best.of_lane[number] for number in used)
    )


class _Climb:
    """An arrangement that is made better swap by swap."""

    def __init__(self, cost: float, start: Arrangement, links: Links, chance: random.Random | None = None) -> None:
        self.cost, self.of_lane, self.swaps = cost, start.of_lane, _swaps(start)
        self.columns = [list(column) for column in start.columns]
        self._links, self._chance = links, chance or random.Random(1)

    def go(self, tries: int) -> int:
        """Make swaps inside the stages while one of them reads better; returns how many were tried."""
        used, better = 0, True
        while better and used < tries:
            better = False
            self._chance.shuffle(self.swaps)
            crossed = self.crossed()
            self.swaps.sort(key=lambda swap: not any(self.columns[a][row] in crossed for a, row in swap))
            for swap in self.swaps:
                if used >= tries:
                    break
                if not self._swap(swap):
                    continue
                tried = _cost(self.columns, self._links)
                used += 1
                if tried < self.cost - 1e-9:
                    self.cost, better = tried, True
                else:
                    self._swap(swap)
        return used

    def crossed(self) -> set[str]:
        """The touchpoints at the ends of lines that cross others."""
        keys = {key for pair in crossing(routed(_boxes(self.columns), self._links.ways)).values() for key in pair}
        return {id_ for key, *ends in self._links.ways if key in keys for id_ in ends}

    def kicked(self) -> _Climb:
        """The same with a few swaps made blindly: the way to what is better may lead through what is worse."""
        other = _Climb(0.0, Arrangement(tuple(map(tuple, self.columns)), self.of_lane), self._links, self._chance)
        crossed = self.crossed()
        likely = [swap for swap in self.swaps if any(self.columns[a][row] in crossed for a, row in swap)] or self.swaps
        for swap in self._chance.sample(likely, min(_KICK, len(likely))):
            other._swap(swap)
        other.cost = _cost(other.columns, self._links)
        return other

    def turned(self) -> _Climb:
        """The same upside down."""
        columns = tuple(tuple(reversed(column)) for column in self.columns)
        return _Climb(_cost(columns, self._links), Arrangement(columns, self.of_lane), self._links, self._chance)

    def _swap(self, swap: Swap) -> bool:
        """Swap what is in two cells, unless nothing is, or a column would be empty; whether it was done."""
        (a, row), (b, other) = swap
        one, two = self.columns[a], self.columns[b]
        if one[row] is None and two[other] is None:
            return False
        one[row], two[other] = two[other], one[row]
        return True


def _swaps(start: Arrangement) -> list[Swap]:
    cells = [(number, row) for number, column in enumerate(start.columns) for row in range(len(column))]
    return [(a, b) for a in cells for b in cells if a < b and start.of_lane[a[0]] == start.of_lane[b[0]]]


def _boxes(columns: Iterable[Sequence[str | None]]) -> dict[str, Box]:
    """Where the cards are while arrangements are compared."""
    return {
        id_: Box(number * (CARD_WIDTH + GAP_ACROSS), row * (CARD_HEIGHT + GAP_DOWN), CARD_WIDTH, CARD_HEIGHT)
        for number, column in enumerate(column for column in columns if any(column))
        for row, id_ in enumerate(column)
        if id_ is not None
    }


def _cost(columns: Iterable[Sequence[str | None]], links: Links) -> float:
    """How badly an arrangement reads."""
    boxes = _boxes(columns)
    if not boxes:
        return 0.0
    routes = routed(boxes, links.ways)
    bends = sum(len(route.points) - 2 for route in routes.values())
    length = sum(route.length for route in routes.values())
    upward = sum(boxes[a].left == boxes[b].left and boxes[a].top > boxes[b].top for _, a, b in links.ways)
    lowest = max(box.top for box in boxes.values())
    low = sum(boxes[id_].top for id_ in links.begins) + sum(lowest - boxes[id_].top for id_ in links.lost)
    ys = [y for route in routes.values() for _, y in route.points]
    ys += [box.top for box in boxes.values()] + [box.bottom for box in boxes.values()]
    wide, tall = max(box.right for box in boxes.values()) + GAP_ACROSS, max(ys) - min(ys)
    small = max(0.0, _READABLE - min(_SIGHT[0] / (wide + 48), _SIGHT[1] / (tall + 48)))
    return (
        crossings(routes)
        + _BEND * bends
        + _LENGTH * length
        + _UPWARD * upward
        + _LOW * low / (CARD_HEIGHT + GAP_DOWN)
        + _SMALL * small
    )
