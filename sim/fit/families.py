"""The distribution that describes measured times or amounts best: a family with few numbers, or quantiles."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH = 8
"""Fewer values than this are not described by a family."""

MISFIT = 0.03
"""Kolmogorov-Smirnov distance up to which a family is good enough, however many values there are."""

CELLS = 256
"""More different values than this are grouped into this many cells of about equal count."""


@dataclass(frozen=True)
class Described:
    """A distribution as a scenario file writes it, and why it was chosen."""

    family: str
    parameters: tuple[tuple[str, float | tuple[float, ...]], ...]
    values: int
    reason: str


@dataclass(frozen=True)
class Cells:
    """Values grouped by what was really measured: a value rounded to `step` lies within half a step of it."""

    low: Floats
    high: Floats
    count: Floats

    @property
    def middle(self) -> Floats:
        """The middle of each cell."""
        return (self.low + self.high) / 2


class Moments(NamedTuple):
    """What first guesses of parameters are made from."""

    mean: float
    variance: float
    log_mean: float
    """of the logarithms"""
    log_sd: float


class Likely(NamedTuple):
    """A family with its most likely parameters."""

    aic: float
    """Akaike's criterion: the smaller, the better"""
    name: str
    parameters: tuple[float, ...]


@dataclass(frozen=True)
class Family:
    """A kind of distribution: what its parameters are called, and the shares below and above values."""

    names: tuple[str, ...]
    below: Callable[[Floats, tuple[float, ...]], Floats]
    above: Callable[[Floats, tuple[float, ...]], Floats]
    guess: Callable[[Moments], tuple[float, ...]]
    """the first parameters to try"""


def describe(values: Floats, step: float, unit: str) -> Described:
    """The distribution of the ascending `values` (0 or more), which are rounded to `step`; `unit` names both.

    The families exponential, lognormal, gamma and weibull are fitted by maximum likelihood of the cells that the
    rounding leaves, so that zeros and whole days need no special care, and the one with the smallest AIC (Akaike
    1974) is taken. Where its Kolmogorov-Smirnov distance is above both 0.03 and 1.36 / sqrt(n), what chance explains
    in 95 of 100 samples, it is no good description and quantiles are given instead.
    """
    count = len(values)
    least, most = float(values[0]), float(values[-1])
    if least == most:
        return Described("fixed", (("value", least),), count, f"always {least:.6g} {unit}")
    if count < ENOUGH:
        return _quantiles(values, "too few for a family")
    cells = grouped(values, step)
    best, second, *_ = sorted((most_likely(name, cells) for name in FAMILIES), key=lambda each: each.aic)
    name, parameters = best.name, best.parameters
    distance = misfit(name, parameters, cells)
    allowed = max(MISFIT, 1.36 / math.sqrt(count))
    if distance > allowed:
        return _quantiles(values, f"best family {name} is off by {distance:.3f} (KS), more than {allowed:.3f}")
    named = tuple(zip(FAMILIES[name].names, parameters, strict=True))
    worse = f"{second.name} is {second.aic - best.aic:.3g} worse"
    return Described(name, named, count, f"{name} by AIC ({worse}), off by {distance:.3f} (KS)")


def grouped(values: Floats, step: float) -> Cells:
    """The ascending values as cells."""
    distinct, seen = np.unique(values, return_counts=True)
    half = step / 2
    if len(distinct) <= CELLS:
        return Cells(np.maximum(distinct - half, 0.0), distinct + half, seen.astype(np.float64))
    wanted = np.unique(np.searchsorted(np.cumsum(seen), np.arange(1, CELLS + 1) / CELLS * len(values)))
    high = distinct[wanted] + half
    low = np.concatenate([[max(distinct[0] - half, 0.0)], high[:-1]])
    count = np.diff(np.concatenate([[0], np.cumsum(seen)[wanted]])).astype(np.float64)
    return Cells(low, high, count)


def misfit(name: str, parameters: tuple[float, ...], cells: Cells) -> float:
    """The largest distance between the family's distribution function and the counted one (Kolmogorov-Smirnov)."""
    family = FAMILIES[name]
    total = np.cumsum(cells.count) / cells.count.sum()
    before = np.concatenate([[0.0], total[:-1]])
    at_high = np.abs(family.below(cells.high, parameters) - total)
    at_low = np.abs(family.below(cells.low, parameters) - before)
    return float(max(at_high.max(), at_low.max()))


