"""The journey map of a scenario: its stages as columns, with what they say and what a run found of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.desktop.document.drawn_journey import DrawnJourney, Lane, Touchpoint
from app.desktop.journey_map.cells import Cell, Dot, Edit, Felt, Kind, Met, Row, Sheet, signed
from app.desktop.journey_map.figures import Figures
from app.desktop.looks.terms import meaning, meaning_of_word
from sim.outcomes.intervals import Interval
from sim.scenario.addresses.address import joined

_REACHES: Final = (0.25, 0.5, 1.0)
_UNKNOWN: Final = "Run (F5) to see"


def map_of(tables: Mapping[str, Any], journey: DrawnJourney, figures: Figures) -> Sheet:
    """The map of a scenario's tables, with the figures of a run where there are some."""
    return _Map(tables, journey, figures).sheet()


class _Map:
    """A map while it is made."""

    def __init__(self, tables: Mapping[str, Any], journey: DrawnJourney, figures: Figures) -> None:
        self.lanes, self.figures = journey.lanes, figures
        self.items = {kind: _by_id(tables, kind) for kind in ("stages", "touchpoints", "channels")}
        self.inside: dict[str, list[Touchpoint]] = {lane.id: [] for lane in journey.lanes}
        for touchpoint in journey.touchpoints:
            if not touchpoint.exit:
                self.inside.setdefault(touchpoint.stage, []).append(touchpoint)

    def sheet(self) -> Sheet:
        curve = self.row("Emotion", "emotion", Kind.CURVE, self.emotion)
        most = max((abs(each) for cell in curve.cells if cell.felt for each in _heights(cell.felt)), default=0.0)
        rows = [
            self.texts("Customer goal", "customer goal", "customer_goal", "What does the customer want here?"),
            self.texts("Brand goal", "brand goal", "brand_goal", "What does the brand want here?"),
            self.texts("What customers do", "journey map", "customer_actions", "What do customers do here?"),
            self.row("Touchpoints", "touchpoint", Kind.TOUCHPOINTS, self.touchpoints),
            curve,
            self.row("Moments of truth", "moment of truth", Kind.TRUTHS, self.truths),
            self.row("Effort and waits", "effort", Kind.FIGURES, self.effort),
            self.row("Who gets here", "funnel", Kind.FIGURES, self.reached),
            self.row("Drop-off", "drop-off", Kind.SHARE, self.dropoff),
            self.row("Pain points", "pain point", Kind.PAINS, self.pains),
            self.row("Opportunities", "opportunity", Kind.CHANCES, self.chances),
        ]
        reach = next((each for each in _REACHES if most <= each), _REACHES[-1])
        listed = self.items["stages"]
        addresses = tuple(joined(("stages", lane.id, "name")) if lane.id in listed else "stages" for lane in self.lanes)
        return Sheet(tuple(lane.name for lane in self.lanes), addresses, tuple(rows), reach)

    def row(self, title: str, word: str, kind: Kind, cell: Callable[[Lane], Cell]) -> Row:
        cells = [cell(lane) for lane in self.lanes]
        answered = any(one.text for one in cells)
        return Row(title, word, kind, tuple(replace(one, asks=not answered) for one in cells))

    # What the file says

    def texts(self, title: str, word: str, key: str, hint: str) -> Row:
        def cell(lane: Lane) -> Cell:
            text = _text(self.items["stages"].get(lane.id, {}).get(key))
            return Cell(text, hint=hint, tip=text, edit=Edit(("stages", lane.id, key)))

        return self.row(title, word, Kind.WORDS, cell)

    def listed(self, lane: Lane, key: str, hint: str, beside: str = "", tip: str = "") -> Cell:
        items = _texts(self.items["stages"].get(lane.id, {}).get(key))
        return Cell("\n".join(items), beside, items, hint=hint, tip=tip, edit=Edit(("stages", lane.id, key), many=True))

    def chances(self, lane: Lane) -> Cell:
        tip = _told(meaning("opportunity"), "The menu of the cell makes an arm of one, in which you make the change.")
        return self.listed(lane, "opportunities", "What could be better here?", tip=tip)

    def touchpoints(self, lane: Lane) -> Cell:
        met = tuple(
            Met(one.id, one.name, self.channels(one), one.lapsed or not one.enabled, bool(self.truth(one)))
            for one in self.inside[lane.id]
        )
        hint = "Nobody meets the brand here yet: add a touchpoint on the canvas"
        return Cell(met=met, hint=hint, tip="Enter or a double click shows it on the canvas")

    def channels(self, touchpoint: Touchpoint) -> str:
        if touchpoint.channels is None:
            return "any channel"
        named = (self.items["channels"].get(id_, {}).get("name") or id_.capitalize() for id_ in touchpoint.channels)
        return ", ".join(map(str, named))

    def truth(self, touchpoint: Touchpoint) -> str:
        return _text(self.items["touchpoints"].get(touchpoint.id, {}).get("moment_of_truth"))

    def truths(self, lane: Lane) -> Cell:
        inside = self.inside[lane.id]
        marked = [one for one in inside if self.truth(one)]
        lines = tuple(f"{one.name}: {self.truth(one)}" for one in marked)
        return Cell(
            "\n".join(lines),
            "\n".join(each for one in marked if (each := self.after_bad(one, named=len(marked) > 1))),
            items=lines,
            hint="Where is the relationship made or broken?" if inside else "",
            tip=meaning("moment of truth"),
            edit=Edit(("moment_of_truth",), True, tuple((one.id, one.name) for one in inside)) if inside else None,
        )

    def after_bad(self, touchpoint: Touchpoint, *, named: bool) -> str:
        """How many more leave after a bad visit; empty where that is not known."""
        bad = self.figures.touchpoint(touchpoint.id, "dropoff_bad")
        other = self.figures.touchpoint(touchpoint.id, "dropoff_other")
        if bad is None or other is None:
            return ""
        where = f"{touchpoint.name}: " if named else ""
        return f"{where}{_percent(bad.mean)} leave after a bad visit, {_percent(other.mean)} after others"

    # What a run found, or else what the file assumes

    def emotion(self, lane: Lane) -> Cell:
        found, inside = self.figures.stage(lane.id, "emotion"), [one for one in self.inside[lane.id] if one.enabled]
        dots = []
        for one in inside:
            at = self.figures.touchpoint(one.id, "emotion")
            mean = at.mean if at is not None else self.assumed(one, "emotion", 0.0)
            if at is not None or not self.figures.stages:
                dots.append(Dot(one.name, mean, bool(self.truth(one))))
        listed = "\n".join(f"{dot.name}: {signed(dot.mean)}" for dot in dots)
        if found is not None:
            felt = Felt(found.mean, found.lo, found.hi, tuple(dots), counted=True)
            beside = _within(found, signed)
            return Cell(signed(found.mean), beside, felt=felt, tip=_told(meaning("emotion"), listed))
        if self.figures.stages or not dots:
            return Cell(tip=meaning("emotion"))
        felt = Felt(sum(dot.mean for dot in dots) / len(dots), dots=tuple(dots))
        return Cell(signed(felt.mean), "as set", felt=felt, tip=_told(meaning("emotion"), listed))

    def effort(self, lane: Lane) -> Cell:
        effort, wait = self.figures.stage(lane.id, "effort"), self.figures.stage(lane.id, "wait")
        inside = [one for one in self.inside[lane.id] if one.enabled]
        if effort is None:
            if self.figures.stages or not inside:
                return Cell(tip=meaning_of_word("effort"))
            mean = sum(self.assumed(one, "effort", 1.0) for one in inside) / len(inside)
            return Cell(f"{mean:.2f} of 7", "as set", tip=meaning_of_word("effort"))
        text = f"{effort.mean:.2f} of 7"
        if wait is not None:
            text += f", {wait.mean:.1f} min wait"
        ends = _within(effort, lambda value: f"{value:.2f}")
        tip = _told(meaning_of_word("effort"), f"Wait before an experience at a desk: {_minutes(wait)}" if wait else "")
        return Cell(text, ends, tip=tip)

    def reached(self, lane: Lane) -> Cell:
        found, visits = self.figures.stage(lane.id, "reached"), self.figures.stage(lane.id, "visits")
        tip = "Share of arrivals that ever get this far; below, visits in a replication"
        if found is None or visits is None:
            return Cell(hint="" if self.figures.stages else _UNKNOWN, tip=tip)
        return Cell(f"{_percent(found.mean)} of arrivals", f"{visits.mean:,.0f} visits", tip=tip)

    def dropoff(self, lane: Lane) -> Cell:
        found = self.figures.stage(lane.id, "dropoff")
        if found is None:
            return Cell(hint="" if self.figures.stages else _UNKNOWN, tip=meaning("drop-off"))
        each = [
            f"{one.name}: {_percent(at.mean)}"
            for one in self.inside[lane.id]
            if (at := self.figures.touchpoint(one.id, "dropoff")) is not None and at.mean > 0
        ]
        tip = _told(meaning("drop-off"), "\n".join(each))
        return Cell(_percent(found.mean), _within(found, _bare_percent), share=found.mean, tip=tip)

    def pains(self, lane: Lane) -> Cell:
        found = self.figures.stage(lane.id, "at_stake")
        beside = ""
        if found is not None and found.mean > 0:
            beside = f"{found.mean:,.0f} {self.figures.currency} at stake"
            more = [_within(found, _whole)]
            stakes = {
                one.name: at.mean
                for one in self.inside[lane.id]
                if (at := self.figures.touchpoint(one.id, "at_stake")) is not None and at.mean > 0
            }
            if len(stakes) > 1:
                more.append(f"most at “{max(stakes, key=lambda name: stakes[name])}”")
            beside += "".join(f"\n{each}" for each in more if each)
        tip = _told(meaning("pain point"), meaning("at stake") if beside else "")
        return self.listed(lane, "pain_points", "What makes it hard for them here?", beside, tip)

    def assumed(self, touchpoint: Touchpoint, key: str, usual: float) -> float:
        value = self.items["touchpoints"].get(touchpoint.id, {}).get(key)
        if isinstance(value, Mapping):
            value = value.get("mean")
        return float(value) if isinstance(value, int | float) else usual


def _heights(felt: Felt) -> list[float]:
    return [felt.mean, *(dot.mean for dot in felt.dots)]


def _told(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _within(found: Interval, show: Callable[[float], str]) -> str:
    return "" if found.lo is None or found.hi is None else f"[{show(found.lo)}, {show(found.hi)}]"


def _minutes(found: Interval) -> str:
    return f"{found.mean:.1f} min {_within(found, lambda value: f'{value:.1f}')}".rstrip()


def _percent(value: float) -> str:
    return f"{_bare_percent(value)} %"


def _bare_percent(value: float) -> str:
    return f"{value * 100:.1f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _by_id(tables: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    found = tables.get(kind)
    items = found if isinstance(found, Sequence) else ()
    return {each["id"]: each for each in items if isinstance(each, Mapping) and isinstance(each.get("id"), str)}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    return tuple(str(each) for each in value) if isinstance(value, Sequence) else ()
