"""What makes an outcome exist, each thing on its own beside another of its kind that does not."""

from typing import Any

import pytest

from sim.outcomes.definitions import possible
from sim.outcomes.needs import has_cost
from tests.builders import scenario

RULES = [{"id": "one", "when": {"at": 1}, "do": "hello"}, {"id": "two", "when": {"at": 1}, "do": "again"}]
SENT = {"channels": ["mail"]}
TWO_DESKS = [
    {"id": "start", "start": True, "desk": "phone"},
    {"id": "middle", "desk": "till"},
    {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
    {"id": "gone", "exit": "churn"},
]
DESK = {"agents": 1, "service_minutes": 5}
PERSONAL = {"level": "segment", "cost_per_contact": 0.1}


@pytest.mark.parametrize(
    "changes",
    [
        {"channels": [{"id": "web"}, {"id": "mail", "cost": 1}]},
        {
            "channels": [
                {"id": "web"},
                {"id": "mail", "acquisition": {"spend": 10, "cost_per_arrival": 1, "saturation": 100}},
            ]
        },
        {
            "orchestration": {"policy": "rules"},
            "rules": RULES,
            "actions": [{"id": "hello", **SENT}, {"id": "again", "cost": 1, **SENT}],
        },
        {"orchestration": {"policy": "rules"}, "personalization": PERSONAL},
        {"touchpoints": TWO_DESKS, "desks": [{"id": "phone", **DESK}, {"id": "till", "cost_per_contact": 1, **DESK}]},
        {"touchpoints": TWO_DESKS, "desks": [{"id": "phone", **DESK}, {"id": "till", "cost_per_hour": 1, **DESK}]},
        {"money": {"setup": 1}},
        {"money": {"per_month": 1}},
    ],
)
def test_anything_that_costs_is_a_cost(changes: dict[str, Any]) -> None:
    assert has_cost(scenario(**({"channels": [{"id": "web"}, {"id": "mail"}]} | changes)))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"personalization": PERSONAL},
        {"orchestration": {"policy": "rules"}, "personalization": {"cost_per_contact": 0.1}},
        {"actions": [{"id": "hello", "cost": 1, **SENT}], "rules": [RULES[0]]},
        {"orchestration": {"policy": "rules"}, "actions": [{"id": "hello", "cost": 1, **SENT}]},
    ],
)
def test_what_nobody_pays_for_is_no_cost(changes: dict[str, Any]) -> None:
    assert not has_cost(scenario(**({"channels": [{"id": "web"}, {"id": "mail"}]} | changes)))


@pytest.mark.parametrize(("quantiles", "costs"), [([0.0, 0.0], False), ([0.0, 1.0], True), ([0.0, 0.0, 1.0], True)])
def test_a_cost_that_is_drawn_exists_where_any_can_be_drawn(quantiles: list[float], costs: bool) -> None:
    drawn = scenario(uncertainty={"money.setup": {"family": "empirical", "quantiles": quantiles}})
    assert ("roi" in {outcome.id for outcome in possible(drawn)}) == costs


@pytest.mark.parametrize(
    ("policy", "budget", "told"),
    [
        ("none", None, False),
        ("none", {"total": 10}, False),
        ("rules", None, False),
        ("rules", {"total": 10}, True),
        ("rules", {"per_day": 10}, True),
    ],
)
def test_a_budget_counts_where_somebody_orchestrates(policy: str, budget: dict[str, float] | None, told: bool) -> None:
    brand = {"policy": policy} | ({"budget": budget} if budget else {})
    found = possible(scenario(orchestration=brand, actions=[{"id": "hello", "channels": ["web"]}], rules=RULES[:1]))
    assert ("budget_overshoot" in {outcome.id for outcome in found}) == told
