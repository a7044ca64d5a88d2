"""Scenarios for the parity test, as a file would say them: desks."""

from datetime import date
from typing import Any

from .scenarios_journeys import Tables, transition


def night_shifts() -> Tables:
    """Shifts past midnight that overlap; two touchpoints share the desk; those who spent more go first."""
    return {
        "horizon": 14,
        "start_date": date(2026, 1, 11),
        "population": {"size": 250, "arrivals": {"pattern": "poisson", "over": 7}},
        "channels": [{"id": "phone"}, {"id": "chat", "mix": 0.5}],
        "segments": [
            {"id": "patient", "share": 1, "traits": {"patience_minutes": {"mean": 15, "sd": 5}}},
            {"id": "hasty", "share": 2, "traits": {"patience_minutes": 4, "propensity": {"mean": 0, "sd": 1}}},
        ],
        "touchpoints": [
            {"id": "shop", "start": True, "emotion": {"mean": 0.1, "sd": 0.4}},
            {
                "id": "order",
                "stage": "purchase",
                "desk": "hall",
                "goal": {"kind": "conversion", "value": {"family": "lognormal", "median": 30, "sigma": 1}},
                "emotion": {"mean": 0.2, "sd": 0.3},
            },
            {"id": "help", "stage": "retention", "desk": "hall", "channels": ["phone"], "effort": 3},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("shop", "order", 5, {"family": "exponential", "mean": 0.2}),
            transition("shop", "gone", 0.3, 1),
            transition("order", "help", 2, {"family": "exponential", "mean": 0.3}),
            transition("order", "shop", 2, {"family": "exponential", "mean": 0.5}),
            transition("order", "order", 1, {"family": "exponential", "mean": 0.1}),
            transition("help", "shop", 2, {"family": "exponential", "mean": 0.5}),
            transition("help", "gone", 0.3, 0),
        ],
        "desks": [
            {
                "id": "hall",
                "shifts": [
                    {"days": "sun-thu", "from": 20, "to": 4, "agents": 1},
                    {"days": "mon,wed-fri", "from": 22.5, "to": 2, "agents": 2},
                    {"days": "sat", "from": 6, "to": 6, "agents": 1},
                    {"days": "tue-wed", "from": 4, "to": 12, "agents": 1},
                    {"days": "sun", "from": 12, "to": 24, "agents": 0},
                ],
                "service_minutes": {"family": "lognormal", "mean": 25, "sd": 15},
                "patience_minutes": {"family": "exponential", "mean": 40},
                "priority": "value",
                "cost_per_contact": 3,
                "cost_per_hour": 20,
            }
        ],
        "surveys": [{"id": "mood", "kind": "csat", "at": ["order", "help"], "rate": 0.5}],
    }


def waiting_over_night() -> Tables:
    return {
        "horizon": 12,
        "population": {"size": 200, "arrivals": {"pattern": "profile", "over": 6}},
        "segments": [
            {
                "id": "mixed",
                "share": 3,
                "traits": {
                    "attrition": {"family": "empirical", "quantiles": [-0.5, 0, 1, 3]},
                    "propensity": {"mean": 0, "sd": 0.8},
                    "patience_minutes": {"family": "weibull", "scale": 6, "shape": 1.2},
                },
            },
            {"id": "alike", "share": 1},
        ],
        "coefficients": {"exit": {"propensity": -0.9, "sentiment": -2}},
        "touchpoints": [
            {"id": "home", "start": True, "emotion": {"mean": 0, "sd": 0.7}},
            {
                "id": "call",
                "stage": "retention",
                "desk": "line",
                "emotion": {"mean": -0.2, "sd": 0.5},
                "effort": 3,
                "goal": {"kind": "completion", "repeats": False},
            },
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("home", "call", 4, {"family": "exponential", "mean": 0.2}),
            transition("home", "gone", 0.3, 1),
            transition("call", "home", 3, {"family": "exponential", "mean": 0.3}),
            transition("call", "gone", 0.3, 1),
        ],
        "desks": [
            {
                "id": "line",
                "shifts": [
                    {"days": "mon-sun", "from": 8, "to": 18, "agents": 1},
                    {"days": "mon-fri", "from": 11, "to": 15, "agents": 1},
                ],
                "service_minutes": {"family": "gamma", "mean": 22, "shape": 3},
                "patience_minutes": {"family": "lognormal", "median": 120, "sigma": 1.5},
                "priority": "churn-risk",
                "closed": "wait",
                "call_back_above": 3,
            }
        ],
        "surveys": [{"id": "ease", "kind": "ces", "at": ["call"], "rate": 1}],
    }


