"""A reminder that says `without` is for those who have not ordered when it is sent; by hand, for both programs."""

from typing import Any

import pytest

from .both import Run, Tables
from .by_hand import sending, stay, told


def shop(ordered: float, then: float = 100, **changes: Any) -> Tables:
    """A basket at noon of day 0, an order so many days later, then another basket; reminded three hours after one."""
    rule = {"entered": "basket", "after": 0.125, "without": "order"}
    tables = stay(
        touchpoints=[
            {"id": "home", "start": True, "channels": ["app"]},
            {"id": "basket", "channels": ["app"]},
            {"id": "order", "channels": ["app"]},
        ],
        transitions=[
            {"from": "home", "to": "basket", "share": 1, "delay": 0.5},
            {"from": "basket", "to": "order", "share": 1, "delay": ordered},
            {"from": "order", "to": "basket", "share": 1, "delay": then},
        ],
        **sending(rule, response_rate=0, **changes),
    )
    return tables | {"horizon": 4}


def sends(run: Run, tables: Tables) -> list[tuple[float, str, Any]]:
    return told(run(tables), "sent", "ruled_out")


def channels_ruled_out(run: Run, tables: Tables) -> list[tuple[str | None, str | None]]:
    """Action and channel of what was ruled out."""
    return [(event.action, event.channel) for event in run(tables) if event.event == "ruled_out"]


@pytest.mark.parametrize(
    ("ordered", "then"),
    [
        (0.0625, []),
        (0.125, []),
        (0.25, [(0.625, "ruled_out", "quiet"), (1, "ruled_out", "without")]),
        (0.5, [(0.625, "ruled_out", "quiet"), (1, "ruled_out", "without")]),
        (0.75, [(0.625, "ruled_out", "quiet"), (1, "sent", "rule")]),
    ],
)
def test_who_orders_before_quiet_hours_end_is_not_reminded(run: Run, ordered: float, then: list[Any]) -> None:
    """Quiet from 14:00 to midnight. Who orders within the wait sets nothing off; at midnight the order comes first."""
    tables = shop(ordered)
    tables["channels"][1]["quiet_hours"] = [14, 24]
    assert sends(run, tables) == then


@pytest.mark.parametrize(
    ("ordered", "then"),
    [(0.25, "without"), (0.375, "without"), (0.5, None)],
)
def test_who_orders_within_the_rules_own_delay_is_not_reminded(run: Run, ordered: float, then: str | None) -> None:
    """The firing is at 15:00, the send is due at 21:00, when who orders at that very time has ordered."""
    tables = shop(ordered, delay=0.25)
    assert sends(run, tables) == [(0.875, "sent", "rule") if then is None else (0.875, "ruled_out", then)]
    assert channels_ruled_out(run, tables) == ([] if then is None else [("mail", "email")])


@pytest.mark.parametrize("capped", ["hold", "defer"])
def test_who_orders_while_a_cap_is_full_is_not_reminded(run: Run, capped: str) -> None:
    """One message a day, sent at 0:00 to everybody; the reminder is put off to midnight."""
    for ordered, then in ((0.25, (1, "ruled_out", "without")), (0.75, (1, "sent", "rule"))):
        tables = shop(ordered)
        tables["orchestration"] |= {"capped": capped, "caps": {"total": {"max": 1, "days": 1}}}
        tables["rules"].append({"id": "all", "when": {"at": 0}, "do": "mail"})
        assert sends(run, tables) == [(0, "sent", "all"), (0.625, "ruled_out", "capped"), then]


def test_who_orders_while_a_supporting_channel_waits_is_not_reminded_on_it(run: Run) -> None:
    tables = shop(0.5, channels=["email", "app"], support_after=1)
    assert sends(run, tables) == [(0.625, "sent", "rule"), (1.625, "ruled_out", "without")]
    assert channels_ruled_out(run, tables) == [("mail", "app")]
    tables["transitions"][1]["delay"] = 1.5
    assert sends(run, tables) == [(0.625, "sent", "rule"), (1.625, "sent", "rule")]


def test_who_has_ordered_long_ago_is_reminded_of_a_new_basket(run: Run) -> None:
    """Ordered on the way to the first basket, so before its firing."""
    tables = shop(3, delay=1)
    tables["transitions"][0] = {"from": "home", "to": "order", "share": 1, "delay": 0.25}
    tables["transitions"][2]["delay"] = 0.25
    assert sends(run, tables) == [(1.625, "sent", "rule")]


