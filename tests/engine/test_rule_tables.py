"""What a brand may do, written as a file says it, and the arrays that it becomes, laid out by hand."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.engine.rule_program import candidates, pairs, rule_fields
from sim.scenario.regimes import Off
from sim.scenario.scenario import Scenario

NONE = math.nan

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


def test_every_action_with_each_of_its_enabled_channels() -> None:
    """Channels are app 0, email 1, sms 2; who is on site is met in the app, and by e-mail in the cart."""
    assert pairs(scenario()) == (
        ("mail", "email"), ("mail", "sms"), ("banner", "app"), ("banner", "email"), ("hint", "sms"), ("hint", "app"),
        ("receipt", "email"), ("gift", "sms"), ("ring", "app"),
    )  # fmt: skip
    assert_fields(
        laid_out(),
        {
            "pair_first": [0, 2, 4, 6, 7, 8, 9],
            "pair_channel": [1, 2, 0, 1, 2, 0, 1, 2, 0],
            "pair_action": [0, 0, 1, 1, 2, 2, 3, 4, 5],
            "pair_open": [0.7, 0.7, 0.5, 0.2, 0.9, 0.5, 0.2, 0.9, 0.5],
            "pair_response": [0.1, 0.3, 0.6, 0.6, 0.3, 0.25, 0.1, 0.3, 0.25],
            "pair_site": [site(f"action:{action}@{channel}") for action, channel in pairs(scenario())],
            "pair_learned": [False] * 9,
            "action_on_site": [False, True, True, False, False, False],
            "action_transactional": [False, False, False, True, False, False],
            "action_tires": [1, 0.5, 0, 0, 1, 1],
            "action_cost": [0.2, 0, 0, 0, 0, 0],
            "action_discount": [0.1, 0, 0, 0, 0.3, 0],
            "action_valid": [3, 7, 7, 7, 7, 7],
            "action_leads": [1, -1, -1, -1, -1, -1],
            "action_nudge": [1, 0, 0.5, 1, 1, 1],
            "action_support": [1, -1, -1, -1, -1, -1],
        },
    )


def test_every_rule_and_its_trigger() -> None:
    """Day 0 is a Tuesday. Touchpoints are home 0, cart 1, shop 2, gone 3; the broadcast stands after the rules."""
    assert_fields(
        laid_out(),
        {
            "rule_action": [0, 1, 2, 4, 5, 5, 3, 4, 3, 4, 2, 5, 0],
            "rule_delay": [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
            "rule_cooldown": [2, *[0] * 12],
            "rule_priority": [1, 0, 2, 0, -1, *[0] * 8],
            "rule_order": [2, 0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 4],
            "rule_on": [True] * 13,
            "rule_after": [1.5, *[-1] * 12],
            "rule_site": [site(f"rule:{r['id']}") for r in RULES if r.get("enabled", True)] + [site("rule:news")],
            "entered_first": [0, 1, 2, 2, 2],
            "entered_rule": [10, 0],
            "without_first": [0, 0, 0, 1, 1],
            "without_rule": [0],
            "leaving_first": [0, 1, 3, 4, 5],
            "leaving_rule": [1, 2, 1, 1, 1],
            "idle_rule": [3],
            "idle_days": [3],
            "count_rule": [4, 11],
            "count_subject": [22, 7],
            "count_of": [2, -1],
            "count_reaches": [2, 3],
            "score_rule": [5, 6],
            "score_number": [0, 1],
            "score_above": [0.6, 0.2],
            "score_below": [math.inf, 0.4],
            "timed_rule": [7, 8, 9, 12],
            "timed_begin": [2.5, 1 + 6.5 / 24, 0, 4],
            "timed_step": [0, 7, 2, 0],
        },
    )


def test_conditions_and_scores() -> None:
    """Of ids: none is -1, and so is an attribute without a value; a value that is nowhere is -2."""
    assert_fields(
        laid_out(),
        {
            "if_first": [0, 4, 4, 4, 5, 5, 6, 6, 6, 6, 6, 8, 8],
            "if_last": [3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6, 8, 10],
            "stop_first": [3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6, 8, 10],
            "stop_last": [4, 4, 4, 5, 5, 6, 6, 6, 6, 6, 8, 8, 10],
            "condition_subject": [22, 19, 20, 24, 23, 25, 21, 15, 16, 0],
            "condition_of": [1, -1, -1, 2, 1, 1, -1, -1, -1, -1],
            "condition_operator": [5, 7, 0, 1, 6, 2, 0, 3, 6, 4],
            "condition_first": [0, 1, 3, 4, 5, 8, 9, 10, 11, 12, 13],
            "condition_value": [2, -1, 2, 2, 1, 1, -2, -1, 0.5, 0, 9, 1, -0.5],
            "score_first": [0, 4, 7],
            "score_intercept": [-1, 0],
            "term_subject": [5, 17, 23, 19, 21, 20, 22],
            "term_of": [-1, -1, 1, -1, -1, -1, 2],
            "term_equals": [NONE, 1, 1, -1, NONE, 6, NONE],
            "term_weight": [0.5, 1, 2, -3, 4, 5, 6],
            "attribute_count": 2,
        },
    )


def test_channels_and_limits() -> None:
    """Six hours are a quarter of a day; without a time to act it is lognormal."""
    caps = {
        "total": {"max": 3, "days": 7},
        "sms": {"max": 1, "days": 2, "period": "calendar"},
        "gone": {"max": 9, "days": 9},
    }
    distributions = DistributionRows()
    plans = {"policy": "rules", "caps": caps, "capped": "hold", "gap_hours": 6, "holdout": 0.2}
    found = rule_fields(scenario(orchestration=plans), distributions)
    assert_fields(
        found,
        {
            "delivery_rate": [1, 0.9, 1],
            "opt_out_rate": [0, 0.02, 0],
            "quiet_from": [0, -1, 21],
            "quiet_to": [7.5, -1, 8],
            "act_row": [0, 1, 0],
            "channel_down": [False] * 3,
            "slot_first": [0, 1, 2, 4],
            "slot_index": [0, 0, 0, 1],
            "slot_max": [3, 1],
            "slot_days": [7, 2],
            "slot_calendar": [False, True],
            "slot_ring": [0, 3],
            "ring_size": 4,
            "capped": 1,
            "gap": 0.25,
            "holdout": 0.2,
            "holdout_site": site("holdout"),
        },
    )
    apart = laid_out(orchestration=plans | {"capped": "drop"}, integration={"mode": "multi"})
    assert_fields(
        apart,
        {
            "slot_first": [0, 1, 2, 4],
            "slot_index": [0, 1, 2, 3],
            "slot_max": [3, 3, 3, 1],
            "slot_ring": [0, 3, 6, 9],
            "ring_size": 10,
            "capped": 0,
        },
    )
    assert laid_out(orchestration=plans | {"capped": "defer"})["capped"] == 2


def test_what_is_off_for_the_time_being() -> None:
    found = rule_fields(scenario(), DistributionRows(), Off(rules=frozenset({"any"}), channels=frozenset({"email"})))
    assert_fields(found, {"rule_on": [True, False, *[True] * 11], "channel_down": [False, True, False]})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, (0, False, 1, 0, False, 0, 0, 0)),
        ({"level": "segment"}, (1, False, 0.2, 1, True, 0.15, 0.3 * math.log(1.15), math.log(1.1))),
        ({"level": "individual", "over": ["content", "offer"]},
         (2, True, 0.6, 0.6, False, 0.3, 0.3 * math.log(1.3), math.log(1.2))),
        ({"level": "realtime", "over": ["timing", "timing"], "weights": {"timing": 0.5}, "need": {"realtime": 0.9},
          "engagement_lift": {"realtime": 0.7}, "conversion_lift": {"realtime": 0.8}},
         (3, True, 0.9, 0.5, True, 0.7, 0.3 * math.log(1.7), math.log(1.8))),
    ],
)  # fmt: skip
def test_personalization(asked: dict[str, Any], expected: tuple[float, ...]) -> None:
    names = (
        "level", "close", "need", "dimensions", "timing", "engagement_lift", "engagement_emotion", "conversion_appeal",
    )  # fmt: skip
    found = laid_out(personalization={"cost_per_contact": 0.03, **asked})
    assert_fields(found, dict(zip(names, expected, strict=True)) | {"personal_cost": 0.03})
    none = laid_out(personalization={"cost_per_contact": 0.03, **asked}, orchestration={"policy": "none"})
    assert_fields(none, dict(zip(names, (0, False, 1, 0, False, 0, 0, 0), strict=True)) | {"personal_cost": 0})


def test_under_no_policy_only_what_is_transactional_works() -> None:
    found = laid_out(orchestration={"policy": "none"})
    assert_fields(found, {"rule_action": [3, 3], "orchestrated": True, "timed_rule": [1], "learns": False})
    calm = [rule for rule in RULES if rule["do"] != "receipt"]
    assert not laid_out(orchestration={"policy": "none"}, rules=calm)["orchestrated"]
    assert laid_out(rules=[], broadcasts=[])["orchestrated"]


def test_what_a_learning_policy_chooses_among() -> None:
    """Of its own action and the enabled alternatives that are no receipts, each once, on all their channels."""
    both = {"policy": "bandit"}
    found = laid_out(orchestration=both)
    names = [rule["id"] for rule in RULES if rule.get("enabled", True)] + ["news"]
    own: dict[str, list[int]] = {"banner": [2, 3], "hint": [4, 5], "receipt": [], "gift": [7], "ring": [8]}
    does = ["mail", "banner", "hint", "gift", "ring", "ring", "receipt", "gift", "receipt", "gift", "hint", "ring"]
    listed = [[0, 1, 8], *(own[action] for action in does[1:]), [0, 1]]
    together = pairs(scenario())
    assert_fields(
        found,
        {
            "learns": True,
            "every_channel": True,
            "candidate_first": np.cumsum([0, *map(len, listed)]).tolist(),
            "candidate_pair": [pair for group in listed for pair in group],
            "candidate_site": [
                site(f"rule:{rule}/action:{together[pair][0]}@{together[pair][1]}")
                for rule, group in zip(names, listed, strict=True)
                for pair in group
            ],
            # Chosen among: mail or a call, and the channels of the newsletter; what is shown has one action each.
            "pair_learned": [True, True, False, False, False, False, False, False, True],
            "rule_waits": [True, *[False] * 11, True],
            "runs_ahead": True,
        },
    )
    alone = scenario(orchestration={"policy": "bandit", "learns": ["channels"]})
    assert candidates(alone, alone.rules[0]) == (("mail", "email"), ("mail", "sms"))
    assert not laid_out(orchestration={"policy": "bandit", "learns": ["actions"]})["every_channel"]


def test_what_hangs_on_money_and_what_is_planned() -> None:
    """Only e-mail costs something, by channel and action; what is shown costs its action alone."""
    plans = {"policy": "rules", "budget": {"per_day": 5}}
    found = laid_out(orchestration=plans)
    assert_fields(
        found,
        {
            "budgeted": True,
            "rule_waits": [True, *[False] * 11, True],
            "rule_planned": [False] * 7 + [True, *[False] * 4, True],
            "runs_ahead": True,
            "pair_learned": [False] * 9,
        },
    )
    assert_fields(laid_out(), {"budgeted": False, "rule_waits": [False] * 13, "rule_planned": [False] * 13})
    assert not laid_out(orchestration=plans | {"policy": "none"})["budgeted"]


@pytest.mark.parametrize(
    ("changes", "ahead"),
    [
        ({}, True),
        ({"delay": 1}, True),
        ({"cost": 1}, False),
        ({"cost": 1, "delay": 1}, True),
        ({"cost": 1, "kind": "message"}, True),
        ({"desks": [{"id": "desk", "service_minutes": 5, "agents": 1}]}, False),
        ({"desks": [{"id": "desk", "service_minutes": 5, "agents": 1, "enabled": False}]}, True),
        ({"cost": 1, "budget": None}, True),
    ],
)
def test_customers_run_ahead_unless_they_meet_at_a_desk_or_are_shown_at_once_what_hangs_on_money(
    changes: dict[str, Any], ahead: bool
) -> None:
    action = {"id": "it", "kind": changes.get("kind", "popover"), "channels": ["app"], "cost": changes.get("cost", 0)}
    found = laid_out(
        actions=[action],
        rules=[{"id": "r", "when": {"entered": "home"}, "do": "it", "delay": changes.get("delay", 0)}],
        broadcasts=[],
        orchestration={"policy": "rules", "budget": changes.get("budget", {"per_day": 5})},
        desks=changes.get("desks", []),
    )
    assert found["runs_ahead"] == ahead
    assert found["rule_waits"].tolist() == [changes.get("cost", 0) > 0 and "budget" not in changes]


@pytest.mark.parametrize(
    ("kind", "alternatives", "delay", "ahead"),
    [
        ("popover", ["b"], 0, False),
        ("popover", [], 0, True),
        ("popover", ["b"], 1, True),
        ("message", ["b"], 0, True),
    ],
)
def test_customers_do_not_run_ahead_where_they_are_shown_at_once_what_was_learned(
    kind: str, alternatives: list[str], delay: float, ahead: bool
) -> None:
    found = laid_out(
        actions=[{"id": id_, "kind": kind, "channels": ["app"]} for id_ in "ab"],
        rules=[{"id": "r", "when": {"entered": "home"}, "do": "a", "alternatives": alternatives, "delay": delay}],
        broadcasts=[],
        orchestration={"policy": "bandit"},
    )
    assert found["runs_ahead"] == ahead
    assert found["rule_waits"].tolist() == [bool(alternatives)]


def test_acquired_customers_are_met_on_the_channel_that_bought_them_even_where_no_touchpoint_has_it() -> None:
    bought = [*CHANNELS[:3], CHANNELS[3] | {"acquisition": {"spend": 1, "cost_per_arrival": 1, "saturation": 9}}]
    assert [channel for action, channel in pairs(scenario(channels=bought)) if action == "banner"] == [
        "app", "email", "sms",
    ]  # fmt: skip
