"""Curves over calendar time: what comes to pass on each day of a run, in each week and in each month."""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.outcomes.calendar import Period, dates, first_days
from sim.outcomes.intervals import student
from sim.outcomes.outcome import Unit, signed
from sim.outcomes.records import Measured

Floats = NDArray[np.float64]

SMALL: Final = 100
"""Values below this are shown with a digit after the point."""
LONGEST: Final = 3653
"""Days of a run up to which its days are told: ten years."""
MOST: Final = 200_000
"""Arms times days up to which they are told together."""


@dataclass(frozen=True)
class Series:
    """What is told day by day: the single place for its label, unit and definition."""

    id: str
    label: str
    unit: Unit
    definition: str
    """one or two plain sentences"""
    outcome: str | None
    """the outcome that is what it comes to; None where there is none"""
    adds_up: bool = True
    """whether a week has what its days have together, rather than what its last day has"""

    def comes_to(self, by_day: Floats) -> float:
        """What the days of a run have together; where that says nothing, what the last one has."""
        return float(by_day.sum() if self.adds_up else by_day[-1])

    def shown(self, value: float, currency: str = "") -> str:
        """The value as people read it; small ones with a digit after the point."""
        return f"{value:,.{_decimals(value)}f}{self._suffix(currency)}"

    def shown_difference(self, value: float, currency: str = "") -> str:
        """A difference as people read it, with its sign."""
        return f"{signed(value, _decimals(value))}{self._suffix(currency)}"

    def _suffix(self, currency: str) -> str:
        return f" {currency}" if self.unit == "money" and currency else ""


def _decimals(value: float) -> int:
    return 1 if abs(value) < SMALL else 0


SERIES: Final = {
    one.id: one
    for one in (
        Series(
            "arrivals", "Arrivals", "customers", "Customers who arrive, bought ones and friends among them.", "arrivals"
        ),
        Series(
            "conversions",
            "Conversions",
            "customers",
            "Conversion goals reached, the second and later ones of a customer too.",
            None,
        ),
        Series(
            "active_customers",
            "Active customers",
            "customers",
            "Customers won who are neither lapsed nor gone at the end of the day; where the scenario wins nobody, "
            "those of all arrivals. A week or month has those of its last day.",
            None,
            adds_up=False,
        ),
        Series(
            "revenue",
            "Revenue",
            "money",
            "Money of all goals reached, less refunds, on the day of the goal.",
            "revenue",
        ),
        Series(
            "cost",
            "Cost",
            "money",
            "All that is part of the outcome, at its day: set-up on the first day, the monthly cost and agent hours "
            "evenly over the run, bought arrivals in proportion to those expected.",
            "cost",
        ),
    )
}
"""All series, in the order in which they are shown."""


@dataclass(frozen=True)
class CalendarSeries:
    """A series over the replications; shape (periods,) each."""

    day: NDArray[np.int64]
    """the first day of each period, from 0"""
    date: list[str]
    """its date"""
    mean: Floats
    low: Floats
    """95 % simulation error; NaN with a single replication"""
    high: Floats

    def rows(self) -> Iterator[tuple[int, str, float, float | None, float | None]]:
        """For each period its first day, date, mean and interval; None where there is none."""
        ends = ((None if math.isnan(end) else end for end in part.tolist()) for part in (self.low, self.high))
        yield from zip(self.day.tolist(), self.date, self.mean.tolist(), *ends, strict=True)


def calendar_series(
    measured: Sequence[Measured], series: str, start: datetime.date, per: Period
) -> CalendarSeries | None:
    """The series over an arm's replications by day, week or month; None where no replication has it."""
    having = [one.daily[series] for one in measured if series in one.daily]
    return over_replications(series, having, start, per) if having else None


def over_replications(series: str, by_day: Sequence[ArrayLike], start: datetime.date, per: Period) -> CalendarSeries:
    """The same from the values of the days in each replication, at least one."""
    values = np.array(by_day, np.float64)
    n, days = values.shape
    first = first_days(days, start, per)
    if SERIES[series].adds_up:
        values = np.add.reduceat(values, first, axis=1)
    else:
        values = values[:, np.append(first[1:], days) - 1]
    mean = values.mean(axis=0)
    half = student(n) * values.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(mean.shape, np.nan)
    return CalendarSeries(first, dates(first, start), mean, np.maximum(mean - half, 0.0), mean + half)


def are_few(arms: int, days: int) -> bool:
    """Whether so many arms of so many days are told together: figures of all of them by the day."""
    return arms * days <= MOST
