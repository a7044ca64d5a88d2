"""In which order planned sends come, worked out by hand for both programs on one customer for whom two are planned."""

from datetime import date
from typing import Any

import pytest

from .both import Run, Tables
from .by_hand import sending, stay, told

PERSONAL = {"personalization": {"level": "segment", "engagement_lift": {"segment": 0.5}}, "behaviour": {"known": 0.5}}
"""Fully relevant, so that half as many again respond."""
APART = {"mode": "multi", "shared_triggers": False}


def mail(channels: str, opened: float, responded: float = 1, **more: Any) -> Tables:
    return {"channels": channels.split(), "open_rate": opened, "response_rate": responded, **more}


def popover(channels: str, responded: float) -> Tables:
    return {"kind": "popover", "channels": channels.split(), "response_rate": responded}


@pytest.mark.parametrize(
    ("a", "b", "changes", "first"),
    [
        (mail("email", 0.5), mail("email", 0.5), {}, "a"),
        (mail("email", 0.5), mail("email", 0.51), {}, "b"),
        (mail("email", 0.5, 0.4), mail("email", 0.5, 0.5), {}, "b"),
        (mail("email", 0.5), mail("sms", 0.3), {}, "a"),
        (mail("sms", 0.5), mail("email", 0.3), {}, "b"),
        (mail("shut email", 0.4), mail("email", 0.5), {}, "b"),
        (mail("email", 0.4), mail("shut email", 0.5), {}, "b"),
        (mail("shut", 1), mail("email", 0.01), {}, "b"),
        (mail("app", 0.5), mail("email", 0.6), {"integration": APART}, "b"),
        (mail("email", 0.5), mail("app", 0.6), {"integration": APART}, "b"),
        (popover("app", 0.5), popover("app", 0.6), {}, "b"),
        (popover("email", 1), popover("app", 0.1), {}, "b"),
        (popover("email app", 0.2), popover("app", 0.3), {}, "b"),
        (popover("app", 0.5), mail("email", 0.6, 0.9), {}, "b"),
        (popover("app", 0.55), mail("email", 0.6, 0.9), {}, "a"),
        (popover("app", 0.8), popover("app", 0.9), {}, "b"),
        (popover("app", 0.8), popover("app", 0.9), PERSONAL, "a"),
        (popover("app", 0.6), popover("app", 0.9), PERSONAL, "b"),
        (popover("app", 0.5), popover("app", 0.6), PERSONAL, "b"),
    ],
)
@pytest.mark.parametrize("priority", [0, 1])
def test_the_most_promising_comes_first_of_those_of_one_priority(
    run: Run, a: Tables, b: Tables, changes: Tables, first: str, priority: int
) -> None:
    """Half of all texts arrive, nobody accepts messages on the channel that is shut, and the customer is in the app."""
    tables = stay(**changes)
    tables["channels"] += [{"id": "sms", "delivery_rate": 0.5}, {"id": "shut"}]
    tables["segments"] = [{"id": "all", "opt_in": {"shut": 0}}]
    tables["orchestration"] = {"policy": "rules", "gap_hours": 0, "budget": {"per_day": 99}}
    tables["actions"] = [{"id": "a", **a}, {"id": "b", **b}]
    tables["rules"] = [
        {"id": "a", "when": {"at": 0.5}, "do": "a"},
        {"id": "b", "when": {"at": 0.5}, "do": "b", "priority": priority},
    ]
    begun = [e.rule for e in run(tables) if e.event in ("sent", "ruled_out") and e.time == 0.5]
    assert begun[0] == ("b" if priority else first)
    assert set(begun) == {"a", "b"}


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ({"tick": True}, [0, 1, 2, 3, 4]),
        ({"every": "mon 00:00"}, [0, 7]),
        ({"every": "mon 12:00"}, [0.5, 7.5]),
        ({"at": 0}, [0]),
        ({"at": 7.5}, [7.5]),
    ],
)
def test_planned_sends_come_at_their_times_from_the_arrival_to_the_horizon(
    run: Run, when: Tables, times: list[float]
) -> None:
    """The horizon is 7.5; the customer leaves after 4 days, or never where what is written does not come at ticks."""
    tables = stay(**sending(when, nudge=0), horizon=7.5, start_date=date(2026, 1, 5))
    if "tick" not in when:
        tables["transitions"] = [
            {"from": "home", "to": "home", "share": 1, "delay": 5.25},
            {"from": "home", "to": "shop", "share": 0},
            {"from": "shop", "to": "gone", "share": 1},
        ]
    tables["orchestration"] = {"policy": "rules", "gap_hours": 0, "budget": {"per_day": 99}}
    assert [time for time, _, _ in told(run(tables), "sent")] == times
