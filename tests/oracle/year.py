"""Weights by the days of the calendar (model 37), in exact fractions."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.scenario.channels_and_desks import Acquisition
    from sim.scenario.people import Arrivals
    from sim.scenario.scenario import Scenario


def arrivals_over_the_year(scenario: Scenario, seasons: Arrivals | Acquisition) -> Callable[[float], float]:
    """The arrival time that a uniform gives, by the profile of arrivals and the months and days of `seasons`."""
    arrivals = scenario.population.arrivals
    profile = arrivals.pattern == "profile"
    weekly = [Fraction(w) for w in (arrivals.weekly if profile else None) or [1] * 7]
    hourly = [Fraction(w) for w in (arrivals.hourly if profile else None) or [1] * 24]
    over = Fraction(scenario.horizon if arrivals.pattern == "cohort" or arrivals.over is None else arrivals.over)
    hour_of_day = Fraction(1, 24)
    pieces = []
    for hour in range(ceil(over * 24)):
        day = scenario.start_date + timedelta(hour // 24)
        length = min(over, (hour + 1) * hour_of_day) - hour * hour_of_day
        pieces.append((hour * hour_of_day, length, _weight(day, seasons, weekly, hourly) * hourly[hour % 24]))
    whole = sum((length * weight for _, length, weight in pieces), Fraction(0))

    def arrives(u: float) -> float:
        rest = Fraction(u) * whole
        for begin, length, weight in pieces:
            if rest <= length * weight and weight > 0:
                return float(begin + rest / weight)
            rest -= length * weight
        raise AssertionError("a uniform above 1")

    return arrives


def _weight(
    day: date, seasons: Arrivals | Acquisition, weekly: Sequence[Fraction], hourly: Sequence[Fraction]
) -> Fraction:
    weight = _usual(day, seasons, weekly)
    if seasons.monthly is not None:
        month = [date(day.year, day.month, d + 1) for d in range(monthrange(day.year, day.month)[1])]
        integral = sum((_usual(each, seasons, weekly) for each in month), Fraction(0)) * sum(hourly, Fraction(0)) / 24
        weight *= Fraction(seasons.monthly[day.month - 1]) / integral if integral else 0
    for special in seasons.dates:
        if special.start <= day < special.start + timedelta(special.days):
            weight *= Fraction(special.weight)
    return weight


def _usual(day: date, seasons: Arrivals | Acquisition, weekly: Sequence[Fraction]) -> Fraction:
    weeks = getattr(seasons, "week_of_year", None)
    if weeks is None:
        return weekly[day.weekday()]
    _, week, _ = day.isocalendar()
    return weekly[day.weekday()] * Fraction(weeks[52 if week == 53 and len(weeks) == 53 else min(week, 52) - 1])
