"""Where cards stand that the file gives no position."""

from __future__ import annotations

from collections.abc import Mapping

from app.desktop.canvas.bands import bands
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_ACROSS, GAP_DOWN, Box, card_box
from app.desktop.canvas.tidy import tidy
from app.desktop.document.drawn_journey import DrawnJourney, Position

_STEP = CARD_HEIGHT + GAP_DOWN
_CLEARANCE = 16.0


def placed(journey: DrawnJourney, before: Mapping[str, Position], rough: bool = False) -> dict[str, Position]:
    """The position of every touchpoint: from the file, else as it was shown before, else a free one in its stage."""
    shown = {touchpoint.id: touchpoint.at or before.get(touchpoint.id) for touchpoint in journey.touchpoints}
    given = {id_: at for id_, at in shown.items() if at is not None}
    missing = [touchpoint for touchpoint in journey.touchpoints if shown[touchpoint.id] is None]
    if not missing:
        return given
    layout = tidy(journey, rough=rough)
    if not given:
        return layout
    mostly_new = len(missing) > len(given)
    known = bands(
        DrawnJourney(journey.lanes, tuple(touchpoint for touchpoint in journey.touchpoints if touchpoint.id in given)),
        given,
    )
    lefts = {band.lane.id: band.left + GAP_ACROSS / 2 for band in known}
    boxes = [card_box(at) for at in given.values()]
    for touchpoint in missing:
        at = (
            layout[touchpoint.id]
            if mostly_new
            else (lefts.get(touchpoint.stage, layout[touchpoint.id][0]), layout[touchpoint.id][1])
        )
        at = free_spot(at, boxes)
        given[touchpoint.id] = at
        boxes.append(card_box(at))
    return {touchpoint.id: given[touchpoint.id] for touchpoint in journey.touchpoints}


def free_spot(at: Position, taken: list[Box]) -> Position:
    """That position, or the first one below it where a card touches no other."""
    x, y = at
    near = CARD_WIDTH + _CLEARANCE
    column = sorted(
        (top - CARD_HEIGHT - _CLEARANCE, top + tall + _CLEARANCE)
        for left, top, wide, tall in taken
        if x - wide - _CLEARANCE < left < x + near
    )
    for above, below in column:  # from the top: who is passed once is never in the way again
        while above < y < below:
            y += _STEP
    return x, y
