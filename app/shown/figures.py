"""How figures are said, the same in the terminal and in the window: which outcomes come first, what is good or bad."""

from typing import Final

from sim.outcomes import DEFINITIONS

MAIN = (
    "conversion_rate",
    "purchase_rate",
    "order_value",
    "completion_rate",
    "retention_30",
    "retention_90",
    "retention_365",
    "churn_rate",
    "incremental_roi",
    "revenue",
    "cost",
    "profit",
    "clv",
    "cost_per_acquisition",
    "roas",
    "messages_per_customer",
    "budget_overshoot",
    "context_kept_rate",
    "desk_wait_minutes",
    "desk_still_waiting_rate",
    "nps",
)
"""The outcomes that a summary shows, where the scenario has them."""


SAME: Final = "same"
"""Stands for a difference that is none but by rounding."""
NO_ENDS: Final = "interval has no ends"
"""Stands for the interval of a ratio whose denominator may as well be 0."""

TOLD_TOGETHER: Final = {"payback_days": "pays_back_rate"}
"""Outcomes of some replications alone, and the one that says of how many; both are told in one row, that one's."""


def is_same(mean: float | None, low: float | None, high: float | None) -> bool:
    """Whether a difference is exactly 0 in every replication; `low` and `high` are its simulation error."""
    return mean == 0 and low in (None, 0) and high in (None, 0)


def payback(rate: str, days: str | None) -> str:
    """How many runs pay back, and after how long those do: `in 17 % of runs; of these 41 d`."""
    return f"in {rate} of runs; of these {days}" if days else f"in {rate} of runs"


def is_at_least(outcome: str, still_waiting: float | None) -> bool:
    """Whether a level is a lower limit: waits of which some are not over, unless in print their share is 0."""
    return outcome == "desk_wait_minutes" and round((still_waiting or 0) * 100, 1) > 0


def on_saved_cost(ratio: float, currency: str) -> str:
    """A return on added cost where cost was saved instead: `gains 0.35 per EUR saved`."""
    outcome = DEFINITIONS["incremental_roi"]
    way = "gains" if ratio <= 0 else "loses"
    return f"{way} {outcome.shown(abs(ratio))} per {currency} saved"


def saved_cost_ends(ratio: float, low: float | None, high: float | None) -> str:
    """The interval of a return on added cost where cost was saved, in brackets, in the way that its mean is said."""
    if low is None or high is None:
        return f"({NO_ENDS})"
    sign = -1.0 if ratio <= 0 else 1.0
    outcome = DEFINITIONS["incremental_roi"]
    first, last = sorted((sign * low, sign * high))
    return f"[{outcome.shown(first)}, {outcome.shown(last)}]"


def verdict(outcome: str, low: float | None, high: float | None) -> str:
    """Whether a difference is better or worse, higher or lower where that depends, or not clear.

    `low` and `high` are its simulation error.
    """
    if low is None or high is None or low <= 0 <= high:
        return "same" if low == 0 == high else "unclear"
    better = DEFINITIONS[outcome].better
    if better is None:
        return "higher" if low > 0 else "lower"
    return "better" if (low > 0) == (better == "higher") else "worse"


def bare(shown: str) -> str:
    """A shown value without its unit, which stands beside it already."""
    return shown.split(" ")[0]
