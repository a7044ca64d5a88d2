"""A receipt is sent whatever the brand plans, and leaves no trace in its limits; by hand, for both programs."""

from typing import Any

import pytest

from .both import Run, Tables
from .by_hand import stay, told


def receipts(**changes: Any) -> Tables:
    """An order on arrival, a receipt for it at once, a newsletter at noon; nobody acts on either."""
    channels = [{"id": "app"}, {"id": "email", "open_rate": 0}]
    tables = stay(
        channels=channels,
        actions=[
            {"id": "receipt", "channels": ["email"], "transactional": True},
            {"id": "news", "channels": ["email"]},
        ],
        rules=[
            {"id": "paid", "when": {"entered": "home"}, "do": "receipt", "priority": 9},
            {"id": "weekly", "when": {"at": 0.5}, "do": "news"},
        ],
    )
    return tables | changes


def sends(run: Run, tables: Tables) -> list[tuple[float, str, Any]]:
    return told(run(tables), "sent", "ruled_out")


BOTH_SENT = [(0, "sent", "paid"), (0.5, "sent", "weekly")]


def test_a_receipt_takes_no_room_in_a_cap(run: Run) -> None:
    for period in ("rolling", "calendar"):
        limits = {"gap_hours": 0, "caps": {"total": {"max": 1, "days": 7, "period": period}}}
        tables = receipts(orchestration={"policy": "rules", **limits})
        assert sends(run, tables) == BOTH_SENT
        tables["actions"][0]["transactional"] = False
        assert sends(run, tables) == [(0, "sent", "paid"), (0.5, "ruled_out", "capped")]


def test_a_full_cap_stops_no_receipt(run: Run) -> None:
    caps = {"email": {"max": 1, "days": 7}}
    tables = receipts(orchestration={"policy": "rules", "gap_hours": 0, "caps": caps})
    tables["rules"][0]["when"] = {"tick": True}
    tables["rules"][1]["when"] = {"every": "mon 00:00"}
    tables["rules"].append({"id": "more", "when": {"at": 1.5}, "do": "news"})
    assert sends(run, tables) == [
        (0, "sent", "paid"),
        (0, "sent", "weekly"),
        (1, "sent", "paid"),
        (1.5, "ruled_out", "capped"),
        (2, "sent", "paid"),
        (3, "sent", "paid"),
    ]


def test_a_receipt_goes_out_in_quiet_hours(run: Run) -> None:
    tables = receipts()
    tables["channels"][1]["quiet_hours"] = [0, 12]
    assert sends(run, tables) == BOTH_SENT
    tables["actions"][0]["transactional"] = False
    assert sends(run, tables)[0] == (0, "ruled_out", "quiet")


def test_a_receipt_is_in_conflict_with_nothing(run: Run) -> None:
    """News at noon within a day of the receipt before it, and of the one after it, each less important in its turn."""
    for priority in (9, -9):
        tables = receipts(orchestration={"policy": "rules", "gap_hours": 24})
        tables["rules"][0]["priority"] = priority
        tables["rules"].append({"id": "sent", "when": {"at": 0.75}, "do": "receipt", "priority": priority})
        assert sends(run, tables) == [*BOTH_SENT, (0.75, "sent", "sent")]
        tables["actions"][0]["transactional"] = False
        assert "conflict" in [what for _, _, what in sends(run, tables)]


def test_news_in_conflict_with_news_before_a_receipt_still_is(run: Run) -> None:
    """The last message that counts is the news at noon, not the receipt in between."""
    tables = receipts(orchestration={"policy": "rules", "gap_hours": 24})
    tables["rules"][0]["when"] = {"at": 0.75}
    tables["rules"].append({"id": "second", "when": {"at": 1}, "do": "news"})
    assert sends(run, tables) == [(0.5, "sent", "weekly"), (0.75, "sent", "paid"), (1, "ruled_out", "conflict")]


@pytest.mark.parametrize("orchestration", [{"policy": "none"}, {"policy": "rules", "holdout": 1}])
def test_a_receipt_goes_to_the_holdout_and_where_nobody_orchestrates(run: Run, orchestration: Tables) -> None:
    """Acted on, it leads to the shop there too."""
    tables = receipts(orchestration={"gap_hours": 0, **orchestration})
    tables["channels"][1] |= {"open_rate": 1, "response_rate": 1, "time_to_act_hours": 6}
    tables["actions"][0]["leads_to"] = "shop"
    events = run(tables)
    assert [line for line in told(events) if line[1] != "ruled_out"] == [
        (0, "enter", "home"),
        (0, "sent", "paid"),
        (0, "delivered", "paid"),
        (0, "opened", "paid"),
        (0.25, "responded", 1),
        (0.25, "enter", "shop"),
    ]
    held = [] if orchestration["policy"] == "none" else [(0.5, "ruled_out", "holdout")]
    assert told(events, "ruled_out") == held


def test_a_broadcast_of_a_notice_reaches_the_holdout_too(run: Run) -> None:
    tables = receipts(orchestration={"policy": "rules", "holdout": 1}, rules=[])
    tables["broadcasts"] = [{"id": "terms", "at": 2, "do": "receipt"}, {"id": "sale", "at": 3, "do": "news"}]
    assert sends(run, tables) == [(2, "sent", "terms"), (3, "ruled_out", "holdout")]


