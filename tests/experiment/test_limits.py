"""What stands between customers and an action, and what that costs."""

from typing import Any

import pytest

from sim.experiment import run
from sim.experiment.limits import AS_IT_IS, arms_without, costs, limits_on
from sim.outcomes.eligibility_steps import GOT_IT
from sim.outcomes.needs import acting
from sim.scenario import open_scenario, tables_of, variants
from sim.scenario.scenario import Scenario
from sim.shipped import shipped_scenarios

MAIL = {"id": "mail", "name": "E-mail", "cost": 0.01, "quiet_hours": [21, 8]}


def journey(**changes: Any) -> Scenario:
    """A newsletter every Monday and Thursday, at most one a week, of which half lead to an order."""
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "weekly",
            "horizon": 42,
            "population": {"size": 300, "arrivals": {"pattern": "cohort"}},
            "channels": [MAIL],
            "touchpoints": [
                {"id": "home", "start": True, "channels": ["mail"]},
                {"id": "order", "goal": {"kind": "conversion", "value": 10}},
            ],
            "transitions": [
                {"from": "home", "to": "order", "share": 1, "delay": {"family": "fixed", "value": 400}},
                {"from": "order", "to": "home", "share": 1, "delay": {"family": "fixed", "value": 1}},
            ],
            "actions": [
                {"id": "news", "channels": ["mail"], "response_rate": 0.5, "open_rate": 1, "leads_to": "order"}
            ],
            "rules": [
                {"id": "monday", "when": {"every": "mon 12:00"}, "do": "news"},
                {"id": "thursday", "when": {"every": "thu 12:00"}, "do": "news", "cooldown": 14},
            ],
            "orchestration": {"policy": "rules", "holdout": 0.2, "caps": {"total": {"max": 1, "days": 7}}},
        }
        | changes
    )


def labels(scenario: Scenario, action: str = "news") -> list[str]:
    return [limit.label for limit in limits_on(scenario, action)]


def test_everything_on_the_way_is_named_in_the_order_of_its_checks() -> None:
    assert labels(journey()) == [
        'Cooldown of "thursday": 14 days',
        "Holdout: 20 % of customers",
        "Minimum gap between messages: 4 hours",
        "Cap in total: 1 in 7 days",
        "Quiet hours by E-mail: 21 to 8 h",
        'The rule "monday" itself',
        'The rule "thursday" itself',
    ]


def test_what_is_optimised_stands_where_the_hour_is_checked_unless_all_are_controls() -> None:
    label = "Optimised for each customer: hour, content"
    by = {"policy": "rules", "optimise": ["hour", "content"]}
    found = labels(journey(orchestration=by))
    assert found[found.index("Quiet hours by E-mail: 21 to 8 h") + 1] == label
    assert label not in labels(journey(orchestration=by | {"optimise_share": 0}))
    receipt = [{"id": "news", "channels": ["mail"], "transactional": True}]
    assert label not in labels(journey(orchestration=by, actions=receipt))


def test_what_the_policy_does_not_obey_is_no_limit() -> None:
    apart = journey(integration={"mode": "multi"})
    assert "Minimum gap between messages: 4 hours" not in labels(apart)
    nobody = journey(orchestration={"policy": "none", "holdout": 0.2, "caps": {"total": {"max": 1, "days": 7}}})
    assert labels(nobody) == []
    receipt = [{"id": "news", "channels": ["mail"], "transactional": True}]
    assert labels(journey(actions=receipt)) == [
        'Cooldown of "thursday": 14 days',
        'The rule "monday" itself',
        'The rule "thursday" itself',
    ]
    heavy = [{"id": "news", "channels": ["mail"], "weight": 0.5}]
    assert "Business weight: 0.5" not in labels(journey(actions=heavy))
    weighing = journey(actions=heavy, orchestration={"policy": "next_best_action"})
    assert "Business weight: 0.5" in labels(weighing)
    shown = [{"id": "news", "kind": "popover"}]
    assert "Cap in total: 1 in 7 days" not in labels(journey(actions=shown))


def test_each_limit_of_each_scenario_that_ships_can_be_lifted_alone() -> None:
    seen = 0
    for path in shipped_scenarios().values():
        for variant in variants(open_scenario(path)):
            for action in acting(variant.scenario):
                limits = limits_on(variant.scenario, action.id)
                as_it_is, *without = variants(variant.scenario, arms_without(limits))
                assert tables_of(as_it_is.scenario) == tables_of(variant.scenario)
                for limit, lifted in zip(limits, without, strict=True):
                    left = {each.label for each in limits_on(lifted.scenario, action.id)}
                    assert limit.label not in left
                    seen += 1
    assert seen > 100


def test_a_limit_costs_what_the_same_customers_earn_without_it() -> None:
    scenario = journey()
    limits = limits_on(scenario, "news")
    results = run(scenario, arms=arms_without(limits), replications=6, workers=1)
    got, found = costs(results, limits, "news")
    by_label = {cost.limit.label: cost for cost in found}
    # Whoever is not held out gets the first letter, whatever else holds: 80 of 100 but for chance.
    assert got == pytest.approx(0.8, abs=0.03)
    holdout = by_label["Holdout: 20 % of customers"]
    assert holdout.got == 1.0
    assert holdout.differences["profit"].interval.lo is not None
    assert holdout.differences["profit"].interval.lo > 0
    by_hand = [
        one.outcomes["all"]["profit"] - other.outcomes["all"]["profit"]
        for one, other in zip(results.measured("without-2"), results.measured(AS_IT_IS), strict=True)
    ]
    assert holdout.differences["profit"].interval.mean == pytest.approx(sum(by_hand) / 6)
    # Letters go out at noon: quiet hours keep nobody from anything.
    quiet = by_label["Quiet hours by E-mail: 21 to 8 h"]
    assert (quiet.got, quiet.differences["profit"].interval.mean) == (got, 0.0)
    cap = by_label["Cap in total: 1 in 7 days"].differences["profit"].interval
    assert cap.lo is not None
    assert cap.lo > 0
    rule = by_label['The rule "monday" itself'].differences["profit"].interval
    assert rule.hi is not None
    assert rule.hi < 0


def test_the_share_that_gets_it_is_that_of_those_who_arrived() -> None:
    scenario = journey()
    limits = limits_on(scenario, "news")
    results = run(scenario, arms=arms_without(limits), replications=2, workers=1)
    got, _ = costs(results, limits, "news")
    counted = [one.eligibility["news"] for one in results.measured(AS_IT_IS)]
    assert got == sum(each[GOT_IT] for each in counted) / sum(sum(each.values()) for each in counted)
