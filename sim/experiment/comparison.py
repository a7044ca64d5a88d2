"""Two arms, compared replication by replication over the same customers."""

from dataclasses import dataclass

from sim.outcomes.intervals import Interval
from sim.outcomes.samples import Change


@dataclass(frozen=True)
class Difference:
    """How much an outcome differs between two arms."""

    outcome: str
    interval: Interval
    """of the differences, arm minus the one it is compared against"""
    p: float | None
    """two-sided, from Student's t of the paired differences; None with a single replication, where nothing differs
    but by rounding, and where no such test is made"""
    variance_ratio: float | None
    """how many times as many replications independent customers would need for the same precision; None where the
    difference does not vary"""

    @classmethod
    def of(cls, outcome: str, change: Change) -> "Difference":
        """The change of that outcome."""
        return cls(outcome, change.interval, change.p, change.variance_ratio)

    @property
    def distinguishable(self) -> bool:
        """Whether the simulation error leaves no doubt that there is a difference."""
        low, high = self.interval.lo, self.interval.hi
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True)
class Comparison:
    """All differences of an arm to another."""

    arm: str
    against: str
    segment: str
    differences: dict[str, Difference]
    """by outcome id"""
