"""The scenario as it stands at a time: phases, seasons and shocks laid over its values (model 15, 37)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from sim.scenario.addresses.overriding import apply
from sim.scenario.orchestration import Action
from sim.scenario.scenario import Scenario
from sim.scenario.tables import tables_of

from .journey import Journey
from .personalization import Personalization

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True)
class Present:
    """What holds for a while."""

    journey: Journey
    personalization: Personalization
    actions: dict[str, Action]
    """enabled ones, in file order"""
    off: frozenset[tuple[str, str]]
    """rules and broadcasts whose triggers do not fire: `rules` or `broadcasts`, and the id"""


def day_of(scenario: Scenario, moment: float | date) -> float:
    """A day of the run; a date's midnight."""
    return float((moment - scenario.start_date).days) if isinstance(moment, date) else float(moment)


def instants(scenario: Scenario) -> list[float]:
    """Day 0, and the later times at which values change."""
    times = {day_of(scenario, phase.at) for phase in scenario.phases if phase.enabled}
    for shock in scenario.shocks:
        if shock.enabled:
            times |= {day_of(scenario, shock.start), day_of(scenario, shock.end)}
    days = range(ceil(scenario.horizon) + 1) if scenario.seasons else ()
    times |= {float(day) for day in days if calendar_day(scenario, day).day == 1}
    return [0.0, *sorted(time for time in times if 0 < time <= scenario.horizon)]


def calendar_day(scenario: Scenario, time: float) -> date:
    return scenario.start_date + timedelta(floor(time))


def standing(scenario: Scenario, time: float) -> Iterator[dict[str, Any]]:
    """What is set at the time; a later one goes before the ones that come earlier here."""
    phases = [phase for phase in scenario.phases if phase.enabled and day_of(scenario, phase.at) <= time]
    for phase in sorted(phases, key=lambda phase: day_of(scenario, phase.at)):
        yield phase.set
    month = MONTHS[calendar_day(scenario, time).month - 1]
    for season in scenario.seasons:
        if season.enabled and month in season.months:
            yield season.set
    for shock in scenario.shocks:
        if shock.enabled and day_of(scenario, shock.start) <= time < day_of(scenario, shock.end):
            yield shock.set


def present_at(scenario: Scenario, time: float) -> Present:
    tables = tables_of(scenario)
    for values in standing(scenario, time):
        findings = apply(tables, values)
        assert not findings, findings
    changed = Scenario.model_validate(tables)
    down = [
        usual.id for usual, now in zip(scenario.channels, changed.channels, strict=True) if usual.enabled > now.enabled
    ]
    off = [
        (kind, usual.id)
        for kind in ("rules", "broadcasts")
        for usual, now in zip(getattr(scenario, kind), getattr(changed, kind), strict=True)
        if usual.enabled > now.enabled
    ]
    # Whoever is down or off for a while is still a part of the scenario.
    changed = changed.model_copy(
        update={
            "channels": tuple(
                now.model_copy(update={"enabled": usual.enabled})
                for usual, now in zip(scenario.channels, changed.channels, strict=True)
            ),
            "transitions": tuple(
                now.model_copy(update={"enabled": usual.enabled, "share": now.share if now.enabled else 0.0})
                for usual, now in zip(scenario.transitions, changed.transitions, strict=True)
            ),
        }
    )
    return Present(
        Journey(changed, down),
        Personalization(changed),
        {action.id: action for action in changed.actions if action.enabled},
        frozenset(off),
    )
