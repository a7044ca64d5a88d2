"""How much of what is asked for a budget lets pass, worked out by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.engine.brand.budget import Pacing
from sim.scenario.orchestration import Budget

PILOT = np.array([7.0, 0, 0, 0, 0, 0, 0, 0, 14])
SHAPE = (7 / 4, 7 / 5, 7 / 6, 1, 0, 2, 14 / 6, 14 / 5, 14 / 4)
"""The pilot, each with up to three before and after it: the mean of four, five, six, and then seven periods."""


def paced(budget: Budget | None, pilot: Any = PILOT, horizon: float = 8.5) -> Pacing:
    view: Any = SimpleNamespace(lane=None)
    return Pacing(view, np.arange(float(len(pilot))), horizon, budget, pilot)


def test_money_of_the_day_is_shared_among_what_the_pilot_and_the_days_before_let_expect(purse: SimpleNamespace) -> None:
    """A day lets 1 be spent; the last period, of half a day, a half."""
    pace = paced(Budget(per_day=1))
    assert (purse.throttle, purse.period, purse.total) == (1, np.inf, np.inf)
    asked = [3.5, 0, 2, 1, 0, 4, 8, 3]
    for day, demand in enumerate(asked):
        pace.begin_period()
        assert (purse.throttle, purse.period, purse.total, purse.demand) == (1, 1, np.inf, 0)
        seen = sum(asked[max(day - 7, 0) : day]) / sum(SHAPE[max(day - 7, 0) : day]) if day else 1
        pace.set_throttle(day)
        assert purse.throttle == pytest.approx(min(1, 1 / (SHAPE[day] * seen)) if SHAPE[day] else 1)
        purse.period = 0.125
        pace.set_throttle(day + 0.75)
        assert purse.throttle == pytest.approx(min(1, 0.125 / (SHAPE[day] * seen / 4)) if SHAPE[day] else 1)
        purse.demand = demand
    pace.begin_period()
    assert purse.period == 0.5
    # The first day is more than seven days ago: 18 asked for where the pilot says 10.7.
    pace.set_throttle(8.25)
    assert pace.forecast(8) == pytest.approx(3.5 * 18 / 10.7)
    assert purse.throttle == pytest.approx(0.5 / (0.5 * 3.5 * 18 / 10.7))
    purse.demand = 6.0
    assert pace.demands().tolist() == [*asked, 6]


def test_the_first_days_are_as_the_pilot_says(purse: SimpleNamespace) -> None:
    pace = paced(Budget(per_day=1))
    pace.begin_period()
    pace.set_throttle(0)
    assert purse.throttle == pytest.approx(4 / 7)
    purse.period = 0.25
    pace.set_throttle(0.5)
    assert purse.throttle == pytest.approx(2 / 7)
    purse.demand = 3.5
    pace.begin_period()
    pace.set_throttle(1)
    assert purse.throttle == pytest.approx(1 / 2.8)
    purse.period = -1e-12
    pace.set_throttle(1)
    assert purse.throttle == 0


def test_money_of_the_run_goes_to_each_day_as_the_pilot_says(purse: SimpleNamespace) -> None:
    """The shape adds up to 15.95; 1.75 of it is the first day's, of the second day's 1.4 half is over at noon."""
    pace = paced(Budget(total=4))
    assert purse.total == 4
    pace.begin_period()
    assert (purse.period, purse.total) == (np.inf, 4)
    pace.set_throttle(0)
    assert purse.throttle == pytest.approx(4 * 1.75 / 15.95 / 1.75)
    purse.demand, purse.total = 1.75, 3.0
    pace.begin_period()
    assert (purse.period, purse.total) == (np.inf, 3)
    pace.set_throttle(1.5)
    assert purse.throttle == pytest.approx(3 * 0.7 / 13.5 / 0.7)


def test_the_smaller_of_both_counts(purse: SimpleNamespace) -> None:
    for per_day, passes in ((0.35, 0.35 / 1.75), (9, 4 / 15.95)):
        pace = paced(Budget(per_day=per_day, total=4))
        pace.begin_period()
        pace.set_throttle(0)
        assert purse.throttle == pytest.approx(passes)


def test_where_the_pilot_says_nothing_the_days_before_say_it_and_a_total_waits_for_nobody(
    purse: SimpleNamespace,
) -> None:
    pace = paced(Budget(total=4), np.zeros(3), 3)
    for demand in (2.0, 8.0, 0.0):
        pace.begin_period()
        pace.set_throttle(0)
        purse.demand = demand
    assert pace.forecast(1) == 2
    assert pace.forecast(2) == 5
    pace.set_throttle(2)
    assert purse.throttle == pytest.approx(4 / 5)
    pace.set_throttle(3)
    assert purse.throttle == 1


def test_where_nothing_is_expected_everything_passes_until_the_money_is_spent(purse: SimpleNamespace) -> None:
    """Also at the horizon, when no time is left to expect anything in. What adding up leaves over is no money."""
    for time in (0.5, 1):
        pace = paced(Budget(per_day=2, total=3), np.zeros(1) if time < 1 else np.ones(1), 1)
        pace.begin_period()
        for day, run, passes in ((1, 2, 1), (0, 2, 0), (1, 0, 0), (-0.5, 2, 0), (1e-10, 2, 0)):
            purse.period, purse.total = day, run
            pace.set_throttle(time)
            assert purse.throttle == passes


def test_without_a_budget_everything_passes_and_demand_is_counted(purse: SimpleNamespace) -> None:
    pace = paced(None)
    assert (purse.throttle, purse.period, purse.total) == (1, np.inf, np.inf)
    for demand in (1.0, 2.0):
        pace.begin_period()
        purse.throttle = 0.25
        pace.set_throttle(0.5)
        assert purse.throttle == 0.25
        purse.demand = demand
    assert (purse.period, purse.total) == (np.inf, np.inf)
    assert pace.demands().tolist() == [1, 2]
