"""The mean of some replications, how well it is known, and how far single replications lie from it.

The formulas and how often they hold are in docs/background/statistics.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kept_numbers import kept_numbers

Floats = NDArray[np.float64]
Limits = tuple[float | None, float | None]
"""The lowest and the highest value that a figure can have; None where there is no such limit."""

SIMULATION_ERROR: Final = "simulation error"
ONE_COHORT_RANGE: Final = "one-cohort range"
INPUT_UNCERTAINTY: Final = "input uncertainty"
INTERVALS: Final = (SIMULATION_ERROR, ONE_COHORT_RANGE, INPUT_UNCERTAINTY)
"""The three intervals by the names under which they are always shown."""
ANY_VALUE: Final[Limits] = (None, None)
"""The limits of a figure that can have any value."""
FEWEST_FOR_FACTORS: Final = 5
"""With fewer replications the spread of logarithms is so much of a guess that its exponential tells nothing."""
ENOUGH_FOR_ORDER: Final = 100
"""From so many replications on, the one-cohort range is read off their order, whatever their distribution."""

_FAR: Final = 700.0
"""Beyond this, the exponential is no number any more."""


class Named(NamedTuple):
    """An interval with the name under which it is always shown."""

    name: str
    lo: float | None
    hi: float | None


class Ends(NamedTuple):
    """The same of one that is known."""

    name: str
    lo: float
    hi: float


@dataclass(frozen=True)
class Interval:
    """What replications say about one figure. With a single replication there is a mean and no interval."""

    mean: float
    """of a ratio: the sum of its parts over all replications, divided by the sum of its wholes"""
    sd: float | None
    """standard deviation between replications that have a value of their own; None where fewer than two have"""
    n: int
    """replications that the mean is made of"""
    lo: float | None
    hi: float | None
    """simulation error: 95 % interval of the mean; shrinks with more replications"""
    range_lo: float | None
    range_hi: float | None
    """one-cohort range: holds the value of one more replication, which is a single real cohort, in 95 % of cases"""
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
        return (
            Named(SIMULATION_ERROR, self.lo, self.hi),
            Named(ONE_COHORT_RANGE, self.range_lo, self.range_hi),
            Named(INPUT_UNCERTAINTY, self.input_lo, self.input_hi),
        )

    @property
    def widest(self) -> Ends | None:
        """Name and ends of the widest interval that is known."""
        known = [
            Ends(each.name, each.lo, each.hi) for each in self.named if each.lo is not None and each.hi is not None
        ]
        return max(known, key=lambda each: each.hi - each.lo, default=None)


def interval(
    values: Sequence[float], drawn: Sequence[float] = (), limits: Limits = ANY_VALUE, *, factors: bool = False
) -> Interval:
    """Mean, 95 % interval by Student's t, and ranges of at least one value; their order does not matter.

    `drawn` are the values with what is uncertain drawn. No end lies beyond the `limits`. With `factors`, chance is
    taken to multiply rather than to add, as in money per something: the ends are made of logarithms.
    """
    mean = mean_of(values)
    return around(mean, np.array(values) - mean, values, drawn, limits, factors=factors)


def ratio_interval(
    parts: Sequence[float],
    wholes: Sequence[float],
    values: Sequence[float],
    drawn: Sequence[float] = (),
    limits: Limits = ANY_VALUE,
    *,
    factors: bool = False,
) -> Interval:
    """The same of a ratio: sum of the parts by sum of the wholes, the interval by the delta method.

    `parts` and `wholes` have one value for each replication, the wholes' sum not 0; `values` are the ratios of the
    replications that have one. What else is asked and told is as for `interval`.
    """
    ratio, errors = ratio_errors(parts, wholes)
    return around(ratio, errors, values, drawn, limits, factors=factors)


def share_of_runs(values: Sequence[float], drawn: Sequence[float] = ()) -> Interval:
    """The same of what each replication has (1) or has not (0): the exact interval of a share (Clopper, Pearson 1934).

    It has a width also where all replications are alike: five of five do not show that all do.
    """
    told = interval(values, drawn, (0.0, 1.0))
    n = len(values)
    if n < 2:
        return told
    low, high = _exact_ends(round(math.fsum(values)), n)
    least, most = clipped(one_cohort(values, (low, high)), (0.0, 1.0))
    return replace(told, lo=low, hi=high, range_lo=least, range_hi=most)


@cache
def _exact_ends(have: int, n: int) -> tuple[float, float]:
    """Where the exact interval ends of a share that `have` of n have."""

    def work_out() -> Floats:
        from scipy.special import betaincinv

        low = betaincinv(have, n - have + 1, 0.025) if have else 0.0
        return np.array([low, betaincinv(have + 1, n - have, 0.975) if have < n else 1.0])

    low, high = kept_numbers(f"exact interval of {have} of {n}", work_out).tolist()
    return low, high


def ratio_errors(parts: Sequence[float], wholes: Sequence[float]) -> tuple[float, Floats]:
    """The ratio of the sums, and what each replication adds to its error: (part - ratio x whole) / mean whole.

    These are the differences of the jackknife's pseudovalues to the ratio, to first order (Cochran 1977, section 6.4).
    """
    whole = math.fsum(wholes)
    ratio = math.fsum(parts) / whole
    return ratio, (np.array(parts) - ratio * np.array(wholes)) / (whole / len(parts))


def around(
    mean: float,
    errors: Floats,
    values: Sequence[float],
    drawn: Sequence[float],
    limits: Limits,
    *,
    factors: bool = False,
) -> Interval:
    """The intervals around a mean with these errors, one for each replication, and replications' own `values`."""
    factors = factors and len(values) >= FEWEST_FOR_FACTORS and min(values) > 0 and mean > 0
    ends = _mean_ends(mean, errors, factors)
    sd = math.sqrt(variance(values)) if len(values) > 1 else None
    within = one_cohort(values, ends, factors=factors)
    return Interval(mean, sd, len(errors), *clipped(ends, limits), *clipped(within, limits), *central(drawn))


