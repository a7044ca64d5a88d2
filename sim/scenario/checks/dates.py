"""Runs that would go on after the last date there is, or for longer than their calendar is followed."""

import datetime
from collections.abc import Iterator

from sim.scenario.findings import Fault, KeyPath
from sim.scenario.of_the_year import MOST_DAYS
from sim.scenario.scenario import Scenario


def check_dates(scenario: Scenario) -> Iterator[Fault]:
    """A horizon, or arrivals, beyond the year 9999."""
    left = (datetime.date.max - scenario.start_date).days
    over = scenario.population.arrivals.over
    if scenario.horizon > left:
        problem = f"{scenario.horizon:g} days after {scenario.start_date} is later than the year 9999"
        yield Fault(("horizon",), problem, "the horizon is in days: 365 is a year")
    if max(scenario.horizon, over or 0) > MOST_DAYS and _by_the_calendar(scenario):
        problem = f"months, weeks and seasons are followed for at most {MOST_DAYS:,} days (a hundred years)"
        key_path: KeyPath = ("horizon",) if scenario.horizon > MOST_DAYS else ("population", "arrivals", "over")
        yield Fault(key_path, problem, "give fewer days: 365 are a year")
    if over is not None and over > left:
        problem = f"{over:g} days after {scenario.start_date} is later than the year 9999"
        yield Fault(("population", "arrivals", "over"), problem, "over is in days: 365 is a year")


def _by_the_calendar(scenario: Scenario) -> bool:
    """Whether anything hangs on months, weeks of the year or special days."""
    arrivals = scenario.population.arrivals
    return bool(scenario.seasons or arrivals.monthly or arrivals.week_of_year or arrivals.dates) or any(
        channel.acquisition.has_seasons for channel in scenario.channels if channel.acquisition
    )
