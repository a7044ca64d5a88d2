"""What a budget lets through, worked out by hand (model 17)."""

import pytest

from sim.scenario.orchestration import Budget

from .purse import Purse, smoothed


def purse(pilot: list[float], horizon: float, **limits: float) -> Purse:
    """One whose periods are a day each; the last may be shorter."""
    return Purse(Budget(**limits), [float(k) for k in range(len(pilot))], horizon, pilot)


def test_the_pilot_is_smoothed_over_the_three_periods_on_either_side_that_exist() -> None:
    assert smoothed([8.0, 0, 0, 4, 0, 0, 0, 16], 0) == 3
    assert smoothed([8.0, 0, 0, 4, 0, 0, 0, 16], 3) == 12 / 7
    assert smoothed([8.0, 0, 0, 4, 0, 0, 0, 16], 7) == 4


def test_the_throttle_shares_what_is_left_of_the_day() -> None:
    money = purse([20.0] * 9, 9, per_day=10)
    money.begin_period()
    money.spend(4)
    money.set_throttle(0)
    assert money.throttle == pytest.approx(6 / 20)
    assert money.lets_planned_through(6)
    assert not money.lets_planned_through(6.01)
    money.spend(1)
    money.set_throttle(0.5)
    assert money.throttle == pytest.approx(5 / 10)
    money.spend(7)
    money.set_throttle(0.75)
    assert money.throttle == 0


def test_the_height_of_the_forecast_is_what_was_seen() -> None:
    """The pilot says 20 a day; seen are 40, 20 and then 30 a day, of which the last seven days count."""
    money = purse([20.0] * 9, 9, per_day=10)
    for day in range(9):
        money.begin_period()
        money.set_throttle(day)
        assert money.throttle == pytest.approx(10 / [20, 40, 30, 30, 30, 30, 30, 30, 200 / 7][day])
        money.lets_triggered_through(40 if day == 0 else 20 if day == 1 else 30, 0.5)


def test_a_total_is_shared_out_as_the_pilot_says() -> None:
    """Half of the fourth day is over: 79 of 100 are left for 65 that will be asked for, then 32.5."""
    money = purse([10.0] * 10, 10, total=100)
    for day in range(4):
        money.begin_period()
        money.lets_triggered_through(10, 0.5)
        money.spend(7 if day < 3 else 0)
    money.set_throttle(3.5)
    assert money.throttle == 1
    money.spend(46.5)
    money.set_throttle(3.5)
    assert money.throttle == pytest.approx(0.5)


def test_where_nothing_is_forecast_nothing_is_held_back_until_the_money_is_spent() -> None:
    money = purse([0.0, 0, 0], 3, per_day=3, total=5)
    for day in range(2):
        money.begin_period()
        money.spend(2.5)
        money.set_throttle(day)
        assert money.throttle == (1 if day == 0 else 0)
    money.lets_triggered_through(4, 0.5)
    money.begin_period()
    assert money.forecast() == 2


def test_amounts_a_rounding_apart_are_equal() -> None:
    money = purse([1.0], 1, total=0.3)
    money.begin_period()
    for _ in range(2):
        money.spend(0.1)
    assert 0.3 - money.spent < 0.1
    assert money.lets_planned_through(0.1)
    assert not money.lets_planned_through(0.1 + 1e-8)


def test_at_the_end_of_the_last_period_nothing_more_is_forecast() -> None:
    """A batch at the horizon sets the throttle once more, when no time is left of the period."""
    money = purse([20.0, 20.0], 2, per_day=10)
    for day in range(2):
        money.begin_period()
        money.set_throttle(day)
        money.lets_triggered_through(20, 0.5)
    assert money.throttle == 0.5
    money.set_throttle(2)
    assert money.throttle == 1
    money.spend(10)
    money.set_throttle(2)
    assert money.throttle == 0
