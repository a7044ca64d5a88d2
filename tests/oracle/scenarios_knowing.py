"""Scenarios for the parity test, as a file would say them: personalization, the holdout, equal times."""

from typing import Any

from .scenarios_journeys import Tables, transition
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop


def wary_segments() -> list[Tables]:
    """Some dislike close personalization."""
    return [
        {
            "id": "wary",
            "consent": 0.6,
            "opt_in": {"email": 0.7},
            "traits": {"privacy_concern": {"mean": 0.7, "sd": 0.2}, "preferred_hour": {"mean": 20, "sd": 5}},
        },
        {"id": "open", "concentration": 1, "affinity": {"sms": 0, "app": 3}, "traits": {"preferred_hour": 9.5}},
    ]


def talk() -> Tables:
    """Messages at many hours."""
    return {
        "channels": channels(opt_out_rate=0.1, response_rate=0.35),
        "actions": [
            message("news", "email", "app"),
            message("push", "app", "sms", nudge=0.5, support_after=1),
            message("letter", "web", "email", "app"),
            on_site("for-you", "recommendation", response_rate=0.3),
        ],
        "rules": [
            rule("each", {"tick": True}, "news"),
            rule("browse", {"entered": "product"}, "push", delay=0.3),
            rule("home", {"entered": "home", "after": 0.7}, "letter"),
            rule("here", {"entered": "product"}, "for-you"),
        ],
        "orchestration": rules_apply(tick=1.125, gap_hours=1),
    }


def close_personalization() -> Tables:
    return shop(200, 40, segments=wary_segments(), personalization={"level": "realtime"}, **talk())


def personal_on_one_channel() -> Tables:
    """Under `multi` only the channel of the first contact is personalized; weights, needs and lifts are replaced."""
    return shop(
        200,
        40,
        segments=wary_segments(),
        integration={"mode": "multi", "shared_triggers": False},
        personalization={
            "level": "individual",
            "over": ["channel", "content", "offer"],
            "weights": {"content": 0.7, "timing": 0.5, "channel": 0.1, "offer": 0.4},
            "need": {"segment": 0.1, "individual": 0.45, "realtime": 0.9},
            "engagement_lift": {"segment": 0.1, "individual": 1.5, "realtime": 1},
            "conversion_lift": {"segment": 0.1, "individual": 0.9, "realtime": 1},
            "cost_per_contact": 0.02,
        },
        behaviour={"known": 0},
        **talk(),
    )


def a_third_held_out() -> Tables:
    """Triggers of all kinds for a holdout, to whom nothing happens."""
    return shop(
        200,
        40,
        orchestration=rules_apply(holdout=0.35, tick=3, caps={"total": {"max": 4, "days": 7}}),
        personalization={"level": "segment"},
        actions=[
            message("hello", "email", "app", leads_to="product", support_after=1),
            message("deal", "app", kind="offer", discount=0.2),
            on_site("stay", "popover", nudge=2, response_rate=0.5),
            on_site("see", "recommendation", leads_to="cart", response_rate=0.3),
        ],
        rules=[
            rule("each", {"tick": True}, "hello", **{"if": [["visits", ">", 2]]}),
            rule("home", {"entered": "home"}, "deal", delay=0.1, cooldown=3),
            rule("product", {"entered": "product"}, "see", stop=[["sentiment", "<", -0.2]]),
            rule("leaving", {"leaving": True}, "stay"),
            rule("leaving-mail", {"leaving": "cart"}, "hello", priority=1),
            rule("idle", {"idle": 1}, "deal"),
            rule("left", {"entered": "cart", "after": 1, "without": "order"}, "hello"),
            rule("scored", {"score": "keen", "above": 0.4}, "deal"),
            rule("counted", {"count": "purchases", "reaches": 1}, "hello"),
        ],
        scores={"keen": {"intercept": -1, "weights": {"visits": 0.2, "messages": -0.1}}},
        broadcasts=[{"id": "all", "at": 20, "do": "deal", "segments": ["new"]}],
    )


