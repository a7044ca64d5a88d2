"""Curves over the replications: at each day their mean and its simulation error."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.curve_definitions import CURVES
from sim.outcomes.intervals import Limits, student
from sim.outcomes.records import ALL, Measured

Floats = NDArray[np.float64]

SHARES: Final[Limits] = (0.0, 1.0)


@dataclass(frozen=True)
class Band:
    """A mean curve with its 95 % interval; shape (days,) each, NaN where too few replications can tell."""

    day: Floats
    mean: Floats
    low: Floats
    high: Floats

    def nearest(self, day: float) -> int:
        """The index of the known day nearest to that one; -1 where none is known."""
        known = np.flatnonzero(~np.isnan(self.mean))
        return int(known[np.abs(self.day[known] - day).argmin()]) if known.size else -1


def band(measured: Sequence[Measured], name: str) -> Band | None:
    """The curve of that name over an arm's replications, as the outcome that it ends at has it: a ratio of sums.

    None where no replication has it.
    """
    having = [one for one in measured if name in one.curves]
    if not having:
        return None
    mean, errors, count = _means(having, name, np.ones(1, dtype=np.bool_))
    return _band(having[0].curves[name].day, mean, errors, count, len(having), SHARES)


def band_of_differences(measured: Sequence[Measured], against: Sequence[Measured], name: str) -> Band | None:
    """The paired differences to another arm's replications, in the same order.

    None where no pair has the curve, or where the two arms are read off on other days.
    """
    pairs = [
        (one, other)
        for one, other in zip(measured, against, strict=True)
        if name in one.curves and name in other.curves
    ]
    if not pairs or not np.array_equal(pairs[0][0].curves[name].day, pairs[0][1].curves[name].day):
        return None
    of_arm, of_other = ([pair[index] for pair in pairs] for index in (0, 1))
    both = ~np.isnan(_values(of_arm, name)) & ~np.isnan(_values(of_other, name))
    mean, errors, count = _means(of_arm, name, both)
    reference, others, _ = _means(of_other, name, both)
    return _band(of_arm[0].curves[name].day, mean - reference, errors - others, count, len(pairs), (-1.0, 1.0))


def known(measured: Sequence[Measured], name: str) -> list[list[float]]:
    """At each day the values of the replications that can tell."""
    values = _values([one for one in measured if name in one.curves], name)
    return [column[~np.isnan(column)].tolist() for column in values.T]


def _values(measured: Sequence[Measured], name: str) -> Floats:
    """Shape (replications, days)."""
    return np.array([one.curves[name].value for one in measured])


def _wholes(measured: Sequence[Measured], name: str) -> Floats:
    """How many customers each replication's curve is of, shape (replications, 1); 1 where that is not known."""
    both = [one.sums[ALL][CURVES[name].like] for one in measured if CURVES[name].like in one.sums.get(ALL, {})]
    wholes = [whole for _, whole in both] if len(both) == len(measured) else [1.0] * len(measured)
    return np.array(wholes)[:, None]


def _means(
    measured: Sequence[Measured], name: str, among: NDArray[np.bool_]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Ratio of sums at each day, each replication's error of it, and how many replications can tell."""
    values = _values(measured, name)
    told = ~np.isnan(values) & among
    wholes = np.where(told, _wholes(measured, name), 0.0)
    count = told.sum(axis=0)
    whole = _sums(wholes)
    there = whole > 0
    parts = np.where(told, values, 0.0) * wholes
    mean = np.divide(_sums(parts), whole, out=np.full(len(whole), np.nan), where=there)
    each = np.divide(whole, count, out=np.ones(len(whole)), where=there)
    return mean, np.where(told, (parts - mean * wholes) / each, 0.0), count


def _band(day: Floats, mean: Floats, errors: Floats, count: NDArray[np.int64], of: int, limits: Limits) -> Band:
    """The band where half of the replications or more can tell.

    As `sim.outcomes.intervals` has it, for all days together.
    """
    told = (2 * count >= of) & ~np.isnan(mean)
    mean = np.where(told, mean, np.nan)
    variance = _sums(np.where(told, errors * errors, 0.0)) / np.maximum(count - 1, 1)
    widths = np.array([student(n) if n > 1 else np.nan for n in count.tolist()])
    half = np.where(told & (count > 1), widths * np.sqrt(variance / np.maximum(count, 1)), np.nan)
    return Band(day, mean, np.clip(mean - half, *limits), np.clip(mean + half, *limits))


def _sums(values: Floats) -> Floats:
    """The sum of each column, rounded once."""
    return np.array([math.fsum(column) for column in values.T.tolist()])
