"""Who comes, converts, stays and leaves: labels, units and definitions."""

import math
from typing import Final

from sim.outcomes.outcome import Headline, Outcome, Point

RETENTION_DAYS: Final = (7, 30, 90, 180, 365)
PER_ARRIVAL_DAYS: Final = (30, 90, 365)
WITHIN_DAYS: Final = (30, 90, 365)
_MAIN_DAYS: Final = (30, 90, 365)
"""Days whose retention a summary shows."""
_TURNS: Final = {90: 1, 30: 2}
"""Days whose share of all arrivals a sentence may ask for, and in which turn."""
_NO_RETENTION = "Absent where fewer than 30, or fewer than 5 %, of the customers won are followed that long."


def _retention(day: int) -> Outcome:
    return Outcome(
        f"retention_{day}",
        f"Still there after {day} days",
        "share",
        f"Of the customers won (first conversion), the share that {day} days later has neither left nor lapsed "
        f"(state occupation by the Aalen-Johansen estimator on whole days). {_NO_RETENTION}",
        "higher",
        needs=("conversion",),
        main=day in _MAIN_DAYS,
        point=Point("retention", day),
    )


def _per_arrival(day: int) -> Outcome:
    return Outcome(
        f"retained_per_arrival_{day}",
        f"Won and still there after {day} days",
        "share",
        f"Of all customers who arrive, the share won within the run and still there {day} days after that: conversion "
        f"times retention at {day} days. Fair between arms that win different customers. {_NO_RETENTION}",
        "higher",
        needs=("conversion",),
        headline=Headline(turn, f"are won and still there {day} days later") if (turn := _TURNS.get(day)) else None,
    )


def _converted_within(day: int) -> Outcome:
    return Outcome(
        f"converted_within_{day}",
        f"Converted within {day} days",
        "share",
        f"Share of arrivals that reach a first conversion within {day} days of arriving. Whoever the run ends for "
        "sooner is taken to go on like those who are seen for longer (Aalen-Johansen incidence; leaving and completing "
        f"end the wait). Absent where fewer than 30, or fewer than 5 %, of the arrivals are followed for {day} days.",
        "higher",
        2,
        ("conversion",),
        point=Point("converted_within", day),
    )


def _churned_within(day: int) -> Outcome:
    return Outcome(
        f"churned_within_{day}",
        f"Left within {day} days",
        "share",
        f"Of the customers won, the share that reaches a churn exit within {day} days of the first conversion. Whoever "
        "the run ends for sooner is taken to go on like those who are seen for longer (Aalen-Johansen incidence; "
        "completing ends the wait). Where the scenario has no conversion goal: of all arrivals, within so many days of "
        "arriving. Absent where fewer than 30, or fewer than 5 %, of them are followed that long.",
        "lower",
        needs=("churn",),
    )


JOURNEY: Final = (
    Outcome("arrivals", "Arrivals", "customers", "Customers who arrived within the run.", None, 0, of_all=True),
    Outcome(
        "conversion_rate",
        "Conversion",
        "share",
        "Share of arrivals that reach a first conversion before the run ends, as counted. Those who arrive late have "
        'less time for it; "Converted within 30 days" shows the share that converts within a given time.',
        "higher",
        2,
        ("conversion",),
        main=True,
        headline=Headline(3, "are won"),
        point=Point("conversion", math.inf),
    ),
    *(_converted_within(day) for day in WITHIN_DAYS),
    Outcome(
        "purchase_rate",
        "Purchases per arrival",
        "per customer",
        "Conversion goals with a value that were reached, per arrival; several by one customer all count.",
        "higher",
        3,
        ("purchase",),
        main=True,
    ),
    Outcome(
        "order_value",
        "Order value",
        "money",
        "Money of conversion goals with a value, per such goal reached, before refunds.",
        "higher",
        2,
        ("purchase",),
        factors=True,
        main=True,
    ),
    Outcome(
        "completion_rate",
        "Completion",
        "share",
        "Share of arrivals that reach a completion goal or an exit of kind completed before the run ends, as counted.",
        "higher",
        2,
        ("completion",),
        main=True,
        headline=Headline(4, "finish"),
    ),
    Outcome(
        "repeat_rate",
        "Converted again",
        "share",
        "Of the customers won, the share with two conversions or more by the end of the run.",
        "higher",
        needs=("conversion",),
    ),
    *(_retention(day) for day in RETENTION_DAYS),
    *(_per_arrival(day) for day in PER_ARRIVAL_DAYS),
    Outcome(
        "active_30",
        "Active in the last 30 days",
        "share",
        "Of the customers won, the share that did something in the last 30 days of the run: came to a touchpoint, or "
        "left a desk. Leaving for good, completing and lapsing are no such sign of life. Absent where the run is "
        "shorter than 30 days.",
        "higher",
        needs=("conversion",),
    ),
    Outcome(
        "churn_rate",
        "Left for good",
        "share",
        "Of the customers won, the share that reaches a churn exit before the run ends, as counted. Where the scenario "
        "has no conversion goal: of all arrivals.",
        "lower",
        needs=("churn",),
        main=True,
        headline=Headline(5, "leave for good"),
    ),
    *(_churned_within(day) for day in WITHIN_DAYS),
    Outcome(
        "reactivation_rate",
        "Came back after lapsing",
        "share",
        "Of the customers who lapsed at least once, the share that was active again later within the run.",
        "higher",
        needs=("lapsing",),
    ),
    Outcome(
        "time_to_convert_days",
        "Time to convert",
        "days",
        "Median time from arrival to first conversion among those who convert within the run, late arrivals "
        "allowed for: the first time at which the Aalen-Johansen incidence reaches half its final value.",
        "lower",
        needs=("conversion",),
    ),
    Outcome(
        "time_to_value_days",
        "Time to value",
        "days",
        "Median time from arrival to the first goal of kind value among those who reach one within the run, as "
        "for time to convert.",
        "lower",
        needs=("value",),
    ),
    Outcome(
        "retention_90_both",
        "Still there after 90 days, same customers",
        "share",
        "Difference in the share still there after 90 days among the customers won and followed that long in both"
        " arms. " + _NO_RETENTION,
        "higher",
        needs=("conversion",),
        paired=True,
        bounds=(-1, 1),
    ),
)