def the_same_instants(capped: str = "hold") -> Tables:
    """Every time is an eighth of a day: entries, waits, ticks, sends, responses, desks, ends of quiet hours, caps."""
    act: Any = {"open_rate": 0.9, "response_rate": 0.6}
    return {
        "horizon": 40,
        "population": {"size": 120},
        "channels": [
            {"id": "web", **act},
            {"id": "app", **act, "time_to_act_hours": 3, "quiet_hours": [0, 6]},
            {"id": "email", **act, "time_to_act_hours": 6, "opt_out_rate": 0.02},
            {"id": "sms", **act, "time_to_act_hours": 0, "delivery_rate": 0.8},
        ],
        "touchpoints": [
            {"id": "look", "start": True, "channels": ["web", "app"], "emotion": {"mean": 0, "sd": 0.5}},
            {"id": "weigh", "stage": "consideration", "channels": ["web"], "emotion": {"mean": 0, "sd": 0.5}},
            {"id": "call", "stage": "consideration", "channels": ["web", "app"], "desk": "line"},
            {"id": "buy", "stage": "purchase", "channels": ["app"], "goal": {"kind": "conversion", "value": 10}},
            {"id": "rest", "stage": "retention", "channels": []},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("look", "weigh", 3, 0.125),
            transition("look", "call", 2),
            transition("look", "gone", 0.4, 0.5),
            transition("weigh", "buy", 2),
            transition("weigh", "look", 2, 0.25),
            transition("weigh", "gone", 0.5, 1),
            transition("call", "look", 2, 0.125),
            transition("call", "buy", 2),
            transition("call", "gone", 0.3),
            transition("buy", "rest", 3, 0.5),
            transition("rest", "look", 3, 1.5),
            transition("rest", "look", 1, 0.25, id="soon"),
        ],
        "desks": [
            {"id": "line", "agents": 4, "service_minutes": 180, "patience_minutes": 360, "priority": "churn-risk"},
        ],
        "orchestration": rules_apply(
            tick=0.5,
            gap_hours=3,
            capped=capped,
            caps={"total": {"max": 3, "days": 1.5}, "app": {"max": 2, "days": 1, "period": "calendar"}},
        ),
        "actions": [
            message("mail", "email", "app", nudge=1, support_after=0.5),
            message("push", "app", leads_to="weigh"),
            message("text", "sms", "email", nudge=2, support_after=0),
            message("deal", "email", kind="offer", discount=0.5, valid_days=1),
            on_site("stay", "popover", nudge=1, response_rate=0.5),
            on_site("see", "recommendation", leads_to="call", response_rate=0.3),
        ],
        "rules": [
            rule("each", {"tick": True}, "mail", cooldown=1.5),
            rule("each-too", {"tick": True}, "text", priority=1, cooldown=2),
            rule("looked", {"entered": "look", "after": 0.125}, "push", priority=2),
            rule("weighs", {"entered": "weigh"}, "deal", priority=1, cooldown=1),
            rule("weighs-too", {"entered": "weigh"}, "see", priority=1),
            rule("called", {"entered": "call"}, "text"),
            rule("calls", {"entered": "call", "after": 0.125, "without": "buy"}, "mail", priority=3),
            rule("idle", {"idle": 0.25}, "push", cooldown=0.5),
            rule("leaving", {"leaving": True}, "stay", priority=-1),
            rule("counted", {"count": "visits", "reaches": 4}, "push", delay=0.125),
            rule("first-day", {"at": 0}, "push", priority=-5),
            rule("noon", {"every": "thu 12:00"}, "deal", priority=4),
            rule("scored", {"score": "keen", "above": 0.5}, "text", delay=0.25),
        ],
        "broadcasts": [{"id": "day-5", "at": 5, "do": "mail"}],
        "scores": {"keen": {"intercept": -1, "weights": {"visits.weigh": 0.5, "hour": 0.02, "messages": -0.05}}},
    }
