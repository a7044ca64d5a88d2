"""Scenarios for the parity test, as a file would say them: caps, quiet hours, conflicts."""

from typing import Any

from .scenarios_journeys import Tables
from .scenarios_shop import channels, message, rule, rules_apply, shop


def campaigns(channel: str = "email") -> Tables:
    """More messages than limits let through, several of them due at the same times."""
    return {
        "actions": [
            message("news", channel, "app"),
            message("deal", channel, kind="offer", discount=0.1, nudge=0.5),
            message("note", "app", leads_to="product", response_rate=0.2),
            message("text", "sms", channel),
        ],
        "rules": [
            rule("daily", {"tick": True}, "news", priority=1),
            rule("wednesday", {"every": "wed 12:00"}, "deal", priority=2),
            rule("wednesday-too", {"every": "wed 12:00"}, "note"),
            rule("browse", {"entered": "product"}, "text", delay=0.25),
            rule("idle", {"idle": 1.5}, "deal", priority=3),
            rule("day-9", {"at": 9}, "note", priority=5),
            rule("day-9-too", {"at": 9}, "text", priority=5),
        ],
        "broadcasts": [{"id": "all", "at": 9, "do": "news"}, {"id": "all-again", "at": 16.5, "do": "deal"}],
    }


def rolling_caps_drop() -> Tables:
    return shop(
        150,
        45,
        orchestration=rules_apply(
            gap_hours=0,
            caps={"total": {"max": 3, "days": 2}, "app": {"max": 2, "days": 5.5}, "sms": {"max": 1, "days": 9}},
        ),
        **campaigns(),
    )


def calendar_caps_hold() -> Tables:
    return shop(
        120,
        45,
        orchestration=rules_apply(
            gap_hours=0,
            tick=0.5,
            capped="hold",
            caps={
                "total": {"max": 2, "days": 1, "period": "calendar"},
                "email": {"max": 3, "days": 4, "period": "calendar"},
                "app": {"max": 2, "days": 2, "period": "calendar"},
            },
        ),
        **campaigns(),
    )


def rolling_caps_defer() -> Tables:
    return shop(
        120,
        45,
        orchestration=rules_apply(
            gap_hours=0,
            tick=0.5,
            capped="defer",
            caps={"total": {"max": 2, "days": 1.25}, "email": {"max": 3, "days": 3}, "app": {"max": 1, "days": 2}},
        ),
        **campaigns(),
    )


def caps_by_channel_and_quiet_hours() -> Tables:
    """Under `multi` the total counts channel by channel; no shared triggers; nights, noons and evenings are quiet."""
    each = [
        channel | {"quiet_hours": quiet}
        for channel, quiet in zip(channels(), ([9, 9], [12, 13.5], [21, 8], [17, 24], [0, 1]), strict=True)
    ]
    return shop(
        150,
        45,
        channels=each,
        integration={"mode": "multi", "shared_triggers": False},
        orchestration=rules_apply(
            gap_hours=0,
            tick=0.375,
            capped="hold",
            caps={"total": {"max": 2, "days": 1.5}, "email": {"max": 3, "days": 6, "period": "calendar"}},
        ),
        **campaigns(),
    )


def conflicts(mode: str, **changes: Any) -> Tables:
    """Rules of higher and lower priority get in each other's way; some do the same action."""
    return shop(
        150,
        40,
        **{
            "integration": {"mode": mode},
            "orchestration": rules_apply(gap_hours=30, tick=1),
            "actions": [
                message("news", "web", "email", "app"),
                message("deal", "email", "web", "app", kind="offer", discount=0.1),
                message("tip", "app", "web", support_after=0.5),
            ],
            "rules": [
                rule("tell", {"entered": "home"}, "news", delay=0.125),
                rule("tell-too", {"entered": "product"}, "news", cooldown=2),
                rule("better", {"entered": "product"}, "deal", priority=1, delay=0.02),
                rule("each-day", {"tick": True}, "tip", priority=2, cooldown=4),
                rule("best", {"every": "tue 10:30"}, "deal", priority=9),
                rule("counted", {"count": "visits", "reaches": 4}, "tip", priority=9),
                rule("scored", {"score": "keen", "above": 0.5}, "deal", priority=1),
                rule("leaving", {"leaving": True}, "news", priority=1),
                rule("later", {"entered": "cart", "after": 0.25}, "tip", priority=1),
            ],
            "scores": {"keen": {"intercept": -1, "weights": {"visits": 0.3}}},
            **changes,
        },
    )


def conflicts_of_one_channel() -> Tables:
    """Under `single` only the channel of the first contact is linked; personalized by segment."""
    return conflicts(
        "single",
        personalization={"level": "segment", "over": ["content", "timing"]},
        broadcasts=[{"id": "sale", "at": 20, "do": "deal"}],
    )
