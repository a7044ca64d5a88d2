"""How distributions look: density and quantiles, without anything that takes long to import.

The incomplete gamma and beta functions go by series and continued fraction (Press et al., Numerical Recipes, 2007, 6.2
and 6.4); good to some eight figures, which is more than a small curve shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from statistics import NormalDist

from sim.scenario import distributions as d

_TINY, _SMALL = 1e-300, 1e-12
_MOST = 500


def density(distribution: d.Distribution, x: float) -> float:
    """How densely values lie around `x`; 0 outside."""
    try:
        return _density(distribution, x)
    except (ValueError, OverflowError, ZeroDivisionError):
        return 0.0


def quantile(distribution: d.Distribution, share: float) -> float:
    """The value below which this share of all values lies (0 < share < 1)."""
    match distribution:
        case d.Fixed(value=value):
            return value
        case d.Exponential(mean=mean):
            return -mean * math.log1p(-share)
        case d.Lognormal():
            mu, sigma = distribution.log_parameters()
            return _exp(mu + sigma * NormalDist().inv_cdf(share))
        case d.Normal(mean=mean, sd=sd):
            return mean + sd * NormalDist().inv_cdf(share)
        case d.Weibull(scale=scale, shape=shape):
            return _exp(math.log(scale) + math.log(-math.log1p(-share)) / shape)
        case d.Uniform(low=low, high=high):
            return low + (high - low) * share
        case d.Empirical(quantiles=quantiles):
            at = share * (len(quantiles) - 1)
            below = min(int(at), len(quantiles) - 2)
            return quantiles[below] + (at - below) * (quantiles[below + 1] - quantiles[below])
        case d.Gamma(mean=mean, shape=shape):
            return mean / shape * _solved(lambda x: gamma_share(shape, x), share)
        case d.Beta(a=a, b=b):
            odds = _solved(lambda x: beta_share(a, b, x / (1 + x)), share)
            return odds / (1 + odds)
        case d.BetaPrime(a=a, b=b):
            return _solved(lambda x: beta_share(a, b, x / (1 + x)), share)
    raise TypeError(f"no quantiles of {distribution!r}")


def _density(distribution: d.Distribution, x: float) -> float:
    match distribution:
        case d.Exponential(mean=mean):
            return math.exp(-x / mean) / mean if x >= 0 else 0.0
        case d.Lognormal():
            mu, sigma = distribution.log_parameters()
            return math.exp(-(((math.log(x) - mu) / sigma) ** 2) / 2) / (x * sigma)
        case d.Normal(mean=mean, sd=sd):
            return math.exp(-(((x - mean) / sd) ** 2) / 2)
        case d.Weibull(scale=scale, shape=shape):
            return math.exp((shape - 1) * math.log(x / scale) - (x / scale) ** shape)
        case d.Uniform(low=low, high=high):
            return 1.0 if low <= x <= high else 0.0
        case d.Empirical(quantiles=quantiles):
            pairs = pairwise(quantiles)
            return next((1 / (high - low) for low, high in pairs if low <= x < high), 0.0)
        case d.Gamma(mean=mean, shape=shape):
            return math.exp((shape - 1) * math.log(x) - x * shape / mean)
        case d.Beta(a=a, b=b):
            return math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        case d.BetaPrime(a=a, b=b):
            return math.exp((a - 1) * math.log(x) - (a + b) * math.log1p(x))
    return 0.0


def gamma_share(shape: float, x: float) -> float:
    """Share of a gamma with scale 1 below `x`."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape)) if x < 1e300 else 0.0
    if x < shape + 1:
        term = total = 1 / shape
        at = shape
        for _ in range(_MOST):
            at += 1
            term *= x / at
            total += term
            if term < total * _SMALL:
                break
        return front * total
    b = x + 1 - shape
    c, e = 1 / _TINY, 1 / b
    h = e
    for n in range(1, _MOST):
        a = -n * (n - shape)
        b += 2
        e = 1 / _kept(a * e + b)
        c = _kept(b + a / c)
        h *= e * c
        if abs(e * c - 1) < _SMALL:
            break
    return 1 - front * h


def beta_share(a: float, b: float, x: float) -> float:
    """Share of a beta below `x`."""
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x),
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, e = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    h = e
    for n in range(1, _MOST):
        even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))
        odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1))
        for term in (even, odd):
            e = 1 / _kept(1 + term * e)
            c = _kept(1 + term / c)
            h *= e * c
        if abs(e * c - 1) < _SMALL:
            break
    return h


def _solved(share_below: Callable[[float], float], share: float) -> float:
    """The positive value at which a growing share is reached, by halving on a logarithmic scale."""
    low, high = -690.0, 690.0
    for _ in range(60):
        middle = (low + high) / 2
        if share_below(math.exp(middle)) < share:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def _kept(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _exp(exponent: float) -> float:
    return math.exp(min(exponent, 700.0))
