"""What the limits on the way to an action cost, as it is said everywhere."""

from collections.abc import Sequence
from typing import Final

from sim.experiment.limits import Cost
from sim.outcomes.definitions import DEFINITIONS, PROFIT

NO_LIMITS: Final = "Nothing stands between customers and this action: it has no rule that works."


def answer(costs: Sequence[Cost], currency: str) -> str:
    """The sentence that answers: which limit costs most, and that some cost nothing that can be told from chance."""
    if not costs:
        return NO_LIMITS
    priced = [(cost, cost.differences[PROFIT].interval) for cost in costs if PROFIT in cost.differences]
    if not priced:
        return "What they cost in money is not known: the scenario has no money."
    dear = [(cost, each) for cost, each in priced if each.lo is not None and each.lo > 0]
    if not dear:
        return "None of them costs profit that can be told from chance."
    cost, each = max(dear, key=lambda pair: pair[1].mean)
    profit = DEFINITIONS[PROFIT]
    assert each.lo is not None
    assert each.hi is not None
    ends = f"[{profit.shown_difference(each.lo)}, {profit.shown_difference(each.hi)}]"
    return f"{cost.limit.label} costs most: without it, profit is {profit.shown(each.mean, currency)} {ends} higher."