def call_backs() -> Tables:
    return {
        "horizon": 15,
        "population": {"size": 300, "arrivals": {"pattern": "poisson", "over": 6}},
        "integration": {"mode": "multi"},
        "channels": [{"id": "web"}, {"id": "phone"}],
        "segments": [{"id": "one", "traits": {"patience_minutes": {"mean": 5, "sd": 5}}}],
        "touchpoints": [
            {"id": "site", "start": True, "channels": ["web"]},
            {"id": "call", "stage": "consideration", "channels": ["phone"], "desk": "centre"},
            {"id": "set-up", "stage": "onboarding", "desk": "crew", "goal": {"kind": "value", "value": 7}},
            {"id": "self-service", "stage": "onboarding", "desk": "robot", "emotion": {"mean": 0, "sd": 1}},
            {"id": "done", "stage": "advocacy", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("site", "call", 1, {"family": "uniform", "low": 0, "high": 0.5}),
            transition("call", "set-up", 2, {"family": "exponential", "mean": 0.2}),
            transition("call", "site", 1, {"family": "exponential", "mean": 0.2}),
            transition("call", "gone", 0.5, 0),
            transition("set-up", "self-service", 3, 0),
            transition("set-up", "call", 1, {"family": "exponential", "mean": 0.5}),
            transition("self-service", "set-up", 2, {"family": "exponential", "mean": 0.5}),
            transition("self-service", "done", 1, 0),
            transition("self-service", "gone", 1, 0),
        ],
        "desks": [
            {
                "id": "centre",
                "shifts": [
                    {"days": "mon-sat", "from": 9, "to": 13, "agents": 6},
                    {"days": "mon-sat", "from": 13, "to": 17.5, "agents": 2},
                ],
                "service_minutes": {"family": "exponential", "mean": 40},
                "patience_minutes": {"family": "exponential", "mean": 1500},
                "closed": "call-back",
                "call_back_above": 9,
            },
            {
                "id": "crew",
                "agents": 1,
                "service_minutes": {"family": "normal", "mean": 45, "sd": 30},
                "patience_minutes": {"family": "exponential", "mean": 30},
            },
            {
                "id": "robot",
                "agents": 1,
                "service_minutes": {"family": "empirical", "quantiles": [0, 0, 0, 120]},
                "patience_minutes": 0,
            },
        ],
    }


def coincidences() -> Tables:
    """Every time is a multiple of a sixteenth of a day, so that rank and customer number alone decide."""

    def line(id_: str, **more: Any) -> Tables:
        return {"id": id_, "shifts": [{"from": 6, "to": 18, "agents": 2}], "service_minutes": 90, **more}

    return {
        "horizon": 75,
        "population": {"size": 120},
        "touchpoints": [
            {"id": "dawn", "start": True},
            {"id": "night", "start": 1},
            {"id": "strict", "desk": "strict"},
            {"id": "lenient", "desk": "lenient"},
            {"id": "polite", "stage": "consideration", "desk": "polite"},
            {"id": "quick", "stage": "consideration", "desk": "quick", "effort": 6},
            {"id": "busy", "stage": "consideration", "desk": "lenient"},
            {"id": "paid", "stage": "purchase", "goal": {"kind": "conversion", "value": 9}},
            {"id": "done", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("dawn", "strict", 1, 0.25),
            transition("dawn", "lenient", 1, 0.125),
            transition("dawn", "polite", 1, 0.125),
            transition("dawn", "quick", 1, 0.25),
            transition("night", "strict", 1, 0.6875),
            transition("night", "lenient", 1, 0.75),
            transition("night", "polite", 1, 0.6875),
            transition("strict", "lenient", 1),
            transition("strict", "paid", 1, 0.0625),
            transition("strict", "gone", 0.3),
            transition("lenient", "polite", 1),
            transition("lenient", "busy", 1),
            transition("lenient", "quick", 1, 0.0625),
            transition("busy", "quick", 1, 0.5),
            transition("busy", "paid", 1),
            transition("polite", "quick", 1),
            transition("polite", "paid", 1, 0.25),
            transition("quick", "paid", 2),
            transition("quick", "gone", 0.3),
            transition("paid", "paid", 3, 30),
            transition("paid", "dawn", 2, 0.5),
            transition("paid", "done", 0.3, 30),
        ],
        "desks": [
            line("strict", patience_minutes=180),
            line("lenient", closed="wait", patience_minutes=180, call_back_above=5),
            line("polite", closed="call-back", service_minutes=180),
            line("quick", agents=1, shifts=[], service_minutes=0, patience_minutes=0),
        ],
        "surveys": [{"id": "loyalty", "kind": "nps", "at": ["lenient", "paid"], "rate": 0.5}],
    }
