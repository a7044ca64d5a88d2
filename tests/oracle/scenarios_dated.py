"""Scenarios for the parity test, as a file would say them: values that change at a date, for good or for a while."""

from datetime import date
from typing import Any

from .scenarios_journeys import Tables, transition
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop, touchpoints, transitions


def phase(id_: str, at: Any, **more: Any) -> Tables:
    return {"id": id_, "at": at, **more}


def shock(id_: str, from_: Any, to: Any, **more: Any) -> Tables:
    return {"id": id_, "from": from_, "to": to, **more}


def phases_of_everything() -> Tables:
    """Every sort of value changes in some phase; phases out of order, of equal times, from before day 0, disabled."""
    return shop(
        250,
        60,
        start_date=date(2026, 3, 2),
        orchestration=rules_apply(gap_hours=2, holdout=0.1, capped="hold", caps={"total": {"max": 3, "days": 2}}),
        personalization={"level": "segment"},
        segments=[
            {"id": "wary", "consent": 0.6, "traits": {"privacy_concern": {"mean": 0.7, "sd": 0.2}}},
            {"id": "open", "share": 2},
        ],
        actions=[
            message("hello", "email", "app", cost=0.125, support_after=2),
            message("deal", "app", "email", kind="offer", discount=0.1, valid_days=5, response_rate=0.3),
            message("other-deal", "email", kind="offer", discount=0.15, valid_days=9),
            on_site("banner", "popover", "web", "app", discount=0.05),
            message("ring", "sms", kind="call", cost=1, nudge=0.3),
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello", delay=0.1, cooldown=3),
            rule("browse", {"entered": "product"}, "deal", cooldown=2),
            rule("browse-too", {"count": "visits.product", "reaches": 2}, "other-deal"),
            rule("cart", {"entered": "cart"}, "banner"),
            rule("leaving", {"leaving": True}, "banner"),
            rule("away", {"idle": 2.5}, "ring", cooldown=6),
            rule("week", {"every": "mon 09:00"}, "hello"),
            rule("late", {"entered": "cart", "after": 1}, "ring"),
        ],
        broadcasts=[{"id": "spring", "at": 21, "do": "hello"}, {"id": "summer", "at": 42, "do": "hello"}],
        phases=[
            phase(
                "third",
                25.5,
                set={
                    "behaviour.price_index": 1.25,
                    "behaviour.stickiness": 0.5,
                    "coefficients.progress.sentiment": 1.1,
                    "coefficients.exit.propensity": -1,
                    "channels.web.mix": 0.25,
                    "channels.sms.quiet_hours": [18, 9],
                    "channels.email.time_to_act_hours": {"family": "uniform", "low": 1, "high": 40},
                    "transitions.home/product.share": 5,
                    "transitions.cart/product.delay": {"family": "gamma", "mean": 1, "shape": 2},
                    "transitions.cart/order.effects": {"incentive": 6, "personalization": 3},
                    "personalization.level": "individual",
                    "actions.deal.discount": 0.3,
                    "actions.hello.support_after": 0.25,
                    "rules.cart.enabled": False,
                },
            ),
            phase(
                "first",
                date(2026, 2, 20),
                set={
                    "behaviour.price_index": 0.9,
                    "behaviour.sentiment_rate": 0.4,
                    "channels.app.open_rate": 0.9,
                    "integration.carryover": 0.2,
                    "actions.hello.cost": 0.5,
                },
            ),
            phase(
                "second",
                date(2026, 3, 14),
                set={
                    "touchpoints.product.emotion.mean": -0.3,
                    "touchpoints.product.effort": 4,
                    "touchpoints.home.profile_gain": 0.6,
                    "channels.email.delivery_rate": 0.5,
                    "channels.email.response_rate": 0.9,
                    "channels.app.opt_out_rate": 0.2,
                    "actions.ring.nudge": 2,
                    "actions.deal.valid_days": 0.5,
                    "rules.leaving.enabled": False,
                    "personalization.over": ["content", "offer"],
                },
            ),
            phase(
                "same-day", 12, set={"touchpoints.cart.emotion": {"mean": 0.1, "sd": 0.9}, "channels.web.cost": 0.75}
            ),
            phase("never", 20, enabled=False, set={"behaviour.price_index": 3}),
            phase(
                "fourth",
                40,
                set={
                    "personalization.level": "none",
                    "actions.other-deal.discount": 0,
                    "rules.cart.enabled": True,
                    "rules.week.enabled": False,
                    "broadcasts.summer.enabled": False,
                    "integration.carryover": 1,
                    "actions.banner.response_rate": 0.6,
                    "actions.ring.open_rate": 0.9,
                },
            ),
        ],
    )


