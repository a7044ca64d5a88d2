"""When cases start: all at once, evenly, or more on some weekdays and hours."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.fit.cells.times import DAY
from sim.fit.counting import EVERYTHING
from sim.fit.events.eventlog import EventLog
from sim.fit.one_row import one_row

EPOCH = date(1970, 1, 1)
"""Day 0 of the log's clock; a Thursday."""

CHANCE = 0.001
"""A weekly or daily rhythm is believed where chance alone would show one as clear less often than this."""

ENOUGH = 5
"""Starts for each weekday or hour, on average, below which no rhythm is looked for."""

RHYTHM = 0.05
"""A rhythm is written where at least this share of the starts would have to move to make it even."""

UNEVEN = 0.15
"""Starts are spread over the whole span unless at some moment more or fewer of them, by this share, have happened."""


@dataclass(frozen=True)
class Arrivals:
    """When the cases of a log start."""

    start_date: date
    """the day of the first start"""
    horizon: int
    """days from the start date to the end of the log"""
    pattern: str
    over: float
    """days over which cases start"""
    weekly: tuple[float, ...] | None
    hourly: tuple[float, ...] | None
    reason: str
    notes: tuple[str, ...] = ()
    """what is told of starts that the scenario cannot show"""


def find_arrivals(log: EventLog, part: str = EVERYTHING) -> Arrivals:
    """How the cases in `part` arrive, from the counts of their first events by weekday and hour."""
    first, last = one_row(
        log.connection, f"SELECT min(happened), max(happened) FROM steps WHERE position = 1 AND {part}"
    )
    day = first // DAY
    horizon = int(log.last // DAY - day + 1)
    start_date = EPOCH + timedelta(days=int(day))
    if first == last:
        return Arrivals(start_date, horizon, "cohort", 0.0, None, None, "all cases start at the same time")
    over, notes = _spread(log, part, int(day), (last - day * DAY + log.step) / DAY)
    counted = _counted(log, f"{part} AND happened < {day * DAY + over * DAY:.0f}")
    days = math.ceil(over)
    weekdays = np.array([_days_of(weekday, int(day), days) for weekday in range(7)], dtype=np.float64)
    weekly = _rhythm(counted.sum(axis=1), weekdays) if days >= 14 else None
    hourly = _rhythm(counted.sum(axis=0), np.ones(24)) if log.step < DAY else None
    if weekly is None and hourly is None:
        return Arrivals(start_date, horizon, "poisson", over, None, None, "starts are spread evenly enough", notes)
    told = " and ".join(word for word, rhythm in (("weekdays", weekly), ("hours", hourly)) if rhythm is not None)
    reason = f"starts differ by {told} more than chance explains"
    return Arrivals(start_date, horizon, "profile", over, weekly, hourly, reason, notes)


def _spread(log: EventLog, part: str, day: int, span: float) -> tuple[float, tuple[str, ...]]:
    """The days over which an even spread comes closest to the starts, and what to tell where it does not come close.

    Close is meant as by Kolmogorov and Smirnov, at every hundredth of the starts. That is the whole span from day 0 to
    the last start but where many more start early on, as in a log that opens in the middle of its customers' lives.
    """
    shares = np.arange(1, 101) / 100
    (times_of,) = one_row(
        log.connection, f"SELECT quantile_disc(happened, {shares.tolist()}) FROM steps WHERE position = 1 AND {part}"
    )
    times = (np.array(times_of, dtype=np.float64) - day * DAY + log.step) / DAY

    def distance(over: float) -> float:
        return float(np.abs(shares - np.minimum(1.0, times / over)).max())

    if distance(span) <= UNEVEN:
        return span, ()
    over = min((span, *times.tolist()), key=distance)
    half = f"starts are not even: half of the cases start in the first {times[49]:,.0f} of {span:,.0f} days"
    spread = "all of them" if over == span else f"the first {over:,.0f}"
    return over, (f"{half}; the scenario spreads them evenly over {spread}",)


def _counted(log: EventLog, part: str) -> NDArray[np.float64]:
    """Starts by weekday (from Monday) and hour, shape (7, 24)."""
    rows = log.connection.execute(
        f"""
        SELECT isodow(make_timestamp(happened)) - 1 AS weekday, hour(make_timestamp(happened)) AS hour, count(*)
        FROM steps WHERE position = 1 AND {part} GROUP BY weekday, hour
        """
    ).fetchall()
    counted = np.zeros((7, 24))
    for weekday, hour, seen in rows:
        counted[weekday, hour] += seen
    return counted


def _days_of(weekday: int, first: int, days: int) -> int:
    return sum((first + day + 3) % 7 == weekday for day in range(days))


def _rhythm(counted: NDArray[np.float64], exposure: NDArray[np.float64]) -> tuple[float, ...] | None:
    """Weights with mean 1, or None where the counts are even but for chance."""
    from scipy.stats import chisquare

    if counted.sum() < ENOUGH * len(counted):
        return None
    expected = exposure / exposure.sum() * counted.sum()
    moved = float(np.abs(counted - expected).sum() / 2 / counted.sum())
    if moved < RHYTHM or float(chisquare(counted, expected).pvalue) > CHANCE:
        return None
    rate = counted / exposure
    return tuple(float(each) for each in rate / rate.mean())
