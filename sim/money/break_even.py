"""The prices at which an arm makes as much profit as another (model 39)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.intervals import interval, mean_of
from sim.outcomes.lines import COSTS, MARGIN, line_of
from sim.outcomes.money import DAYS_A_MONTH
from sim.outcomes.samples import ROUNDING, fieller

if TYPE_CHECKING:
    from sim.money.books import Books
    from sim.scenario import Scenario

Floats = NDArray[np.float64]
Lever = Literal["setup", "running"]
_OF_THE_ARM: Final[tuple[Lever, ...]] = ("setup", "running")


@dataclass(frozen=True)
class BreakEven:
    """Where a lever would have to stand for the arm to make as much profit as the other, all else as it is."""

    line: str
    """what it changes"""
    factor: bool
    """whether it is a factor on all prices of the line, in both arms; else an amount of money of the arm"""
    now: float
    at: float
    low: float | None
    """95 % simulation error; None where it is not known, or has no end"""
    high: float | None
    exact: bool
    """whether nobody's decision goes by that price"""


def break_even(books: Books, arm: str, against: str, total: Floats) -> tuple[BreakEven, ...]:
    """The levers at which two arms are even; `total` is their difference of profit in each replication."""
    scenario = books.arms[arm].scenario
    exact = not any(goes_by_prices(books.arms[each].scenario) for each in (arm, against))
    found: list[BreakEven | None] = [_amount(lever, scenario, total) for lever in _OF_THE_ARM]
    more = books.ledgers[arm] - books.ledgers[against]
    for line in (MARGIN, *(cost for cost in COSTS if cost not in _OF_THE_ARM)):
        found.append(_factor(line, line_of(more, line).sum(axis=-1), books.ledgers[arm], total, exact))
    return tuple(each for each in found if each is not None and each.at >= 0)


def goes_by_prices(scenario: Scenario) -> bool:
    """Whether the brand sends otherwise where prices are other ones: under a budget, or weighing costs and margins."""
    policy, budget = scenario.orchestration.policy, scenario.orchestration.budget
    return policy == "next_best_action" or (policy != "none" and budget is not None)


def _amount(lever: Lever, scenario: Scenario, total: Floats) -> BreakEven:
    now, times = {
        "setup": (scenario.money.setup, 1.0),
        "running": (scenario.money.per_month, DAYS_A_MONTH / scenario.horizon),
    }[lever]
    told = interval((now + times * total).tolist(), limits=(0.0, None))
    return BreakEven(lever, False, now, now + times * mean_of(total.tolist()), told.lo, told.hi, True)


def _factor(line: str, more: Floats, ledgers: Floats, total: Floats, exact: bool) -> BreakEven | None:
    """1 - total / what the line differs by; None where it does not differ."""
    size = np.abs(line_of(ledgers, line)).sum(axis=-1).max()
    whole = mean_of(more.tolist())
    if abs(whole) <= ROUNDING * size:
        return None
    ends = fieller((-total).tolist(), more.tolist(), False) if len(total) > 1 else None
    low, high = (1 + ends[0], 1 + ends[1]) if ends else (None, None)
    return BreakEven(line, True, 1.0, 1 - mean_of(total.tolist()) / whole, low, high, exact)
