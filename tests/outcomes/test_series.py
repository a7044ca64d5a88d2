"""Curves over calendar time are what is counted from the recorded events, day by day."""

import datetime

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, History
from sim.outcomes import Measured, measure
from sim.outcomes.calendar import dates, first_days
from sim.outcomes.daily import daily_series
from sim.outcomes.series import LONGEST, SERIES, calendar_series
from tests.builders import scenario
from tests.histories import Person, history
from tests.outcomes.test_with_engine import club

MONDAY = datetime.date(2026, 1, 5)


@pytest.fixture(scope="module")
def simulated() -> tuple[History, Measured]:
    history = simulate(compile_program(club(), club()), 11, 0, events=True)
    return history, measure(history, club(), "base", 0.1)


def by_hand(history: History) -> dict[str, list[float]]:
    """Arrivals, conversions, money of goals and active customers of each day, event by event."""
    touchpoints = {each.id: each for each in club().touchpoints}
    days = 120
    counts = {name: [0.0] * days for name in ("arrivals", "conversions", "revenue", "active_customers")}
    came, won, active = set(), set(), set()
    events = history.events
    rows = zip(events.customer, events.time, events.event, events.touchpoint, events.value, strict=True)
    today = 0
    for who, time, kind, touchpoint, value in rows:
        day = min(int(time), days - 1)
        for past in range(today, day):
            counts["active_customers"][past] = len(won & active)
        today = day
        name = EVENTS[kind]
        if name == "enter":
            counts["arrivals"][day] += who not in came
            came.add(who)
            (active.discard if touchpoints[history.touchpoints[touchpoint]].lapsed else active.add)(who)
        elif name in ("churn", "completed"):
            active.discard(who)
        elif name in ("conversion", "value"):
            counts["revenue"][day] += 0.95 * value
            if name == "conversion":
                counts["conversions"][day] += 1
                won.add(who)
    for past in range(today, days):
        counts["active_customers"][past] = len(won & active)
    return counts


def test_each_day_is_what_its_events_say(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    for name, counted in by_hand(history).items():
        assert measured.daily[name] == pytest.approx(counted), name
    assert max(measured.daily["active_customers"]) > 100, "somebody is active"
    assert min(np.diff(measured.daily["active_customers"])) < 0, "and not for ever"


def test_the_days_add_up_to_the_outcomes(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    days, whole = measured.daily, measured.outcomes["all"]
    assert list(days) == list(SERIES)
    assert days["arrivals"].sum() == whole["arrivals"]
    assert days["conversions"].sum() == history.customers.conversions.sum()
    assert days["conversions"].sum() == whole["purchase_rate"] * whole["arrivals"], "all conversions are worth money"
    assert days["revenue"].sum() == pytest.approx(whole["revenue"])
    assert days["cost"].sum() == pytest.approx(whole["cost"])
    assert days["cost"][0] > 50, "set-up is paid on the first day"
    assert days["active_customers"][0] <= days["arrivals"][0]


def test_weeks_begin_on_mondays_and_months_on_their_first() -> None:
    wednesday = datetime.date(2026, 1, 28)
    assert first_days(12, wednesday, "day").tolist() == list(range(12))
    assert first_days(12, wednesday, "week").tolist() == [0, 5]
    assert first_days(12, MONDAY, "week").tolist() == [0, 7]
    assert first_days(40, wednesday, "month").tolist() == [0, 4, 32]
    assert dates(first_days(40, wednesday, "month"), wednesday) == ["2026-01-28", "2026-02-01", "2026-03-01"]
    assert first_days(1, datetime.date(1969, 12, 28), "week").tolist() == [0]
    assert first_days(3, datetime.date(1969, 12, 28), "week").tolist() == [0, 1]
    assert first_days(400, datetime.date(2026, 12, 31), "month")[:3].tolist() == [0, 1, 32]


def replication(number: int, **daily: list[float]) -> Measured:
    return Measured("base", number, 0, 0.0, {}, {}, {}, daily={name: np.array(days) for name, days in daily.items()})


def test_weeks_have_what_their_days_have_together_and_of_those_active_the_last() -> None:
    one = replication(0, revenue=[1.0] * 10, active_customers=list(range(10)))
    other = replication(1, revenue=[3.0] * 10, active_customers=list(range(10)))
    money = calendar_series([one, other], "revenue", MONDAY, "week")
    assert (money.day.tolist(), money.date) == ([0, 7], ["2026-01-05", "2026-01-12"])
    assert money.mean.tolist() == [14, 6]
    # Half the distance of two values times the quantile of t with one degree of freedom.
    assert money.high - money.mean == pytest.approx(np.array([7, 3]) * 12.7062, rel=1e-5)
    assert money.low.tolist() == [0, 0], "not below nothing"
    active = calendar_series([one, other], "active_customers", MONDAY, "week")
    assert active.mean.tolist() == active.low.tolist() == [6, 9]
    assert calendar_series([one], "revenue", MONDAY, "month").low.tolist() == [pytest.approx(np.nan, nan_ok=True)]
    assert calendar_series([one], "cost", MONDAY, "day") is None


def test_the_last_day_has_what_happens_at_the_horizon_and_may_be_part_of_a_day() -> None:
    of = scenario(horizon=1.5)
    seen = history(of, [Person(arrival=0.0), Person(arrival=1.5), Person(arrival=1.6)])
    found = daily_series(seen, of, ["arrivals"], acquires=False)
    assert {name: days.tolist() for name, days in found.items()} == {"arrivals": [1, 1], "active_customers": [1, 2]}


def test_days_of_more_than_ten_years_are_not_told() -> None:
    of = scenario(horizon=LONGEST + 1)
    assert daily_series(history(of, [Person(arrival=0.0)]), of, [], acquires=False) == {}
