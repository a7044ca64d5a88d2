"""The toy journey in salabim: a component for each customer."""

import random
from collections.abc import Generator

import salabim

from tests.bench.toy import ARRIVE_OVER, MEAN_STAY, WAYS

_PLACES = range(len(WAYS) + 1)
_CHANCES = [[*chances, 1 - sum(chances)] for chances in WAYS]


class Customer(salabim.Component):
    """One customer."""

    def setup(self, stream: random.Random, stays: list[int]) -> None:
        self.stream = stream
        self.stays = stays

    def process(self) -> Generator[None]:
        """Stay at place after place until they leave."""
        place = 0
        while place < len(WAYS):
            self.stays[0] += 1
            yield self.hold(self.stream.expovariate(1 / MEAN_STAY))
            place = self.stream.choices(_PLACES, _CHANCES[place])[0]


def in_salabim(customers: int, seed: int) -> int:
    """The number of stays."""
    stream, stays = random.Random(seed), [0]
    env = salabim.Environment(trace=False, yieldless=False, random_seed=seed)
    for _ in range(customers):
        Customer(at=stream.uniform(0, ARRIVE_OVER), stream=stream, stays=stays, env=env, suppress_trace=True)
    env.run()
    return stays[0]
