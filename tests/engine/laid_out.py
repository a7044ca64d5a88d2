"""A brand that does a bit of everything, written as a file says it, and the arrays that it becomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.draws.distributions import DistributionRows
from sim.engine.program.rules import rule_fields
from sim.scenario.scenario import Scenario

CHANNELS = [
    {"id": "app", "open_rate": 0.5, "response_rate": 0.25, "quiet_hours": [0, 7.5]},
    {"id": "gone", "enabled": False},
    {"id": "email", "open_rate": 0.2, "response_rate": 0.1, "delivery_rate": 0.9, "opt_out_rate": 0.02, "cost": 0.01,
     "time_to_act_hours": 6},
    {"id": "sms", "open_rate": 0.9, "response_rate": 0.3, "quiet_hours": [21, 8]},
]  # fmt: skip
TOUCHPOINTS = [
    {"id": "home", "start": True, "channels": ["app"]},
    {"id": "shut", "enabled": False},
    {"id": "cart", "stage": "purchase", "channels": ["app", "email"]},
    {"id": "shop", "stage": "purchase", "channels": ["app"]},
    {"id": "gone", "exit": "churn"},
]
ACTIONS = [
    {"id": "mail", "channels": ["email", "gone", "sms"], "cost": 0.2, "support_after": 1, "discount": 0.1,
     "valid_days": 3, "leads_to": "cart", "open_rate": 0.7},
    {"id": "idle", "enabled": False, "channels": ["sms"]},
    {"id": "banner", "kind": "popover", "support_after": 2, "nudge": 0, "response_rate": 0.6},
    {"id": "hint", "kind": "recommendation", "channels": ["sms", "app"], "nudge": 0.5},
    {"id": "receipt", "channels": ["email"], "transactional": True, "leads_to": "shut"},
    {"id": "gift", "kind": "offer", "channels": ["sms"], "discount": 0.3},
    {"id": "ring", "kind": "call", "channels": ["app"]},
]  # fmt: skip
RULES = [
    {"id": "basket", "when": {"entered": "cart", "after": 1.5, "without": "shop"}, "do": "mail", "delay": 0.5,
     "alternatives": ["ring", "idle", "mail", "receipt"], "cooldown": 2, "priority": 1,
     "if": [["visits.cart", ">=", 2], ["channel", "not in", ["none", "sms"]], ["weekday", "==", "wed"]],
     "stop": [["opted_in.sms", "!=", True]]},
    {"id": "any", "when": {"leaving": True}, "do": "banner"},
    {"id": "unused", "when": {"leaving": True}, "do": "banner", "enabled": False},
    {"id": "some", "when": {"leaving": "cart"}, "do": "hint", "priority": 2},
    {"id": "idle", "when": {"idle": 3}, "do": "gift", "if": [["attributes.region", "in", ["south", "nowhere", ""]]]},
    {"id": "often", "when": {"count": "visits.shop", "reaches": 2}, "do": "ring", "priority": -1},
    {"id": "keen", "when": {"score": "keen", "above": 0.6}, "do": "ring", "if": [["scores.calm", "<", 0.5]]},
    {"id": "calm", "when": {"score": "calm", "above": 0.2, "below": 0.4}, "do": "receipt"},
    {"id": "once", "when": {"at": 2.5}, "do": "gift"},
    {"id": "weekly", "when": {"every": "Wed 06:30"}, "do": "receipt"},
    {"id": "ticks", "when": {"tick": True}, "do": "gift", "delay": 1},
    {"id": "hello", "when": {"entered": "home"}, "do": "hint", "stop": [["consent", "==", False], ["hour", "<=", 9]]},
    {"id": "many", "when": {"count": "handoffs", "reaches": 3}, "do": "ring"},
]  # fmt: skip
SCORES = {
    "keen": {
        "intercept": -1,
        "weights": {"visits": 0.5, "touchpoint.cart": 1, "attributes.region.south": 2, "channel.none": -3},
    },
    "calm": {"weights": {"consent": 4, "weekday.sun": 5, "visits.shop": 6}},
}


def scenario(**changes: Any) -> Scenario:
    tables = {
        "format": 1,
        "id": "laid-out",
        "horizon": 10,
        "start_date": date(2026, 1, 6),
        "population": {"size": 1},
        "channels": CHANNELS,
        "touchpoints": TOUCHPOINTS,
        "transitions": [{"from": "home", "to": "gone", "share": 1}],
        "segments": [
            {"id": "old", "share": 1, "attributes": {"plan": {"basic": 1}, "region": {"north": 1, "south": 1}}},
            {"id": "new", "share": 1},
        ],
        "scores": SCORES,
        "actions": ACTIONS,
        "rules": RULES,
        "broadcasts": [{"id": "news", "at": 4, "do": "mail", "segments": ["new"], "if": [["sentiment", ">", -0.5]]}],
        "orchestration": {"policy": "rules", "gap_hours": 6, "tick": 2},
    }
    return Scenario.model_validate(tables | changes)


def laid_out(**changes: Any) -> dict[str, Any]:
    return rule_fields(scenario(**changes), DistributionRows())


def assert_fields(found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    for name, values in expected.items():
        assert np.asarray(found[name]).tolist() == pytest.approx(values, nan_ok=True), name
