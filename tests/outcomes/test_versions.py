"""Whether an outcome exists is decided by what can happen in the run, whatever brings it."""

import math
from typing import Any

import pytest

from sim.outcomes import measure, possible
from sim.outcomes.versions import versions
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

COSTS = {"cost", "profit", "roi", "payback_days", "pays_back_rate"}
HELLO = {"id": "hello", "channels": ["web"]}
FIRST = {"id": "first", "when": {"entered": "start"}, "do": "hello"}
RULES: dict[str, Any] = {"actions": [HELLO], "rules": [FIRST], "orchestration": {"policy": "rules"}}


def ids(**changes: Any) -> set[str]:
    return {outcome.id for outcome in possible(scenario(**changes))}


def phase(address: str, value: object, at: float = 10) -> dict[str, Any]:
    return {"phases": [{"id": "later", "at": at, "set": {address: value}}]}


def shock(address: str, value: object) -> dict[str, Any]:
    return {"shocks": [{"id": "storm", "from": 5, "to": 6, "set": {address: value}}]}


def uncertain(address: str, low: float = 0, high: float = 2) -> dict[str, Any]:
    return {"uncertainty": {address: {"family": "uniform", "low": low, "high": high}}}


PERSONAL = {"personalization": {"level": "individual"}}
BOUGHT = {"spend": 0, "cost_per_arrival": 3, "saturation": 900}


@pytest.mark.parametrize(
    "changes",
    [
        phase("channels.web.cost", 1),
        shock("channels.web.cost", 1),
        uncertain("channels.web.cost"),
        RULES | phase("actions.hello.cost", 1),
        RULES | shock("actions.hello.cost", 1),
        RULES | PERSONAL | phase("personalization.cost_per_contact", 0.1),
        RULES | {"personalization": {"cost_per_contact": 1}} | phase("personalization.level", "segment"),
        RULES | uncertain("actions.hello.cost"),
        uncertain("money.setup"),
        uncertain("money.per_month"),
        {"uncertainty": {"money.setup": {"family": "normal", "mean": 0, "sd": 5}}},
        {"channels": [{"id": "web", "acquisition": BOUGHT}]} | uncertain("channels.web.acquisition.spend"),
        phase("channels.web.cost", 0) | uncertain('phases.later.set."channels.web.cost"'),
    ],
)
def test_a_cost_that_may_come_brings_all_that_is_said_of_cost(changes: dict[str, Any]) -> None:
    assert ids(**changes) >= COSTS


@pytest.mark.parametrize(
    "changes",
    [
        {},
        phase("channels.web.cost", 1, at=40),  # after the run
        phase("channels.web.cost", 0),
        {"actions": [HELLO | {"cost": 1}], "rules": [FIRST]},  # nobody sends it
        RULES | {"actions": [HELLO, {"id": "other", "cost": 1}]},  # no rule does it
        {"personalization": {"cost_per_contact": 1, "level": "segment"}},  # nobody personalizes
        uncertain("channels.web.open_rate", 0.1, 0.2),
    ],
)
def test_a_cost_that_cannot_come_brings_none(changes: dict[str, Any]) -> None:
    assert ids(**changes) & COSTS == {"cost", "profit"}  # what is earned makes these two
    assert not COSTS & ids(**changes) - {"cost", "profit"}


def test_an_alternative_of_a_brand_that_learns_may_cost_something() -> None:
    dear = {"id": "dear", "channels": ["web"], "cost": 1}
    learning = {"actions": [HELLO, dear], "rules": [FIRST | {"alternatives": ["dear"]}]}
    assert "roi" in ids(**learning, orchestration={"policy": "bandit"})
    assert "roi" not in ids(**learning, orchestration={"policy": "bandit", "learns": ["channels"]})
    assert "roi" not in ids(**learning, orchestration={"policy": "rules"})


def test_a_transactional_action_costs_under_no_policy_too() -> None:
    receipt = {"actions": [HELLO | {"cost": 1, "transactional": True}], "rules": [FIRST]}
    assert COSTS | {"messages_per_customer", "transactional_per_customer"} <= ids(**receipt)
    assert "delivery_rate" not in ids(**receipt)


def test_spend_that_may_come_brings_what_is_said_of_bought_arrivals() -> None:
    ads = {"channels": [{"id": "web", "acquisition": BOUGHT}]}
    assert {"acquisition_cost", "roas", "cost_per_acquisition"} <= ids(
        **ads, **uncertain("channels.web.acquisition.spend")
    )
    assert "roas" not in ids(**ads)


def test_a_holdout_that_may_come_brings_its_groups() -> None:
    of = scenario(**RULES, **uncertain("orchestration.holdout", 0, 0.4))
    assert list(measure(history(of, [Person()]), of, "base", 0.0).groups) == ["treated", "holdout"]


def test_a_drawn_scenario_has_the_outcomes_of_the_one_it_was_made_of() -> None:
    written, drawn = scenario(**uncertain("money.setup")), scenario()
    found = measure(history(drawn, [Person()]), drawn, "base", 0.0, like=written)
    assert found.outcomes["all"]["cost"] == 0
    assert found.absent["roi"] == found.absent["pays_back_rate"] == "the run cost nothing"


@pytest.mark.parametrize(
    ("distribution", "middle", "large"),
    [
        ({"family": "fixed", "value": 5}, 5, 5),
        ({"family": "normal", "mean": 3, "sd": 2}, 3, 5),
        ({"family": "uniform", "low": 2, "high": 6}, 4, 6),
        ({"family": "empirical", "quantiles": [1, 2, 7]}, 2, 7),
        ({"family": "empirical", "quantiles": [1, 2, 4, 7]}, 3, 7),
        ({"family": "exponential", "mean": 4}, 4 * math.log(2), 4),
        ({"family": "gamma", "mean": 3, "shape": 1}, 3 * math.log(2), 3),
        ({"family": "weibull", "scale": 2, "shape": 1}, 2 * math.log(2), 2),
        ({"family": "lognormal", "median": 2, "sigma": 1}, 2, 2 * math.exp(0.5)),
        ({"family": "beta", "a": 1, "b": 3}, 1 - 0.5 ** (1 / 3), 0.25),
        ({"family": "betaprime", "a": 1, "b": 3}, 2 ** (1 / 3) - 1, 0.5),
        ({"family": "betaprime", "a": 1, "b": 1}, 1, 1),  # its mean is infinite
    ],
)
def test_a_value_that_is_not_known_is_looked_at_in_the_middle_and_where_it_is_large(
    distribution: dict[str, Any], middle: float, large: float
) -> None:
    of = scenario(money={"setup": 9}, uncertainty={"money.setup": distribution})
    assert [version.money.setup for version in versions(of)] == pytest.approx([9, middle, large])


def test_values_that_cannot_stand_are_passed_over() -> None:
    of = scenario(uncertainty={"channels.web.open_rate": {"family": "normal", "mean": 0.9, "sd": 0.5}})
    assert [version.channels[0].open_rate for version in versions(of)][1:] == [0.9]


def test_a_scenario_is_looked_into_once() -> None:
    of: Scenario = scenario(**phase("channels.web.cost", 1))
    assert versions(of) is versions(of)
    assert versions(scenario(**phase("channels.web.cost", 2)))[1].channels[0].cost == 2
