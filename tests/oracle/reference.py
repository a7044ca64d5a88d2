"""What an arm's effort and channel weights are measured against: the base scenario (model 2.4, Reference)."""

import math
from functools import cache

from .draws import Draws
from .journey import Journey
from .people import own_affinity

QUASI_CUSTOMERS = 1024


class Reference:
    """Reference effort by touchpoint, reference affinity by touchpoint and segment."""

    def __init__(self, arm: Journey, base: Journey) -> None:
        self.arm = arm
        self.base = base
        self.affinity = cache(self._affinity)

    def effort(self, touchpoint: str) -> float:
        home = self.base if touchpoint in self.base.touchpoints else self.arm
        return home.touchpoints[touchpoint].effort

    def _affinity(self, touchpoint: str, segment_id: str) -> tuple[float, float] | None:
        """R and E; None where the affinity covariate is 0 for this touchpoint and segment.

        All of it comes from the base, or all of it from the arm where the base lacks the touchpoint or the segment.
        """
        in_base = touchpoint in self.base.touchpoints and segment_id in self.base.segments
        home = self.base if in_base else self.arm
        shares, segment = home.channel_shares(touchpoint), home.segments[segment_id]
        weights = {channel: share * home.channels[channel].mix for channel, share in shares.items()}
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
