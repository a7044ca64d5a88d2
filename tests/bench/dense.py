"""A dense chain: from each of ten touchpoints to all ten and out, against plain SimPy.

Customers arrive at random over a year, stay a day at each touchpoint on average, and leave after 25 visits on
average. The chances to go from one touchpoint to another are drawn at a fixed seed.
"""

import random
from bisect import bisect
from collections.abc import Generator
from functools import partial
from itertools import accumulate

import simpy

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario
from tests.bench.row import Row, at_least, rate
from tests.bench.timing import in_turn, ratio, typical

TOUCHPOINTS = 10
MEAN_VISITS = 25
MEAN_DELAY = 1.0
ARRIVE_OVER = 365.0
HORIZON = 3650
CUSTOMERS = 10_000
SEED = 2026


def chances() -> list[list[float]]:
    """By touchpoint, those to go to each of them; what is missing to 1 is the chance to leave."""
    stream = random.Random(SEED)
    weights = [[stream.random() for _ in range(TOUCHPOINTS)] for _ in range(TOUCHPOINTS)]
    return [[weight / sum(row) * (1 - 1 / MEAN_VISITS) for weight in row] for row in weights]


CHANCES = chances()


def dense(customers: int) -> Scenario:
    """The chain as a scenario."""
    touchpoints = [f"touchpoint{number}" for number in range(TOUCHPOINTS)]
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "dense",
            "horizon": HORIZON,
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
                for source, row in zip(touchpoints, CHANCES, strict=True)
                for target, share in zip([*touchpoints, "left"], [*row, 1 - sum(row)], strict=True)
            ],
        }
    )


def in_engine(customers: int, seed: int) -> int:
    """From scenario to history: the number of visits."""
    scenario = dense(customers)
    history = simulate(compile_program(scenario, scenario), seed, 0)
    return int(history.at_touchpoints.visits[:, :TOUCHPOINTS].sum())


def in_simpy(customers: int, seed: int) -> int:
    """Plain SimPy, a process for each customer, each step a number from `random` looked up with `bisect`."""
    env, stream, visits = simpy.Environment(), random.Random(seed), [0]
    up_to = [list(accumulate(row)) for row in CHANCES]
    for _ in range(customers):
        env.process(_customer(env, stream, up_to, visits))
    env.run(until=HORIZON)
    return visits[0]


def _customer(
    env: simpy.Environment, stream: random.Random, up_to: list[list[float]], visits: list[int]
) -> Generator[simpy.Event]:
    yield env.timeout(stream.uniform(0, ARRIVE_OVER))
    touchpoint = 0
    while touchpoint < TOUCHPOINTS:
        visits[0] += 1
        yield env.timeout(stream.expovariate(1 / MEAN_DELAY))
        touchpoint = bisect(up_to[touchpoint], stream.random())


def dense_chain(rounds: int, quick: bool) -> list[Row]:
    """Visits a second, each from its own description of the chain to the number of visits."""
    customers = CUSTOMERS // 4 if quick else CUSTOMERS
    visits = in_engine(customers, SEED)
    times = in_turn([partial(in_engine, customers, SEED), partial(in_simpy, customers, SEED)], rounds)
    what = f"a dense chain ({TOUCHPOINTS + 1} transitions from each of {TOUCHPOINTS} touchpoints, {MEAN_VISITS} visits)"
    return [
        Row(f"{what}, SimPy with `random` and `bisect`: visits a second", rate(visits, typical(times, 1))),
        Row(f"{what}, Journey Sandbox: visits a second", rate(visits, typical(times, 0))),
        at_least("that against SimPy", ratio(times, 1, 0), 12, "{:.1f} times"),
    ]
