"""What a comparison comes to, in one sentence that a marketer understands."""

import math
from collections.abc import Mapping
from typing import Final

from sim.experiment.comparison import Difference
from sim.experiment.evidence import Evidence
from sim.outcomes import DEFINITIONS, HEADLINES
from sim.outcomes.intervals import INPUT_UNCERTAINTY, ONE_COHORT_RANGE, SIMULATION_ERROR, Interval

_WHOLES: Final = (100, 1_000, 10_000, 100_000, 1_000_000)
"""Out of how many customers a share may be told."""


def headline(differences: Mapping[str, Difference]) -> Difference | None:
    """The difference that a sentence is about, among those by outcome; None where none may be a headline."""
    return next((differences[outcome] for outcome in HEADLINES if outcome in differences), None)


def sentence(results: Evidence, arm: str, against: str) -> str:
    """The answer, with the widest interval that there is and its name.

    `Under "Omni", 60 more customers per 1,000 are won than under "Single": +6 points, 30 % more (50 to 70 more per
    1,000 in 95 % of single cohorts).` All arms against the same one are told per as many customers.
    """
    this, other = f'"{results.name(arm)}"', f'"{results.name(against)}"'
    difference = _headline_difference(results, arm, against)
    headline_of = DEFINITIONS[difference.outcome].headline if difference else None
    if difference is None or headline_of is None:
        return f"No outcome shows how many customers come or stay under both {this} and {other}."
    interval, doing = difference.interval, headline_of.doing
    count = f"{interval.n:,} replications" if interval.n > 1 else "a single replication"
    if _is_same(interval):
        return f"Exactly as many customers {doing} under {this} as under {other}, in {count}."
    if not _is_told(difference):
        return f"There is no clear difference between {this} and {other} in how many customers {doing}, in {count}."
    whole = _whole(results, against, interval)
    way = "more" if interval.mean > 0 else "fewer"
    amount = f"{digits(abs(interval.mean) * whole)} {way} customers per {whole:,}"
    points = f"{'+' if interval.mean > 0 else '-'}{digits(abs(interval.mean) * 100)} points"
    level = results.summary(against)[difference.outcome].mean
    beside = f", {digits(abs(interval.mean) / level * 100)} % {way}" if level > 0 else ""
    return f"Under {this}, {amount} {doing} than under {other}: {points}{beside} ({_spread(interval, whole)})."


def digits(count: float) -> str:
    """Two significant digits of a number that is not negative, as far as they lie behind the point; none from 10 on."""
    behind = 0 if count >= 9.95 or count == 0 else 1 - math.floor(math.log10(count))
    shown = f"{count:,.{max(behind, 0)}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _headline_difference(results: Evidence, arm: str, against: str) -> Difference | None:
    return headline(results.compare(arm, against, only=HEADLINES).differences) if results.replications else None


def _is_same(interval: Interval) -> bool:
    return interval.mean == 0 and not interval.sd


def _is_told(difference: Difference) -> bool:
    """Whether the sentence says how large a difference is: it is no chance, or nobody knows what chance is."""
    return not _is_same(difference.interval) and (difference.interval.n == 1 or difference.distinguishable)


def _whole(results: Evidence, against: str, interval: Interval) -> int:
    """The round number of customers out of which differences are told: the same for all arms against one.

    The smallest difference is then about one or more, unless the largest is much larger.
    """
    sizes = [abs(interval.mean)]
    for arm in results.arms:
        difference = _headline_difference(results, arm, against) if arm != against else None
        if difference and _is_told(difference):
            sizes.append(abs(difference.interval.mean))
    return min(_out_of(min(sizes)), _out_of(max(sizes)) * 10)


def _out_of(share: float) -> int:
    """The round number of customers out of which the share is about one or more."""
    return next((whole for whole in _WHOLES if share * whole >= 0.95), _WHOLES[-1])


def _spread(interval: Interval, whole: int) -> str:
    """The widest interval, and what it is."""
    widest = interval.widest
    if widest is None:
        return "a single replication; run more to see how much is chance"
    name, low, high = widest
    return f"{_span(low * whole, high * whole)} per {whole:,}{_MEANT[name]}"


_MEANT: Final = {
    SIMULATION_ERROR: ", 95 % interval of the mean",
    ONE_COHORT_RANGE: " in 95 % of single cohorts",
    INPUT_UNCERTAINTY: " in 95 % of single cohorts, given the uncertain values",
}
"""What the sentence says of each interval."""


def _span(low: float, high: float) -> str:
    """The ends of an interval, in the words of the amount."""
    if low < 0 < high:
        return f"{digits(-low)} fewer to {digits(high)} more"
    ends = dict.fromkeys(digits(end) for end in sorted((abs(low), abs(high))))
    return f"{' to '.join(ends)} {'more' if high > 0 else 'fewer'}"
