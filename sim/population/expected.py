"""How many arrivals a run may count on, before anything is simulated."""

from dataclasses import dataclass

import numpy as np

from sim.population.arrivals import Grid, arrival_grid, bought_grids, expected_bought
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

    Where arrivals go on after the horizon, those who come later are left out.
    """
    bought, grids = expected_bought(scenario), bought_grids(scenario)
    return ExpectedArrivals(
        scenario.population.size * _in_time(arrival_grid(scenario), scenario),
        sum(bought[channel] * _in_time(grid, scenario) for channel, grid in grids.items()),
    )


def _in_time(grid: Grid, scenario: Scenario) -> float:
    """The share of arrivals within the run."""
    share, day = grid
    return float(np.interp(scenario.horizon, day, share)) if day.size else 1.0
