"""The toy journey on which simulators are compared: a walk over four places with exponential stays.

Customers arrive at random over thirty days, stay a day at each place on average, and go on by fixed chances.
"""

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario

ARRIVE_OVER = 30.0
MEAN_STAY = 1.0
WAYS: tuple[tuple[float, ...], ...] = (
    (0.0, 0.8, 0.0, 0.0),
    (0.3, 0.0, 0.5, 0.0),
    (0.0, 0.3, 0.0, 0.5),
    (0.5, 0.0, 0.0, 0.0),
)
"""Chance to go from place to place; what is missing to 1 is the chance to leave. All begin at the first place."""


def toy(customers: int) -> Scenario:
    """The toy as a scenario."""
    places = [f"place{number}" for number in range(len(WAYS))]
    ways = [
        (places[n], target, share)
        for n, chances in enumerate(WAYS)
        for target, share in zip([*places, "left"], [*chances, 1 - sum(chances)], strict=True)
        if share > 0
    ]
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "toy",
            "horizon": 1000,
            "population": {"size": customers, "arrivals": {"pattern": "poisson", "over": ARRIVE_OVER}},
            "touchpoints": [
                *({"id": place, "start": number == 0} for number, place in enumerate(places)),
                {"id": "left", "exit": "completed"},
            ],
            "transitions": [
                {
                    "from": source,
                    "to": target,
                    "share": share,
                    "role": "neutral",
                    "delay": {"family": "exponential", "mean": MEAN_STAY},
                }
                for source, target, share in ways
            ],
        }
    )


def in_engine(customers: int, seed: int) -> int:
    """The toy in Journey Sandbox, from scenario to history: the number of stays."""
    scenario = toy(customers)
    history = simulate(compile_program(scenario, scenario), seed, 0)
    return int(history.at_touchpoints.visits[:, : len(WAYS)].sum())
