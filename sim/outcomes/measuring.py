"""All outcomes of one arm in one replication."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.engine.history import ACTIVE, COMPLETED, History
from sim.outcomes import conversion, experience, flow, messages, money, retention
from sim.outcomes.definitions import possible
from sim.outcomes.groups import Found, Group, Missing, Ratio, groups
from sim.outcomes.incidence import Incidence
from sim.outcomes.needs import NEEDS
from sim.outcomes.occupation import Occupation, daily_status, enough_followed
from sim.outcomes.records import ALL, Curve, Measured, Sums, Values
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario

CURVE_POINTS = 120
"""A curve has about this many points, on whole days."""


def measure(history: History, scenario: Scenario, arm: str, seconds: float, *, only_all: bool = False) -> Measured:
    """The outcomes, curves and tables of one replication of one arm; `only_all`: of everybody, and no tables.

    `scenario` is the arm's own; `seconds` is the time that simulating took. What the scenario cannot have is left out;
    what it could have but too few show is left out too, with the reason in `absent` where it concerns everybody.
    """
    asked = [outcome.id for outcome in possible(scenario)]
    acquires = NEEDS["conversion"].met(scenario)
    daily = daily_status(history.customers, history.log, history.horizon) if acquires else None
    seen = conversion.paths(history, asked, acquires)
    lapsing = retention.lapses(history.log, history.customers.arrival.size) if "reactivation_rate" in asked else None

    outcomes, sums, group_outcomes, group_sums = Values(), Sums(), Values(), Sums()
    absent: dict[str, str] = {}
    curves: dict[str, Curve] = {}
    for group in groups(history, scenario.orchestration.holdout > 0):
        if only_all and group.id != ALL:
            break
        found: Found = {"arrivals": float(group.arrivals)}
        if seen.conversion and daily:
            incidence = group.of(seen.conversion).incidence()
            occupation = daily.occupation(group.member)
            found |= conversion.conversion(group, incidence)
            found |= retention.retention(group, occupation)
            if group.id == ALL:
                curves = _curves(group, incidence, occupation)
        if seen.completion:
            found |= conversion.completion(group, seen.completion)
        if seen.value:
            found |= conversion.value(group, seen.value)
        if seen.churn:
            found |= retention.churn(group, seen.churn)
        if lapsing:
            found |= retention.reactivation(group, *lapsing)
        found |= money.revenue(group, scenario)
        found |= experience.contacts(group)
        if group.rows is not None:
            found |= experience.desks(group) | experience.surveys(group, scenario) | experience.feelings(group)
            found |= messages.messages(group, scenario)
        if group.id == ALL:
            found |= money.result(history, scenario) | money.acquisition(history, scenario)
            found |= messages.overshoot(history, scenario)
            absent = {id_: why.reason for id_ in asked if isinstance(why := _own(found.get(id_)), Missing)}
        own, of = (outcomes, sums) if group.rows is not None else (group_outcomes, group_sums)
        own[group.id] = {id_: value for id_ in asked if isinstance(value := _own(found.get(id_)), float)}
        of[group.id] = {id_: (by.part, by.whole) for id_ in asked if isinstance(by := found.get(id_), Ratio)}

    if not any(touchpoint.exit == "completed" for touchpoint in enabled_touchpoints(scenario)):
        curves.pop("completed", None)
    plain = Measured(
        arm,
        history.replication,
        history.event_count,
        seconds,
        outcomes,
        absent,
        curves,
        sums=sums,
        groups=group_outcomes,
        group_sums=group_sums,
    )
    if only_all:
        return plain
    ways = flow.departures(history, scenario)
    return replace(
        plain,
        touchpoints=flow.touchpoint_table(history, ways),
        transitions=flow.transition_table(history, scenario, ways),
        channels=flow.channel_table(history, scenario),
        stages=flow.stage_table(history, scenario, ways),
        actions=messages.action_table(history, scenario),
    )


def _own(found: float | Missing | Ratio | None) -> float | Missing | None:
    """The replication's own value."""
    return found.value if isinstance(found, Ratio) else found


def curve_days(horizon: float) -> NDArray[np.int64]:
    """The whole days at which curves are read off, from 0 to the horizon; at most about CURVE_POINTS."""
    return np.arange(0, math.floor(horizon) + 1, max(math.ceil(horizon / CURVE_POINTS), 1))


def _curves(everybody: Group, incidence: Incidence, occupation: Occupation) -> dict[str, Curve]:
    """`retention` and `completed` since the first conversion, `conversion` since arrival."""
    history = everybody.history
    days = curve_days(history.horizon)
    told = enough_followed(occupation.followed[days], occupation.acquired)
    longest = history.horizon - history.customers.arrival[everybody.numbers].min(initial=history.horizon)
    day = days.astype(np.float64)
    return {
        "retention": Curve(day, np.where(told, occupation.shares[ACTIVE, days], np.nan)),
        "completed": Curve(day, np.where(told, occupation.shares[COMPLETED, days], np.nan)),
        "conversion": Curve(day, np.where(day <= longest, incidence.at(day), np.nan)),
    }
