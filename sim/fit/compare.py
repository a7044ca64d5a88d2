"""Statistics that set a fitted scenario beside the log: intervals of shares, quantiles with open cases, drift."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.fit.counting import Counts, Cycles
from sim.fit.events.eventlog import EventLog

QUANTILES = (0.5, 0.9)
"""Cycle-time quantiles that are compared: the median and the 90th percentile."""

CONFIDENCE = 0.95

Figure = float | None
"""Days; None where so many cases are open that the quantile is not reached."""


@dataclass(frozen=True)
class Range:
    """A figure over many logs of the same size: its median and the range that holds 95 of 100."""

    median: Figure
    low: Figure
    high: Figure


@dataclass(frozen=True)
class Moved:
    """A share that differs between the halves of a log by more than chance."""

    source: str
    target: str
    training: float
    held_out: float
    p: float
    """of Fisher's exact test, times the number of tests that Holm's method asks for"""


def share_interval(seen: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): what sampling alone lets one expect."""
    from scipy.stats import binomtest

    interval = binomtest(seen, of).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def quantile(cycles: Cycles, share: float) -> Figure:
    """The quantile of the cycle time, cases that are still open counted as longer than seen (Kaplan and Meier 1958)."""
    order = np.argsort(cycles.days, kind="stable")
    return _quantile(cycles.days[order], cycles.ended[order], share)


def _quantile(days: NDArray[np.float64], ended: NDArray[np.bool_], share: float) -> Figure:
    """As `quantile`, for ascending days."""
    distinct, first = np.unique(days, return_index=True)
    left = len(days) - first
    ends = np.add.reduceat(ended.astype(np.int64), first)
    surviving = np.cumprod(1 - ends / left)
    reached = np.flatnonzero(surviving <= 1 - share + 1e-12)
    return float(distinct[reached[0]]) if len(reached) else None


def resampled(cycles: Cycles, share: float, times: int, seed: int) -> Range:
    """The quantile over `times` logs of as many cases drawn, with replacement, from these (Efron 1979)."""
    chance = np.random.default_rng(seed)
    order = np.argsort(cycles.days, kind="stable")
    days, ended = cycles.days[order], cycles.ended[order]
    drawn = (np.sort(chance.integers(0, len(days), len(days))) for _ in range(times))
    return spread([_quantile(days[each], ended[each], share) for each in drawn])


def spread(figures: Sequence[Figure]) -> Range:
    """The median of the figures and the range of 95 in 100; those not reached count as larger than all others."""
    ascending = sorted(np.inf if each is None else each for each in figures)

    def at(share: float) -> Figure:
        quantile = ascending[round(share * (len(ascending) - 1))]
        return float(quantile) if np.isfinite(quantile) else None

    return Range(at(0.5), at((1 - CONFIDENCE) / 2), at((1 + CONFIDENCE) / 2))


def same_cycles(first: Cycles, second: Cycles) -> float:
    """The probability that cycle times differ as much as these by chance (log-rank test, Mantel 1966).

    1 where too few cases ended to tell.
    """
    from scipy.stats import CensoredData, logrank

    if not (first.ended.any() and second.ended.any()):
        return 1.0
    samples = [CensoredData(uncensored=each.days[each.ended], right=each.days[~each.ended]) for each in (first, second)]
    with np.errstate(invalid="ignore"):
        p = float(logrank(*samples).pvalue)
    return p if np.isfinite(p) else 1.0


def moved_shares(log: EventLog, training: Counts, held_out: Counts) -> tuple[Moved, ...]:
    """The shares (of transitions, ends and starts) that differ between two sets of cases, the surest first.

    Each is tested by Fisher's exact test; Holm's method (1979) keeps the chance of naming any share wrongly at 5 %.
    """
    from scipy.stats import fisher_exact

    names = {each.number: each.name for each in log.activities}
    tested = []
    for pair in _pairs(names, training, held_out):
        first, second = pair.first, pair.second
        if first.of and second.of:
            p = float(fisher_exact([[each.many, each.of - each.many] for each in (first, second)]).pvalue)
            tested.append(Moved(pair.source, pair.target, first.many / first.of, second.many / second.of, p))
    tested.sort(key=lambda each: each.p)
    moved = []
    worst = 0.0
    for index, each in enumerate(tested):
        worst = max(worst, each.p * (len(tested) - index))
        if worst > 1 - CONFIDENCE:
            break
        moved.append(Moved(each.source, each.target, each.training, each.held_out, worst))
    return tuple(moved)


class _Counted(NamedTuple):
    many: int
    of: int


class _Pair(NamedTuple):
    """How often one transition was taken in each set of cases."""

    source: str
    """empty for a start"""
    target: str
    """empty for an end"""
    first: _Counted
    second: _Counted


def _pairs(names: dict[int, str], first: Counts, second: Counts) -> list[_Pair]:
    pairs = [
        _Pair("", name, _Counted(first.starts[number], first.cases), _Counted(second.starts[number], second.cases))
        for number, name in names.items()
        if first.starts[number] or second.starts[number]
    ]
    departed, later_departed = first.departures(), second.departures()
    for number, name in names.items():
        of, later_of = departed[number], later_departed[number]
        targets = sorted({target for source, target in (*first.transitions, *second.transitions) if source == number})
        pairs += [
            _Pair(
                name,
                names[target],
                _Counted(first.transitions.get((number, target), 0), of),
                _Counted(second.transitions.get((number, target), 0), later_of),
            )
            for target in targets
        ]
        if first.ends[number] or second.ends[number]:
            pairs.append(_Pair(name, "", _Counted(first.ends[number], of), _Counted(second.ends[number], later_of)))
    return pairs
