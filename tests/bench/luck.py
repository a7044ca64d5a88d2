"""The model's draws for a program that is not compiled: one call for each draw (model section 3)."""

import math
import random
from typing import Protocol

from sim.compiling.compiled import compiled
from sim.draws.philox import block, normal, uniform32, uniform53


class Luck(Protocol):
    """Variates of one customer's draw: a site, a purpose, and how often it was drawn before."""

    def racing(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        """An exponential variate of mean 1, for a race."""

    def uniform(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        """A uniform variate, for whether something happens."""

    def exponential(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        """An exponential variate of mean 1, for a distribution."""

    def normal(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        """A standard normal variate."""


class KeyedLuck:
    """The draws that the engine makes, each with one call into compiled code."""

    def __init__(self, seed: int, replication: int) -> None:
        self._key = (seed, replication)

    def racing(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return _racing(customer, site, purpose, occurrence, *self._key)

    def uniform(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return _uniform(customer, site, purpose, occurrence, *self._key)

    def exponential(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return _exponential(customer, site, purpose, occurrence, *self._key)

    def normal(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return _normal(customer, site, purpose, occurrence, *self._key)


class StreamedLuck:
    """One stream of Python's random numbers, as most SimPy programs have; another history, alike on average."""

    def __init__(self, stream: random.Random) -> None:
        self._stream = stream

    def racing(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return self._stream.expovariate(1.0)

    def uniform(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return self._stream.random()

    def exponential(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return self._stream.expovariate(1.0)

    def normal(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        return self._stream.gauss(0.0, 1.0)


@compiled
def _racing(customer: int, site: int, purpose: int, occurrence: int, k0: int, k1: int) -> float:
    return -math.log(uniform32(block(customer, site, purpose, occurrence, k0, k1)[0]))


@compiled
def _uniform(customer: int, site: int, purpose: int, occurrence: int, k0: int, k1: int) -> float:
    return uniform32(block(customer, site, purpose, occurrence, k0, k1)[0])


@compiled
def _exponential(customer: int, site: int, purpose: int, occurrence: int, k0: int, k1: int) -> float:
    _, w1, w2, _ = block(customer, site, purpose, occurrence, k0, k1)
    return -math.log(uniform53(w1, w2))


@compiled
def _normal(customer: int, site: int, purpose: int, occurrence: int, k0: int, k1: int) -> float:
    _, w1, w2, w3 = block(customer, site, purpose, occurrence, k0, k1)
    return normal(w1, w2, w3)