def test_a_receipt_needs_opt_in_and_tires_nobody_and_nobody_opts_out_of_it(run: Run) -> None:
    """Both asked: fatigue and `messages` after a receipt are 0, after the news 1; each send opts out for certain."""
    tables = receipts()
    tables["rules"][1]["if"] = [["fatigue", "==", 0], ["messages", "==", 0], ["opted_in.email", "==", True]]
    tables["channels"][1]["opt_out_rate"] = 1
    events = run(tables)
    assert told(events, "sent", "opted_out") == [*BOTH_SENT, (0.5, "opted_out", "weekly")]
    tables["rules"].append({"id": "later", "when": {"at": 2}, "do": "receipt"})
    assert sends(run, tables)[-1] == (2, "ruled_out", "opted-out")
    tables["actions"][0]["transactional"] = False
    assert [what for _, event, what in told(run(tables), "sent") if event == "sent"] == ["paid"]


def test_responses_to_a_receipt_count(run: Run) -> None:
    tables = receipts()
    tables["channels"][1] |= {"open_rate": 1, "response_rate": 1, "time_to_act_hours": 6}
    tables["rules"][1]["if"] = [["responses", "==", 1]]
    assert sends(run, tables) == BOTH_SENT


def test_the_rules_own_conditions_cooldown_stop_and_delay_hold_for_a_receipt(run: Run) -> None:
    tables = receipts()
    rule = tables["rules"][0]
    rule |= {"when": {"tick": True}, "cooldown": 2, "delay": 0.25}
    assert sends(run, tables) == [
        (0.25, "sent", "paid"),
        (0.5, "sent", "weekly"),
        (1.25, "ruled_out", "cooldown"),
        (2.25, "sent", "paid"),
        (3.25, "ruled_out", "cooldown"),
    ]
    rule["stop"] = [["days", ">", 2]]
    assert [what for _, event, what in sends(run, tables) if event == "ruled_out"] == ["cooldown", "stopped", "stopped"]
    rule["if"] = [["days", "<", 1]]
    assert sends(run, tables) == [(0.25, "sent", "paid"), (0.5, "sent", "weekly")]


def test_a_receipt_follows_on_its_next_channel_in_the_holdout_too(run: Run) -> None:
    tables = receipts(orchestration={"policy": "rules", "holdout": 1})
    tables["actions"][0] |= {"channels": ["email", "app"], "support_after": 1}
    assert [(e.time, e.channel) for e in run(tables) if e.event == "sent"] == [(0, "email"), (1, "app")]


@pytest.mark.parametrize("policy", ["rules", "bandit"])
def test_a_receipt_costs_the_budget_nothing_and_needs_none(run: Run, policy: str) -> None:
    """0.75 is left over for the news of one customer a day; receipts cost as much each and all go out."""
    tables = receipts(orchestration={"policy": policy, "gap_hours": 0, "budget": {"per_day": 0.75}})
    tables["population"] = {"size": 3}
    tables["channels"][1]["cost"] = 0.75
    assert sends(run, tables) == [
        *[(0, "sent", "paid")] * 3,
        (0.5, "sent", "weekly"),
        *[(0.5, "ruled_out", "budget")] * 2,
    ]
    assert {event.value for event in run(tables) if event.event == "sent"} == {0.75}


def test_a_notice_by_the_calendar_has_its_own_order_under_a_budget(run: Run) -> None:
    """At 1 the shop is entered before the notice, which no batch sends; the news of that time is sent at home."""
    tables = receipts(orchestration={"policy": "rules", "gap_hours": 0, "budget": {"per_day": 9}})
    tables["transitions"] = [{"from": "home", "to": "shop", "share": 1, "delay": 1}]
    tables["channels"][1]["cost"] = 0.5
    for rule in tables["rules"]:
        rule["when"] = {"at": 1}
    sent = [(e.rule, e.touchpoint) for e in run(tables) if e.event == "sent"]
    assert sent == [("weekly", "home"), ("paid", "shop")]


def test_a_policy_that_learns_learns_nothing_from_receipts_and_does_not_choose_their_channel(run: Run) -> None:
    """Of twenty customers all get it on the first of its two channels."""
    tables = receipts(orchestration={"policy": "bandit", "gap_hours": 0}, population={"size": 20})
    tables["actions"][0]["channels"] = ["email", "app"]
    sent = [event.channel for event in run(tables) if event.event == "sent" and event.rule == "paid"]
    assert sent == ["email"] * 20


def test_a_receipt_is_personal_to_the_treated_alone(run: Run) -> None:
    """With all of the profile that is needed a message is acted on 1 + 9 times as often: always instead of never."""
    tables = receipts(population={"size": 40})
    tables["channels"][1] |= {"open_rate": 1, "response_rate": 0.1, "time_to_act_hours": 6}
    tables["behaviour"] = {"known": 1}
    over = ["content", "timing", "channel", "offer"]
    tables["personalization"] = {"level": "individual", "over": over, "engagement_lift": {"individual": 9}}
    tables["rules"].pop()
    answers = {}
    for holdout in (0, 1):
        tables["orchestration"]["holdout"] = holdout
        answers[holdout] = sum(event.event == "responded" for event in run(tables))
    tables["orchestration"]["policy"] = "none"
    assert sum(event.event == "responded" for event in run(tables)) == answers[1]
    assert answers[0] == 40
    assert 0 < answers[1] < 15
