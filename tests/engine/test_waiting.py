"""Which rules hang on what is learned or spent, and how far customers may run ahead of the others, laid out by hand."""

from typing import Any

import numpy as np
import pytest

from sim.draws.sites import site
from sim.engine.program.deciding import candidates
from sim.engine.program.pairs import pairs

from .laid_out import RULES, assert_fields, laid_out, scenario


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
    """The other rule hangs on nothing."""
    action = {"id": "it", "kind": changes.get("kind", "popover"), "channels": ["app"], "cost": changes.get("cost", 0)}
    found = laid_out(
        actions=[action, {"id": "calm", "channels": ["app"]}],
        rules=[
            {"id": "r", "when": {"entered": "home"}, "do": "it", "delay": changes.get("delay", 0)},
            {"id": "calm", "when": {"entered": "home"}, "do": "calm"},
        ],
        broadcasts=[],
        orchestration={"policy": "rules", "budget": changes.get("budget", {"per_day": 5})},
        desks=changes.get("desks", []),
    )
    assert found["runs_ahead"] == ahead
    assert found["rule_waits"].tolist() == [changes.get("cost", 0) > 0 and "budget" not in changes, False]


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


@pytest.mark.parametrize(
    ("kind", "own", "of_channel", "waits"),
    [
        ("message", 0, 0, False),
        ("message", 0, 0.5, True),
        ("message", 0.5, 0, True),
        ("message", 0.5, 0.5, True),
        ("popover", 0, 0.5, False),
        ("popover", 0.5, 0.5, True),
    ],
)
def test_a_message_costs_what_its_channel_costs_too(kind: str, own: float, of_channel: float, waits: bool) -> None:
    """What costs something hangs on the money that is left."""
    found = laid_out(
        channels=[{"id": "app", "cost": of_channel}],
        touchpoints=[{"id": "home", "start": True}, {"id": "gone", "exit": "churn"}],
        scores={},
        actions=[{"id": "it", "kind": kind, "channels": ["app"], "cost": own}],
        rules=[{"id": "r", "when": {"entered": "home"}, "do": "it"}],
        broadcasts=[],
        orchestration={"policy": "rules", "budget": {"per_day": 5}},
    )
    assert found["rule_waits"].tolist() == [waits]
