"""What is presented, one after the other: the journey, each of its stages, and what a run found, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.desktop.document.drawn_journey import DrawnJourney


@dataclass(frozen=True)
class Slide:
    """One view of the journey, or one sentence about it."""

    heading: str
    text: str = ""
    """what is to be read instead of the journey; empty where it is the journey that is shown"""
    standing_out: frozenset[str] | None = None
    """the touchpoints that everything else stands back for; None for no such"""


def slides(name: str, journey: DrawnJourney, sentences: Sequence[str]) -> list[Slide]:
    """The journey, then its stages with touchpoints, then the sentences."""
    shown = [Slide(name)]
    for lane in journey.lanes:
        inside = frozenset(touchpoint.id for touchpoint in journey.touchpoints if touchpoint.stage == lane.id)
        if inside:
            shown.append(Slide(lane.name, standing_out=inside))
    return shown + [Slide("Results", sentence) for sentence in sentences]