def moments(cells: Cells) -> Moments:
    """Mean and variance of the cells' middles, and mean and standard deviation of their logarithms."""
    weight = cells.count / cells.count.sum()
    logs = np.log(np.maximum(cells.middle, 1e-9))
    mean, log_mean = float(weight @ cells.middle), float(weight @ logs)
    log_sd = math.sqrt(float(weight @ (logs - log_mean) ** 2))
    return Moments(mean, float(weight @ (cells.middle - mean) ** 2), log_mean, max(log_sd, 1e-3))


def surprise(family: Family, parameters: tuple[float, ...], cells: Cells) -> float:
    """Minus the logarithm of the likelihood of the cells; infinite for a shape that no scenario may have.

    The mass of a cell is the difference of two shares, of the smaller ones, so that tails do not vanish.
    """
    if "shape" in family.names and not 0.1 <= parameters[family.names.index("shape")] <= 1e6:
        return math.inf
    left, right = family.below(cells.low, parameters), family.above(cells.low, parameters)
    mass = np.where(
        left < 0.5, family.below(cells.high, parameters) - left, right - family.above(cells.high, parameters)
    )
    return -float(cells.count @ np.log(np.maximum(mass, 1e-300)))


def most_likely(name: str, cells: Cells) -> Likely:
    """The family with the parameters under which the cells are most likely."""
    from scipy.optimize import minimize

    family = FAMILIES[name]

    def parameters(logged: Floats) -> tuple[float, ...]:
        return tuple(float(each) for each in np.exp(np.clip(logged, -40.0, 40.0)))

    best = minimize(
        lambda logged: surprise(family, parameters(logged), cells),
        np.log(family.guess(moments(cells))),
        method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-6, "maxiter": 2000},
    )
    fitted = parameters(best.x)
    return Likely(2 * len(fitted) + 2 * float(best.fun), name, fitted)


def _quantiles(values: Floats, why: str) -> Described:
    """Equally spaced quantiles; the last is placed so that the mean above the last but one is kept."""
    count = len(values)
    number = 101 if count >= 500 else min(count, 21)
    quantiles = np.quantile(values, np.linspace(0.0, 1.0, number))
    if count >= 500:
        above = values[-round(count / 100) :] - quantiles[-2]
        quantiles[-1] = min(quantiles[-1], quantiles[-2] + 2 * float(above.mean()))
    listed = tuple(float(each) for each in quantiles)
    return Described("empirical", (("quantiles", listed),), count, f"quantiles: {why}")


def _exponential_below(x: Floats, parameters: tuple[float, ...]) -> Floats:
    (mean,) = parameters
    return -np.expm1(-x / mean)


def _exponential_above(x: Floats, parameters: tuple[float, ...]) -> Floats:
    (mean,) = parameters
    return np.exp(-x / mean)


def _standard(x: Floats, parameters: tuple[float, ...]) -> Floats:
    median, sigma = parameters
    with np.errstate(divide="ignore"):
        return (np.log(x) - math.log(median)) / sigma


def _lognormal_below(x: Floats, parameters: tuple[float, ...]) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(_standard(x, parameters)))


def _lognormal_above(x: Floats, parameters: tuple[float, ...]) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(-_standard(x, parameters)))


def _gamma_below(x: Floats, parameters: tuple[float, ...]) -> Floats:
    from scipy.special import gammainc

    mean, shape = parameters
    return np.asarray(gammainc(shape, x * shape / mean))


def _gamma_above(x: Floats, parameters: tuple[float, ...]) -> Floats:
    from scipy.special import gammaincc

    mean, shape = parameters
    return np.asarray(gammaincc(shape, x * shape / mean))


def _weibull_below(x: Floats, parameters: tuple[float, ...]) -> Floats:
    scale, shape = parameters
    return -np.expm1(-((x / scale) ** shape))


def _weibull_above(x: Floats, parameters: tuple[float, ...]) -> Floats:
    scale, shape = parameters
    return np.exp(-((x / scale) ** shape))


FAMILIES = {
    "exponential": Family(("mean",), _exponential_below, _exponential_above, lambda moments: (moments.mean,)),
    "lognormal": Family(
        ("median", "sigma"),
        _lognormal_below,
        _lognormal_above,
        lambda moments: (math.exp(moments.log_mean), moments.log_sd),
    ),
    "gamma": Family(
        ("mean", "shape"),
        _gamma_below,
        _gamma_above,
        lambda moments: (moments.mean, min(max(moments.mean**2 / max(moments.variance, 1e-300), 0.15), 1e5)),
    ),
    "weibull": Family(
        ("scale", "shape"),
        _weibull_below,
        _weibull_above,
        lambda moments: (
            math.exp(moments.log_mean + 0.5772 / max(1.28 / moments.log_sd, 0.15)),
            max(1.28 / moments.log_sd, 0.15),
        ),
    ),
}
"""The families tried, each with its parameters as a scenario file names them."""
