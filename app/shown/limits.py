"""What the limits on the way to an action cost, as it is said everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from app.shown.figures import difference
from sim.outcomes.definitions import COSTS, DEFINITIONS, PROFIT

if TYPE_CHECKING:
    from sim.experiment.limit_costs import PricedLimits
    from sim.experiment.limits import Cost

NO_LIMITS: Final = "Nothing stands between customers and this action: it has no rule that works."


def answer(priced: PricedLimits) -> str:
    """The sentence that answers: which limit costs most, if any costs profit that can be told from chance."""
    if not priced.costs:
        return NO_LIMITS
    profits = [(cost, cost.differences[PROFIT].interval) for cost in priced.costs if PROFIT in cost.differences]
    if not profits:
        return "What they cost in money is not known: the scenario has no money."
    dear = [(cost, each) for cost, each in profits if each.lo is not None and each.lo > 0]
    if not dear:
        return "None of them costs profit that can be told from chance."
    cost, each = max(dear, key=lambda pair: pair[1].mean)
    profit = DEFINITIONS[PROFIT]
    assert each.lo is not None
    assert each.hi is not None
    ends = f"[{profit.shown_difference(each.lo)}, {profit.shown_difference(each.hi)}]"
    more = profit.shown(each.mean, priced.currency)
    return f"{cost.limit.label} costs most: without it, profit is {more} {ends} higher."


def heads(priced: PricedLimits) -> tuple[str, ...]:
    """Above the columns of `rows`."""
    return "The same customers without", "Got it, of 100", *(DEFINITIONS[id_].label for id_ in _told(priced))


def rows(priced: PricedLimits) -> Iterator[tuple[str, ...]]:
    """How things are, then a row for each limit."""
    told = _told(priced)
    yield "(as it is)", f"{100 * priced.got:.1f}", *("" for _ in told)
    for cost in priced.costs:
        yield cost.limit.label, f"{100 * cost.got:.1f}", *(_cell(cost, id_, priced.currency) for id_ in told)


def how_sure(priced: PricedLimits) -> str:
    """How many replications it was, and what the brackets hold."""
    times = "1 replication" if priced.replications == 1 else f"{priced.replications} replications"
    return f"{times}; the brackets hold the simulation error (95 %)."


def _told(priced: PricedLimits) -> list[str]:
    return [id_ for id_ in COSTS if any(id_ in cost.differences for cost in priced.costs)]


def _cell(cost: Cost, outcome: str, currency: str) -> str:
    found = cost.differences.get(outcome)
    return difference(outcome, None if found is None else {"difference": asdict(found.interval)}, currency)
