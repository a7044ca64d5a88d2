"""When arrivals come, and how many of them are bought; nothing of it is compiled."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def expected_bought(scenario: Scenario) -> dict[str, float]:
    """How many arrivals the money spent buys on average, by enabled channel (model 18)."""
    return {
        channel.id: bought.saturation * -math.expm1(-bought.spend / (bought.cost_per_arrival * bought.saturation))
        for channel in enabled_channels(scenario)
        if (bought := channel.acquisition) is not None and bought.spend > 0
    }


def arrival_grid(scenario: Scenario) -> tuple[Floats, Floats]:
    """Share of arrivals that have come by a day, and that day; both ascend; empty for a cohort."""
    arrivals, horizon, start_date = scenario.population.arrivals, scenario.horizon, scenario.start_date
    if arrivals.pattern == "cohort":
        return np.empty(0), np.empty(0)
    over = arrivals.over or horizon
    if arrivals.pattern == "poisson":
        return np.array([0.0, 1.0]), np.array([0.0, over])
    weekly = np.array(arrivals.weekly or [1.0] * 7)
    hourly = np.array(arrivals.hourly or [1.0] * 24)
    edges = np.append(np.arange(0.0, np.ceil(over * 24)) / 24, over)
    hours = np.arange(len(edges) - 1)
    weight = weekly[(hours // 24 + start_date.weekday()) % 7] * hourly[hours % 24]
    cumulated = np.append(0.0, np.cumsum(weight * np.diff(edges)))
    return cumulated / cumulated[-1], edges
