"""Distributions as rows of numbers, and one compiled function that draws from a row (model 3.2)."""

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.draws.philox import Word, normal, uniform53
from sim.kept_numbers import kept_numbers
from sim.scenario import distributions as written

FIXED, EXPONENTIAL, LOGNORMAL, NORMAL, WEIBULL, UNIFORM, EMPIRICAL, TABULATED = range(8)
"""How a row is drawn."""

FAMILY, FIRST, SECOND, START, LENGTH = range(5)
"""The columns of a row: how it is drawn, two parameters, and where its tabulated values begin and how many they are."""

_LOWEST, _HIGHEST, _PER_UNIT = -8.75, 8.75, 256
_KNOTS = int((_HIGHEST - _LOWEST) * _PER_UNIT) + 1
_SMALLEST = 1e-300


@dataclass
class DistributionRows:
    """Collects distributions; equal ones share a row."""

    family: list[int] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    values: list[NDArray[np.float64]] = field(default_factory=list)
    _rows: dict[written.Distribution, int] = field(default_factory=dict)

    def add(self, distribution: written.Distribution) -> int:
        """The row number of `distribution`."""
        if distribution not in self._rows:
            self._rows[distribution] = len(self.family)
            self._append(*_row(distribution))
        return self._rows[distribution]

    def _append(self, family: int, first: float, second: float, values: NDArray[np.float64]) -> None:
        self.family.append(family)
        self.first.append(first)
        self.second.append(second)
        self.start.append(sum(map(len, self.values)))
        self.length.append(len(values))
        self.values.append(values)

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The rows and all tabulated values.

        The rows have shape (distributions, 5) and the columns FAMILY to LENGTH.
        """
        columns = (self.family, self.first, self.second, self.start, self.length)
        rows = np.array(columns, np.float64).T.reshape(len(self.family), len(columns))
        return np.ascontiguousarray(rows), np.concatenate([*self.values, np.empty(0)])


def _row(distribution: written.Distribution) -> tuple[int, float, float, NDArray[np.float64]]:
    none = np.empty(0)
    match distribution:
        case written.Fixed(value=value):
            return FIXED, value, 0.0, none
        case written.Exponential(mean=mean):
            return EXPONENTIAL, mean, 0.0, none
        case written.Lognormal():
            mu, sigma = distribution.log_parameters()
            median = distribution.median if distribution.median is not None else math.exp(mu)
            return LOGNORMAL, median, sigma, none
        case written.Normal(mean=mean, sd=sd):
            return NORMAL, mean, sd, none
        case written.Weibull(scale=scale, shape=shape):
            return WEIBULL, scale, 1.0 / shape, none
        case written.Uniform(low=low, high=high):
            return UNIFORM, low, high, none
        case written.Empirical(quantiles=quantiles):
            return EMPIRICAL, 0.0, 0.0, np.array(quantiles)
        case written.Gamma() | written.Beta() | written.BetaPrime():
            return TABULATED, 0.0, 0.0, _log_quantiles(distribution)
    raise TypeError(f"no way to draw from {distribution!r}")


@lru_cache(maxsize=1024)
def _log_quantiles(distribution: written.Gamma | written.Beta | written.BetaPrime) -> NDArray[np.float64]:
    """Logarithm of the quantile at Phi(z) on the grid of z, shape (4481,).

    Kept from one scenario to the next: it takes most of the time of preparing one.
    """
    return kept_numbers(f"logarithms of quantiles of {distribution!r}", lambda: _worked_out(distribution))


def _worked_out(distribution: written.Gamma | written.Beta | written.BetaPrime) -> NDArray[np.float64]:
    from scipy import special

    z = _LOWEST + np.arange(_KNOTS) / _PER_UNIT
    below, above = special.ndtr(z[z <= 0]), special.ndtr(-z[z > 0])
    match distribution:
        case written.Gamma(mean=mean, shape=shape):
            lower, upper = special.gammaincinv(shape, below), special.gammainccinv(shape, above)
            lower, upper = lower * (mean / shape), upper * (mean / shape)
        case written.Beta(a=a, b=b):
            lower, upper = special.betaincinv(a, b, below), special.betainccinv(a, b, above)
        case written.BetaPrime(a=a, b=b):
            lower = special.betaincinv(a, b, below) / special.betainccinv(b, a, below)
            upper = special.betainccinv(a, b, above) / np.maximum(special.betaincinv(b, a, above), _SMALLEST)
    return np.asarray(np.log(np.maximum(np.concatenate([lower, upper]), _SMALLEST)), np.float64)


@compiled
def sample(rows: NDArray[np.float64], values: NDArray[np.float64], row: int, w1: Word, w2: Word, w3: Word) -> float:
    """One value of distribution `row` from three words."""
    family = int(rows[row, FAMILY])
    if family == FIXED:
        return float(rows[row, FIRST])
    if family == EXPONENTIAL:
        return float(-rows[row, FIRST] * math.log(uniform53(w1, w2)))
    if family == LOGNORMAL:
        return float(rows[row, FIRST] * math.exp(rows[row, SECOND] * normal(w1, w2, w3)))
    if family == NORMAL:
        return float(rows[row, FIRST] + rows[row, SECOND] * normal(w1, w2, w3))
    if family == WEIBULL:
        return float(rows[row, FIRST] * (-math.log(uniform53(w1, w2))) ** rows[row, SECOND])
    if family == UNIFORM:
        return float(rows[row, FIRST] + (rows[row, SECOND] - rows[row, FIRST]) * uniform53(w1, w2))
    start = int(rows[row, START])
    last = int(rows[row, LENGTH]) - 1
    if family == EMPIRICAL:
        return _between(values, start, last, uniform53(w1, w2) * last)
    return math.exp(_between(values, start, last, (normal(w1, w2, w3) - _LOWEST) * _PER_UNIT))


@compiled
def _between(values: NDArray[np.float64], start: int, last: int, position: float) -> float:
    """The value at a fractional position within 0..last, linear between neighbours."""
    whole = min(max(int(position), 0), last - 1)
    low = values[start + whole]
    return float(low + (values[start + whole + 1] - low) * (position - whole))