def one_cohort(
    values: Sequence[float], ends: tuple[float, float] | None, *, factors: bool = False
) -> tuple[float, float] | None:
    """The one-cohort range of replications' own values, never inside the `ends` of the mean's interval."""
    if len(values) < 2:
        return None
    low, high = _one_more(np.array(values), factors)
    return (low, high) if ends is None else (min(low, ends[0]), max(high, ends[1]))


def standard_error(errors: Floats) -> float:
    """The standard error of a mean from the errors of at least two replications."""
    n = len(errors)
    return math.sqrt(math.fsum((errors * errors).tolist()) / (n - 1) / n)


def clipped(ends: tuple[float, float] | None, limits: Limits) -> tuple[float, float] | tuple[None, None]:
    """The ends, moved to the limits where they lie beyond."""
    if ends is None:
        return None, None
    lowest, highest = limits
    low, high = ends if lowest is None else (max(end, lowest) for end in ends)
    return (low, high) if highest is None else (min(low, highest), min(high, highest))


def difference_limits(limits: Limits) -> Limits:
    """The limits of the difference between two figures that have these."""
    lowest, highest = limits
    return ANY_VALUE if lowest is None or highest is None else (lowest - highest, highest - lowest)


def central(values: Sequence[float]) -> tuple[float, float] | tuple[None, None]:
    """The 2.5 % and 97.5 % quantiles of at least two values."""
    if len(values) < 2:
        return None, None
    low, high = np.percentile(values, (2.5, 97.5)).tolist()
    return low, high


def mean_of(values: Sequence[float]) -> float:
    """The mean of at least one value, rounded once."""
    return math.fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """Sample variance of at least two values."""
    errors = np.array(values) - mean_of(values)
    return math.fsum((errors * errors).tolist()) / (len(values) - 1)


@cache
@cache
def student(n: int) -> float:
    """The 97.5 % quantile of Student's t for the mean of n values."""

    def work_out() -> Floats:
        from scipy.special import stdtrit

        return np.array([stdtrit(n - 1, 0.975)])

    return kept_numbers(f"97.5 % quantile of Student's t with {n - 1} degrees of freedom", work_out).item()


def _mean_ends(mean: float, errors: Floats, factors: bool) -> tuple[float, float] | None:
    """Student's interval of the mean; with `factors` of its logarithm."""
    if len(errors) < 2:
        return None
    half = student(len(errors)) * standard_error(errors)
    if factors:
        return mean * math.exp(-half / mean), mean * math.exp(half / mean)
    return mean - half, mean + half


def _one_more(values: Floats, factors: bool) -> tuple[float, float]:
    """Between what one more value lies in 95 % of cases (Hahn and Meeker 1991).

    From many values: between those that have 2.5 % of the n + 1 gaps below and above them (Wilks 1941), which holds
    for every continuous distribution. From fewer: mean -+ t sd sqrt(1 + 1/n), which holds for normal values.
    """
    n = len(values)
    if n >= ENOUGH_FOR_ORDER:
        low, high = np.percentile(values, (2.5, 97.5), method="weibull").tolist()
        return low, high
    scaled = (np.log(values) if factors else values).tolist()
    mean, half = mean_of(scaled), student(n) * math.sqrt(variance(scaled) * (1 + 1 / n))
    if factors:
        return math.exp(max(mean - half, -_FAR)), math.exp(min(mean + half, _FAR))
    return mean - half, mean + half
