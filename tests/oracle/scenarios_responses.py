"""Scenarios for the parity test, as a file would say them: support, offers, exit intent, responses at desks."""

from .scenarios_journeys import Tables, transition
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop, touchpoints, transitions


def supporting_channels() -> Tables:
    """Three channels one after the other, until a response; many opt out, and quiet hours put the second one off."""
    each = channels(opt_out_rate=0.3, open_rate=0.5, response_rate=0.4)
    return shop(
        200,
        40,
        channels=[channel | {"quiet_hours": [20, 7]} if channel["id"] == "sms" else channel for channel in each],
        orchestration=rules_apply(gap_hours=12),
        actions=[
            message("remind", "email", "fax", "sms", "app", support_after=0.75, leads_to="cart"),
            message("ask", "app", "email", support_after=2, nudge=0.6),
            message("at-once", "sms", "email", support_after=0, nudge=0.2),
        ],
        rules=[
            rule("left", {"entered": "cart", "after": 0.2}, "remind", cooldown=1, stop=[["touchpoint", "==", "order"]]),
            rule("browse", {"entered": "product"}, "ask", stop=[["purchases", ">", 1], ["responses", ">=", 4]]),
            rule("away", {"idle": 4}, "ask", priority=2, cooldown=3),
            rule("bought", {"count": "purchases", "reaches": 1}, "at-once", priority=1, cooldown=2),
        ],
    )


def offers_used_and_expired() -> Tables:
    """Discounts of several sizes, two of them equal, at raised prices; one conversion has no value and uses none."""
    listed = [
        touchpoint | {"goal": {"kind": "conversion"}} if touchpoint["id"] == "use" else touchpoint
        for touchpoint in touchpoints()
    ]
    return shop(
        300,
        60,
        behaviour={"price_index": 1.2},
        channels=channels(response_rate=0.3, delivery_rate=0.9),
        touchpoints=listed,
        orchestration=rules_apply(gap_hours=0, tick=2),
        actions=[
            message("twenty", "email", kind="offer", discount=0.2, valid_days=2),
            message("other-twenty", "app", kind="offer", discount=0.2, valid_days=3),
            message("ten", "sms", kind="offer", discount=0.1, valid_days=1.5),
            on_site("half", "popover", "web", "app", discount=0.5, valid_days=0.5, response_rate=0.1),
            on_site("free", "recommendation", discount=1, valid_days=0.05, response_rate=0),
            message("plain", "email", kind="offer"),
        ],
        rules=[
            rule("browse", {"entered": "product"}, "twenty", cooldown=6, **{"if": [["sentiment", ">", 0]]}),
            rule(
                "browse-too",
                {"entered": "product"},
                "other-twenty",
                cooldown=5,
                delay=0.1,
                **{"if": [["visits", ">", 3]]},
            ),
            rule("each-tick", {"tick": True}, "ten", **{"if": [["discount", "<", 0.1]]}),
            rule(
                "cart",
                {"entered": "cart"},
                "half",
                cooldown=2,
                **{"if": [["discount", "<=", 0.2], ["visits", "not in", [3, 4, 5, 9]]]},
            ),
            rule("lucky", {"entered": "cart"}, "free", priority=-1, **{"if": [["visits.cart", "==", 3]]}),
            rule("plain", {"entered": "order", "after": 1}, "plain"),
        ],
    )


def leaving_customers() -> Tables:
    """Pop-overs, recommendations and messages for those about to leave; several exits, some after long delays."""
    return shop(
        250,
        40,
        orchestration=rules_apply(gap_hours=1),
        actions=[
            on_site("stay", "popover", "web", "app", nudge=2.5, response_rate=0.4),
            on_site("look-here", "recommendation", leads_to="product", response_rate=0.3),
            on_site("deal", "popover", "web", "email", discount=0.4, nudge=0, response_rate=0.6),
            on_site("all", "recommendation", nudge=-1, response_rate=1),
            message("come-back", "email", "app", leads_to="home", response_rate=0.7),
            message("push", "app", nudge=3, open_rate=1, response_rate=1),
        ],
        rules=[
            rule("any", {"leaving": True}, "look-here", cooldown=3),
            rule("home", {"leaving": "home"}, "stay", priority=2, **{"if": [["visits.home", "<", 4]]}),
            rule("home-last", {"leaving": "home"}, "deal", priority=-1, stop=[["sentiment", ">", 0.1]]),
            rule("cart", {"leaving": "cart"}, "deal", priority=1),
            rule("cart-all", {"leaving": "cart"}, "all", priority=1),
            rule("mail", {"leaving": True}, "come-back", priority=3),
            rule("later", {"leaving": True}, "stay", delay=0.4, priority=4),
            rule("asleep", {"leaving": "asleep"}, "stay"),
            rule("push", {"leaving": "product"}, "push", delay=0.01, cooldown=1, priority=5),
        ],
        transitions=[*transitions(), transition("cart", "asleep", 1, 0.7), transition("product", "gone", 0.5, 1.5)],
    )


