"""What an arm's effort and channel weights are measured against: the base scenario (model 2.4, Reference)."""

import math
from functools import cache
from itertools import count

import numpy as np
from scipy import integrate, special

from sim.scenario.people import Segment

from .journey import Journey


class Reference:
    """Reference effort by touchpoint, reference affinity by touchpoint and segment.

    What the base lacks or has disabled (a touchpoint, a segment, a channel's mix) is taken from the arm.
    """

    def __init__(self, arm: Journey, base: Journey) -> None:
        self.arm = arm
        self.base = base
        self.affinity = cache(self._affinity)

    def effort(self, touchpoint: str) -> float:
        return self.home(touchpoint).touchpoints[touchpoint].effort

    def home(self, touchpoint: str) -> Journey:
        return self.base if touchpoint in self.base.touchpoints else self.arm

    def home_segment(self, segment_id: str) -> Segment:
        return (self.base if segment_id in self.base.segments else self.arm).segments[segment_id]

    def _affinity(self, touchpoint: str, segment_id: str) -> tuple[float, float] | None:
        """R and E; None where the affinity covariate is 0 for this touchpoint and segment."""
        weights = {
            channel: share * (self.base if channel in self.base.channels else self.arm).channels[channel].mix
            for channel, share in self.home(touchpoint).channel_shares(touchpoint).items()
        }
        segment = self.home_segment(segment_id)
        total = sum(weight * segment.affinity.get(channel, 1.0) for channel, weight in weights.items())
        if total == 0:
            return None
        if segment.concentration is None:
            return total, 0.0
        means = [weight * segment.affinity.get(channel, 1.0) / total for channel, weight in weights.items()]
        return total, expected_logarithm(tuple(sorted(mean for mean in means if mean > 0)), segment.concentration)


@cache
def expected_logarithm(means: tuple[float, ...], shape: float) -> float:
    """E ln X, X a sum of independent gamma variates that is 1 on average: an integral over s > 0 (model 2.4).

    Taken in two parts, below s = 1 and above; above, by the logarithm of s, as far as the product is above e^-45.
    """

    def below(s: float) -> float:
        return (math.expm1(-s) - math.expm1(-shape * sum(math.log1p(s * m / shape) for m in means))) / s

    def falls(log_s: float) -> float:
        return shape * sum(float(np.logaddexp(0.0, log_s + math.log(m / shape))) for m in means)

    end = next(log_s for log_s in (2.0**i for i in count()) if falls(log_s) > 45)
    options = {"epsabs": 1e-13, "epsrel": 1e-13, "limit": 500}
    first, first_error = integrate.quad(below, 0, 1, **options)
    second, second_error = integrate.quad(lambda log_s: math.exp(-falls(log_s)), 0, end, **options)
    assert first_error + second_error < 1e-11, "not as close as the law asks"
    return float(first + special.exp1(1) - second)
