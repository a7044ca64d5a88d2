"""How figures are said, the same in the terminal and in the window: which outcomes come first, what is good or bad."""

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
    "nps",
)
"""The outcomes that a summary shows, where the scenario has them."""


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
