"""What happens at exactly the horizon belongs to the run (model 1, 14); by hand, for both programs."""

import math
from typing import Any

import pytest

from .both import Run, Tables
from .by_hand import sending, stay, told

AFTER = math.nextafter(4, 5)
"""the next number after the horizon of 4 days"""


def run_of_four_days(**changes: Any) -> Tables:
    return stay(**changes) | {"horizon": 4}


def test_an_exit_at_the_horizon_happens(run: Run) -> None:
    assert told(run(run_of_four_days()))[1:] == [(4, "enter", "gone"), (4, "churn", "gone")]
    tables = run_of_four_days()
    tables["transitions"][0]["delay"] = AFTER
    assert told(run(tables))[1:] == []


def test_whatever_follows_without_delay_at_the_horizon_happens_too(run: Run) -> None:
    tables = run_of_four_days()
    tables["transitions"] = [
        {"from": "home", "to": "shop", "share": 1, "delay": 4},
        {"from": "shop", "to": "gone", "share": 1},
    ]
    tables["touchpoints"][1]["goal"] = {"kind": "conversion", "value": 30}
    assert told(run(tables))[1:] == [
        (4, "enter", "shop"),
        (4, "conversion", "shop"),
        (4, "enter", "gone"),
        (4, "churn", "gone"),
    ]


def test_the_end_of_service_and_of_patience_and_a_shift_that_begins_at_the_horizon_happen(run: Run) -> None:
    """0 is served until the horizon; 1 gives up at it, before 0 is through; 2 asks then and is served at once."""
    tables = run_of_four_days(population={"size": 2}, desks=[{"id": "till", "agents": 1, "service_minutes": 5760}])
    tables["touchpoints"][0]["desk"] = "till"
    tables["desks"][0]["patience_minutes"] = 5760
    assert told(run(tables), "served", "gave_up", "churn") == [(0, "served", "home"), (4, "served", "home")]
    tables["desks"][0]["service_minutes"] = 9000
    assert told(run(tables), "served", "gave_up", "churn") == [(0, "served", "home"), (4, "gave_up", "home")]
    shift = {"days": "fri", "from": 0, "to": 12, "agents": 1}
    tables["desks"] = [{"id": "till", "service_minutes": 5, "closed": "wait", "shifts": [shift]}]
    assert told(run(tables), "served") == [(4, "served", "home")]


@pytest.mark.parametrize("when", [{"at": 4}, {"every": "fri 00:00"}, {"entered": "home", "after": 4}, {"idle": 4}])
@pytest.mark.parametrize("budget", [None, {"per_day": 9}])
def test_a_firing_at_the_horizon_is_one(run: Run, when: Tables, budget: Tables | None) -> None:
    tables = run_of_four_days(**sending(when))
    tables["transitions"][0]["delay"] = 9
    if budget:
        tables["orchestration"]["budget"] = budget
    assert told(run(tables), "sent") == [(4, "sent", "rule")]


@pytest.mark.parametrize("budget", [None, {"per_day": 9}])
def test_the_last_tick_of_the_trigger_is_at_the_horizon(run: Run, budget: Tables | None) -> None:
    tables = run_of_four_days(**sending({"tick": True}, response_rate=0))
    tables["transitions"][0]["delay"] = 9
    if budget:
        tables["orchestration"]["budget"] = budget
    assert told(run(tables), "sent") == [(day, "sent", "rule") for day in range(5)]


def test_delays_quiet_hours_caps_and_responses_that_end_at_the_horizon_end_within_the_run(run: Run) -> None:
    """Sent at 3.75, acted on at 4; then put off to 4 by quiet hours, by a cap, by the rule's own delay."""
    tables = run_of_four_days(**sending({"at": 3.75}))
    tables["transitions"][0]["delay"] = 9
    assert told(run(tables), "responded") == [(4, "responded", 0)]
    tables["channels"][1]["quiet_hours"] = [12, 24]
    assert told(run(tables), "ruled_out", "sent") == [(3.75, "ruled_out", "quiet"), (4, "sent", "rule")]
    tables["channels"][1].pop("quiet_hours")
    tables["orchestration"] |= {"capped": "defer", "caps": {"total": {"max": 1, "days": 2}}}
    tables["rules"].append({"id": "first", "when": {"at": 2}, "do": "mail"})
    assert told(run(tables), "ruled_out", "sent")[1:] == [(3.75, "ruled_out", "capped"), (4, "sent", "rule")]
    tables["rules"] = [tables["rules"][0] | {"delay": 0.25}]
    assert told(run(tables), "sent") == [(4, "sent", "rule")]


def test_values_that_change_at_the_horizon_count_for_what_happens_then(run: Run) -> None:
    tables = run_of_four_days(phases=[{"id": "p", "at": 4, "set": {"touchpoints.shop.emotion.mean": 0.5}}])
    tables["transitions"] = [
        {"from": "home", "to": "shop", "share": 1, "delay": 4},
        {"from": "shop", "to": "gone", "share": 1, "delay": 1},
    ]
    assert [(e.time, e.value) for e in run(tables) if e.event == "experience"] == [(0, 0), (4, 0.5)]


def test_friends_who_arrive_at_the_horizon_come(run: Run) -> None:
    tables = run_of_four_days(referrals={"at": ["home"], "rate": 3, "delay": 4})
    friends = [e for e in run(tables) if e.event == "enter" and e.customer]
    assert {(e.time, e.touchpoint) for e in friends} == {(4, "home")}
    tables["referrals"]["delay"] = AFTER
    assert {e.customer for e in run(tables)} == {0}
