"""The toy journey in salabim: a component for each customer."""

import random
from collections.abc import Generator

import salabim

from tests.bench.toy import ARRIVE_OVER, CHANCES, MEAN_DELAY

_TOUCHPOINTS = range(len(CHANCES) + 1)
_WITH_LEAVING = [[*row, 1 - sum(row)] for row in CHANCES]


class Customer(salabim.Component):
    """One customer."""

    def setup(self, stream: random.Random, visits: list[int]) -> None:
        self.stream = stream
        self.visits = visits

    def process(self) -> Generator[None]:
        """Stay at touchpoint after touchpoint until they leave."""
        touchpoint = 0
        while touchpoint < len(CHANCES):
            self.visits[0] += 1
            yield self.hold(self.stream.expovariate(1 / MEAN_DELAY))
            touchpoint = self.stream.choices(_TOUCHPOINTS, _WITH_LEAVING[touchpoint])[0]


def in_salabim(customers: int, seed: int) -> int:
    """The number of visits."""
    stream, visits = random.Random(seed), [0]
    env = salabim.Environment(trace=False, yieldless=False, random_seed=seed)
    for _ in range(customers):
        Customer(at=stream.uniform(0, ARRIVE_OVER), stream=stream, visits=visits, env=env, suppress_trace=True)
    env.run()
    return visits[0]
