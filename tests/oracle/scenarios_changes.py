"""Scenarios for the parity test, as a file would say them: arms, constants, the passing of time."""

from datetime import date

from .scenarios_journeys import Tables, transition


def arm_base() -> Tables:
    return {
        "horizon": 30,
        "population": {"size": 300},
        "integration": {"carryover": 0.7},
        "channels": [
            {"id": "web", "mix": 0.5},
            {"id": "app", "mix": 0.2},
            {"id": "email", "mix": 0.3},
            {"id": "kiosk", "mix": 0.4, "enabled": False},
        ],
        "segments": [
            {"id": "fixed", "share": 1, "affinity": {"web": 1.5, "app": 0.5}},
            {"id": "varied", "share": 1, "affinity": {"app": 2}, "concentration": 2},
        ],
        "touchpoints": [
            {
                "id": "look",
                "start": True,
                "channels": {"web": 1, "app": 1},
                "effort": 2,
                "emotion": {"mean": 0, "sd": 0.3},
            },
            {"id": "read", "channels": ["email", "web"], "effort": 3},
            {"id": "buy", "stage": "purchase", "goal": {"kind": "conversion", "value": 40}, "effort": 4},
            {"id": "club", "stage": "retention", "effort": 5, "enabled": False, "goal": {"kind": "value"}},
            {"id": "gone", "exit": "churn"},
            {"id": "done", "exit": "completed"},
        ],
        "transitions": [
            transition("look", "read", 2, {"family": "exponential", "mean": 1}),
            transition("look", "buy", 1, {"family": "exponential", "mean": 1}),
            transition("look", "gone", 0.5, 1),
            transition("read", "look", 1, 1),
            transition("read", "buy", 1, 1),
            transition("read", "gone", 0.5, 1),
            transition("buy", "look", 3, 2),
            transition("buy", "done", 1, 1),
            transition("buy", "club", 2, 1),
            transition("club", "look", 1, 3),
            transition("club", "gone", 1, 3),
        ],
    }


def changed_arm() -> Tables:
    tables = arm_base()
    web, app, email, kiosk = tables["channels"]
    look, read, buy, club, gone, done = tables["touchpoints"]
    fixed, varied = tables["segments"]
    return {
        **tables,
        "channels": [
            web | {"mix": 0.1},
            app | {"mix": 1.5},
            email,
            kiosk | {"enabled": True},
            {"id": "chat", "mix": 0.6},
        ],
        "segments": [
            fixed | {"affinity": {"web": 0.2, "chat": 2}},
            varied | {"concentration": 0.7},
            {"id": "added", "share": 0.5, "affinity": {"email": 4, "chat": 0.3}, "concentration": 1},
        ],
        "touchpoints": [
            look | {"effort": 6, "channels": {"web": 1, "app": 2, "chat": 1}},
            {"id": "advice", "channels": ["chat", "web", "kiosk"], "effort": 4, "emotion": {"mean": 0.4, "sd": 0.4}},
            read | {"effort": 1, "channels": {"email": 0.2, "kiosk": 2}},
            buy,
            club | {"enabled": True},
            gone,
            done,
        ],
        "transitions": [
            *tables["transitions"],
            transition("look", "advice", 2, 0.5),
            transition("advice", "buy", 2, 0.5),
            transition("advice", "gone", 1, 0.5),
        ],
    }


def replaced_constants() -> Tables:
    return {
        "horizon": 25,
        "population": {"size": 300, "arrivals": {"pattern": "poisson"}},
        "stages": [{"id": "early"}, {"id": "late"}],
        "integration": {"carryover": 0.2},
        "channels": [{"id": "web"}, {"id": "app", "mix": 2}],
        "segments": [
            {
                "id": "one",
                "concentration": 1,
                "traits": {
                    "propensity": {"family": "normal", "mean": 0, "sd": 1},
                    "price_sensitivity": {"mean": 1, "sd": 0.7},
                    "attrition": {"family": "empirical", "quantiles": [-1, 0, 1, 5]},
                    "pace": {"family": "weibull", "scale": 1, "shape": 3},
                },
            }
        ],
        "behaviour": {
            "stickiness": 0,
            "sentiment_rate": 0.6,
            "bad_below": -0.1,
            "lost_context_emotion": -0.7,
            "wait_emotion": -0.05,
            "known": 0.5,
            "price_index": 1.3,
        },
        "coefficients": {
            "progress": {"propensity": 1, "price": -0.5, "effort": -1, "sentiment": 0},
            "neutral": {"lost_context": -1, "affinity": 0.8, "propensity": 0.1},
            "exit": {"bad_experience": 2, "affinity": -0.6, "sentiment": -1.5},
        },
        "touchpoints": [
            {"id": "look", "stage": "early", "start": True, "emotion": {"mean": 0, "sd": 0.4}, "effort": 2},
            {"id": "try", "stage": "early", "emotion": {"mean": -0.1, "sd": 0.4}, "effort": 7},
            {
                "id": "buy",
                "stage": "late",
                "emotion": {"mean": 0.2, "sd": 0.9},
                "goal": {"kind": "conversion", "value": {"family": "normal", "mean": 10, "sd": 10}, "margin": 0.2},
            },
            {"id": "gone", "exit": "churn"},
            {"id": "done", "exit": "completed"},
        ],
        "transitions": [
            transition("look", "try", 2, 0.5, effects={"affinity": 2, "propensity": -1}),
            transition("look", "look", 1, 1),
            transition("look", "gone", 1, 1, effects={"lost_context": 3}),
            transition("try", "buy", 2, 0.5, role="neutral"),
            transition("try", "look", 1, 0.5, role="progress", effects={"price": 3, "effort": 1}),
            transition("try", "gone", 0.4, 0.5, role="neutral"),
            transition("buy", "look", 3, 2, role="exit", effects={"bad_experience": -2}),
            transition("buy", "done", 1, 1),
        ],
        "surveys": [{"id": "mood", "kind": "csat", "at": ["buy", "look"], "rate": 0.95}],
    }


