"""When in the year: weights of months and weeks, and days that are not like others (model 37)."""

import datetime
import math
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from sim.scenario.key import Days, Key, Plain
from sim.scenario.legible import Line
from sim.scenario.model import Many, NonNegative, Part, Whole

Monthly = Annotated[Annotated[Many[Plain[NonNegative]], Field(min_length=12, max_length=12)], Key(label="By month")]
"""A weight of each month from January."""
ByWeek = Annotated[
    Annotated[Many[Plain[NonNegative]], Field(min_length=52, max_length=53)], Key(label="By week of the year")
]
"""A weight of each week from week 1 of ISO 8601; of 52, week 53 has that of week 52."""

Month = Literal["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTHS: Final[tuple[Month, ...]] = get_args(Month)

MOST_DAYS: Final = 36_525
"""The calendar is followed for so many days: a hundred years."""


class SpecialDays(Part):
    """Days that are not like others: a holiday, a sale."""

    name: Line | None = None
    """what they are, for people"""
    start: Annotated[datetime.date, Key(first=datetime.date(2026, 11, 27))] = Field(alias="from")
    """the first of these days"""
    days: Days[Annotated[Whole, Field(ge=1, le=366)]] = 1
    """how many days from then on"""
    weight: Annotated[Plain[NonNegative], Key(first=3.0)]
    """what arrivals on these days are multiplied by: 0 for none, 3 for three times as many"""


def day_weights(
    start_date: datetime.date,
    days: int,
    *,
    weekly: Sequence[float],
    monthly: Sequence[float] | None,
    week_of_year: Sequence[float] | None,
    dates: Sequence[SpecialDays],
) -> list[float]:
    """The weight of each of so many days from a date on, those of its hours aside (model 37).

    A month's weight is shared by its days as the weekdays and weeks say, whether or not they are among these days.
    """

    def usual(day: datetime.date) -> float:
        return weekly[day.weekday()] * (1.0 if week_of_year is None else _of_week(week_of_year, day))

    weights = []
    shares: dict[tuple[int, int], float] = {}
    for day in (start_date + datetime.timedelta(number) for number in range(days)):
        weight = usual(day)
        if monthly is not None:
            month = (day.year, day.month)
            if month not in shares:
                whole = sum(usual(each) for each in _days_of(*month))
                shares[month] = monthly[day.month - 1] / whole if whole > 0 else 0.0
            weight *= shares[month]
        weights.append(weight)
    for special in dates:
        first = (special.start - start_date).days
        for number in range(max(first, 0), min(first + special.days, days)):
            weights[number] *= special.weight
    return weights


def _of_week(weights: Sequence[float], day: datetime.date) -> float:
    return weights[min(day.isocalendar().week, len(weights)) - 1]


def _days_of(year: int, month: int) -> Iterator[datetime.date]:
    for number in range(1, monthrange(year, month)[1] + 1):
        yield datetime.date(year, month, number)


def spells(months: Collection[Month], start_date: datetime.date, horizon: float) -> Iterator[tuple[float, float]]:
    """From which day of the run until which each unbroken row of these months is; the first may begin before day 0."""
    begun: float | None = None
    year, month = start_date.year, start_date.month
    while year <= datetime.MAXYEAR and (day := float((datetime.date(year, month, 1) - start_date).days)) <= horizon:
        is_one = MONTHS[month - 1] in months
        if is_one and begun is None:
            begun = day
        elif not is_one and begun is not None:
            yield begun, day
            begun = None
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if begun is not None:
        yield begun, math.inf
