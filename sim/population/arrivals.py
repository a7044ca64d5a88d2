"""When arrivals come, and how many of them are bought; nothing of it is compiled."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.scenario.of_the_year import SpecialDays, day_weights
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Grid = tuple[Floats, Floats]
"""Share of arrivals that have come by a day, and that day."""


def expected_bought(scenario: Scenario) -> dict[str, float]:
    """How many arrivals the money spent buys on average, by enabled channel (model 18)."""
    return {
        channel.id: bought.saturation * -math.expm1(-bought.spend / (bought.cost_per_arrival * bought.saturation))
        for channel in enabled_channels(scenario)
        if (bought := channel.acquisition) is not None and bought.spend > 0
    }


def arrival_grid(scenario: Scenario) -> Grid:
    """Share of arrivals that have come by a day, and that day; both ascend; empty for a cohort."""
    arrivals = scenario.population.arrivals
    if arrivals.pattern == "cohort":
        return np.empty(0), np.empty(0)
    if arrivals.pattern == "poisson":
        return np.array([0.0, 1.0]), np.array([0.0, arrivals.over or scenario.horizon])
    return _grid(scenario, arrivals.monthly, arrivals.week_of_year, arrivals.dates)


def bought_grids(scenario: Scenario) -> dict[str, Grid]:
    """As `arrival_grid`, of what is bought on each enabled channel: its money may have seasons of its own (37)."""
    usual = arrival_grid(scenario)
    return {
        channel.id: _grid(scenario, bought.monthly, None, bought.dates) if bought.has_seasons else usual
        for channel in enabled_channels(scenario)
        if (bought := channel.acquisition) is not None and bought.spend > 0
    }


def _grid(
    scenario: Scenario,
    monthly: Sequence[float] | None,
    week_of_year: Sequence[float] | None,
    dates: Sequence[SpecialDays],
) -> Grid:
    arrivals = scenario.population.arrivals
    profile = arrivals.pattern == "profile"
    over = (None if arrivals.pattern == "cohort" else arrivals.over) or scenario.horizon
    weekly = (arrivals.weekly if profile else None) or [1.0] * 7
    hourly = np.array((arrivals.hourly if profile else None) or [1.0] * 24)
    edges = np.append(np.arange(0.0, np.ceil(over * 24)) / 24, over)
    hours = np.arange(len(edges) - 1)
    days = day_weights(
        scenario.start_date,
        math.ceil(len(hours) / 24),
        weekly=weekly,
        monthly=monthly,
        week_of_year=week_of_year,
        dates=dates,
    )
    weight = np.array(days)[hours // 24] * hourly[hours % 24]
    cumulated = np.append(0.0, np.cumsum(weight * np.diff(edges)))
    return cumulated / cumulated[-1], edges
