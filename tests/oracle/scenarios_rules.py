"""Scenarios for the parity test, as a file would say them: what sets rules off, conditions and scores."""

from datetime import date

from .scenarios_journeys import Tables
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop


def steps_of_the_journey() -> Tables:
    """Rules set off by entering, by waiting after it, and by counts; some disabled, some for disabled actions."""
    return shop(
        200,
        60,
        orchestration=rules_apply(gap_hours=2),
        actions=[
            message("hello", "email", "app", cost=0.1),
            message("remind", "fax", "app", "email", leads_to="cart"),
            message("thanks", "email", nudge=0.4),
            message("points", "app", response_rate=1, open_rate=1),
            on_site("similar", "recommendation", response_rate=0.3),
            on_site("ask-mail", "popover", "web", leads_to="product"),
            message("never", "email", enabled=False),
            message("by-fax", "fax"),
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello", delay=0.1, cooldown=20),
            rule(
                "cart-left", {"entered": "cart", "after": 0.5, "without": "order"}, "remind", priority=2, cooldown=0.5
            ),
            rule("unused", {"entered": "order", "after": 4}, "thanks", cooldown=3),
            rule("off", {"entered": "home"}, "thanks", enabled=False),
            rule("action-off", {"entered": "home"}, "never"),
            rule("no-channel", {"entered": "home"}, "by-fax"),
            rule("browse", {"entered": "product"}, "similar"),
            rule("browse-cart", {"entered": "cart"}, "similar", delay=0.003),
            rule("data", {"entered": "product", "after": 0}, "ask-mail", cooldown=4, priority=-1),
            rule("third-visit", {"count": "visits.product", "reaches": 3}, "points"),
            rule("many-visits", {"count": "visits", "reaches": 12}, "hello"),
            rule("contacts", {"count": "contacts", "reaches": 5}, "similar"),
            rule("handoffs", {"count": "handoffs", "reaches": 2}, "remind"),
            rule("converted", {"count": "conversions", "reaches": 2}, "thanks"),
            rule("bought", {"count": "purchases", "reaches": 1}, "points", delay=1.5),
        ],
    )


def by_the_calendar() -> Tables:
    """Rules set off by days, dates, weekly times, ticks and idleness, and broadcasts; not for who is yet to arrive."""
    return shop(
        150,
        45.5,
        start_date=date(2026, 3, 26),
        orchestration=rules_apply(tick=0.75, gap_hours=1),
        actions=[
            message("letter", "email", "sms"),
            message("push", "app"),
            message("offer-10", "email", kind="offer", discount=0.1, valid_days=3),
            message("ring", "sms", kind="call", cost=1, nudge=1.5),
            on_site("banner", "recommendation"),
        ],
        rules=[
            rule("tenth-day", {"at": 10}, "letter"),
            rule("day-0", {"at": date(2026, 3, 26)}, "letter"),
            rule("easter", {"at": date(2026, 4, 5)}, "offer-10", delay=0.4),
            rule("monday", {"every": "mon 09:00"}, "push", **{"if": [["days", ">", 7]]}),
            rule("thursday", {"every": "thu 00:00"}, "letter", cooldown=10),
            rule("friday", {"every": "fri 7:20"}, "banner"),
            rule("each-tick", {"tick": True}, "push", cooldown=5, **{"if": [["idle_days", ">", 1.5]]}),
            rule("quiet-two", {"idle": 2}, "ring", **{"if": [["messages", "<", 9]]}),
            rule("quiet-five", {"idle": 5}, "offer-10", priority=3),
        ],
        broadcasts=[
            {"id": "spring", "at": 15.25, "do": "letter", "segments": ["loyal"]},
            {"id": "summer", "at": date(2026, 5, 1), "do": "offer-10", "if": [["revenue", ">", 0]]},
            {"id": "unsent", "at": 20, "do": "letter", "enabled": False},
            {"id": "everybody", "at": 30, "do": "push"},
        ],
    )


