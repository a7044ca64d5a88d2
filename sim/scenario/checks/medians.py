"""The median of a distribution."""

import math

from sim.scenario.distributions import (
    Beta,
    BetaPrime,
    Distribution,
    Empirical,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Normal,
    Uniform,
)


def median(distribution: Distribution) -> float:
    """The value below which half of the draws lie, in the unit of the key the distribution stands at."""
    if isinstance(distribution, Fixed):
        return distribution.value
    if isinstance(distribution, Exponential):
        return distribution.mean * math.log(2)
    if isinstance(distribution, Lognormal):
        return math.exp(distribution.log_parameters()[0])
    if isinstance(distribution, Normal | Uniform):
        return distribution.mean_value()
    if isinstance(distribution, Empirical):
        quantiles = distribution.quantiles
        middle = len(quantiles) // 2
        return quantiles[middle] if len(quantiles) % 2 else (quantiles[middle - 1] + quantiles[middle]) / 2
    if isinstance(distribution, Gamma | Beta | BetaPrime):
        return _tabulated(distribution)
    return distribution.scale * math.pow(math.log(2), 1 / distribution.shape)


def _tabulated(distribution: Gamma | Beta | BetaPrime) -> float:
    from scipy import special  # slow to import, and rarely needed

    if isinstance(distribution, Gamma):
        return float(special.gammaincinv(distribution.shape, 0.5)) * distribution.mean / distribution.shape
    share = float(special.betaincinv(distribution.a, distribution.b, 0.5))
    if isinstance(distribution, Beta):
        return share
    return share / (1 - share) if share < 1 else math.inf
