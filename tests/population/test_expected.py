import math
from typing import Any

import numpy as np
import pytest

from sim.population import draw_population, expected_arrivals, plan_population
from sim.scenario import Scenario
from tests.builders import scenario

BUYING = [{"id": "web", "acquisition": {"spend": 500, "cost_per_arrival": 2, "saturation": 1000}}]
BOUGHT = 1000 * (1 - math.exp(-0.25))
"""arrivals that 500 of money buy at first for 2 each, where 1,000 are the most there are"""


def arrived(of: Scenario, replications: int = 200) -> np.ndarray:
    """Arrivals within the run in each replication."""
    plan = plan_population(of)
    drawn = [draw_population(plan, 1, number) for number in range(replications)]
    return np.array([np.count_nonzero(people.arrival <= of.horizon) for people in drawn])


def test_a_cohort_arrives_as_a_whole() -> None:
    found = expected_arrivals(scenario())
    assert (found.organic, found.bought, found.total) == (100, 0, 100)


def test_bought_visits_come_on_top() -> None:
    found = expected_arrivals(scenario(channels=BUYING))
    assert found.organic == 100
    assert found.bought == pytest.approx(BOUGHT)


@pytest.mark.parametrize(
    ("arrivals", "in_time"),
    [
        ({"pattern": "poisson", "over": 40}, 0.75),
        ({"pattern": "poisson", "over": 20}, 1.0),
        ({"pattern": "profile", "over": 60}, 0.5),
        # Mondays alone: 5 of the 9 Mondays of 60 days from a Monday on lie in the first 30.
        ({"pattern": "profile", "over": 60, "weekly": [1, 0, 0, 0, 0, 0, 0]}, 5 / 9),
    ],
)
def test_who_comes_after_the_horizon_is_not_counted_nor_bought_visits_then(
    arrivals: dict[str, Any], in_time: float
) -> None:
    of = scenario(channels=BUYING, population={"size": 400, "arrivals": arrivals})
    found = expected_arrivals(of)
    assert found.organic == pytest.approx(400 * in_time)
    assert found.bought == pytest.approx(BOUGHT * in_time)
    counted = arrived(of)
    standard_error = counted.std(ddof=1) / math.sqrt(len(counted))
    assert abs(counted.mean() - found.total) < 3 * standard_error
