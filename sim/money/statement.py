"""A profit and loss by day, week or month: each line with its intervals (model 38)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.calendar import Period, dates, first_days
from sim.outcomes.intervals import Interval, interval, student
from sim.outcomes.lines import CUMULATED, LINES, MARGIN, PROFIT, REVENUE, by_period, line_of

if TYPE_CHECKING:
    from sim.money.books import Books

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Statement:
    """What is earned and spent in each period of a run, over its replications."""

    per: Period
    day: list[int]
    """the first day of each period, from 0"""
    date: list[str]
    """its date"""
    whole: list[bool]
    """whether all days of the period are in the run"""
    lines: dict[str, tuple[Interval, ...]]
    """by line, in the order in which they are read: a figure for each period"""
    total: dict[str, Interval]
    """by line: the whole run"""


@dataclass(frozen=True)
class ByDay:
    """An amount at the end of each day, shape (days,) each."""

    mean: Floats
    low: Floats
    """95 % simulation error; NaN with a single replication"""
    high: Floats


def profit_and_loss(books: Books, arm: str, per: Period) -> Statement:
    """The profit and loss of an arm, without lines on which no arm of the books has anything."""
    own = {*books.kept, REVENUE, MARGIN, PROFIT, CUMULATED}
    start = books.arms[arm].scenario.start_date
    return statement(books.ledgers[arm], start, per, [line for line in LINES if line in own])


def cumulated(books: Books, arm: str) -> ByDay:
    """The cumulated profit of an arm."""
    return run_of(np.cumsum(line_of(books.ledgers[arm], PROFIT), axis=-1))


def statement(
    ledgers: Floats, start: datetime.date, per: Period, lines: Sequence[str], nothing: Floats | None = None
) -> Statement:
    """The lines of ledgers of the shape (replications, OWN, days), by period.

    What is no larger than `nothing`, one amount for each replication, is 0.
    """
    days = ledgers.shape[-1]
    first = first_days(days, start, per)
    figures, total = {}, {}
    for line in lines:
        by = by_period(ledgers, line, first)
        all_days = by[:, -1] if LINES[line].runs_on else by.sum(axis=-1)
        if nothing is not None:
            by, all_days = np.where(np.abs(by) <= nothing[:, None], 0.0, by), cleared(all_days, nothing)
        figures[line] = tuple(interval(values) for values in by.T.tolist())
        total[line] = interval(all_days.tolist())
    return Statement(per, first.tolist(), dates(first, start), _whole(first, days, start, per), figures, total)


def cleared(amounts: Floats, nothing: Floats) -> Floats:
    """The amounts, 0 where they are no larger than nothing."""
    left: Floats = np.where(np.abs(amounts) <= nothing, 0.0, amounts)
    return left


def run_of(amounts: Floats) -> ByDay:
    """Amounts of the shape (replications, days) over the replications."""
    n, mean = len(amounts), amounts.mean(axis=0)
    half = student(n) * amounts.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(mean.shape, np.nan)
    return ByDay(mean, mean - half, mean + half)


def _whole(first: NDArray[np.int64], days: int, start: datetime.date, per: Period) -> list[bool]:
    """Whether the run begins with the first day of its first period and ends with the last of its last."""
    whole = [True] * first.size
    before = start - datetime.timedelta(days=1)
    whole[0] = first_days(2, before, per).size == 2
    last = start + datetime.timedelta(days=days - 1)
    whole[-1] = whole[-1] and first_days(2, last, per).size == 2
    return whole
