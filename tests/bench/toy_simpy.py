"""The toy journey in SimPy: a process for each customer."""

import random
from collections.abc import Generator

import simpy

from tests.bench.toy import ARRIVE_OVER, MEAN_STAY, WAYS

_PLACES = range(len(WAYS) + 1)
_CHANCES = [[*chances, 1 - sum(chances)] for chances in WAYS]


def in_simpy(customers: int, seed: int) -> int:
    """The number of stays."""
    env, stream, stays = simpy.Environment(), random.Random(seed), [0]
    for _ in range(customers):
        env.process(_customer(env, stream, stays))
    env.run()
    return stays[0]


def _customer(env: simpy.Environment, stream: random.Random, stays: list[int]) -> Generator[simpy.Event]:
    yield env.timeout(stream.uniform(0, ARRIVE_OVER))
    place = 0
    while place < len(WAYS):
        stays[0] += 1
        yield env.timeout(stream.expovariate(1 / MEAN_STAY))
        place = stream.choices(_PLACES, _CHANCES[place])[0]
