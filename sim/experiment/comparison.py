"""Two arms, compared replication by replication over the same customers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.outcomes.intervals import Interval, central, interval, student, variance


@dataclass(frozen=True)
class Difference:
    """How much an outcome differs between two arms."""

    outcome: str
    interval: Interval
    """of the differences, arm minus the one it is compared against"""
    p: float | None
    """two-sided, from the paired t test; None with a single replication, and where no such test is made"""
    variance_ratio: float | None
    """how many times as many replications independent customers would need for the same precision; None where the
    difference does not vary"""

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


def difference(outcome: str, against: Sequence[float], arm: Sequence[float], drawn: Sequence[float] = ()) -> Difference:
    """The difference of paired values: the same place in both is the same replication.

    `drawn` are the differences with what is uncertain drawn.
    """
    changes = less(arm, against)
    return Difference(outcome, interval(changes, drawn), paired_p(changes), _variance_ratio(against, arm, changes))


def less(arm: Sequence[float], against: Sequence[float]) -> list[float]:
    """The differences of paired values."""
    return [value - reference for value, reference in zip(arm, against, strict=True)]


def changed(outcome: str, changes: Sequence[float], drawn: Sequence[float] = ()) -> Difference:
    """The difference where only the pairs' differences are known."""
    return Difference(outcome, interval(changes, drawn), paired_p(changes), None)


def paired_p(changes: Sequence[float]) -> float | None:
    """Two-sided p value of the paired t test; 1 where nothing differs, 0 where all differ by the same."""
    from scipy.special import stdtr

    n = len(changes)
    if n < 2:
        return None
    mean, sd = math.fsum(changes) / n, math.sqrt(variance(changes))
    if sd == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * stdtr(n - 1, -abs(mean) / (sd / math.sqrt(n))))


def incremental_roi(
    added_cost: Sequence[float],
    added_profit: Sequence[float],
    drawn_cost: Sequence[float] = (),
    drawn_profit: Sequence[float] = (),
) -> Difference | None:
    """Difference in profit per difference in cost, as a ratio of means with the delta method's interval.

    Values of the same place are the same replication; those `drawn` are the differences with what is uncertain drawn.
    None where the difference in cost cannot be told from 0.
    """
    n = len(added_cost)
    if n < 2 or not changed("cost", added_cost).distinguishable:
        return None
    mean_cost = math.fsum(added_cost) / n
    ratio = math.fsum(added_profit) / n / mean_cost
    # Variance of a ratio of means: that of (profit - ratio x cost), over the squared mean cost.
    residuals = [profit - ratio * cost for profit, cost in zip(added_profit, added_cost, strict=True)]
    sd = math.sqrt(variance(residuals)) / abs(mean_cost)
    half = student(n) * sd / math.sqrt(n)
    by_cohort = central(_ratios(added_profit, added_cost))
    by_draw = central(_ratios(drawn_profit, drawn_cost))
    return Difference(
        "incremental_roi", Interval(ratio, sd, n, ratio - half, ratio + half, *by_cohort, *by_draw), None, None
    )


def _ratios(profits: Sequence[float], costs: Sequence[float]) -> list[float]:
    """Profit per cost of each replication; nothing where one of them has no cost."""
    return [profit / cost for profit, cost in zip(profits, costs, strict=True)] if all(costs) else []


def _variance_ratio(against: Sequence[float], arm: Sequence[float], changes: Sequence[float]) -> float | None:
    if len(changes) < 2:
        return None
    of_changes = variance(changes)
    return (variance(against) + variance(arm)) / of_changes if of_changes else None
