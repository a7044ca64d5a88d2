"""The rows of the two tables: what a journey says of each touchpoint and transition, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.desktop.canvas import Flow
from app.desktop.canvas.ways import percent
from app.desktop.document.journey_map import JourneyMap, Place, Way, delay_in_words
from sim.scenario import Finding
from sim.scenario.addresses import label_of, parts_of
from sim.scenario.notation import value_text

Told = Mapping[tuple[str, str], tuple[Finding, ...]]
"""Findings by the touchpoint or transition that they are about, such as `("touchpoints", "cart")`."""


@dataclass(frozen=True)
class PlaceRow:
    """A touchpoint."""

    place: Place
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
        return self.place.id

    @property
    def words(self) -> str:
        """What it is called."""
        return self.place.name


@dataclass(frozen=True)
class WayRow:
    """A transition."""

    way: Way
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
        return self.way.key

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
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        parts = parts_of(finding.address) if finding.address else ()
        if len(parts) >= 2:
            found.setdefault((parts[0], parts[1]), []).append(finding)
    return {about: tuple(sorted(several, key=lambda one: one.level)) for about, several in found.items()}


def place_rows(tables: Mapping[str, Any], journey: JourneyMap, findings: Told, flow: Flow | None) -> list[PlaceRow]:
    """A row for each touchpoint, by stage, then in the order of the file."""
    lanes = {lane.id: lane.name for lane in journey.lanes}
    order = {id_: number for number, id_ in enumerate(lanes)}
    names, items = channel_names(tables, journey), _by_label(tables, "touchpoints")
    seen: dict[str, int] = {}
    rows = []
    for place in sorted(journey.places, key=lambda place: order.get(place.stage, len(order))):
        number = seen[place.id] = seen.get(place.id, -1) + 1
        start = items.get(place.id, {}).get("start", False)
        rows.append(
            PlaceRow(
                place=place,
                number=number,
                stage=lanes.get(place.stage, place.stage),
                channels=_channels(place, names),
                weighted=place.start > 0 and start is not True,
                findings=findings.get(("touchpoints", place.id), ()),
                visits=flow.visits.get(place.id) if flow else None,
                dropoff=flow.dropoff.get(place.id) if flow else None,
            )
        )
    return rows


def way_rows(tables: Mapping[str, Any], journey: JourneyMap, findings: Told, flow: Flow | None) -> list[WayRow]:
    """A row for each transition, in the order of the touchpoints that they leave, then of the file."""
    lanes = {lane.id: number for number, lane in enumerate(journey.lanes)}
    places = sorted(journey.places, key=lambda place: lanes.get(place.stage, len(lanes)))
    names, order = {place.id: place.name for place in places}, {place.id: n for n, place in enumerate(places)}
    totals: dict[str, float] = {}
    for way in journey.ways:
        if way.enabled:
            totals[way.source] = totals.get(way.source, 0.0) + way.share
    items, seen = _by_label(tables, "transitions"), dict[str, int]()
    rows = []
    for way in sorted(journey.ways, key=lambda way: order.get(way.source, len(order))):
        number = seen[way.key] = seen.get(way.key, -1) + 1
        item, total = items.get(way.key, {}), totals.get(way.source, 0.0)
        role = item.get("role")
        rows.append(
            WayRow(
                way=way,
                number=number,
                source=names.get(way.source, way.source),
                target=names.get(way.target, way.target),
                portion=(way.share / total if total > 0 else 0.0) if way.enabled else None,
                delay=_delay(item.get("delay")),
                delay_as_written=_as_written(item.get("delay")),
                role=role if isinstance(role, str) else None,
                findings=findings.get(("transitions", way.key), ()),
                chosen=flow.chosen.get(way.key) if flow else None,
            )
        )
    return rows


def channel_names(tables: Mapping[str, Any], journey: JourneyMap) -> dict[str, str]:
    """What the channels are called, by id."""
    items = _by_label(tables, "channels")
    return {id_: str(items.get(id_, {}).get("name") or id_.replace("-", " ").capitalize()) for id_ in journey.channels}


def _by_label(tables: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    listed = tables.get(kind)
    found: dict[str, Mapping[str, Any]] = {}
    for item in listed if isinstance(listed, list) else []:
        label = label_of(item)
        if label is not None:
            found.setdefault(label, item)
    return found


def _channels(place: Place, names: Mapping[str, str]) -> str:
    if place.channels is None:
        return "None" if place.exit or place.lapsed else "All"
    return ", ".join(names.get(id_, id_) for id_ in place.channels) or "None"


def _delay(delay: Any) -> str:
    typical = delay_in_words(delay)
    family = delay.get("family") if isinstance(delay, Mapping) else None
    return f"{typical}, {family}" if family and typical and family not in (typical, "fixed") else typical


def _as_written(delay: Any) -> str:
    return "" if delay is None else value_text(delay)
