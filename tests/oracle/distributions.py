"""What a distribution of the scenario file draws, and its mean (model 3.2)."""

import math
from functools import lru_cache

import numpy as np
from scipy import special, stats

from sim.scenario.distributions import (
    Beta,
    BetaPrime,
    Empirical,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Normal,
    Spread,
    Uniform,
    Weibull,
)

from .draws import Words, normal, uniform53

Any_ = Fixed | Exponential | Lognormal | Normal | Gamma | Weibull | Uniform | Beta | BetaPrime | Empirical

GAMMA_TRAITS = ("price_sensitivity", "patience_minutes", "pace", "attrition")


def drawn(distribution: Any_, words: Words) -> float:
    """The value that the words give."""
    match distribution:
        case Fixed():
            return distribution.value
        case Exponential():
            return -distribution.mean * math.log(uniform53(words))
        case Lognormal():
            median, sigma = median_and_sigma(distribution)
            return median * math.exp(sigma * normal(words))
        case Normal():
            return distribution.mean + distribution.sd * normal(words)
        case Weibull():
            return distribution.scale * math.pow(-math.log(uniform53(words)), 1 / distribution.shape)
        case Uniform():
            return distribution.low + (distribution.high - distribution.low) * uniform53(words)
        case Empirical():
            quantiles = distribution.quantiles
            position = uniform53(words) * (len(quantiles) - 1)
            below = min(math.floor(position), len(quantiles) - 2)
            return quantiles[below] + (position - below) * (quantiles[below + 1] - quantiles[below])
        case Gamma():
            return from_table("gamma", distribution.mean, distribution.shape, normal(words))
        case Beta():
            return from_table("beta", distribution.a, distribution.b, normal(words))
        case BetaPrime():
            return from_table("betaprime", distribution.a, distribution.b, normal(words))
    raise TypeError(f"no distribution: {distribution!r}")


def drawn_from_zero(distribution: Any_, words: Words) -> float:
    """A delay, a service time, a patience or money: below 0 it counts as 0."""
    return max(0.0, drawn(distribution, words))


def median_and_sigma(distribution: Lognormal) -> tuple[float, float]:
    if distribution.median is not None and distribution.sigma is not None:
        return distribution.median, distribution.sigma
    assert distribution.mean is not None
    assert distribution.sd is not None
    variance = math.log(1 + (distribution.sd / distribution.mean) ** 2)
    return distribution.mean * math.exp(-variance / 2), math.sqrt(variance)


def mean(distribution: Any_) -> float:
    match distribution:
        case Fixed():
            return distribution.value
        case Exponential() | Normal() | Gamma():
            return distribution.mean
        case Lognormal():
            median, sigma = median_and_sigma(distribution)
            return median * math.exp(sigma**2 / 2)
        case Weibull():
            return distribution.scale * math.gamma(1 + 1 / distribution.shape)
        case Uniform():
            return (distribution.low + distribution.high) / 2
        case Empirical():
            pieces = list(zip(distribution.quantiles, distribution.quantiles[1:], strict=False))
            return sum((low + high) / 2 for low, high in pieces) / len(pieces)
        case Beta():
            return distribution.a / (distribution.a + distribution.b)
        case BetaPrime():
            return distribution.a / (distribution.b - 1) if distribution.b > 1 else math.inf
    raise TypeError(f"no distribution: {distribution!r}")


def of_trait(name: str, given: Any_ | Spread) -> Any_:
    """The distribution that a trait's value stands for (model 1, table of traits)."""
    if not isinstance(given, Spread):
        return given
    if name not in GAMMA_TRAITS:
        return Normal(family="normal", mean=given.mean, sd=given.sd)
    if given.sd == 0:
        return Fixed(value=given.mean)
    return Gamma(family="gamma", mean=given.mean, shape=(given.mean / given.sd) ** 2)


def from_table(family: str, first: float, second: float, z: float) -> float:
    """exp(T(z)), T linear between its 4,481 knots."""
    table = logarithms_of_quantiles(family, first, second)
    position = (z + 8.75) * 256
    below = math.floor(position)
    return math.exp(table[below] + (position - below) * (table[below + 1] - table[below]))


@lru_cache(maxsize=200)
def logarithms_of_quantiles(family: str, first: float, second: float) -> list[float]:
    z = -8.75 + np.arange(4481) / 256
    lower, upper = stats.norm.cdf(z), stats.norm.sf(z)
    if family == "gamma":
        scale = first / second
        quantiles = np.where(
            z > 0, stats.gamma.isf(upper, second, scale=scale), stats.gamma.ppf(lower, second, scale=scale)
        )
    else:
        # scipy.special: stats.beta.ppf goes astray in the far lower tail of some shapes (0.5 and 2 below 1e-11).
        quantiles = np.where(z > 0, special.betainccinv(first, second, upper), special.betaincinv(first, second, lower))
        if family == "betaprime":
            # The odds x / (1 - x) of a beta x; 1 - x is a beta with a and b exchanged, so nothing is lost by 1 - x.
            rest = np.where(z > 0, special.betaincinv(second, first, upper), special.betainccinv(second, first, lower))
            quantiles = quantiles / rest
    return [float(value) for value in np.log(np.maximum(quantiles, 1e-300))]
