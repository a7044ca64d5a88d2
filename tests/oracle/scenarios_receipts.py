"""Scenarios for the parity test, as a file would say them: reminders `without` an order, receipts past all limits."""

from typing import Any

from .scenarios_journeys import Tables
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop, transitions


def quick_orders() -> list[Tables]:
    """Orders come a few hours after the basket, and many go back to it."""
    slower = {"delay": {"family": "exponential", "mean": 0.4}}
    return [
        transition | (slower if (transition["from"], transition["to"]) == ("cart", "order") else {})
        for transition in transitions()
    ]


def reminders(mode: str = "omni", capped: str = "defer") -> Tables:
    """Every way in which an order may come between a basket and what reminds of it."""
    each, night = channels(response_rate=0.1, opt_out_rate=0.03), {"quiet_hours": [15, 9]}
    return shop(
        250,
        40,
        channels=[channel | (night if channel["id"] in ("app", "email") else {}) for channel in each],
        transitions=quick_orders(),
        integration={"mode": mode},
        orchestration=rules_apply(
            gap_hours=2,
            holdout=0.2,
            capped=capped,
            caps={"total": {"max": 1, "days": 1.5}, "sms": {"max": 1, "days": 3}},
        ),
        actions=[
            message("mail", "email", "web"),
            message("series", "app", "email", "sms", support_after=0.5),
            message("text", "sms", "app"),
            on_site("pop", "popover", response_rate=0.2),
        ],
        rules=[
            rule("night", {"entered": "cart", "after": 0.1, "without": "order"}, "mail", priority=1),
            rule("later", {"entered": "cart", "after": 0.05, "without": "order"}, "text", delay=0.6, priority=2),
            rule("series", {"entered": "cart", "after": 0.1, "without": "order"}, "series", stop=[["visits", ">", 12]]),
            rule("on-site", {"entered": "cart", "after": 0.05, "without": "order"}, "pop", delay=0.4),
            rule("again", {"entered": "product", "after": 0.2, "without": "cart"}, "text", delay=1.5),
            rule("seldom", {"entered": "product", "after": 0.5, "without": "home"}, "mail", delay=3, cooldown=4),
        ],
    )


def receipts(policy: str, **limits: Any) -> Tables:
    """Receipts and notices by every kind of trigger, beside news that all limits hold for."""
    each = channels(response_rate=0.2, opt_out_rate=0.04)
    more = {"quiet_hours": [18, 10]}
    return shop(
        200,
        40,
        channels=[channel | more if channel["id"] in ("email", "app") else channel for channel in each],
        transitions=quick_orders(),
        orchestration={
            "policy": policy,
            "gap_hours": 20,
            "tick": 3,
            "caps": {"total": {"max": 1, "days": 2}, "app": {"max": 1, "days": 5, "period": "calendar"}},
            **limits,
        },
        personalization={"level": "individual", "over": ["content", "timing", "offer"], "cost_per_contact": 0.01},
        actions=[
            message("receipt", "email", "app", transactional=True, support_after=0.25, nudge=0.5),
            message("call", "sms", kind="call", transactional=True, leads_to="product", cost=0.25),
            message("notice", "app", "email", transactional=True),
            message("news", "email", "sms", cost=0.125),
            message("deal", "app", "sms", kind="offer", discount=0.2),
        ],
        rules=[
            rule("paid", {"entered": "order"}, "receipt", priority=2),
            rule("sent", {"entered": "order", "after": 2, "without": "home"}, "notice", delay=1),
            rule("left", {"entered": "cart", "after": 0.1, "without": "order"}, "call", delay=0.3, cooldown=6),
            rule("leaving", {"leaving": True}, "notice", priority=-1, cooldown=2),
            rule("away", {"idle": 3}, "receipt", **{"if": [["messages", "<", 3], ["responses", "<", 2]]}),
            rule("each", {"tick": True}, "notice", cooldown=5),
            rule("weekly", {"every": "wed 08:00"}, "call", stop=[["visits", "<", 2]]),
            rule("browse", {"entered": "product"}, "news", alternatives=["deal"], priority=1),
            rule("tuesday", {"every": "tue 12:00"}, "deal"),
        ],
        broadcasts=[{"id": "terms", "at": 15.5, "do": "notice"}, {"id": "sale", "at": 15.5, "do": "news"}],
    )
