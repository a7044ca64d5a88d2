"""The Poisson distribution by inversion."""

import math

from sim.compiling.compiled import compiled

_WIDEST = 40.0
"""Standard deviations from the mean within which the sum is formed; beyond lies less than a double can hold."""


@compiled
def poisson(mean: float, u: float) -> int:
    """The smallest n at which the distribution function of a Poisson variate reaches `u`, which is in (0, 1]."""
    if not mean > 0.0:
        return 0
    reach = _WIDEST * math.sqrt(mean) + _WIDEST
    n = int(max(0.0, math.floor(mean - reach)))
    last = int(mean + reach)
    total = math.exp(n * math.log(mean) - mean - math.lgamma(n + 1.0))
    part = total
    while total < u and n < last:
        n += 1
        part = math.exp(n * math.log(mean) - mean - math.lgamma(n + 1.0)) if part < 1e-290 else part * mean / n
        total += part
    return n
