"""The mean of some replications, how well it is known, and how far single replications lie from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np


@dataclass(frozen=True)
class Interval:
    """What replications say about one figure. With a single replication there is a mean and no interval."""

    mean: float
    sd: float | None
    """standard deviation between replications"""
    n: int
    """replications that have the figure"""
    lo: float | None
    hi: float | None
    """simulation error: 95 % interval of the mean; shrinks with more replications"""
    range_lo: float | None
    range_hi: float | None
    """one-cohort range: 2.5 to 97.5 % of the replications; what a single real cohort may look like"""

    @property
    def half_width(self) -> float | None:
        """Half the width of the simulation error's interval."""
        return None if self.lo is None or self.hi is None else (self.hi - self.lo) / 2


def interval(values: Sequence[float]) -> Interval:
    """Mean, 95 % interval by Student's t, and range of at least one value; their order does not matter."""
    n = len(values)
    mean = math.fsum(values) / n
    if n == 1:
        return Interval(mean, None, 1, None, None, None, None)
    sd = math.sqrt(variance(values))
    half = student(n) * sd / math.sqrt(n)
    low, high = np.percentile(values, (2.5, 97.5)).tolist()
    return Interval(mean, sd, n, mean - half, mean + half, low, high)


def variance(values: Sequence[float]) -> float:
    """Sample variance of at least two values."""
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


@cache
def student(n: int) -> float:
    """The 97.5 % quantile of Student's t for the mean of n values."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.975))
