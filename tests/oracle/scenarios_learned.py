"""Scenarios for the parity test, as a file would say them: a policy that learns, and money for sends."""

from typing import Any

from .scenarios_journeys import Tables, transition
from .scenarios_shop import channels, message, on_site, rule, shop, touchpoints, transitions

BOTH = ("actions", "channels")

COSTS = {"web": 1 / 64, "app": 1 / 64, "email": 1 / 256, "sms": 1 / 16}
"""binary fractions: sums of them are exact in any order, as the limits of a budget are compared with them"""


def learns(*what: str, **more: Any) -> Tables:
    return {"policy": "bandit", "learns": list(what), "gap_hours": 0, **more}


def at_costs(**all_of_them: Any) -> list[Tables]:
    return [channel | {"cost": COSTS.get(channel["id"], 0)} for channel in channels(**all_of_them)]


def messages_to_choose(learning: Tables, **changes: Any) -> Tables:
    """Four messages, of which one is disabled, on up to four channels, chosen among by four rules."""
    return shop(
        220,
        50,
        **{
            "orchestration": learning,
            "actions": [
                message("hello", "email", "fax", "app", cost=0.125),
                message("tip", "app", "sms", "email", nudge=0.5, response_rate=0.6),
                message("deal", "sms", "app", kind="offer", discount=0.2, open_rate=0.3),
                message("never", "app", enabled=False),
                message("by-fax", "fax"),
            ],
            "rules": [
                rule("welcome", {"entered": "home"}, "hello", alternatives=["tip", "never", "by-fax"]),
                rule("browse", {"entered": "product"}, "tip", alternatives=["deal"], cooldown=0.5, delay=0.05),
                rule("away", {"idle": 3}, "deal", alternatives=["hello", "tip"], stop=[["messages", ">", 12]]),
                rule("week", {"every": "wed 10:00"}, "hello"),
                rule("faxed", {"entered": "cart"}, "by-fax", alternatives=["tip"]),
            ],
            "broadcasts": [{"id": "all", "at": 12.5, "do": "deal"}],
            **changes,
        },
    )


def on_site_and_leaving(learning: Tables | None = None, **changes: Any) -> Tables:
    """On-site actions to choose among on entering and on leaving; some are on other channels, one leads elsewhere."""
    return shop(
        250,
        40,
        **changes,
        orchestration=learning or learns(*BOTH, tick=0.5),
        actions=[
            on_site("banner", "popover", "web", discount=0.1, response_rate=0.3),
            on_site("similar", "recommendation", response_rate=0.2),
            on_site("video", "recommendation", "app", "web", response_rate=0.5, nudge=2),
            on_site("back", "popover", "app", leads_to="product", response_rate=0.4),
            message("mail", "email"),
        ],
        rules=[
            rule("browse", {"entered": "product"}, "banner", alternatives=["similar", "video"]),
            rule("app-only", {"entered": "cart"}, "back", alternatives=["video"], cooldown=2),
            rule("only-app", {"entered": "home"}, "back", cooldown=1, delay=0.01),
            rule("leaving", {"leaving": True}, "back", alternatives=["banner", "video"], priority=2),
            rule("leaving-cart", {"leaving": "cart"}, "video", alternatives=["similar"]),
            rule("leaving-mail", {"leaving": "home"}, "mail"),
        ],
    )


def put_off(capped: str) -> Tables:
    """Quiet hours and caps put sends off; when they fall due again, the choice is made anew."""
    each = [channel | {"quiet_hours": {"email": [18, 9], "sms": [20, 12]}.get(channel["id"])} for channel in channels()]
    return messages_to_choose(
        learns(
            *BOTH,
            tick=0.25,
            capped=capped,
            gap_hours=2,
            caps={"total": {"max": 2, "days": 1.5}, "app": {"max": 1, "days": 2, "period": "calendar"}},
        ),
        channels=each,
        personalization={"level": "individual"},
    )


def supported(mode: str) -> Tables:
    """What follows on the next channel of the action taken is no choice, and nothing is learned from it."""
    return messages_to_choose(
        learns(*BOTH, tick=1.5),
        integration={"mode": mode, "shared_triggers": False},
        channels=channels(opt_out_rate=0.1),
        actions=[
            message("hello", "email", "app", "sms", support_after=1, leads_to="product"),
            message("tip", "app", "email", support_after=0, nudge=0.5),
            message("deal", "sms", "app", kind="offer", discount=0.2),
            message("never", "app", enabled=False),
            message("by-fax", "fax", "app"),
        ],
    )


