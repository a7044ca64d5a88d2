"""How many there are, by the Poisson distribution (model 18, 19)."""

from scipy import stats


def poisson(mean: float, u: float) -> int:
    """The smallest number N with u <= P(Poisson(mean) <= N)."""
    if mean <= 0:
        return 0
    number = 0
    while u > float(stats.poisson.cdf(number, mean)):
        number += 1
    return number
