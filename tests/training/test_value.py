"""A score in money finds a truth that is known, and says honestly how well."""

from typing import Any

import numpy as np
import pytest

from sim.training.looks import NAMES, days_of_looks, present
from tests.builders import scenario
from tests.training.test_models import profiles

pytest.importorskip("sklearn")

from sim.engine import compile_program, simulate
from sim.training import NothingToLearnError, earns, train_value
from sim.training.models import fit_linear
from sim.training.value import ValueLooks, judged, mean_over_customers

TRUTH = {
    "profile.contacts": 0.4, "profile.purchases": 6.0, "profile.revenue": 0.05, "profile.messages": -0.3,
    "profile.responses": 2.0, "profile.idle_days": -0.1,
}  # fmt: skip
INTERCEPT = 12.0
REPEATED = 200
LOOKS = 3


def worth(known: Any) -> Any:
    return INTERCEPT + known @ np.array([TRUTH[name] for name in NAMES])


def earned(known: Any, chance: Any) -> Any:
    """Three looks at each customer, who at all of them is luckier or not; money is spread the wider, the more it is."""
    customer = np.arange(len(known)) // LOOKS
    luck = chance.normal(size=customer.max() + 1)[customer]
    return ValueLooks(known, worth(known) + (3 + 0.3 * known[:, 0]) * (luck + chance.normal(size=len(known))), customer)


def test_the_weights_of_a_known_truth_are_within_their_intervals_as_often_as_these_say() -> None:
    """95 % of 200 intervals are 190, with a standard deviation of 3; beyond four of these something is wrong."""
    known, chance = profiles(0), np.random.default_rng(11)
    held = dict.fromkeys(("intercept", *NAMES), 0)
    for _ in range(REPEATED):
        looks = earned(known, chance)
        model = fit_linear(looks.known, looks.earned, looks.customer, NAMES)
        for name, wanted in {"intercept": INTERCEPT, **TRUTH}.items():
            found = model.intercept if name == "intercept" else model.weights[name]
            held[name] += found.lo <= wanted <= found.hi
    assert {name: count for name, count in held.items() if abs(count - 190) > 12} == {}


def test_what_it_says_comes_true_on_others_and_it_ranks_them() -> None:
    chance = np.random.default_rng(12)
    report = judged(earned(profiles(0), chance), earned(profiles(1), chance), [30.0], 30.0)
    within = [abs(each.expected - each.earned.value) <= 2.6 * each.earned.error for each in report.tenths]
    assert sum(within) >= 9
    assert report.ranks is not None
    assert report.ranks > 0.3
    assert report.tenths[0].earned.value > report.tenths[-1].earned.value
    assert sum(each.share or 0 for each in report.tenths) == pytest.approx(1)
    assert sum(each.looks for each in report.tenths) == report.tested


def test_looks_of_one_customer_are_no_more_than_one() -> None:
    amount, customer = np.array([1.0, 1.0, 5.0, 5.0]), np.array([7, 7, 9, 9])
    found = mean_over_customers(amount, customer)
    assert found.value == 3
    assert found.error == pytest.approx(np.sqrt(2 * 4.0**2) / 4)
    model = fit_linear(np.zeros((4, 1)), amount, customer, ("nothing",))
    assert model.weights == {}
    assert model.intercept.hi - model.intercept.value == pytest.approx(1.959964 * found.error)


def paying(**changes: Any) -> Any:
    """Who comes buys at once for 10 with a margin of 40 %, again and again after 4 days."""
    return scenario(
        touchpoints=[
            {"id": "shop", "start": True, "goal": {"kind": "conversion", "value": 10, "margin": 0.4}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "shop", "to": "shop", "share": 9, "delay": 4},
            {"from": "shop", "to": "gone", "share": 1, "delay": 4},
        ],
        **{"population": {"size": 50}, "horizon": 60} | changes,
    )


def test_what_a_customer_brings_is_their_margin_from_the_look_to_the_next() -> None:
    of = paying()
    report = train_value(of, 20.0, 3, lambda words: None)
    history = simulate(compile_program(of, of), 4, 1, events=True)
    events = history.events
    assert events is not None
    brought = []
    for day in days_of_looks(60.0, 20.0):
        here = present(history, day)
        bought = [
            sum(1 for time in events.time[(events.customer == one) & (events.value > 0)] if day <= time < day + 20)
            for one in np.flatnonzero(here)
        ]
        brought += [4.0 * times for times in bought]
    assert report.days == (20.0, 40.0)
    assert report.tested == len(brought)
    assert report.earned.value == pytest.approx(np.mean(brought))


def test_without_money_there_is_no_value_to_foresee() -> None:
    without = scenario(
        touchpoints=[{"id": "shop", "start": True, "goal": {"kind": "conversion"}}, {"id": "gone", "exit": "churn"}],
        transitions=[{"from": "shop", "to": "gone", "share": 1, "delay": 40}],
    )
    assert not earns(without)
    assert earns(paying())
    with pytest.raises(NothingToLearnError, match="give a goal a value"):
        train_value(without, 10.0, 3, lambda words: None)
