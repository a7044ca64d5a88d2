"""The bands of the stages: where on the canvas each stage is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.desktop.canvas.geometry import CARD_WIDTH, GAP_ACROSS
from app.desktop.document.drawn_journey import DrawnJourney, Lane, Position

_MARGIN = GAP_ACROSS / 2
_UNUSED, _NARROW = CARD_WIDTH + 32, 80.0
"""how wide a stage without cards is where no stage has any, and beyond those with cards"""


@dataclass(frozen=True)
class Band:
    """A stage and its part of the canvas from left to right."""

    lane: Lane
    left: float
    right: float
    unused: bool
    """whether no touchpoint belongs to it"""


def bands(journey: DrawnJourney, positions: Mapping[str, Position]) -> tuple[Band, ...]:
    """The bands that hold most cards of their stage; a card dropped elsewhere does not stretch its band."""
    order = {lane.id: number for number, lane in enumerate(journey.lanes)}
    cards = sorted(
        (positions[touchpoint.id][0], order[touchpoint.stage])
        for touchpoint in journey.touchpoints
        if touchpoint.stage in order
    )
    if not cards:
        edges = [_UNUSED * number for number in range(len(journey.lanes) + 1)]
        return tuple(Band(lane, a, b, True) for lane, (a, b) in zip(journey.lanes, pairwise(edges), strict=True))
    cuts = _cuts(cards, len(journey.lanes))
    edges = _edges(cards, cuts)
    used = {number for _, number in cards}
    return tuple(
        Band(lane, a, b, order[lane.id] not in used)
        for lane, (a, b) in zip(journey.lanes, pairwise(edges), strict=True)
    )


def band_at(shown: Sequence[Band], x: float) -> Band | None:
    """The band at that point, the outermost beyond the ends; None where there are no stages."""
    return next((band for band in shown if x < band.right), shown[-1] if shown else None)


def _cuts(cards: Sequence[tuple[float, int]], lanes: int) -> list[int]:
    """After how many cards, from the left, each stage but the last ends: where the fewest are on the wrong side."""
    cuts: list[int] = []
    for lane in range(lanes - 1):
        wrong = sum(1 for _, number in cards if number <= lane)
        best, least = 0, wrong
        for count, (_, number) in enumerate(cards, start=1):
            wrong += -1 if number <= lane else 1
            if wrong < least:
                best, least = count, wrong
        cuts.append(max(best, cuts[-1] if cuts else 0))
    return cuts


def _edges(cards: Sequence[tuple[float, int]], cuts: Sequence[int]) -> list[float]:
    """The edges of the bands; stages without cards share the gap, or stand beyond the outermost cards."""
    first, last = cards[0][0] - _MARGIN, cards[-1][0] + CARD_WIDTH + _MARGIN
    before, after = sum(cut == 0 for cut in cuts), sum(cut == len(cards) for cut in cuts)
    edges = [first - _NARROW * (before - number) for number in range(before)]
    edges.append(first)
    inner = [cut for cut in cuts if 0 < cut < len(cards)]
    for cut in sorted(set(inner)):
        shared = inner.count(cut)
        low, high = cards[cut - 1][0] + CARD_WIDTH, cards[cut][0]
        if low > high:
            low = high = (cards[cut - 1][0] + cards[cut][0] + CARD_WIDTH) / 2
        if shared == 1:
            edges.append((low + high) / 2)
            continue
        inset = min(_MARGIN, (high - low) / 4)
        step = (high - low - 2 * inset) / (shared - 1)
        edges += [low + inset + step * number for number in range(shared)]
    edges.append(last)
    edges += [last + _NARROW * (number + 1) for number in range(after)]
    return edges