def desks_change() -> Tables:
    """Service, patience and order of the queue change at quarters of a day, when service ends and shifts begin."""
    return {
        "horizon": 40,
        "population": {"size": 200, "arrivals": {"pattern": "poisson", "over": 20}},
        "segments": [
            {"id": "a", "traits": {"propensity": {"mean": 0, "sd": 1}}},
            {"id": "b", "traits": {"attrition": {"mean": 1, "sd": 0.5}}},
        ],
        "touchpoints": [
            {"id": "buy", "start": True, "goal": {"kind": "conversion", "value": {"family": "exponential", "mean": 9}}},
            {"id": "ask", "stage": "retention", "desk": "line", "emotion": {"mean": -0.1, "sd": 0.5}},
            {"id": "fix", "stage": "retention", "desk": "shop", "effort": 3},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("buy", "ask", 3, {"family": "exponential", "mean": 1}),
            transition("buy", "fix", 1, 0.25),
            transition("ask", "buy", 3, {"family": "exponential", "mean": 2}),
            transition("ask", "fix", 2, 0.25),
            transition("ask", "gone", 0.3, 0.5),
            transition("fix", "buy", 2, {"family": "uniform", "low": 0, "high": 3}),
            transition("fix", "ask", 1, 0.5),
            transition("fix", "gone", 0.3),
        ],
        "desks": [
            {
                "id": "line",
                "shifts": [{"from": 6, "to": 21, "agents": 2}, {"days": "sat", "from": 12, "to": 18, "agents": 2}],
                "service_minutes": 90,
                "patience_minutes": {"family": "exponential", "mean": 240},
                "closed": "wait",
            },
            {"id": "shop", "agents": 3, "service_minutes": 360},
        ],
        "phases": [
            phase("value", 8, set={"desks.line.priority": "value", "desks.shop.service_minutes": 720}),
            phase("patient", 12.25, set={"desks.line.patience_minutes": 1440, "desks.line.service_minutes": 60}),
            phase("risk", 18.75, set={"desks.line.priority": "churn-risk", "touchpoints.fix.emotion.mean": -0.6}),
        ],
        "shocks": [
            shock("slow", 9.5, 11.75, set={"desks.line.service_minutes": {"family": "exponential", "mean": 300}}),
            shock("hasty", 20, 22, set={"desks.shop.patience_minutes": 45, "coefficients.exit.sentiment": -4}),
        ],
    }


def channels_down(mode: str) -> Tables:
    """E-mail, then the app, then both are down; some touchpoints have no other channels, and messages go elsewhere."""
    listed = [
        touchpoint | {"channels": ["email", "app"]} if touchpoint["id"] == "product" else touchpoint
        for touchpoint in touchpoints()
    ]
    return shop(
        200,
        40,
        touchpoints=listed,
        channels=channels(opt_out_rate=0.05),
        integration={"mode": mode},
        personalization={"level": "segment"},
        orchestration=rules_apply(gap_hours=1),
        actions=[
            message("hello", "email", "app", "sms", support_after=1),
            message("mail", "email"),
            on_site("similar", "recommendation", "email", "app", response_rate=0.3),
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello", cooldown=2),
            rule("browse", {"entered": "product"}, "similar", delay=0.125),
            rule("left", {"entered": "product", "after": 0.5, "without": "cart"}, "mail"),
            rule("leaving", {"leaving": True}, "similar"),
            rule("each-tick", {"tick": True}, "mail", cooldown=7),
        ],
        shocks=[
            shock("no-mail", 5, 12, set={"channels.email.enabled": False}),
            shock("no-app", 9.5, 20, set={"channels.app.enabled": False}),
            shock("no-text", 18, 25, set={"channels.sms.enabled": False, "channels.web.enabled": False}),
            shock("no-mail-again", 25, 26, set={"channels.email.enabled": False}),
        ],
    )


