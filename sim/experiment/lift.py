"""What optimising messages for each customer seems to bring, and what it brings the same customers (model 33.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from sim.experiment.planning import plan as planned
from sim.experiment.running import run
from sim.outcomes.collecting import collected
from sim.outcomes.definitions import CONTROL, COSTS, LIFTED, LITTLE_KNOWN, OPTIMISED
from sim.outcomes.intervals import Interval
from sim.outcomes.records import ALL
from sim.outcomes.samples import NOTHING, Sample, change, level
from sim.scenario import Variant, variants
from sim.scenario.experiment import Arm

if TYPE_CHECKING:
    from sim.experiment.comparison import Difference
    from sim.experiment.planning import Plan
    from sim.experiment.results import Results

Sort = Literal["apparent", "tested", "true"]
Did = Literal["opened", "responded"]

DID: Final[tuple[Did, ...]] = ("opened", "responded")
_MOST: Final = 100
"""Replications that are simulated at most."""
AS_IT_IS: Final = "as-it-is"
NOBODY: Final = "nobody"


@dataclass(frozen=True)
class Lift:
    """How many more of the optimised messages are opened, or responded to, than of others."""

    did: Did
    sort: Sort
    optimised: Interval
    others: Interval
    more: Interval


@dataclass(frozen=True)
class Lifts:
    """The apparent lift and the true one, and what optimising changes in all."""

    lifts: tuple[Lift, ...]
    """those that there are messages to tell of"""
    differences: dict[str, Difference]
    """by outcome, of `COSTS`: with it less without it, over the same customers"""
    replications: int
    currency: str


def find_lifts(plan: Plan, arm: Variant, stored: int, progress: Callable[[int, int, int], None]) -> Lifts:
    """Simulate so many replications of an arm of the plan, at most 100, as it is and with nobody optimised for."""
    arms = [
        Arm(id=AS_IT_IS, name="As it is"),
        Arm(id=NOBODY, name="Nobody", set={"orchestration.optimise_share": 0}),
    ]
    whole = planned(plan.scenario, arms=variants(arm.scenario, arms))
    results = run(replace(whole, replications=min(stored, _MOST), precision=None), progress=progress)
    return lifts_of(results, plan.scenario.currency)


def lifts_of(results: Results, currency: str) -> Lifts:
    """The lifts that a run of both arms shows."""
    own, same = (collected(results.measured(arm), ALL) for arm in (AS_IT_IS, NOBODY))
    found: list[Lift | None] = []
    for did in DID:
        outcomes = LIFTED[did]
        done = own.get(outcomes[OPTIMISED], NOTHING)
        compared: list[tuple[Sort, Sample]] = [
            ("apparent", own.get(outcomes[LITTLE_KNOWN], NOTHING)),
            ("tested", own.get(outcomes[CONTROL], NOTHING)),
            ("true", same.get(outcomes[CONTROL], NOTHING)),
        ]
        found += (_lift(did, sort, done, others) for sort, others in compared)
    differences = results.compare(AS_IT_IS, NOBODY, only=COSTS).differences
    return Lifts(tuple(each for each in found if each), differences, len(results.replications), currency)


def _lift(did: Did, sort: Sort, done: Sample, others: Sample) -> Lift | None:
    """One lift; None where one of the two was sent nothing."""
    rate = LIFTED[did][OPTIMISED]
    optimised_, compared = level(rate, done), level(rate, others)
    more = change(rate, {rate: others}, {rate: done})
    if optimised_ is None or compared is None or more is None:
        return None
    return Lift(did, sort, optimised_, compared, more.interval)
