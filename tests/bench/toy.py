"""The toy journey on which simulators are compared: a walk over four touchpoints with exponential delays.

Customers arrive at random over thirty days, stay a day at each touchpoint on average, and go on by fixed chances.
"""

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario

ARRIVE_OVER = 30.0
MEAN_DELAY = 1.0
CHANCES: tuple[tuple[float, ...], ...] = (
    (0.0, 0.8, 0.0, 0.0),
    (0.3, 0.0, 0.5, 0.0),
    (0.0, 0.3, 0.0, 0.5),
    (0.5, 0.0, 0.0, 0.0),
)
"""Chance to go from one touchpoint to another; what is missing to 1 is the chance to leave. All begin at the first."""


def toy(customers: int) -> Scenario:
    """The toy as a scenario."""
    touchpoints = [f"touchpoint{number}" for number in range(len(CHANCES))]
    transitions = [
        (touchpoints[n], target, share)
        for n, chances in enumerate(CHANCES)
        for target, share in zip([*touchpoints, "left"], [*chances, 1 - sum(chances)], strict=True)
        if share > 0
    ]
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "toy",
            "horizon": 1000,
            "population": {"size": customers, "arrivals": {"pattern": "poisson", "over": ARRIVE_OVER}},
            "touchpoints": [
                *({"id": touchpoint, "start": number == 0} for number, touchpoint in enumerate(touchpoints)),
                {"id": "left", "exit": "completed"},
            ],
            "transitions": [
                {
                    "from": source,
                    "to": target,
                    "share": share,
                    "role": "neutral",
                    "delay": {"family": "exponential", "mean": MEAN_DELAY},
                }
                for source, target, share in transitions
            ],
        }
    )


def in_engine(customers: int, seed: int) -> int:
    """The toy in Journey Sandbox, from scenario to history: the number of visits."""
    scenario = toy(customers)
    history = simulate(compile_program(scenario, scenario), seed, 0)
    return int(history.at_touchpoints.visits[:, : len(CHANCES)].sum())
