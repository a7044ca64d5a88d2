"""What an arm's effort and channel weights are measured against: the base scenario (model 2.4, Reference)."""

import math
from functools import cache

from sim.scenario.people import Segment

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
        self.quasi_affinities = cache(self._quasi_affinities)

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
        logarithms = []
        for own in zip(*(self.quasi_affinities(segment.id, channel) for channel in weights), strict=True):
            amount = sum(weight * affinity for weight, affinity in zip(weights.values(), own, strict=True))
            if amount == 0:
                return None
            logarithms.append(math.log(amount / total))
        return total, sum(logarithms) / QUASI_CUSTOMERS

    def _quasi_affinities(self, segment_id: str, channel: str) -> list[float]:
        """The own affinity of each quasi-customer, as one of the segment's customers."""
        draws = Draws(0, 0)
        segment = self.home_segment(segment_id)
        return [own_affinity(draws, quasi, segment, channel) for quasi in range(QUASI_CUSTOMERS)]
