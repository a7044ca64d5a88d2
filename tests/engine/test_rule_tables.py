"""What a brand may do, and the arrays that it becomes, laid out by hand."""

import math
from typing import Any

import pytest

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.engine.program.pairs import pairs
from sim.engine.program.rules import rule_fields
from sim.scenario.regimes import Off

from .laid_out import CHANNELS, RULES, assert_fields, laid_out, scenario

NONE = math.nan


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
            "cap_first": [0, 1, 2, 4],
            "cap_index": [0, 0, 0, 1],
            "cap_max": [3, 1],
            "cap_days": [7, 2],
            "cap_calendar": [False, True],
            "cap_ring": [0, 3],
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
            "cap_first": [0, 1, 2, 4],
            "cap_index": [0, 1, 2, 3],
            "cap_max": [3, 3, 3, 1],
            "cap_ring": [0, 3, 6, 9],
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


def test_acquired_customers_are_met_on_the_channel_that_bought_them_even_where_no_touchpoint_has_it() -> None:
    bought = [*CHANNELS[:3], CHANNELS[3] | {"acquisition": {"spend": 1, "cost_per_arrival": 1, "saturation": 9}}]
    assert [channel for action, channel in pairs(scenario(channels=bought)) if action == "banner"] == [
        "app", "email", "sms",
    ]  # fmt: skip


def test_a_message_without_channels_goes_nowhere() -> None:
    mute = [{"id": "mute"}, {"id": "seen", "kind": "popover"}]
    assert pairs(scenario(actions=mute, rules=[], broadcasts=[])) == (("seen", "app"), ("seen", "email"))
