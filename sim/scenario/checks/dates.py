"""Runs that would go on after the last date there is."""

import datetime
from collections.abc import Iterator

from sim.scenario.findings import Fault
from sim.scenario.scenario import Scenario


def check_dates(scenario: Scenario) -> Iterator[Fault]:
    """A horizon, or arrivals, beyond the year 9999."""
    left = (datetime.date.max - scenario.start_date).days
    over = scenario.population.arrivals.over
    if scenario.horizon > left:
        problem = f"{scenario.horizon:g} days after {scenario.start_date} is later than the year 9999"
        yield Fault(("horizon",), problem, "the horizon is in days: 365 is a year")
    if over is not None and over > left:
        problem = f"{over:g} days after {scenario.start_date} is later than the year 9999"
        yield Fault(("population", "arrivals", "over"), problem, "over is in days: 365 is a year")