def shocks_over_phases() -> Tables:
    """Phases and shocks set the same values; a shock goes before, and at its end what it covered is back."""
    return shop(
        220,
        50,
        orchestration=rules_apply(gap_hours=0),
        actions=[message("deal", "email", kind="offer", discount=0.2, valid_days=6), message("tip", "app", nudge=1.5)],
        rules=[
            rule("browse", {"entered": "product"}, "deal", cooldown=4),
            rule("home", {"entered": "home"}, "tip", cooldown=1, delay=0.25),
        ],
        phases=[
            phase("rise", 10, set={"behaviour.price_index": 1.5, "transitions.product/cart.share": 1}),
            phase("fall", 30, set={"behaviour.price_index": 0.8}),
        ],
        shocks=[
            shock("steady", 10, 24, set={"touchpoints.product.emotion.sd": 0, "touchpoints.product.effort": 5}),
            shock("sale", 8, 14, set={"behaviour.price_index": 0.5, "actions.deal.discount": 0.4}),
            shock(
                "panic", 14, 16, set={"behaviour.price_index": 2, "touchpoints.home.emotion": {"mean": -0.8, "sd": 1}}
            ),
            shock("calm", 32, 33.5, set={"behaviour.price_index": 1}),
            shock("no-sale", 13, 40, enabled=False, set={"behaviour.price_index": 7}),
            shock("long", 25, 80, set={"transitions.product/cart.share": 6, "actions.tip.nudge": 0}),
            shock("quiet", 20, 28, set={"rules.home.enabled": False}),
        ],
    )


def seasons_between() -> Tables:
    """Months cover a phase's values and are covered by a shock's; the run begins and ends in one."""
    tables = shocks_over_phases()
    return tables | {
        "start_date": date(2026, 11, 25),
        "phases": [phase("rise", 3, set={"behaviour.price_index": 1.5, "transitions.product/cart.share": 1})],
        "seasons": [
            {"id": "dear", "months": ["dec"], "set": {"behaviour.price_index": 2, "actions.deal.discount": 0.5}},
            {
                "id": "winter",
                "months": ["jan", "feb", "nov"],
                "set": {"behaviour.price_index": 0.6, "channels.email.enabled": False},
            },
            {"id": "never", "months": ["dec"], "enabled": False, "set": {"channels.app.cost": 9}},
        ],
        "shocks": [shock("sale", 10, 14, set={"behaviour.price_index": 0.5})],
    }


def closed_transitions_at_a_desk() -> Tables:
    """A transition out of the desk, and the only one out of a queue's follow-up, are closed for a while."""
    tables = desks_change()
    return tables | {
        "orchestration": rules_apply(gap_hours=0),
        "channels": [{"id": "app", "open_rate": 0.9, "response_rate": 0.8, "time_to_act_hours": 12}],
        "actions": [message("nudge", "app", nudge=2)],
        "rules": [rule("asked", {"entered": "ask"}, "nudge"), rule("bought", {"entered": "buy"}, "nudge")],
        "phases": [],
        "shocks": [
            shock("no-buying", 5, 15, set={"transitions.ask/buy.enabled": False}),
            shock("stuck", 10, 14.5, set={f"transitions.fix/{to}.enabled": False for to in ("buy", "ask")}),
            shock("no-asking", 18, 30, set={"transitions.buy/ask.enabled": False, "transitions.buy/fix.share": 0.1}),
        ],
    }


