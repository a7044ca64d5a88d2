"""Scenarios for the parity test, as a file would say them: arrivals that are bought, friends who are told."""

from datetime import date

from .scenarios_journeys import Tables, transition
from .scenarios_shop import channels, message, on_site, rule, rules_apply, shop, touchpoints, transitions


def bought(mode: str) -> Tables:
    """Arrivals on a channel that the first touchpoint has, on one that it lacks, on a disabled one, and for nothing."""
    spends = {
        "web": {"spend": 120, "cost_per_arrival": 2, "saturation": 80},
        "sms": {"spend": 500, "cost_per_arrival": 4, "saturation": 50},
        "app": {"spend": 0, "cost_per_arrival": 4, "saturation": 50},
        "fax": {"spend": 100, "cost_per_arrival": 1, "saturation": 90},
    }
    each = [
        channel | ({"acquisition": spends[channel["id"]]} if channel["id"] in spends else {}) for channel in channels()
    ]
    return shop(
        60,
        40,
        population={
            "size": 60,
            "arrivals": {
                "pattern": "profile",
                "over": 50,
                "weekly": [2, 1, 1, 1, 1, 4, 3],
                "hourly": [0] * 8 + [1] * 16,
            },
        },
        channels=each,
        integration={"mode": mode},
        touchpoints=[*touchpoints(), {"id": "street", "start": 0.5, "channels": []}],
        transitions=[*transitions(), transition("street", "home", 1, 0.5), transition("street", "product", 1, 1)],
        orchestration=rules_apply(gap_hours=2, holdout=0.2),
        actions=[message("hello", "app", "sms", "email")],
        rules=[rule("welcome", {"entered": "product"}, "hello", cooldown=2)],
    )


def by_the_year() -> Tables:
    """Arrivals by month, week and special days over the turn of a year of 53 weeks; a channel's money by its own."""
    tables = bought("omni")
    christmas = {"name": "Christmas", "from": date(2026, 12, 24), "days": 3, "weight": 0}
    arrivals = tables["population"]["arrivals"] | {
        "monthly": [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5],
        "week_of_year": [1, 4] * 26 + [0.5],
        "dates": [christmas, {"from": date(2027, 1, 2), "weight": 5}],
    }
    channels = [
        channel | {"acquisition": channel["acquisition"] | {"dates": [christmas | {"days": 10, "weight": 6}]}}
        if channel["id"] == "web"
        else channel
        for channel in tables["channels"]
    ]
    return tables | {
        "start_date": date(2026, 12, 12),
        "population": {"size": 60, "arrivals": arrivals},
        "channels": channels,
    }


def bought_where_nobody_meets() -> Tables:
    """Bought on a channel that no touchpoint has: there, too, whoever is there sees what is shown to all."""
    return {
        "horizon": 20,
        "population": {"size": 40, "arrivals": {"pattern": "poisson", "over": 10}},
        "channels": [
            {"id": "web", "response_rate": 0.4},
            {"id": "ad", "response_rate": 0.6, "acquisition": {"spend": 60, "cost_per_arrival": 1, "saturation": 80}},
        ],
        "touchpoints": [
            {"id": "land", "start": True, "channels": ["web"]},
            {"id": "read", "channels": ["web"]},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("land", "read", 1, {"family": "exponential", "mean": 2}),
            transition("land", "gone", 1, {"family": "exponential", "mean": 2}),
            transition("read", "gone", 1, 3),
        ],
        "orchestration": rules_apply(),
        "actions": [on_site("banner", "popover", leads_to="read")],
        "rules": [rule("came", {"entered": "land"}, "banner", delay=0.5), rule("noon", {"at": 5.5}, "banner")],
    }


