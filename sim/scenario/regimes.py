"""Phases, seasons and shocks: the scenario as it stands in each part of the run (model 15, 37)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.addresses.address import parts_of
from sim.scenario.addresses.overriding import override
from sim.scenario.dates import day_of
from sim.scenario.of_the_year import spells
from sim.scenario.orchestration import Season
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Off:
    """Ids of what is off for the time being."""

    channels: frozenset[str] = frozenset()
    transitions: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    """and broadcasts"""


NOTHING_OFF = Off()


@dataclass(frozen=True)
class Regime:
    """What holds from `begin` (days) until the next one begins."""

    begin: float
    scenario: Scenario
    """with all values that phases, seasons and shocks set, but what they switch off"""
    off: Off


def regimes(scenario: Scenario) -> tuple[Regime, ...]:
    """The scenario from day 0 on and from each later day on which a phase, season or shock changes something."""
    phases = [phase for phase in scenario.phases if phase.enabled]
    shocks = [shock for shock in scenario.shocks if shock.enabled]
    days = {day_of(phase.at, scenario) for phase in phases}
    days |= {day_of(moment, scenario) for shock in shocks for moment in (shock.start, shock.end)}
    days |= {day for season in scenario.seasons for spell in _spells(season, scenario) for day in spell}
    begins = [0.0, *sorted(day for day in days if 0.0 < day <= scenario.horizon)]
    return tuple(_regime(begin, scenario, values_at(begin, scenario)) for begin in begins)


def values_at(time: float, scenario: Scenario) -> dict[str, Any]:
    """What is set at a time (days), by address; shocks go before seasons, these before phases, later before earlier."""
    begun = [phase for phase in scenario.phases if phase.enabled and day_of(phase.at, scenario) <= time]
    standing = [
        shock
        for shock in scenario.shocks
        if shock.enabled and day_of(shock.start, scenario) <= time < day_of(shock.end, scenario)
    ]
    values: dict[str, Any] = {}
    for phase in sorted(begun, key=lambda phase: day_of(phase.at, scenario)):
        values |= phase.set
    for season in scenario.seasons:
        if any(begin <= time < end for begin, end in _spells(season, scenario)):
            values |= season.set
    for shock in standing:
        values |= shock.set
    return values


def _spells(season: Season, scenario: Scenario) -> Iterator[tuple[float, float]]:
    """When the season is, from which day until which; never if it is disabled."""
    if season.enabled:
        yield from spells(season.months, scenario.start_date, scenario.horizon)


def _regime(begin: float, scenario: Scenario, values: Mapping[str, Any]) -> Regime:
    """Switches are kept apart, since what is off for a while must keep its index."""
    switched: dict[str, set[str]] = {"channels": set(), "transitions": set(), "rules": set(), "broadcasts": set()}
    rest = {}
    for address, value in values.items():
        parts = parts_of(address)
        if len(parts) == 3 and parts[2] == "enabled" and parts[0] in switched:
            if not value:
                switched[parts[0]].add(parts[1])
        else:
            rest[address] = value
    off = Off(
        frozenset(switched["channels"]),
        frozenset(switched["transitions"]),
        frozenset(switched["rules"] | switched["broadcasts"]),
    )
    return Regime(begin, override(scenario, rest) if rest else scenario, off)