def test_a_new_basket_ends_the_reminder_of_the_one_that_was_ordered_and_has_its_own(run: Run) -> None:
    """Firings at 0.625 and, after an order at 0.75 and the next basket at 1, at 1.125; sends are due two days later.

    The order is what an invitation leads to, which is sent once; the second basket is never ordered.
    """
    tables = shop(100, then=0.25, delay=2)
    tables["actions"].append({"id": "come", "channels": ["email"], "leads_to": "order"})
    tables["rules"].append({"id": "invite", "when": {"entered": "basket"}, "do": "come", "cooldown": 9})
    assert [line for line in sends(run, tables) if line[2] != "cooldown"] == [
        (0.5, "sent", "invite"),
        (1.125, "ruled_out", "without"),
        (3.125, "sent", "rule"),
    ]


def test_what_ends_at_a_new_basket_ends_even_where_the_conditions_do_not_hold_then(run: Run) -> None:
    tables = shop(0.25, then=0.25, delay=2, **{"if": [["days", "<", 1]]})
    assert sends(run, tables) == [(1.125, "ruled_out", "without")]


def test_a_new_basket_without_an_order_in_between_is_passed_over_as_long_as_the_rule_is_under_way(run: Run) -> None:
    """From the basket back home and to the basket again, every half day: firings at 0.625 and 1.625."""
    tables = shop(100, delay=1.5)
    tables["transitions"][1] = {"from": "basket", "to": "home", "share": 1, "delay": 0.5}
    assert sends(run, tables) == [(2.125, "sent", "rule")]


def test_a_delayed_popover_is_not_shown_after_the_order(run: Run) -> None:
    """It is noted with the channel of the visit; where that has none, with none."""
    tables = shop(0.25, kind="popover", channels=[], delay=0.25)
    assert sends(run, tables) == [(0.875, "ruled_out", "without")]
    assert channels_ruled_out(run, tables) == [("mail", "app")]
    tables["touchpoints"][2]["channels"] = []
    assert channels_ruled_out(run, tables) == [("mail", None)]


def test_the_order_is_told_before_a_stop_condition_that_holds_too(run: Run) -> None:
    tables = shop(0.25, delay=0.25, stop=[["visits.order", ">=", 1]])
    assert sends(run, tables) == [(0.875, "ruled_out", "without")]


def test_asking_at_the_desk_of_the_order_counts_as_entering_it(run: Run) -> None:
    tables = shop(0.25, delay=0.25)
    tables["touchpoints"][2]["desk"] = "till"
    tables["desks"] = [{"id": "till", "agents": 1, "service_minutes": 2000}]
    assert sends(run, tables) == [(0.875, "ruled_out", "without")]


def test_being_led_to_the_order_by_another_message_counts_as_entering_it(run: Run) -> None:
    """Sent at 0.5, acted on at 0.75; the reminder was due at 0.875."""
    tables = shop(100, delay=0.25)
    tables["actions"].append({"id": "come", "channels": ["email"], "leads_to": "order"})
    tables["rules"].append({"id": "invite", "when": {"entered": "basket"}, "do": "come"})
    assert sends(run, tables) == [(0.5, "sent", "invite"), (0.875, "ruled_out", "without")]


def test_in_the_holdout_the_order_is_not_told_beside_the_holdout(run: Run) -> None:
    tables = shop(0.25, delay=0.25)
    tables["orchestration"]["holdout"] = 1
    assert sends(run, tables) == [(0.625, "ruled_out", "holdout")]


def test_under_a_learning_policy_the_order_is_told_of_the_rules_own_action(run: Run) -> None:
    """Put off by quiet hours the choice would be made anew; at the new basket, too, it is the rule's own that ends."""
    for then, at in ((100, 1), (0.125, 0.875 + 0.125)):
        tables = shop(0.25, then=then)
        tables["orchestration"]["policy"] = "bandit"
        tables["actions"].append({"id": "other", "channels": ["email"], "response_rate": 0})
        tables["rules"][0]["alternatives"] = ["other"]
        tables["channels"][1]["quiet_hours"] = [14, 24]
        told_of = [event for event in run(tables) if event.event == "ruled_out" and event.value == 11]
        assert [(event.time, event.action, event.channel) for event in told_of][:1] == [(at, "mail", "email")]