def told_at_desks() -> Tables:
    """Friends are told on leaving a desk, however it went, and elsewhere; some arrive at once."""
    return {
        "horizon": 40,
        "population": {"size": 60, "arrivals": {"pattern": "poisson", "over": 10}},
        "segments": [{"id": "a", "share": 2}, {"id": "b", "traits": {"patience_minutes": {"mean": 5, "sd": 3}}}],
        "touchpoints": [
            {"id": "buy", "start": True, "emotion": {"mean": 0.3, "sd": 0.4}},
            {"id": "ask", "stage": "retention", "desk": "line", "emotion": {"mean": 0.1, "sd": 0.6}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("buy", "ask", 3, {"family": "exponential", "mean": 2}),
            transition("buy", "gone", 1, 1),
            transition("ask", "buy", 3, 0.25),
            transition("ask", "gone", 2, 0.125),
        ],
        "desks": [
            {
                "id": "line",
                "shifts": [{"from": 6, "to": 18, "agents": 1}],
                "service_minutes": 90,
                "patience_minutes": {"family": "exponential", "mean": 300},
                "call_back_above": 4,
            }
        ],
        "orchestration": rules_apply(tick=0.25),
        "channels": [{"id": "app"}, {"id": "store"}],
        "actions": [message("hello", "app")],
        "rules": [rule("third", {"at": 3}, "hello"), rule("each-tick", {"tick": True}, "hello", cooldown=4)],
        "referrals": {"at": ["ask", "buy"], "rate": 0.25, "sentiment": 1.5},
    }


def told_on_leaving() -> Tables:
    """Whoever completes tells friends, who arrive two days later and tell theirs; some stay because of a pop-over."""
    return {
        "horizon": 30,
        "population": {"size": 40},
        "channels": [{"id": "app", "response_rate": 0.3}, {"id": "web", "response_rate": 0.5}],
        "touchpoints": [
            {"id": "try", "start": True, "emotion": {"mean": 0.2, "sd": 0.5}},
            {"id": "use", "stage": "retention", "emotion": {"mean": 0.1, "sd": 0.5}},
            {"id": "fan", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("try", "use", 2, 1),
            transition("try", "gone", 1, 1),
            transition("use", "use", 1, 1.5),
            transition("use", "fan", 2, 1),
            transition("use", "gone", 1, 1),
        ],
        "orchestration": rules_apply(gap_hours=0),
        "actions": [{"id": "stay", "kind": "popover", "leads_to": "use"}],
        "rules": [rule("leaving", {"leaving": True}, "stay", cooldown=2)],
        "referrals": {"at": ["fan", "gone", "use"], "rate": 0.4, "delay": 2, "sentiment": -0.5},
    }


def the_same_instants(policy: str) -> Tables:
    """Arrivals, friends, ends of service, phases, ticks, batches and moves at whole quarters of a day."""
    quarter = {"family": "fixed", "value": 0.25}
    return {
        "horizon": 15,
        "population": {"size": 60},
        "channels": [
            {"id": "app", "open_rate": 0.9, "response_rate": 0.4, "time_to_act_hours": 6, "cost": 1 / 64},
            {"id": "mail", "open_rate": 0.8, "response_rate": 0.3, "time_to_act_hours": 0, "quiet_hours": [0, 6]},
        ],
        "segments": [{"id": "a"}, {"id": "b", "opt_in": {"mail": 0.5}}],
        "touchpoints": [
            {"id": "try", "start": True, "emotion": {"mean": 0.2, "sd": 0.5}},
            {"id": "ask", "stage": "retention", "desk": "line", "emotion": {"mean": 0, "sd": 0.5}},
            {"id": "use", "stage": "retention", "goal": {"kind": "conversion", "value": 5}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("try", "use", 2, quarter),
            transition("try", "ask", 2),
            transition("try", "gone", 0.5, 1),
            transition("ask", "use", 3, quarter),
            transition("ask", "try", 1),
            transition("ask", "gone", 0.5),
            transition("use", "ask", 2, 0.5),
            transition("use", "try", 3, 0.25),
            transition("use", "gone", 0.2, 0.25),
        ],
        "desks": [
            {
                "id": "line",
                "shifts": [{"from": 6, "to": 18, "agents": 3}, {"days": "tue", "from": 18, "to": 6, "agents": 1}],
                "service_minutes": 360,
                "patience_minutes": 720,
                "closed": "wait",
            }
        ],
        "orchestration": {
            "policy": policy,
            "tick": 0.25,
            "gap_hours": 0,
            "capped": "defer",
            "caps": {"total": {"max": 4, "days": 1}},
            "budget": {"per_day": 4, "total": 45},
        },
        "actions": [
            message("hello", "mail", "app", cost=1 / 8, support_after=0.25),
            message("tip", "app", "mail", cost=1 / 16, nudge=1.5),
            {"id": "back", "kind": "popover", "leads_to": "use", "cost": 1 / 32, "response_rate": 0.4},
        ],
        "rules": [
            rule("each-tick", {"tick": True}, "hello", alternatives=["tip"], cooldown=1),
            rule("shown", {"tick": True}, "back", priority=1, cooldown=2, **{"if": [["touchpoint", "==", "ask"]]}),
            rule("noon", {"every": "wed 12:00"}, "tip", priority=2),
            rule("used", {"entered": "use"}, "tip", alternatives=["hello"], delay=0.25),
            rule("asked", {"entered": "ask"}, "tip", cooldown=0.5),
            rule("leaving", {"leaving": True}, "back"),
            rule("idle", {"idle": 0.5}, "hello"),
        ],
        "broadcasts": [{"id": "first", "at": 0, "do": "tip"}, {"id": "all", "at": 7, "do": "hello"}],
        "phases": [
            {"id": "dear", "at": 5, "set": {"actions.tip.cost": 3 / 16, "desks.line.service_minutes": 180}},
            {"id": "good", "at": 8.5, "set": {"touchpoints.ask.emotion.mean": 0.5, "transitions.ask/gone.share": 2}},
        ],
        "shocks": [{"id": "no-mail", "from": 3, "to": 4.25, "set": {"channels.mail.enabled": False}}],
        "referrals": {"at": ["use", "gone"], "rate": 0.08, "delay": 0.5},
    }
