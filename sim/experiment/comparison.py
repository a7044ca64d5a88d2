"""Two arms, compared replication by replication over the same customers."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Final

from sim.experiment.records import Records
from sim.outcomes.intervals import Interval
from sim.outcomes.samples import Change

_INTERVAL: Final = tuple(field.name for field in fields(Interval))


@dataclass(frozen=True)
class Difference:
    """How much an outcome differs between two arms."""

    outcome: str
    change: Change
    """arm minus the one it is compared against"""

    @property
    def interval(self) -> Interval:
        """Of the differences."""
        return self.change.interval

    @property
    def p(self) -> float | None:
        """Two-sided, from Student's t of the paired differences.

        None with a single replication, where nothing differs but by rounding, and where no such test is made.
        """
        return self.change.p

    @property
    def variance_ratio(self) -> float | None:
        """How many times as many replications independent customers would need for the same precision.

        None where the difference does not vary.
        """
        return self.change.variance_ratio

    @property
    def distinguishable(self) -> bool:
        """Whether the simulation error leaves no doubt that there is a difference."""
        low, high = self.interval.lo, self.interval.hi
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True, repr=False)
class Comparison:
    """All differences of an arm to another."""

    arm: str
    against: str
    segment: str
    differences: dict[str, Difference]
    """by outcome id"""

    COLUMNS: ClassVar = ("arm", "against", "segment", "outcome", *_INTERVAL, "p", "variance_ratio")
    """what its rows tell"""

    def __repr__(self) -> str:
        """Of what, and how many differences can be told from chance."""
        told = sum(difference.distinguishable for difference in self.differences.values())
        return (
            f"<Comparison of {self.arm} against {self.against} ({self.segment}): {told} of {len(self.differences)} "
            "differences are no chance>"
        )

    def records(self) -> Records:
        """A row for each outcome: arm, against, segment, outcome, mean, sd, n, ends of the intervals, p, …"""
        return Records(self.COLUMNS, self.rows())

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The same as values, in the order of COLUMNS."""
        for outcome, difference in self.differences.items():
            interval = asdict(difference.interval).values()
            yield self.arm, self.against, self.segment, outcome, *interval, difference.p, difference.variance_ratio

    def to_pandas(self) -> Any:
        """The same as a `pandas.DataFrame`. Raises ImportError where pandas is not installed."""
        return self.records().to_pandas()