def at_desks() -> Tables:
    """Responses come while customers queue over night; pop-overs at the desk; the tired are served first."""
    return shop(
        200,
        30,
        channels=[*channels(open_rate=0.9, response_rate=0.8), {"id": "phone", "mix": 3, "response_rate": 0.5}],
        orchestration=rules_apply(gap_hours=0, tick=1),
        touchpoints=[
            *touchpoints(),
            {"id": "help", "stage": "retention", "channels": ["phone", "web"], "desk": "line", "effort": 4},
            {"id": "clinic", "stage": "retention", "channels": ["web"], "desk": "clinic"},
        ],
        transitions=[
            *transitions(),
            transition("home", "help", 3, 0.3),
            transition("order", "help", 3, {"family": "exponential", "mean": 0.5}),
            transition("help", "clinic", 2, 0),
            transition("help", "home", 2, {"family": "exponential", "mean": 1}),
            transition("help", "gone", 4, 1.5),
            transition("clinic", "order", 1, {"family": "exponential", "mean": 1}),
            transition("clinic", "asleep", 1.5, 2),
        ],
        desks=[
            {
                "id": "line",
                "shifts": [{"days": "mon-sat", "from": 9, "to": 17, "agents": 1}],
                "service_minutes": {"family": "exponential", "mean": 35},
                "patience_minutes": {"family": "exponential", "mean": 700},
                "closed": "wait",
                "priority": "churn-risk",
            },
            {
                "id": "clinic",
                "agents": 1,
                "service_minutes": {"family": "lognormal", "mean": 90, "sd": 60},
                "priority": "value",
            },
        ],
        actions=[
            message("sorry", "app", "email", nudge=1.2, support_after=0.1),
            message("self-help", "email", leads_to="product"),
            message("text", "sms", nudge=2),
            message("to-line", "app", leads_to="help"),
            on_site("tips", "recommendation", nudge=0.5, response_rate=0.6),
            on_site("wait-for-us", "popover", nudge=3, response_rate=0.5),
            on_site("chat", "popover", leads_to="clinic", response_rate=0.4),
        ],
        rules=[
            rule("asked", {"entered": "help"}, "sorry"),
            rule("asked-too", {"entered": "help"}, "self-help", delay=0.05, cooldown=3),
            rule("tips", {"entered": "help", "after": 0.02}, "tips", priority=1),
            rule("clinic", {"entered": "clinic"}, "tips"),
            rule("waiting", {"tick": True}, "text", **{"if": [["touchpoint", "in", ["help", "clinic"]]]}),
            rule("idle", {"idle": 0.4}, "to-line", cooldown=2, **{"if": [["hour", ">", 12]]}),
            rule("leaves-line", {"leaving": "help"}, "wait-for-us", cooldown=0.5),
            rule("leaves", {"leaving": True}, "chat", priority=-1, **{"if": [["visits.clinic", "<", 2]]}),
            rule("second", {"count": "visits.help", "reaches": 2}, "text"),
        ],
    )


def office_hours_and_lapsed() -> Tables:
    """Delays pass in office hours, waits and times to act do not; lapsed customers are won back."""
    week = ([0.0] * 8 + [1, 2, 2, 1.5, 0.5, 1, 2, 2, 1, 0.25] + [0.0] * 6) * 5 + [0.0] * 48
    return shop(
        150,
        75,
        activity={"weights": week},
        channels=channels(quiet_hours=[18, 9], opt_out_rate=0.01),
        orchestration=rules_apply(
            gap_hours=6, tick=1.5, capped="defer", caps={"total": {"max": 1, "days": 2, "period": "calendar"}}
        ),
        actions=[
            message("win-back", "email", "sms", leads_to="home", support_after=4, discount=0.2),
            message("hurry", "app", nudge=2, response_rate=0.8, open_rate=0.9),
            on_site("stay", "popover", nudge=1, response_rate=0.5),
        ],
        rules=[
            rule("asleep", {"entered": "asleep", "after": 3, "without": "home"}, "win-back", priority=1),
            rule("product", {"entered": "product"}, "hurry", delay=0.2),
            rule("idle", {"idle": 6}, "win-back", cooldown=5),
            rule("leaving", {"leaving": True}, "stay"),
            rule("each", {"tick": True}, "hurry", cooldown=9, priority=-2),
        ],
    )
