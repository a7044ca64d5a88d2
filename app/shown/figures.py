"""How figures are said, the same in the terminal and in the window, and what of them is good or bad."""

from collections.abc import Mapping
from typing import Any, Final

from sim.outcomes import DEFINITIONS

SAME: Final = "same"
"""Stands for a difference that is none but by rounding."""
NO_ENDS: Final = "interval has no ends"
"""Stands for the interval of a ratio whose denominator may as well be 0."""


def is_same(mean: float | None, low: float | None, high: float | None) -> bool:
    """Whether a difference is exactly 0 in every replication; `low` and `high` are its simulation error."""
    return mean == 0 and low in (None, 0) and high in (None, 0)


def told_together(rate: str, some: str | None) -> str:
    """In how many runs something happens, and what those alone tell: `in 17 % of runs; of these 41 d`."""
    return f"in {rate} of runs; of these {some}" if some else f"in {rate} of runs"


def is_at_least(not_over: float | None) -> bool:
    """Whether a level is a lower limit: some of what it is of is not over yet, unless in print that share is 0."""
    return round((not_over or 0) * 100, 1) > 0


def divides_by(outcome: str) -> str | None:
    """The outcome by whose difference one that only comparisons have divides; None for all others."""
    definition = DEFINITIONS[outcome]
    return definition.ratio_of[1] if definition.paired and definition.ratio_of else None


def on_saved(outcome: str, ratio: float, currency: str) -> str:
    """A return on what was spent in addition where it was saved instead: `gains 0.35 per EUR saved`."""
    way = "gains" if ratio <= 0 else "loses"
    return f"{way} {DEFINITIONS[outcome].shown(abs(ratio))} per {currency} saved"


def on_saved_ends(outcome: str, ratio: float, low: float | None, high: float | None) -> str:
    """The interval of such a return, in brackets, in the way that its mean is said."""
    if low is None or high is None:
        return f"({NO_ENDS})"
    sign = -1.0 if ratio <= 0 else 1.0
    first, last = sorted((sign * low, sign * high))
    return f"[{DEFINITIONS[outcome].shown(first)}, {DEFINITIONS[outcome].shown(last)}]"


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


def difference(outcome: str, row: Mapping[str, Any] | None, currency: str, *, saves: bool = False) -> str:
    """A difference of the document in a cell: how much, whether that is better or worse, and its interval below."""
    if row is None or row["difference"]["mean"] is None:
        return "–"
    definition, own = DEFINITIONS[outcome], row["difference"]
    if is_same(own["mean"], own["lo"], own["hi"]):
        return SAME
    if saves:
        ends = on_saved_ends(outcome, own["mean"], own["lo"], own["hi"])
        return f"{on_saved(outcome, own['mean'], currency)}" + (f"\n{ends}" if own["n"] > 1 else "")
    shown = definition.shown_difference(own["mean"], currency)
    word = verdict(outcome, own["lo"], own["hi"])
    if own["lo"] is None or own["hi"] is None:
        return f"{shown}\n({NO_ENDS})" if own["n"] > 1 else shown
    low, high = (bare(definition.shown_difference(own[end], currency)) for end in ("lo", "hi"))
    return f"{shown} {word}\n[{low}, {high}]"
