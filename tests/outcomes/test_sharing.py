"""Outcomes of what is bought and of what a budget limits."""

from dataclasses import replace

import numpy as np
import pytest

from sim.outcomes import measure
from sim.outcomes.money import daily_acquisition
from sim.outcomes.two_arms import pair
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

BOUGHT = {"spend": 600, "cost_per_arrival": 3, "saturation": 900}


def shop(**changes: object) -> Scenario:
    tables: dict[str, object] = {
        "horizon": 4,
        "channels": [{"id": "web"}, {"id": "ads", "acquisition": BOUGHT}],
        "touchpoints": [{"id": "start", "start": True, "goal": {"kind": "conversion", "value": 50, "margin": 0.4}}],
        "transitions": [],
        "money": {"refund_rate": 0.1},
    }
    return scenario(**(tables | changes))


def test_what_is_bought_is_paid_for_and_what_it_brings_is_set_against_it() -> None:
    won = Person(acquired=1, revenue=100, margin=40)
    bought = replace(won, bought=1)
    people = [won, bought, bought, Person(bought=1), Person(bought=1, arrival=9)]
    found = measure(history(shop(), people), shop(), "base", 0.0).outcomes["all"]
    assert found["acquisition_cost"] == 600
    assert found["cost"] == 600
    assert found["roas"] == pytest.approx(2 * 100 * 0.9 / 600)
    assert found["cost_per_acquisition"] == 300
    assert found["profit"] == pytest.approx(3 * 40 * 0.9 - 600)


@pytest.mark.parametrize(("spend", "told"), [(600, True), (0, False)])
def test_whoever_is_bought_on_a_channel_that_no_touchpoint_lists_hands_over_from_it(spend: float, told: bool) -> None:
    ads = {"id": "ads", "acquisition": BOUGHT | {"spend": spend}}
    web_only = shop(channels=[{"id": "web"}, ads], touchpoints=[{"id": "start", "start": True, "channels": ["web"]}])
    person = Person(bought=1, contacts=2, handoffs=1, kept=1) if told else Person(contacts=1)
    found = measure(history(web_only, [person]), web_only, "base", 0.0).outcomes["all"]
    assert ("handoffs_per_customer" in found, "context_kept_rate" in found) == (told, told)


def test_money_is_paid_when_arrivals_are_expected_and_not_after_the_end() -> None:
    late = shop(population={"size": 9, "arrivals": {"pattern": "poisson", "over": 8}})
    np.testing.assert_allclose(daily_acquisition(late), [75, 75, 75, 75])
    assert daily_acquisition(shop()).tolist() == [600, 0, 0, 0]
    profile = {"pattern": "profile", "over": 2, "weekly": [1, 3, 0, 0, 0, 0, 0]}
    weekly = shop(horizon=2.5, population={"size": 9, "arrivals": profile})
    np.testing.assert_allclose(daily_acquisition(weekly), [150, 450, 0], atol=1e-9)


def brand(**budget: float) -> Scenario:
    return shop(
        horizon=2.5,
        orchestration={"policy": "rules", "budget": budget},
        actions=[{"id": "hello", "channels": ["web"], "cost": 1}],
        rules=[{"id": "first", "when": {"entered": "start"}, "do": "hello"}],
    )


@pytest.mark.parametrize(
    ("budget", "over"),
    [
        ({"per_day": 10}, (2 + 1) / 25),  # days of 12, 8 and, for half a day, 6
        ({"total": 20}, 6 / 20),
        ({"total": 30}, 0),
        ({"per_day": 10, "total": 20}, 6 / 20),
        ({"per_day": 10, "total": 30}, (2 + 1) / 25),
    ],
)
def test_the_overshoot_is_what_was_spent_beyond_the_budget(budget: dict[str, float], over: float) -> None:
    spent = history(brand(**budget), [Person()], daily_budget_cost=[12, 8, 6], daily_message_cost=[99, 99, 99])
    assert measure(spent, brand(**budget), "base", 0.0).outcomes["all"]["budget_overshoot"] == pytest.approx(over)


def test_customers_are_the_same_by_their_numbers_wherever_they_stand() -> None:
    won = Person(acquired=1)
    lost = Person(acquired=1, changes=[(2, 2)])
    of = shop(horizon=200)
    few, many = history(of, [won] * 40 + [lost] * 40), history(of, [won] * 40 + [won] * 10 + [lost] * 40)
    few.customers.number[40:] = np.uint64(5 << 40) + np.arange(40, dtype=np.uint64)
    many.customers.number[40:50] = np.uint64(3 << 40) + np.arange(10, dtype=np.uint64)
    many.customers.number[50:] = np.uint64(5 << 40) + np.arange(40, dtype=np.uint64)
    assert pair(few, many)["all"]["retention_90_both"] == 0
    assert pair(many, few)["all"]["retention_90_both"] == 0