def transitions_opened_again() -> Tables:
    """Whoever never gives up and comes while buying is closed stays; a response afterwards sets them on their way."""
    return {
        "horizon": 30,
        "population": {"size": 150, "arrivals": {"pattern": "poisson", "over": 12}},
        "channels": [{"id": "app", "open_rate": 0.9, "response_rate": 0.7, "time_to_act_hours": 30}],
        "segments": [{"id": "hasty"}, {"id": "patient", "share": 2, "traits": {"attrition": 0}}],
        "touchpoints": [
            {"id": "look", "start": True},
            {"id": "buy", "goal": {"kind": "conversion", "value": 5}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            *(transition("look", to, 1, {"family": "exponential", "mean": 1}) for to in ("buy", "gone")),
            transition("buy", "look", 1, 2),
        ],
        "orchestration": rules_apply(gap_hours=0),
        "actions": [message("call", "app", nudge=1)],
        "rules": [rule("came", {"entered": "look"}, "call", delay=1), rule("quiet", {"idle": 3}, "call")],
        "shocks": [shock("closed", 4, 10, set={"transitions.look/buy.enabled": False})],
    }


def everything(**changes: Any) -> Tables:
    """A learning policy under a budget, with desks, phases, shocks, bought arrivals and friends."""
    bought = {"web": (60, 2, 40), "app": (30, 1, 60)}
    each = [
        channel
        | {"cost": cost}
        | ({"acquisition": dict(zip(("spend", "cost_per_arrival", "saturation"), bought[channel["id"]], strict=True))}
           if channel["id"] in bought else {})
        for channel, cost in zip(channels(), (1 / 64, 1 / 64, 1 / 128, 1 / 16, 0), strict=True)
    ]  # fmt: skip
    return shop(
        150,
        45,
        channels=each,
        integration={"mode": "omni", "carryover": 0.6},
        personalization={"level": "individual", "cost_per_contact": 0.01},
        orchestration={
            "policy": "bandit",
            "tick": 0.5,
            "holdout": 0.15,
            "gap_hours": 3,
            "capped": "defer",
            "caps": {"total": {"max": 3, "days": 2}, "sms": {"max": 1, "days": 3, "period": "calendar"}},
            "budget": {"per_day": 2, "total": 50},
        },
        touchpoints=[
            *(
                touchpoint | {"desk": "till"} if touchpoint["id"] == "order" else touchpoint
                for touchpoint in touchpoints()
            ),
            {"id": "help", "stage": "retention", "desk": "line", "channels": ["app", "sms"], "effort": 2},
        ],
        transitions=[
            *transitions(),
            transition("use", "help", 4, 0.5),
            transition("help", "use", 2, 0.25),
            transition("help", "gone", 0.5),
        ],
        desks=[
            {"id": "line", "agents": 1, "service_minutes": 420, "patience_minutes": 200},
            {
                "id": "till",
                "shifts": [{"from": 8, "to": 20, "agents": 2}],
                "service_minutes": {"family": "exponential", "mean": 20},
                "closed": "wait",
                "priority": "value",
            },
        ],
        actions=[
            message("hello", "email", "app", "sms", cost=1 / 32, support_after=1),
            message("deal", "app", "email", kind="offer", discount=0.2, cost=1 / 16),
            message("ring", "sms", kind="call", cost=0.5, nudge=1.5),
            on_site("banner", "popover", "web", "app", discount=0.1, cost=1 / 64, response_rate=0.3),
            on_site("similar", "recommendation", response_rate=0.2, leads_to="product"),
        ],
        rules=[
            rule("welcome", {"entered": "home"}, "hello", alternatives=["deal"], cooldown=1),
            rule("browse", {"entered": "product"}, "similar", alternatives=["banner"], cooldown=1),
            rule("away", {"idle": 2}, "deal", alternatives=["ring", "hello"], delay=0.1),
            rule("leaving", {"leaving": True}, "banner", alternatives=["similar"]),
            rule("each-tick", {"tick": True}, "hello", alternatives=["ring"], cooldown=6, priority=1),
            rule("monday", {"every": "mon 09:00"}, "deal", priority=2, alternatives=["hello"]),
        ],
        broadcasts=[{"id": "all", "at": 20.25, "do": "deal"}],
        phases=[phase("rise", 15, set={"behaviour.price_index": 1.2, "desks.line.service_minutes": 300})],
        shocks=[shock("no-mail", 10, 18.5, set={"channels.email.enabled": False, "rules.leaving.enabled": False})],
        referrals={"at": ["order", "done"], "rate": 0.3, "sentiment": 1, "delay": {"family": "exponential", "mean": 3}},
        **changes,
    )
