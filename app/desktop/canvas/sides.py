"""At which sides of their cards lines begin and end: others are tried where lines cross."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from app.desktop.canvas.clearing import clear, cleared
from app.desktop.canvas.crossings import burden, crossed
from app.desktop.canvas.geometry import Box
from app.desktop.canvas.route import Route
from app.desktop.canvas.routing import Ends, Sides, Way, routed

ANY: Ends = (None, None)
_REMEMBERED = 64
"""states of journeys"""
_ALL: tuple[Ends, ...] = tuple(
    (a, b) for a in (None, "left", "right", "top", "bottom") for b in (None, "left", "right", "top", "bottom")
)


def better(
    boxes: Mapping[str, Box], ways: Sequence[Way], sides: Sides, tries: int
) -> tuple[Sides, dict[str, Route], int]:
    """Sides with which lines read better than with those, their routes, and how many others were tried."""
    routes = clear(boxes, ways, sides)
    used, least = 0, burden(routes)
    in_vain: set[tuple[str, Ends]] = set()
    while used < tries:
        for key, ends in _likely_first(boxes, ways, crossed(routes)):
            if (key, ends) in in_vain or sides.get(key, ANY) == ends:
                continue
            if used >= tries:
                break
            other = {**sides, key: ends}
            tried = routed(boxes, ways, other)
            used += 1
            if burden(tried) < least - 1e-9:
                tried = cleared(boxes, ways, tried)
                if (burdened := burden(tried)) < least - 1e-9:
                    sides, routes, least = other, tried, burdened
                    break
            in_vain.add((key, ends))
        else:
            break
    return sides, routes, used


@lru_cache(maxsize=_REMEMBERED)
def best(
    boxes: tuple[tuple[str, Box], ...], ways: tuple[Way, ...], sides: tuple[tuple[str, Ends], ...], tries: int
) -> Sides:
    """The sides that `better` finds, remembered: pictures, other windows and reopened journeys ask for the same."""
    return better(dict(boxes), ways, dict(sides), tries)[0]


def _likely_first(boxes: Mapping[str, Box], ways: Sequence[Way], keys: Sequence[str]) -> Iterator[tuple[str, Ends]]:
    """What to try with those lines: what often helps first, all the rest thereafter."""
    between = {key: (boxes[source], boxes[target]) for key, source, target in ways}
    rounds = zip_longest(*([(key, ends) for ends in likely_ends(*between[key])] for key in keys))
    likely = [pair for each in rounds for pair in each if pair]
    yield from likely
    yield from (pair for key in keys for ends in _ALL if (pair := (key, ends)) not in likely)


def likely_ends(source: Box, target: Box) -> tuple[Ends, ...]:
    """The sides with which a line between two cards often crosses less, by how they stand to each other."""
    if source.left == target.left:
        return ("left", "left"), ("right", "right"), ("left", None), (None, "left"), ANY
    if source.top == target.top:
        both: tuple[Ends, ...] = ("top", "top"), ("bottom", "bottom")
        return *both, (None, "bottom"), (None, "top"), ("bottom", None), ("top", None), ANY
    towards, away = ("top", "bottom") if target.top < source.top else ("bottom", "top")
    back, far = ("left", "right") if target.left > source.left else ("right", "left")
    both = ("top", "top"), ("bottom", "bottom")
    return (None, away), (towards, None), *both, (back, away), (away, far), (away, None), ANY