def limited_by_day() -> Tables:
    """More is triggered than the day's money pays for; on-site actions and supporting channels are paid too."""
    return shop(
        240,
        40,
        channels=at_costs(),
        orchestration={"policy": "rules", "gap_hours": 1, "holdout": 0.1, "tick": 0.75, "budget": {"per_day": 1.5}},
        actions=[
            message("hello", "email", "sms", cost=1 / 8, support_after=1),
            on_site("banner", "popover", "web", "app", cost=1 / 16, response_rate=0.3),
            message("deal", "app", kind="offer", discount=0.2, cost=1 / 4),
            message("free", "app"),
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello"),
            rule("browse", {"entered": "product"}, "banner"),
            rule("away", {"idle": 2}, "deal", cooldown=5, delay=0.2),
            rule("leaving", {"leaving": True}, "banner"),
            rule("bought", {"entered": "order"}, "free"),
        ],
        # In the middle of periods: a change of values neither begins a period nor sets the throttle.
        phases=[{"id": "dear", "at": 10.25, "set": {"actions.deal.cost": 3 / 8, "channels.app.mix": 0.5}}],
        shocks=[{"id": "no-mail", "from": 4.1, "to": 6.6, "set": {"channels.email.enabled": False}}],
    )


def limited_in_total() -> Tables:
    """Broadcasts, ticks and weekly times in batches, some at the same times, some put off for the night."""
    each = [channel | ({"quiet_hours": [22, 8]} if channel["id"] == "sms" else {}) for channel in at_costs()]
    return shop(
        200,
        50,
        channels=each,
        personalization={"level": "segment"},
        orchestration={
            "policy": "rules",
            "gap_hours": 6,
            "capped": "defer",
            "caps": {"total": {"max": 2, "days": 2}},
            "budget": {"total": 40},
        },
        actions=[
            message("hello", "email", "sms", cost=1 / 8),
            message("deal", "sms", "app", kind="offer", discount=0.2, cost=1 / 4, support_after=0.5),
            on_site("banner", "recommendation", "web", "app", cost=1 / 32, response_rate=0.3),
        ],
        rules=[
            rule("each-tick", {"tick": True}, "hello", cooldown=6, **{"if": [["idle_days", ">", 1]]}),
            rule(
                "shown", {"tick": True}, "banner", priority=1, cooldown=3, **{"if": [["stage", "==", "consideration"]]}
            ),
            rule("monday", {"every": "mon 00:00"}, "deal", priority=1),
            rule("night", {"every": "thu 23:30"}, "deal", priority=3),
            rule("later", {"every": "tue 12:00"}, "hello", delay=0.25),
            rule("browse", {"entered": "product"}, "hello", cooldown=3),
        ],
        broadcasts=[
            {"id": "all", "at": 14, "do": "deal"},
            {"id": "loyal", "at": 14, "do": "hello", "segments": ["loyal"]},
            {"id": "noon", "at": 20.5, "do": "hello"},
        ],
    )


def limited_learning_at_desks() -> Tables:
    """A learning policy under both limits; some get messages, or leave, while they queue."""
    return messages_to_choose(
        learns(*BOTH, budget={"per_day": 1.25, "total": 30}, tick=1),
        channels=at_costs(time_to_act_hours=2),
        touchpoints=[
            *(
                touchpoint | {"desk": "line"} if touchpoint["id"] in ("home", "order") else touchpoint
                for touchpoint in touchpoints()
            )
        ],
        transitions=[*transitions(), transition("asleep", "order", 1, {"family": "exponential", "mean": 4})],
        desks=[
            {
                "id": "line",
                "shifts": [{"from": 9, "to": 18, "agents": 2}],
                "service_minutes": {"family": "exponential", "mean": 30},
                "patience_minutes": 600,
                "closed": "wait",
            }
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello", alternatives=["tip"]),
            rule("browse", {"entered": "product"}, "tip", alternatives=["deal"]),
            rule("each-tick", {"tick": True}, "tip", alternatives=["hello"], cooldown=5),
            rule("week", {"every": "wed 10:00"}, "hello", alternatives=["deal"], priority=-1),
        ],
    )
