"""What the canvas is told and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.desktop.document.drawn_journey import Position

Move = tuple[str, float, float]
"""The id of a card or note and where its left upper corner goes."""


@dataclass(frozen=True)
class QuickAdd:
    """A touchpoint asked for on the canvas."""

    source: str | None
    """the touchpoint it is to be reached from; None for none"""
    at: Position
    name: str
    stage: str


@dataclass(frozen=True)
class Flow:
    """Where customers went in a run."""

    visits: Mapping[str, float] = field(default_factory=dict)
    """by touchpoint"""
    dropoff: Mapping[str, float] = field(default_factory=dict)
    """by touchpoint: share of its visits that ended the journey, 0 to 1"""
    chosen: Mapping[str, float] = field(default_factory=dict)
    """by transition: how often it was taken"""
    of: str = ""
    """the name of the arm that was run"""
