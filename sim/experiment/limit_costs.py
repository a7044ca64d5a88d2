"""What each limit and rule on the way to an action costs an arm of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sim.experiment.limits import Cost, arms_without, costs, limits_on
from sim.experiment.planning import Plan
from sim.experiment.planning import plan as planned
from sim.experiment.running import run
from sim.scenario import Variant, variants

_MOST: Final = 100
"""Replications that are simulated at most: each limit takes as long as the arm itself."""


@dataclass(frozen=True)
class PricedLimits:
    """The same customers without each of what stands between them and an action."""

    got: float
    """share of arrivals that get the action as things are"""
    costs: tuple[Cost, ...]
    replications: int
    currency: str


def price(
    plan: Plan, arm: Variant, action: str, stored: int, progress: Callable[[int, int, int], None]
) -> PricedLimits:
    """Simulate so many replications of an arm of the plan, at most 100, without each limit on the action."""
    limits = limits_on(arm.scenario, action)
    currency = plan.scenario.currency
    if not limits:
        return PricedLimits(0.0, (), 0, currency)
    arms = variants(arm.scenario, arms_without(limits))
    whole = replace(planned(plan.scenario, arms=arms), replications=min(stored, _MOST), precision=None)
    results = run(whole, progress=progress)
    got, found = costs(results, limits, action)
    return PricedLimits(got, tuple(found), len(results.replications), currency)
