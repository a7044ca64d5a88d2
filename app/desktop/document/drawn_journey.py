"""What canvas and table show of a journey: values made from the tables of a file, also of one that is not valid yet."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.journey import DEFAULT_STAGES

Position = tuple[float, float]
_FARTHEST = 1e6
"""pixels: what lies beyond (or nowhere: nan) is placed anew, lest nobody find it"""


@dataclass(frozen=True)
class Lane:
    """A stage, drawn as a band."""

    id: str
    name: str


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint."""

    id: str
    name: str
    stage: str
    channels: tuple[str, ...] | None
    """where it can happen; None for all channels; left out, exits and lapsed touchpoints have none (model 1)"""
    start: float
    """its weight where arrivals begin; 0 elsewhere"""
    goal: str | None
    """conversion, value or completion"""
    exit: str | None
    """churn or completed"""
    lapsed: bool
    desk: str | None
    enabled: bool
    at: Position | None
    """left upper corner on the canvas; None where the file says none"""


@dataclass(frozen=True)
class Transition:
    """A transition."""

    key: str
    """its own id, or `from/to`"""
    source: str
    target: str
    share: float
    delay: str
    """in words, such as `2 d`; empty where there is none"""
    enabled: bool


@dataclass(frozen=True)
class Note:
    """A text on the canvas; in the file it stands under `annotations`."""

    id: str
    text: str
    at: Position


@dataclass(frozen=True)
class DrawnJourney:
    """Everything that is drawn."""

    lanes: tuple[Lane, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    transitions: tuple[Transition, ...] = ()
    notes: tuple[Note, ...] = ()
    channels: tuple[str, ...] = ()
    """ids of all channels, in the order of the file"""

    def touchpoint(self, id_: str) -> Touchpoint | None:
        """The touchpoint with that id."""
        return next((touchpoint for touchpoint in self.touchpoints if touchpoint.id == id_), None)

    def transition(self, key: str) -> Transition | None:
        """The transition with that key."""
        return next((transition for transition in self.transitions if transition.key == key), None)


def drawn_journey(tables: Mapping[str, Any]) -> DrawnJourney:
    """The journey in a scenario's tables; what is missing or of the wrong kind is left out, findings tell of it."""
    lanes = _lanes(tables)
    first = lanes[0].id
    layout = _table(tables.get("layout"))
    return DrawnJourney(
        lanes=lanes,
        touchpoints=tuple(_touchpoint(item, first, layout) for item in _named(tables, "touchpoints")),
        transitions=tuple(_transitions(tables)),
        notes=tuple(_notes(tables)),
        channels=tuple(item["id"] for item in _named(tables, "channels")),
    )


def _lanes(tables: Mapping[str, Any]) -> tuple[Lane, ...]:
    given = [Lane(item["id"], _text(item.get("name")) or _worded(item["id"])) for item in _named(tables, "stages")]
    return tuple(given) or tuple(Lane(stage, _worded(stage)) for stage in DEFAULT_STAGES)


def _touchpoint(item: Mapping[str, Any], first: str, layout: Mapping[str, Any]) -> Touchpoint:
    id_ = item["id"]
    channels, goal, start = item.get("channels"), item.get("goal"), item.get("start", False)
    exit_, lapsed = _text(item.get("exit")), item.get("lapsed") is True
    usual = () if exit_ or lapsed else None
    return Touchpoint(
        id=id_,
        name=_text(item.get("name")) or _worded(id_),
        stage=_text(item.get("stage")) or first,
        channels=tuple(map(str, channels)) if isinstance(channels, list | dict) else usual,
        start=float(start) if isinstance(start, bool | int | float) else 0.0,
        goal=_text(_table(goal).get("kind")),
        exit=exit_,
        lapsed=lapsed,
        desk=_text(item.get("desk")),
        enabled=item.get("enabled", True) is not False,
        at=_position(layout.get(id_)),
    )


def _transitions(tables: Mapping[str, Any]) -> list[Transition]:
    drawn = []
    for item in _items(tables, "transitions"):
        source, target = _text(item.get("from")), _text(item.get("to"))
        if source is None or target is None:
            continue
        share = item.get("share")
        drawn.append(
            Transition(
                key=_text(item.get("id")) or f"{source}/{target}",
                source=source,
                target=target,
                share=float(share) if _is_number(share) else 0.0,
                delay=delay_in_words(item.get("delay")),
                enabled=item.get("enabled", True) is not False,
            )
        )
    return drawn


def _notes(tables: Mapping[str, Any]) -> list[Note]:
    return [
        Note(item["id"], _text(item.get("text")) or "", _position(item.get("at")) or (0.0, 0.0))
        for item in _named(tables, "annotations")
    ]


def delay_in_words(delay: Any) -> str:
    """A delay as a label: the typical time in the unit that suits it; empty for none."""
    typical = delay if _is_number(delay) else None
    if isinstance(delay, Mapping):
        typical = next((delay[key] for key in ("median", "mean", "value", "scale") if _is_number(delay.get(key))), None)
        if typical is None and _is_number(delay.get("low")) and _is_number(delay.get("high")):
            typical = (delay["low"] + delay["high"]) / 2
        if typical is None:
            return str(delay.get("family", ""))
    if not typical:
        return ""
    for unit, days in (("d", 1.0), ("h", 1 / 24), ("min", 1 / 1440)):
        if typical >= days:
            return f"{_two_digits(typical / days)} {unit}"
    return f"{_two_digits(typical * 86400)} s"


def _two_digits(number: float) -> str:
    """As exact as a label needs: one decimal below ten, none above."""
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.2g}"


def _named(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [item for item in _items(tables, name) if isinstance(item.get("id"), str)]


def _items(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = tables.get(name)
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, Sequence) else []


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _position(value: Any) -> Position | None:
    if isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value)):
        x, y = float(value[0]), float(value[1])
        return (x, y) if abs(x) <= _FARTHEST and abs(y) <= _FARTHEST else None
    return None


def _is_number(value: Any) -> bool:
    """Whether it is one with which can be reckoned: a file may have whole numbers beyond all decimal ones."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _worded(id_: str) -> str:
    return id_.replace("_", " ").replace("-", " ").capitalize()