def every_condition() -> Tables:
    """Rules at every tick, each with conditions on other subjects and other operators, so that all are asked often."""
    conditions: list[list[list[object]]] = [
        [["segment", "==", "new"], ["hour", "<", 12]],
        [["segment", "not in", ["new"]], ["weekday", "in", ["mon", "sat", "sun"]]],
        [["touchpoint", "in", ["asleep", "use"]], ["days", ">=", 6]],
        [["stage", "!=", "retention"], ["idle_days", "<=", 0.5]],
        [["channel", "==", "none"]],
        [["channel", "!=", "web"], ["channel", "not in", ["none", "sms"]]],
        [["attributes.plan", "==", "paid"], ["attributes.region", "!=", ""]],
        [["attributes.region", "==", ""], ["visits", "in", [2, 3, 5, 7, 11]]],
        [["weekday", "==", "wed"], ["sentiment", ">", 0.1]],
        [["sentiment", "<=", -0.05], ["profile", "<", 0.5]],
        [["fatigue", ">", 1.2], ["fatigue", "<", 1.7]],
        [["nudge", ">=", 0.3], ["responses", ">", 1]],
        [["profile", ">", 0.7], ["consent", "==", True]],
        [["discount", "!=", 0], ["revenue", "==", 0]],
        [["visits.cart", "==", 1], ["visits.order", "<", 1]],
        [["contacts", ">", 4], ["handoffs", "not in", [0, 1]]],
        [["conversions", ">=", 1], ["purchases", "<=", 1], ["revenue", ">", 45.5]],
        [["messages", "<=", 1], ["opted_in.sms", "==", False]],
        [["consent", "!=", True], ["opted_in.email", "==", True]],
        [["scores.interest", ">", 0.4], ["scores.interest", "<=", 0.6]],
        [["scores.interest", ">=", 0.7]],
    ]
    chans = ("email", "app", "sms", "web")
    return shop(
        120,
        40,
        orchestration=rules_apply(tick=0.625, gap_hours=0),
        touchpoints=[{"id": "outside", "start": True, "channels": []}, *shop(1, 1)["touchpoints"]],
        transitions=[*shop(1, 1)["transitions"], {"from": "outside", "to": "home", "share": 1, "delay": 3}],
        scores={
            "interest": {
                "intercept": -1,
                "weights": {"visits.product": 0.3, "sentiment": 0.5, "attributes.plan.paid": 0.4, "channel.app": 0.2},
            }
        },
        actions=[
            *(message(f"to-{channel}", channel, nudge=0.2) for channel in chans),
            message("deal", "email", kind="offer", discount=0.25, valid_days=4, response_rate=0.2),
        ],
        rules=[
            rule(
                f"rule-{number}",
                {"tick": True},
                "deal" if number % 4 == 0 else f"to-{chans[number % 4]}",
                cooldown=3 + number / 8,
                stop=[["messages", ">", 25], ["opted_in.web", "!=", True]][: number % 3],
                **{"if": asked},
            )
            for number, asked in enumerate(conditions)
        ],
    )


def scores_of_all_kinds() -> Tables:
    """Scores that pass limits upwards, downwards and between; made of every kind of thing that is known."""
    return shop(
        200,
        60,
        orchestration=rules_apply(),
        scores={
            "buyer": {
                "intercept": -2,
                "weights": {
                    "visits.product": 0.5,
                    "visits.cart": 1.1,
                    "sentiment": 1.5,
                    "segment.loyal": 0.4,
                    "touchpoint.cart": 0.7,
                    "stage.consideration": 0.2,
                    "channel.app": -0.3,
                    "attributes.plan.paid": 0.5,
                    "discount": 2,
                },
            },
            "risk": {
                "intercept": 0.2,
                "weights": {
                    "sentiment": -3,
                    "fatigue": 0.2,
                    "days": 0.02,
                    "purchases": -0.5,
                    "consent": -0.1,
                    "opted_in.email": -0.2,
                    "hour": 0.01,
                    "nudge": -0.4,
                    "responses": -0.1,
                },
            },
            "far": {"intercept": -800, "weights": {"visits": 200}},
            "worth": {"kind": "amount", "intercept": -3, "weights": {"revenue": 0.5, "visits.product": 2.5}},
        },
        actions=[
            message("deal", "email", "app", kind="offer", discount=0.15, support_after=1.5),
            message("sorry", "sms", cost=0.2, nudge=0.8),
            message("tip", "app", leads_to="product"),
        ],
        rules=[
            rule("hot", {"score": "buyer", "above": 0.5}, "deal", delay=0.05),
            rule("lukewarm", {"score": "buyer", "above": 0.3, "below": 0.45}, "tip"),
            rule("cold", {"score": "buyer", "below": 0.25}, "tip", delay=2, cooldown=6),
            rule("risky", {"score": "risk", "above": 0.6}, "sorry", **{"if": [["scores.buyer", ">", 0.1]]}),
            rule("safe", {"score": "risk", "below": 0.35}, "deal", stop=[["scores.risk", ">", 0.5]], delay=1),
            rule("often", {"score": "far", "above": 0.5}, "sorry"),
            rule("worthy", {"score": "worth", "above": 1.5, "below": 40}, "tip", stop=[["scores.worth", ">", 20]]),
        ],
        channels=channels(delivery_rate=1),
    )
