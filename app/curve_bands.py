"""Curves over the replications: their mean at each day, and its simulation error."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.outcomes import Curve
from sim.outcomes.intervals import student

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """A mean curve with its 95 % interval; shape (days,) each, NaN where too few replications can tell."""

    day: Floats
    mean: Floats
    low: Floats
    high: Floats

    def nearest(self, day: float) -> int:
        """The place of the known day nearest to that one; -1 where none is known."""
        known = np.flatnonzero(~np.isnan(self.mean))
        return int(known[np.abs(self.day[known] - day).argmin()]) if known.size else -1


def band(curves: Sequence[Curve]) -> Band:
    """The mean of curves read off on the same days."""
    return _band(curves[0].day, np.array([curve.value for curve in curves]))


def band_of_differences(curves: Sequence[Curve], against: Sequence[Curve]) -> Band | None:
    """The mean of paired differences; None where the two are read off on other days."""
    if not np.array_equal(curves[0].day, against[0].day):
        return None
    changes = np.array([curve.value - other.value for curve, other in zip(curves, against, strict=True)])
    return _band(curves[0].day, changes)


def _band(day: Floats, values: Floats) -> Band:
    """Mean and interval of `values`, shape (replications, days), where half of them or more can tell.

    As `sim.outcomes.intervals.interval` has them, to the last digit, for all days together.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    told = (2 * count >= len(values)) & (count > 0)
    whole = np.maximum(count, 1)
    mean = np.where(told, _sums(np.where(known, values, 0.0)) / whole, np.nan)
    variance = _sums(np.where(known & told, (values - mean) ** 2, 0.0)) / np.maximum(count - 1, 1)
    widths = np.array([student(n) if n > 1 else np.nan for n in count.tolist()])
    half = np.where(told & (count > 1), widths * np.sqrt(variance) / np.sqrt(whole), np.nan)
    return Band(day, mean, mean - half, mean + half)


def _sums(values: Floats) -> Floats:
    """The sum of each column, rounded once."""
    return np.array([math.fsum(column) for column in values.T.tolist()])
