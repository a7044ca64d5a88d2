"""The mean of some replications, how well it is known, and how far single replications lie from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np

INTERVALS: Final = ("simulation error", "one-cohort range", "input uncertainty")
"""The three intervals by the names under which they are always shown."""


class Named(NamedTuple):
    """An interval with the name under which it is always shown."""

    name: str
    lo: float | None
    hi: float | None


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
    input_lo: float | None = None
    input_hi: float | None = None
    """input uncertainty: 2.5 to 97.5 % of the replications with uncertain values drawn; None where there are none"""

    @property
    def half_width(self) -> float | None:
        """Half the width of the simulation error's interval."""
        return None if self.lo is None or self.hi is None else (self.hi - self.lo) / 2

    @property
    def named(self) -> tuple[Named, ...]:
        """The three intervals, each with its name; those that are not known have no ends."""
        ends = ((self.lo, self.hi), (self.range_lo, self.range_hi), (self.input_lo, self.input_hi))
        return tuple(Named(name, *each) for name, each in zip(INTERVALS, ends, strict=True))

    @property
    def widest(self) -> tuple[str, float, float] | None:
        """Name and ends of the widest interval that is known."""
        known = [(each.name, each.lo, each.hi) for each in self.named if each.lo is not None and each.hi is not None]
        return max(known, key=lambda each: each[2] - each[1], default=None)


def interval(values: Sequence[float], drawn: Sequence[float] = ()) -> Interval:
    """Mean, 95 % interval by Student's t, and ranges of at least one value; their order does not matter.

    `drawn` are the values with what is uncertain drawn.
    """
    n = len(values)
    mean = math.fsum(values) / n
    sd = math.sqrt(variance(values)) if n > 1 else None
    half = None if sd is None else student(n) * sd / math.sqrt(n)
    low, high = (None, None) if half is None else (mean - half, mean + half)
    return Interval(mean, sd, n, low, high, *central(values), *central(drawn))


def central(values: Sequence[float]) -> tuple[float, float] | tuple[None, None]:
    """The 2.5 % and 97.5 % quantiles of at least two values."""
    if len(values) < 2:
        return None, None
    low, high = np.percentile(values, (2.5, 97.5)).tolist()
    return low, high


def variance(values: Sequence[float]) -> float:
    """Sample variance of at least two values."""
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


@cache
def student(n: int) -> float:
    """The 97.5 % quantile of Student's t for the mean of n values."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.975))
