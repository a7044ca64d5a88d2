"""The toy journey in SimPy: a process for each customer."""

import random
from collections.abc import Generator

import simpy

from tests.bench.toy import ARRIVE_OVER, CHANCES, MEAN_DELAY

_TOUCHPOINTS = range(len(CHANCES) + 1)
_WITH_LEAVING = [[*row, 1 - sum(row)] for row in CHANCES]


def in_simpy(customers: int, seed: int) -> int:
    """The number of visits."""
    env, stream, visits = simpy.Environment(), random.Random(seed), [0]
    for _ in range(customers):
        env.process(_customer(env, stream, visits))
    env.run()
    return visits[0]


def _customer(env: simpy.Environment, stream: random.Random, visits: list[int]) -> Generator[simpy.Event]:
    yield env.timeout(stream.uniform(0, ARRIVE_OVER))
    touchpoint = 0
    while touchpoint < len(CHANCES):
        visits[0] += 1
        yield env.timeout(stream.expovariate(1 / MEAN_DELAY))
        touchpoint = stream.choices(_TOUCHPOINTS, _WITH_LEAVING[touchpoint])[0]
