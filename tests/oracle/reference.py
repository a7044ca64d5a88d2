"""What an arm's effort and channel weights are measured against: the base scenario (model 2.4, Reference)."""

import math
from functools import cache

from .draws import Draws
from .journey import Journey
from .people import own_affinity

QUASI_CUSTOMERS = 1024


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

    def _affinity(self, touchpoint: str, segment_id: str) -> tuple[float, float] | None:
        """R and E; None where the affinity covariate is 0 for this touchpoint and segment."""
        weights = {
            channel: share * (self.base if channel in self.base.channels else self.arm).channels[channel].mix
            for channel, share in self.home(touchpoint).channel_shares(touchpoint).items()
        }
        segment = (self.base if segment_id in self.base.segments else self.arm).segments[segment_id]
        total = sum(weight * segment.affinity.get(channel, 1.0) for channel, weight in weights.items())
        if total == 0:
            return None
        if segment.concentration is None:
            return total, 0.0
        draws = Draws(0, 0)
        logarithms = []
        for quasi in range(QUASI_CUSTOMERS):
            amount = sum(weight * own_affinity(draws, quasi, segment, channel) for channel, weight in weights.items())
            if amount == 0:
                return None
            logarithms.append(math.log(amount / total))
        return total, sum(logarithms) / QUASI_CUSTOMERS
