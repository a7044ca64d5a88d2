"""The main way of a run: how most customers came from the start to each goal."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from app.desktop.document.drawn_journey import DrawnJourney


def main_way(journey: DrawnJourney, visits: Mapping[str, float], chosen: Mapping[str, float]) -> frozenset[str]:
    """The keys of its transitions: from the start that most come to, the way to each goal whose narrowest part is
    widest; nothing before a run.
    """
    starts = [touchpoint.id for touchpoint in journey.touchpoints if touchpoint.start > 0]
    if not starts or not chosen:
        return frozenset()
    first = max(starts, key=lambda id_: visits.get(id_, 0.0))
    came_by = _widest(journey, first, chosen)
    keys: set[str] = set()
    for touchpoint in journey.touchpoints:
        at = touchpoint.id
        while touchpoint.goal is not None and at in came_by and came_by[at][0] not in keys:
            key, at = came_by[at]
            keys.add(key)
    return frozenset(keys)


def _widest(journey: DrawnJourney, first: str, chosen: Mapping[str, float]) -> dict[str, tuple[str, str]]:
    """By touchpoint the last transition of the widest way to it, and where that comes from."""
    leaving: dict[str, list[tuple[float, str, str]]] = {}
    for transition in journey.transitions:
        if chosen.get(transition.key, 0.0) > 0:
            leaving.setdefault(transition.source, []).append(
                (chosen[transition.key], transition.key, transition.target)
            )
    widest = {first: float("inf")}
    came_by: dict[str, tuple[str, str]] = {}
    waiting = [(-widest[first], first)]
    done: set[str] = set()
    while waiting:
        narrowest, id_ = heapq.heappop(waiting)
        if id_ in done:
            continue
        done.add(id_)
        for went, key, target in leaving.get(id_, ()):
            width = min(-narrowest, went)
            if target not in done and width > widest.get(target, 0.0):
                widest[target] = width
                came_by[target] = key, id_
                heapq.heappush(waiting, (-width, target))
    return came_by
