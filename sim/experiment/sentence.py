"""What a comparison comes to, in one sentence that a marketer understands."""

from typing import TYPE_CHECKING, Final

from sim.experiment.comparison import Comparison, Difference
from sim.outcomes.intervals import Interval

if TYPE_CHECKING:
    from sim.experiment.results import Results

_ASKED: Final = (
    ("retained_per_arrival_90", "are won and still there 90 days later"),
    ("retained_per_arrival_30", "are won and still there 30 days later"),
    ("conversion_rate", "are won"),
    ("completion_rate", "finish"),
    ("churn_rate", "leave for good"),
)
"""What the sentence is about: the first of these that the comparison has, and what customers then do."""


def headline(comparison: Comparison) -> tuple[Difference, str] | None:
    """The difference that a sentence is about and what customers do; None where the comparison has no such outcome."""
    for outcome, doing in _ASKED:
        if outcome in comparison.differences:
            return comparison.differences[outcome], doing
    return None


def sentence(results: "Results", arm: str, against: str) -> str:
    """The answer, with the widest interval that there is and its name.

    `Under "Omni" 6 of 100 more customers are won and still there 90 days later than under "Single" (3 to 9 of 100 in
    95 % of single cohorts).`
    """
    this, other = f'"{results.name(arm)}"', f'"{results.name(against)}"'
    asked = [outcome for outcome, _ in _ASKED]
    found = headline(results.compare(arm, against, only=asked)) if results.replications else None
    if found is None:
        return f"No outcome tells how many customers come or stay both under {this} and under {other}."
    difference, doing = found
    interval = difference.interval
    count = f"{interval.n:,} replications" if interval.n > 1 else "a single replication"
    if interval.mean == 0 and not interval.sd:
        return f"Exactly as many customers {doing} under {this} as under {other}, in {count}."
    if interval.n > 1 and not difference.distinguishable:
        return f"There is no difference that {count} can see in how many customers {doing} under {this} and {other}."
    whole = _out_of(interval.mean)
    more = f"{_digits(abs(interval.mean) * whole)} of {whole:,} {'more' if interval.mean > 0 else 'fewer'} customers"
    return f"Under {this} {more} {doing} than under {other} ({_spread(interval, whole)})."


def _spread(interval: Interval, whole: int) -> str:
    """The widest interval, and what it is."""
    widest = interval.widest
    if widest is None:
        return "a single replication; run more to see how far chance reaches"
    name, low, high = widest
    return f"{_span(low, high, whole)}{_MEANT[name]}"


_MEANT: Final = {
    "simulation error": ", 95 % simulation error",
    "one-cohort range": " in 95 % of single cohorts",
    "input uncertainty": " in 95 % of single cohorts, with values that are not known for sure",
}
"""What the sentence says of each interval."""


def _out_of(share: float) -> int:
    """The round number of customers out of which the share is about one or more."""
    return next((whole for whole in (100, 1_000, 10_000, 100_000) if abs(share) * whole >= 0.95), 1_000_000)


def _span(low: float, high: float, whole: int) -> str:
    """The interval in the words of the amount; with a sign where it does not all lie on one side."""
    low, high = low * whole, high * whole
    if low < 0 < high:
        return f"{_digits(-low)} fewer to {_digits(high)} more of {whole:,}"
    small, large = sorted((abs(low), abs(high)))
    return f"{_digits(small)} to {_digits(large)} of {whole:,}"


def _digits(count: float) -> str:
    """Two significant digits, as far as they lie behind the point; none from 10 on."""
    return f"{count:.0f}" if count >= 9.95 else f"{count:.1f}".removesuffix(".0")
