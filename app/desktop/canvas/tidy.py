"""A tidy journey: stages from left to right, each with its touchpoints in columns, rows across all of them.

Layered as Sugiyama, Tagawa and Toda (1981), with columns that stay inside their stage, which layout libraries cannot be
told; `arranging` then looks for swaps with which the routes cross less.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from app.desktop.canvas.arranging import Arrangement, Links, arranged
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_ACROSS, GAP_DOWN, Box, snapped
from app.desktop.canvas.routing import routed
from app.desktop.document.drawn_journey import DrawnJourney, Position

_SWEEPS = 8
_ROWS = (2, 3, 4, 5, 6, 7)
"""the heights of columns that are compared"""
_MANY = 60
"""with more touchpoints than that only one height is tried"""
_USUAL = CARD_WIDTH, CARD_HEIGHT
_LEAST_GAP, _LABEL_GAP, _BESIDE, _APART = 64.0, 80.0, 40.0, 14.0
"""the least room between columns, that for a straight line with its label, and what is needed beside lines that run
down there and for each of them
"""
EMPTY_LANE = 64.0
"""how wide a stage without touchpoints is"""
Size = tuple[float, float]
Way = tuple[str, str, str]


def tidy(journey: DrawnJourney, sizes: Mapping[str, Size] | None = None, rough: bool = False) -> dict[str, Position]:
    """Where each touchpoint's left upper corner goes; the same journey always gives the same answer.

    The touchpoints of a stage are in the columns of its band; no two cards overlap. `rough` is faster, with more
    transitions that cross.
    """
    sizes = sizes or {}
    depth = _depths(journey)
    ids = sorted((touchpoint.id for touchpoint in journey.touchpoints), key=lambda id_: depth[id_])
    stage = {touchpoint.id: touchpoint.stage for touchpoint in journey.touchpoints}
    lanes: dict[str, list[str]] = {lane.id: [] for lane in journey.lanes}
    for id_ in ids:
        lanes.setdefault(stage[id_], []).append(id_)
    links = _links(journey)
    best = _best(tuple(map(tuple, lanes.values())), links, rough)
    placed = _positions(best, len(lanes), sizes, {})
    if rough or len(ids) > _MANY:
        return placed
    return _positions(best, len(lanes), sizes, _gaps(best, placed, sizes, links.ways))


@lru_cache(maxsize=64)
def _best(lanes: tuple[tuple[str, ...], ...], links: Links, rough: bool) -> Arrangement:
    """The arrangement that reads best of those with columns of different heights."""
    count = sum(map(len, lanes))
    if count > _MANY or rough:
        rows = max(5, math.ceil(math.sqrt(0.6 * count)))
        return _started(lanes, links.ways, rows)
    starts: list[Arrangement] = []
    for rows in _ROWS:
        start = _started(lanes, links.ways, rows, spare=True)
        if start not in starts:
            starts.append(start)
    return arranged(starts, links)


def _started(lanes: Sequence[Sequence[str]], ways: Sequence[Way], rows: int, spare: bool = False) -> Arrangement:
    """The touchpoints by column, those nearer to the start first, in rows near those of their neighbours."""
    columns: list[list[str]] = []
    of_lane: list[int] = []
    for number, ids in enumerate(lanes):
        parts = _split(ids, math.ceil(len(ids) / rows))
        parts += [[]] if spare and len(ids) > 2 else []
        columns += parts
        of_lane += [number] * len(parts)
    slots = max(map(len, columns), default=0)
    near: dict[str, list[str]] = {id_: [] for ids in lanes for id_ in ids}
    for _, a, b in ways:
        near[a].append(b)
        near[b].append(a)
    row = {id_: float(number) for column in columns for number, id_ in enumerate(column)}
    best, least = dict(row), _length(ways, row)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wished = {id_: sum(row[other] for other in near[id_]) / max(1, len(near[id_])) for id_ in column}
            wished |= {id_: row[id_] for id_ in column if not near[id_]}
            column.sort(key=lambda id_: (wished[id_], id_))
            lowest = -1
            for number, id_ in enumerate(column):
                last = slots - (len(column) - number)
                lowest = max(lowest + 1, min(round(wished[id_]), last))
                row[id_] = float(lowest)
        length = _length(ways, row)
        if length < least:
            best, least = dict(row), length
    grid = []
    for column in columns:
        cells: list[str | None] = [None] * slots
        for id_ in column:
            cells[int(best[id_])] = id_
        grid.append(tuple(cells))
    return Arrangement(tuple(grid), tuple(of_lane))


def _length(ways: Sequence[Way], row: Mapping[str, float]) -> float:
    return sum(abs(row[a] - row[b]) for _, a, b in ways)


def _split(ids: Sequence[str], parts: int) -> list[list[str]]:
    cuts = [round(part * len(ids) / parts) for part in range(parts + 1)] if parts else []
    return [list(ids[a:b]) for a, b in pairwise(cuts)]


def _links(journey: DrawnJourney) -> Links:
    """The transitions that are drawn as lines from one card to another, and the starts."""
    lost = {touchpoint.id for touchpoint in journey.touchpoints if touchpoint.exit == "churn"}
    here = {touchpoint.id for touchpoint in journey.touchpoints}
    return Links(
        tuple(
            (transition.key, transition.source, transition.target)
            for transition in journey.transitions
            if transition.source in here and transition.target in here - lost and transition.source != transition.target
        ),
        frozenset(touchpoint.id for touchpoint in journey.touchpoints if touchpoint.start > 0),
        frozenset(lost),
    )


def _gaps(
    best: Arrangement, placed: Mapping[str, Position], sizes: Mapping[str, Size], ways: Sequence[Way]
) -> dict[int, float]:
    """The room right of each column: as much as the lines need that run down there."""
    boxes = {id_: Box(*at, *sizes.get(id_, _USUAL)) for id_, at in placed.items()}
    routes = routed(boxes, ways)
    down = {round(a[0]) for route in routes.values() for a, b in pairwise(route.points) if a[0] == b[0]}
    gaps = {}
    for number, (one, other) in enumerate(pairwise(best.columns)):
        left = max(boxes[id_].right for id_ in one if id_ is not None)
        right = min(boxes[id_].left for id_ in other if id_ is not None)
        lines = sum(left < x < right for x in down)
        straight = any({a[0], b[0]} == {left, right} for route in routes.values() for a, b in pairwise(route.points))
        gaps[number] = min(
            GAP_ACROSS, max(_LABEL_GAP if straight else _LEAST_GAP, math.ceil((_BESIDE + _APART * lines) / 8) * 8.0)
        )
    return gaps


def _positions(
    best: Arrangement, lanes: int, sizes: Mapping[str, Size], gaps: Mapping[int, float]
) -> dict[str, Position]:
    """The left upper corners: rows and columns as large as what is in them."""
    usual = _USUAL
    slots = len(best.columns[0]) if best.columns else 0
    heights = [
        max((sizes.get(column[row] or "", usual)[1] for column in best.columns), default=0.0) for row in range(slots)
    ]
    tops = [0.0, *accumulate(math.ceil(height / 8) * 8 + GAP_DOWN for height in heights)]
    used = [row for row in range(slots) if any(column[row] for column in best.columns)]
    first = tops[used[0]] if used else 0.0
    placed: dict[str, Position] = {}
    left = GAP_ACROSS / 2
    for lane in range(lanes):
        columns = [number for number, of_lane in enumerate(best.of_lane) if of_lane == lane]
        for number in columns:
            ids = [(row, id_) for row, id_ in enumerate(best.columns[number]) if id_ is not None]
            for row, id_ in ids:
                placed[id_] = (left, snapped(tops[row] - first))
            wide = max(sizes.get(id_, usual)[0] for _, id_ in ids)
            left += math.ceil(wide / 8) * 8 + gaps.get(number, GAP_ACROSS)
        left += 0.0 if columns else EMPTY_LANE
    return placed


def _depths(journey: DrawnJourney) -> dict[str, int]:
    """The fewest transitions from where arrivals begin, exits last in their stage; unreachable ones by the file."""
    following: dict[str, list[str]] = {touchpoint.id: [] for touchpoint in journey.touchpoints}
    entered = set()
    for transition in journey.transitions:
        if transition.source in following and transition.target in following and transition.source != transition.target:
            following[transition.source].append(transition.target)
            entered.add(transition.target)
    starts = [touchpoint.id for touchpoint in journey.touchpoints if touchpoint.start > 0]
    starts += [
        touchpoint.id for touchpoint in journey.touchpoints if touchpoint.id not in entered and touchpoint.start <= 0
    ]
    depth: dict[str, int] = {}
    for first in [*starts, *following]:
        if first in depth:
            continue
        depth[first] = 0
        waiting = deque([first])
        while waiting:
            id_ = waiting.popleft()
            for target in following[id_]:
                if target not in depth:
                    depth[target] = depth[id_] + 1
                    waiting.append(target)
    last = max(depth.values(), default=0) + 1
    return {touchpoint.id: last if touchpoint.exit else depth[touchpoint.id] for touchpoint in journey.touchpoints}
