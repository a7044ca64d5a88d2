"""Scenarios for the parity test, as a file would say them: rules and scores that go by what the brand has noted."""

from typing import Any

from .scenarios_journeys import Tables
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop


def asked_of_the_profile(**changes: Any) -> Tables:
    """Rules at every tick, each asking another fact, and scores of facts that set rules off."""
    conditions = [
        [["profile.contacts", ">=", 3], ["profile.contacts", "<", 7]],
        [["profile.purchases", "in", [1, 2]]],
        [["profile.messages", "<=", 1], ["profile.idle_days", "<", 2]],
        [["profile.responses", ">", 0]],
        [["profile.revenue", ">", 45.5], ["profile.revenue", "<", 130]],
        [["profile.idle_days", ">=", 3.25]],
        [["scores.keen", ">", 0.55], ["profile.contacts", "!=", 4]],
        [["scores.risk", ">=", 0.5], ["profile.idle_days", ">", 1]],
    ]
    names = ("email", "app", "sms", "web")
    return shop(
        150,
        50,
        orchestration=rules_apply(tick=0.625, gap_hours=0, holdout=0.1),
        channels=channels(open_rate=0.8, response_rate=0.5),
        scores={
            "keen": {
                "intercept": -1.5,
                "weights": {"profile.contacts": 0.2, "profile.responses": 0.3, "profile.revenue": 0.01},
            },
            "risk": {"intercept": -1, "weights": {"profile.idle_days": 0.3, "profile.purchases": -0.8, "days": 0.01}},
        },
        actions=[
            *(message(f"to-{channel}", channel, nudge=0.2) for channel in names),
            message("receipt", "email", transactional=True),
            on_site("stay", "popover", nudge=1, response_rate=0.6),
        ],
        rules=[
            *(
                rule(
                    f"rule-{number}",
                    {"tick": True},
                    f"to-{names[number % 4]}",
                    cooldown=2 + number / 8,
                    delay=number % 3 / 4,
                    stop=[["profile.messages", ">", 3]],
                    **{"if": asked},
                )
                for number, asked in enumerate(conditions)
            ),
            rule("keen", {"score": "keen", "above": 0.5}, "to-app", delay=0.3),
            rule("lost", {"score": "risk", "above": 0.6}, "to-email"),
            rule("again", {"entered": "product"}, "to-web", **{"if": [["profile.contacts", "==", 5]]}),
            rule("bought", {"entered": "order"}, "receipt", **{"if": [["profile.purchases", "<", 2]]}),
            rule("leaving", {"leaving": True}, "stay", **{"if": [["profile.responses", "<=", 2]]}),
        ],
        **changes,
    )


def forgotten_profiles() -> Tables:
    """Facts of linked channels, forgotten within a week."""
    return asked_of_the_profile(identity={}, profile={"keep_days": 6.3})


def little_noted() -> Tables:
    """Two kinds of facts alone, on the channel of the first contact, for good; orders are placed on no channel."""
    touchpoints = [each | ({"channels": []} if each["id"] == "order" else {}) for each in shop(1, 1)["touchpoints"]]
    return asked_of_the_profile(
        integration={"mode": "multi"},
        profile={"facts": ["purchases", "responses"]},
        touchpoints=touchpoints,
        behaviour={"known": 0},
    )