def office_hours() -> Tables:
    """Zero weight at night and at weekends; some delays are whole weeks, some 0."""
    weekday = [0.0] * 8 + [1, 2, 2, 1.5, 0.5, 1, 2, 2, 1, 0.25] + [0.0] * 6
    return {
        "horizon": 45,
        "start_date": date(2026, 1, 8),
        "population": {"size": 200, "arrivals": {"pattern": "poisson", "over": 20}},
        "activity": {"weights": weekday * 5 + [0.0] * 48},
        "channels": [{"id": "phone"}],
        "segments": [{"id": "one", "traits": {"pace": {"mean": 1, "sd": 0.3}}}, {"id": "steady"}],
        "touchpoints": [
            {"id": "ask", "start": True},
            {"id": "call", "stage": "consideration", "desk": "line", "emotion": {"mean": 0, "sd": 0.2}},
            {"id": "order", "stage": "purchase", "goal": {"kind": "conversion", "value": 15}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("ask", "call", 3, 0.5),
            transition("ask", "ask", 2, 7),
            transition("ask", "gone", 0.5, {"family": "exponential", "mean": 4}),
            transition("call", "order", 2, {"family": "lognormal", "median": 0.4, "sigma": 1}),
            transition("call", "call", 1, {"family": "exponential", "mean": 0.1}),
            transition("call", "gone", 0.5, 0.0),
            transition("order", "ask", 3, 7),
            transition("order", "call", 1, 0.0),
            transition("order", "gone", 1, 1),
        ],
        "desks": [
            {
                "id": "line",
                "shifts": [{"days": "mon-fri", "from": 9, "to": 17, "agents": 1}],
                "service_minutes": {"family": "exponential", "mean": 40},
                "patience_minutes": {"family": "exponential", "mean": 30},
            }
        ],
    }


def renewals() -> Tables:
    return {
        "horizon": 400,
        "population": {"size": 60, "arrivals": {"pattern": "poisson", "over": 45}},
        "channels": [
            {"id": "app", "mix": 2},
            {"id": "email", "mix": 1},
            {"id": "letter", "enabled": False},
        ],
        "segments": [
            {
                "id": "one",
                "traits": {"attrition": {"family": "betaprime", "a": 2, "b": 3}, "propensity": {"mean": 0, "sd": 0.7}},
            }
        ],
        "touchpoints": [
            {"id": "trial", "stage": "purchase", "start": True, "goal": {"kind": "completion", "repeats": False}},
            {"id": "webinar", "stage": "onboarding", "start": 5, "enabled": False},
            {
                "id": "renewal",
                "stage": "retention",
                "emotion": {"mean": 0.1, "sd": 0.4},
                "goal": {"kind": "conversion", "value": 12.5, "margin": -0.2},
                "desk": "closed-down",
            },
            {
                "id": "use",
                "stage": "retention",
                "goal": {"kind": "value", "value": {"family": "exponential", "mean": 2}},
            },
            {"id": "asleep", "stage": "retention", "lapsed": True, "emotion": {"mean": -0.3, "sd": 0.2}},
            {"id": "away", "stage": "retention", "lapsed": True, "channels": ["email"], "goal": {"kind": "completion"}},
            {"id": "win-back", "stage": "retention", "channels": {"email": 1, "letter": 5}},
            {"id": "paused", "stage": "retention", "channels": []},
            {"id": "cancelled", "stage": "retention", "exit": "churn", "goal": {"kind": "value", "value": 1}},
            {"id": "graduate", "stage": "advocacy", "exit": "completed"},
        ],
        "transitions": [
            transition("trial", "renewal", 3, 30),
            transition("trial", "webinar", 30, 1),
            transition("trial", "cancelled", 1, 14),
            transition("renewal", "renewal", 5, 30),
            transition("renewal", "use", 5, {"family": "uniform", "low": 0, "high": 10}),
            transition("renewal", "asleep", 1, 30),
            transition("renewal", "away", 1, 30),
            transition("renewal", "cancelled", 0.4, 30),
            transition("renewal", "paused", 0.5, 0),
            transition("renewal", "graduate", 0.1, 30, enabled=False),
            transition("use", "renewal", 4, 30),
            transition("use", "graduate", 0.15, 30),
            transition("asleep", "win-back", 1, {"family": "gamma", "mean": 40, "shape": 2}),
            transition("asleep", "cancelled", 1, 90),
            transition("away", "win-back", 3, 45),
            transition("away", "cancelled", 0.5, 90),
            transition("win-back", "renewal", 2, 0),
            transition("win-back", "asleep", 2, 10),
            transition("paused", "renewal", 1, 60),
        ],
        "desks": [{"id": "closed-down", "enabled": False, "agents": 0, "service_minutes": 5}],
        "surveys": [
            {"id": "loyalty", "kind": "nps", "at": ["renewal", "asleep", "webinar"], "rate": 0.3},
            {"id": "mood", "kind": "csat", "at": ["renewal"], "rate": 1, "enabled": False},
        ],
    }
