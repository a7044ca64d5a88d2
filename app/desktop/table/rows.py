"""The rows of the two tables: what a journey says of each touchpoint and transition, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.desktop.canvas import Flow
from app.desktop.canvas.transitions import percent
from app.desktop.document.drawn_journey import DrawnJourney, Touchpoint, Transition, delay_in_words
from sim.scenario import Finding
from sim.scenario.addresses.address import label_of, parts_of
from sim.scenario.toml.notation import value_text

Told = Mapping[tuple[str, str], tuple[Finding, ...]]
"""Findings by the touchpoint or transition that they are about, such as `("touchpoints", "cart")`."""


@dataclass(frozen=True)
class TouchpointRow:
    """A touchpoint."""

    touchpoint: Touchpoint
    number: int
    """0; 1 and more where others before it have the same id, which is a finding"""
    stage: str
    """in words"""
    channels: str
    """in words"""
    weighted: bool
    """whether its start is a weight, not just yes"""
    findings: tuple[Finding, ...] = ()
    visits: float | None = None
    dropoff: float | None = None

    @property
    def id(self) -> str:
        """What it is selected by."""
        return self.touchpoint.id

    @property
    def words(self) -> str:
        """What it is called."""
        return self.touchpoint.name


@dataclass(frozen=True)
class TransitionRow:
    """A transition."""

    transition: Transition
    number: int
    """0; 1 and more where others before it have the same key, which is a finding"""
    source: str
    """name of the touchpoint it leaves"""
    target: str
    """name of the touchpoint it leads to"""
    portion: float | None
    """share of what leaves the touchpoint, 0 to 1; None where it is switched off"""
    delay: str
    """in words, with its distribution"""
    delay_as_written: str
    """as TOML; empty for none"""
    role: str | None
    findings: tuple[Finding, ...] = ()
    chosen: float | None = None

    @property
    def id(self) -> str:
        """What it is selected by."""
        return self.transition.key

    @property
    def words(self) -> str:
        """What it is called."""
        return f"{self.source} to {self.target}"

    @property
    def percent(self) -> str:
        """Its share of what leaves the touchpoint, as on the canvas."""
        return "off" if self.portion is None else percent(self.portion)


def told(findings: Iterable[Finding]) -> Told:
    """The findings by what they are about, the worst first."""
    by_row: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        parts = parts_of(finding.address) if finding.address else ()
        if len(parts) >= 2:
            by_row.setdefault((parts[0], parts[1]), []).append(finding)
    return {about: tuple(sorted(several, key=lambda one: one.level)) for about, several in by_row.items()}


def touchpoint_rows(
    tables: Mapping[str, Any], journey: DrawnJourney, findings: Told, flow: Flow | None
) -> list[TouchpointRow]:
    """A row for each touchpoint, by stage, then in the order of the file."""
    lanes = {lane.id: lane.name for lane in journey.lanes}
    order = {id_: number for number, id_ in enumerate(lanes)}
    names, items = channel_names(tables, journey), _by_label(tables, "touchpoints")
    seen: dict[str, int] = {}
    rows = []
    for touchpoint in sorted(journey.touchpoints, key=lambda touchpoint: order.get(touchpoint.stage, len(order))):
        number = seen[touchpoint.id] = seen.get(touchpoint.id, -1) + 1
        start = items.get(touchpoint.id, {}).get("start", False)
        rows.append(
            TouchpointRow(
                touchpoint=touchpoint,
                number=number,
                stage=lanes.get(touchpoint.stage, touchpoint.stage),
                channels=_channels(touchpoint, names),
                weighted=touchpoint.start > 0 and start is not True,
                findings=findings.get(("touchpoints", touchpoint.id), ()),
                visits=flow.visits.get(touchpoint.id) if flow else None,
                dropoff=flow.dropoff.get(touchpoint.id) if flow else None,
            )
        )
    return rows


def transition_rows(
    tables: Mapping[str, Any], journey: DrawnJourney, findings: Told, flow: Flow | None
) -> list[TransitionRow]:
    """A row for each transition, in the order of the touchpoints that they leave, then of the file."""
    lanes = {lane.id: number for number, lane in enumerate(journey.lanes)}
    touchpoints = sorted(journey.touchpoints, key=lambda touchpoint: lanes.get(touchpoint.stage, len(lanes)))
    names, order = (
        {touchpoint.id: touchpoint.name for touchpoint in touchpoints},
        {touchpoint.id: n for n, touchpoint in enumerate(touchpoints)},
    )
    totals: dict[str, float] = {}
    for transition in journey.transitions:
        if transition.enabled:
            totals[transition.source] = totals.get(transition.source, 0.0) + transition.share
    items, seen = _by_label(tables, "transitions"), dict[str, int]()
    rows = []
    for transition in sorted(journey.transitions, key=lambda transition: order.get(transition.source, len(order))):
        number = seen[transition.key] = seen.get(transition.key, -1) + 1
        item, total = items.get(transition.key, {}), totals.get(transition.source, 0.0)
        role = item.get("role")
        rows.append(
            TransitionRow(
                transition=transition,
                number=number,
                source=names.get(transition.source, transition.source),
                target=names.get(transition.target, transition.target),
                portion=(transition.share / total if total > 0 else 0.0) if transition.enabled else None,
                delay=_delay(item.get("delay")),
                delay_as_written=_as_written(item.get("delay")),
                role=role if isinstance(role, str) else None,
                findings=findings.get(("transitions", transition.key), ()),
                chosen=flow.chosen.get(transition.key) if flow else None,
            )
        )
    return rows


def channel_names(tables: Mapping[str, Any], journey: DrawnJourney) -> dict[str, str]:
    """What the channels are called, by id."""
    items = _by_label(tables, "channels")
    return {id_: str(items.get(id_, {}).get("name") or id_.replace("-", " ").capitalize()) for id_ in journey.channels}


def _by_label(tables: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    listed = tables.get(kind)
    by_label: dict[str, Mapping[str, Any]] = {}
    for item in listed if isinstance(listed, list) else []:
        label = label_of(item)
        if label is not None:
            by_label.setdefault(label, item)
    return by_label


def _channels(touchpoint: Touchpoint, names: Mapping[str, str]) -> str:
    if touchpoint.channels is None:
        return "All"
    return ", ".join(names.get(id_, id_) for id_ in touchpoint.channels) or "None"


def _delay(delay: Any) -> str:
    typical = delay_in_words(delay)
    family = delay.get("family") if isinstance(delay, Mapping) else None
    return f"{typical}, {family}" if family and typical and family not in (typical, "fixed") else typical


def _as_written(delay: Any) -> str:
    return "" if delay is None else value_text(delay)
