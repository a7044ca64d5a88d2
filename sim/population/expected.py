"""How many arrivals a run may count on, before anything is simulated."""

from dataclasses import dataclass

import numpy as np

from sim.population.arrivals import arrival_grid, expected_bought
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class ExpectedArrivals:
    """Arrivals of a run on average, without the friends whom customers bring along."""

    organic: float
    """customers of the population who arrive within the run"""
    bought: float
    """visits that are bought and arrive within the run"""

    @property
    def total(self) -> float:
        """Both together."""
        return self.organic + self.bought


def expected_arrivals(scenario: Scenario) -> ExpectedArrivals:
    """The arrivals that a run of the scenario has on average (model sections 1 and 18).

    Where arrivals go on after the horizon, those who come later are left out; bought ones come in the same pattern.
    """
    share, day = arrival_grid(scenario)
    in_time = float(np.interp(scenario.horizon, day, share)) if day.size else 1.0
    bought = sum(expected_bought(scenario).values())
    return ExpectedArrivals(scenario.population.size * in_time, bought * in_time)
