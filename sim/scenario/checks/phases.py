"""Phases, seasons and shocks that contradict each other, or that no day of the run sees."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from sim.scenario.addresses.address import parts_of
from sim.scenario.dates import day_of
from sim.scenario.findings import Fault
from sim.scenario.of_the_year import MONTHS, spells
from sim.scenario.scenario import Scenario


def check_phases(scenario: Scenario) -> Iterator[Fault]:
    """Two that set the same value at the same time, shocks that end before they begin, and those outside the run."""
    yield from _phases(scenario)
    yield from _seasons(scenario)
    yield from _shocks(scenario)


def _phases(scenario: Scenario) -> Iterator[Fault]:
    phases = [(number, phase) for number, phase in enumerate(scenario.phases) if phase.enabled]
    for number, phase in phases:
        day = day_of(phase.at, scenario)
        if day > scenario.horizon:
            problem = f"day {day:g} never comes: only {scenario.horizon:g} days are simulated"
            yield Fault(
                ("phases", number, "at"), problem, "give an earlier date or day, or a longer horizon", "warning"
            )
    for (_, first), (number, second) in combinations(phases, 2):
        both = _set_by_both(first.set, second.set)
        if both is not None and day_of(first.at, scenario) == day_of(second.at, scenario):
            problem = f'"{first.id}" sets this at the same moment'
            yield Fault(("phases", number, "set", both), problem, "remove it from one of the two, or move one of them")


def _seasons(scenario: Scenario) -> Iterator[Fault]:
    seasons = [(number, season) for number, season in enumerate(scenario.seasons) if season.enabled]
    for number, season in seasons:
        if not season.months:
            yield Fault(("seasons", number, "months"), "this season has no months", 'name some, such as ["nov", "dec"]')
        elif not any(end > 0 for _, end in spells(season.months, scenario.start_date, scenario.horizon)):
            problem = (
                f"these months are not in the run, which is {scenario.horizon:g} days from {scenario.start_date} on"
            )
            yield Fault(("seasons", number, "months"), problem, "add a month of the run, or remove it", "warning")
    for (_, first), (number, second) in combinations(seasons, 2):
        both = _set_by_both(first.set, second.set)
        common = [month for month in MONTHS if month in first.months and month in second.months]
        if both is not None and common:
            problem = f'"{first.id}" sets this in {common[0]} too'
            remedy = "remove it from one of the two, or let them be in different months"
            yield Fault(("seasons", number, "set", both), problem, remedy)


def _shocks(scenario: Scenario) -> Iterator[Fault]:
    happening = []
    for number, shock in enumerate(scenario.shocks):
        if not shock.enabled:
            continue
        start, end = day_of(shock.start, scenario), day_of(shock.end, scenario)
        if end <= start:
            begins = f"day {start:g}" if isinstance(shock.start, float) else shock.start
            remedy = f"give a date or day after {begins}, at which it begins"
            yield Fault(("shocks", number, "to"), "this shock ends before it begins", remedy)
            continue
        happening.append((number, shock, start, end))
        if start > scenario.horizon:
            problem = f"day {start:g} never comes: only {scenario.horizon:g} days are simulated"
            remedy = "give an earlier date or day, or a longer horizon"
            yield Fault(("shocks", number, "from"), problem, remedy, "warning")
        elif end <= 0:
            problem = f"this shock is over before the start, which is {scenario.start_date}"
            yield Fault(("shocks", number, "to"), problem, "give a later date, or a day of the run", "warning")
    for (_, first, earlier, until), (number, second, start, end) in combinations(happening, 2):
        both = _set_by_both(first.set, second.set)
        if both is not None and start < until and earlier < end:
            problem = f'"{first.id}" sets this at the same time'
            remedy = "remove it from one of the two, or let one end before the other begins"
            yield Fault(("shocks", number, "set", both), problem, remedy)


def _set_by_both(first: Iterable[str], second: Iterable[str]) -> str | None:
    """The first address of the second that is one of the first too, or lies within one, or around one."""
    others = [parts for address in first if (parts := _parts(address))]
    for address in second:
        own = _parts(address)
        if own and any(own[: len(parts)] == parts[: len(own)] for parts in others):
            return address
    return None


def _parts(address: str) -> tuple[str, ...]:
    """The parts of an address; none where it is no address, a finding of its own."""
    try:
        return parts_of(address)
    except ValueError:
        return ()
