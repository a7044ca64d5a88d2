"""A dense chain: from each of ten places to all ten and out, against plain SimPy.

Customers arrive at random over a year, stay a day at each place on average, and leave after 25 stays on average. The
chances to go from place to place are drawn at a fixed seed.
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

PLACES = 10
MEAN_STAYS = 25
MEAN_STAY = 1.0
ARRIVE_OVER = 365.0
HORIZON = 3650
CUSTOMERS = 10_000
SEED = 2026


def chances() -> list[list[float]]:
    """By place, those to go to each place; what is missing to 1 is the chance to leave."""
    stream = random.Random(SEED)
    weights = [[stream.random() for _ in range(PLACES)] for _ in range(PLACES)]
    return [[weight / sum(row) * (1 - 1 / MEAN_STAYS) for weight in row] for row in weights]


WAYS = chances()


def dense(customers: int) -> Scenario:
    """The chain as a scenario."""
    places = [f"place{number}" for number in range(PLACES)]
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "dense",
            "horizon": HORIZON,
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
                for source, row in zip(places, WAYS, strict=True)
                for target, share in zip([*places, "left"], [*row, 1 - sum(row)], strict=True)
            ],
        }
    )


def in_engine(customers: int, seed: int) -> int:
    """From scenario to history: the number of stays."""
    scenario = dense(customers)
    history = simulate(compile_program(scenario, scenario), seed, 0)
    return int(history.at_touchpoints.visits[:, :PLACES].sum())


def in_simpy(customers: int, seed: int) -> int:
    """Plain SimPy, a process for each customer, each step a number from `random` looked up with `bisect`."""
    env, stream, stays = simpy.Environment(), random.Random(seed), [0]
    up_to = [list(accumulate(row)) for row in WAYS]
    for _ in range(customers):
        env.process(_customer(env, stream, up_to, stays))
    env.run(until=HORIZON)
    return stays[0]


def _customer(
    env: simpy.Environment, stream: random.Random, up_to: list[list[float]], stays: list[int]
) -> Generator[simpy.Event]:
    yield env.timeout(stream.uniform(0, ARRIVE_OVER))
    place = 0
    while place < PLACES:
        stays[0] += 1
        yield env.timeout(stream.expovariate(1 / MEAN_STAY))
        place = bisect(up_to[place], stream.random())


def dense_chain(rounds: int, quick: bool) -> list[Row]:
    """Stays a second, each from its own description of the chain to the number of stays."""
    customers = CUSTOMERS // 4 if quick else CUSTOMERS
    stays = in_engine(customers, SEED)
    times = in_turn([partial(in_engine, customers, SEED), partial(in_simpy, customers, SEED)], rounds)
    what = f"a dense chain ({PLACES + 1} ways on from each of {PLACES} places, {MEAN_STAYS} stays)"
    return [
        Row(f"{what}, SimPy with `random` and `bisect`: stays a second", rate(stays, typical(times, 1))),
        Row(f"{what}, Journey Sandbox: stays a second", rate(stays, typical(times, 0))),
        at_least("that against SimPy", ratio(times, 1, 0), 12, "{:.1f} times"),
    ]
