"""What is expected stands beside what came of it, and is told to be off as seldom as it should be."""

from typing import Any

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario
from sim.training.watching import _judged, watched
from tests.builders import scenario

SUBSCRIBERS: dict[str, Any] = {
    "horizon": 61,
    "population": {"size": 2000},
    "touchpoints": [
        {"id": "month", "start": True, "goal": {"kind": "conversion", "value": 10, "margin": 0.5}},
        {"id": "gone", "exit": "churn"},
    ],
    "transitions": [
        {"from": "month", "to": "month", "share": 8, "delay": 5},
        {"from": "month", "to": "gone", "share": 2, "delay": 5},
    ],
}
"""Every five days one in five leaves and the others pay; who looks on day 10 sees one such day until day 15."""


def subscribers(scores: dict[str, Any], **more: Any) -> Scenario:
    return scenario(**SUBSCRIBERS | {"scores": scores} | more)


def found(of: Scenario) -> Any:
    return watched(simulate(compile_program(of, of), 5, 0, events=True), of, None)


RISK = {"intercept": float(np.log(0.2 / 0.8)), "foresees": "churn", "within": 5}


def test_a_score_that_is_right_comes_true() -> None:
    rows = found(subscribers({"risk": RISK}))
    assert [row.day for row in rows] == [5 * number for number in range(1, 12)]
    assert all(row.expected == pytest.approx(0.2) for row in rows)
    assert not any(row.off for row in rows)
    assert rows[0].error == pytest.approx((0.2 * 0.8 / rows[0].count) ** 0.5)


def test_what_came_of_it_is_counted_in_the_log() -> None:
    of = subscribers({"risk": RISK, "worth": {"kind": "amount", "intercept": 4, "foresees": "value", "within": 5}})
    history = simulate(compile_program(of, of), 5, 0, events=True)
    events, customers = history.events, history.customers
    assert events is not None
    for row in watched(history, of, None):
        assert row.day is not None
        here = np.flatnonzero((customers.arrival < row.day) & ~(customers.exit < row.day))
        after = (events.time >= row.day) & (events.time < row.day + 5) & np.isin(events.customer, here)
        if row.id == "risk":
            left = np.isin(here, np.flatnonzero(customers.exit < row.day + 5))
            assert row.observed == pytest.approx(left.mean())
        else:
            assert row.observed == pytest.approx(0.5 * np.nansum(events.value[after]) / len(here))
            assert row.expected == 4
            assert not row.off  # each pays 10, half of it margin, unless they are the one in five who leaves
        assert row.count == len(here)


def test_a_score_is_off_from_where_customers_change() -> None:
    changed = subscribers(
        {"risk": RISK}, phases=[{"id": "worse", "at": 30, "set": {"transitions.month/gone.share": 6}}]
    )
    off = [row.day for row in found(changed) if row.off]
    assert off[:3] == [35, 40, 45]  # whoever leaves on day 30 chose to on day 25


def test_of_scores_of_which_all_holds_one_in_twenty_is_off() -> None:
    """400 scores with 8 looks each: 20 of them by chance, with a standard deviation of 4.4."""
    chance, looks, told = np.random.default_rng(3), 2000, 0
    for _ in range(400):
        shares = chance.binomial(looks, 0.3, 8) / looks
        error = (0.3 * 0.7 / looks) ** 0.5
        told += any(row.off for row in _judged("score", "risk", [(1.0, looks, 0.3, share, error) for share in shares]))
    assert 8 <= told <= 33


def test_as_many_respond_as_gains_expect_or_not() -> None:
    sending: dict[str, Any] = {
        "channels": [{"id": "web"}, {"id": "email", "delivery_rate": 1, "open_rate": 1, "response_rate": 0.4}],
        "orchestration": {"policy": "rules"},
        "integration": {"mode": "omni"},
        "actions": [{"id": "hello", "kind": "message", "channels": ["email"]}],
        "rules": [{"id": "first", "when": {"count": "visits", "reaches": 1}, "do": "hello"}],
    }

    def of_gain(rate: float) -> Any:
        [row] = found(
            subscribers({}, **sending, gains=[{"id": "g", "action": "hello", "gain": 1, "response_rate": rate}])
        )
        return row

    right = of_gain(0.4)
    assert (right.kind, right.day, right.off) == ("action", None, False)
    assert right.expected == 0.4
    assert of_gain(0.5).off
    assert of_gain(0.5).observed == right.observed
