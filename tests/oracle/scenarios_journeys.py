"""Scenarios for the parity test, as a file would say them: journeys, people, channels."""

from datetime import date
from typing import Any

Tables = dict[str, Any]


def transition(source: str, target: str, share: float, delay: Any = 0.0, **more: Any) -> Tables:
    return {"from": source, "to": target, "share": share, "delay": delay, **more}


def every_delay_family() -> Tables:
    return {
        "horizon": 60,
        "population": {"size": 300},
        "channels": [{"id": "web", "mix": 0.6}, {"id": "app", "mix": 0.3}, {"id": "store", "mix": 0.1}],
        "segments": [
            {"id": "calm", "share": 2, "traits": {"propensity": {"mean": 0.2, "sd": 0.5}}},
            {
                "id": "restless",
                "share": 1,
                "traits": {
                    "propensity": {"family": "uniform", "low": -1, "high": 0.5},
                    "pace": {"mean": 1.5, "sd": 0.8},
                    "attrition": {"family": "betaprime", "a": 1.5, "b": 2.5},
                },
            },
        ],
        "touchpoints": [
            {"id": "advert", "start": True, "emotion": {"mean": 0.1, "sd": 0.4}, "channels": {"web": 0.9, "app": 0.1}},
            {"id": "search", "start": 2.5, "channels": ["web"], "effort": 2},
            {"id": "visit", "start": 0.5, "channels": ["store", "app"], "emotion": {"mean": 0.3, "sd": 0.2}},
            {"id": "product", "stage": "consideration", "emotion": {"mean": 0, "sd": 0.5}, "effort": 3},
            {
                "id": "order",
                "stage": "purchase",
                "channels": {"app": 2, "web": 3},
                "goal": {
                    "kind": "conversion",
                    "value": {"family": "lognormal", "mean": 60, "sd": 25},
                    "margin": 0.35,
                },
            },
            {"id": "manual", "stage": "onboarding", "goal": {"kind": "completion", "repeats": False}},
            {
                "id": "first_use",
                "stage": "onboarding",
                "goal": {"kind": "value", "value": {"family": "gamma", "mean": 4, "shape": 0.5}, "repeats": False},
            },
            {"id": "fan", "stage": "advocacy", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("advert", "search", 1, {"family": "exponential", "mean": 0.5}),
            transition("advert", "product", 2, {"family": "lognormal", "median": 0.2, "sigma": 1.2}),
            transition("advert", "gone", 1, {"family": "lognormal", "mean": 2, "sd": 3}),
            transition("search", "product", 3, {"family": "weibull", "scale": 0.4, "shape": 0.7}),
            transition("search", "gone", 1, {"family": "gamma", "mean": 3, "shape": 0.8}),
            transition("visit", "product", 1, {"family": "normal", "mean": 0.1, "sd": 0.2}),
            transition("product", "order", 2, {"family": "beta", "a": 0.5, "b": 2}),
            transition("product", "search", 2, {"family": "uniform", "low": 0.1, "high": 4}),
            transition("product", "gone", 1, {"family": "betaprime", "a": 2, "b": 1.5}),
            transition("order", "manual", 2, {"family": "empirical", "quantiles": [0, 0.1, 0.5, 2, 14]}),
            transition("order", "first_use", 1, {"family": "fixed", "value": 0.75}),
            transition("manual", "first_use", 2),
            transition("manual", "gone", 0.5, 10),
            transition("first_use", "product", 4, {"family": "gamma", "mean": 6, "shape": 30}),
            transition("first_use", "manual", 1, {"family": "exponential", "mean": 1}),
            transition("first_use", "fan", 1, 5),
            transition("first_use", "gone", 0, 1),
        ],
    }


def spread_of_traits() -> Tables:
    return {
        "horizon": 40,
        "start_date": date(2026, 3, 19),
        "population": {"size": 250, "arrivals": {"pattern": "poisson", "over": 25}},
        "integration": {"mode": "omni", "carryover": 0.5},
        "channels": [
            {"id": "web", "mix": 0.4},
            {"id": "app", "mix": 0.3},
            {"id": "email", "mix": 0.2, "cost": 0.01},
            {"id": "phone", "mix": 0.1, "cost": 4},
        ],
        "segments": [
            {
                "id": "young",
                "share": 0.5,
                "affinity": {"web": 0.7, "app": 1.8, "phone": 0.1},
                "concentration": 1.5,
                "consent": 0.4,
                "traits": {
                    "propensity": {"mean": 0.3, "sd": 1},
                    "price_sensitivity": {"mean": 1.2, "sd": 0.4},
                    "privacy_concern": {"mean": 0.6, "sd": 0.5},
                    "preferred_hour": {"mean": 23, "sd": 4},
                    "pace": {"mean": 2, "sd": 1},
                },
                "attributes": {"region": {"north": 1, "south": 2}},
            },
            {
                "id": "old",
                "share": 0.3,
                "affinity": {"app": 0, "phone": 2.5},
                "concentration": 0.6,
                "opt_in": {"email": 0.5},
                "traits": {
                    "attrition": {"mean": 1, "sd": 2},
                    "patience_minutes": {"mean": 8, "sd": 2},
                    "propensity": -0.4,
                },
            },
            {"id": "plain", "share": 0.2, "affinity": {"email": 3}},
        ],
        "touchpoints": [
            {"id": "home", "start": True, "emotion": {"mean": 0.2, "sd": 0.5}, "profile_gain": 0.2},
            {
                "id": "offer",
                "stage": "consideration",
                "channels": {"email": 1, "web": 0.5, "phone": 0.4},
                "emotion": {"mean": -0.1, "sd": 0.6},
                "effort": 4,
            },
            {
                "id": "order",
                "stage": "purchase",
                "channels": ["app", "web", "phone"],
                "goal": {"kind": "conversion", "value": {"family": "gamma", "mean": 80, "shape": 2}},
                "emotion": {"mean": 0.5, "sd": 0.3},
            },
            {"id": "care", "stage": "retention", "emotion": {"mean": -0.5, "sd": 0.4}, "effort": 5.5},
            {"id": "gone", "exit": "churn"},
            {"id": "done", "exit": "completed", "goal": {"kind": "conversion"}},
        ],
        "transitions": [
            transition("home", "offer", 3, {"family": "exponential", "mean": 1}),
            transition("home", "home", 2, {"family": "exponential", "mean": 2}),
            transition("home", "gone", 1, 1),
            transition("offer", "order", 2, {"family": "lognormal", "median": 0.5, "sigma": 1}),
            transition("offer", "home", 2, 0.01),
            transition("offer", "gone", 1, 0.25),
            transition("order", "care", 2, {"family": "weibull", "scale": 3, "shape": 1.5}),
            transition("order", "home", 3, 3),
            transition("care", "order", 2, 1),
            transition("care", "done", 1, 1, id="thank-you"),
            transition("care", "done", 0.5, 2, id="farewell", role="neutral"),
            transition("care", "gone", 1, 0.5),
        ],
        "surveys": [
            {"id": "loyalty", "kind": "nps", "at": ["order", "care"], "rate": 0.5},
            {"id": "mood", "kind": "csat", "at": ["care", "home"], "rate": 0.9},
            {"id": "ease", "kind": "ces", "at": ["care", "offer"]},
        ],
    }


def bound_to_one_channel() -> Tables:
    return {
        "horizon": 30,
        "population": {"size": 250, "arrivals": {"pattern": "poisson", "over": 10}},
        "integration": {"mode": "single", "carryover": 1},
        "channels": [
            {"id": "store", "mix": 0.5},
            {"id": "web", "mix": 0.8},
            {"id": "fax", "mix": 2, "enabled": False},
            {"id": "phone", "mix": 0},
            {"id": "app", "mix": 0.6},
        ],
        "segments": [
            {"id": "usual", "share": 3, "affinity": {"app": 0.5}},
            {"id": "offline", "share": 1, "affinity": {"web": 0, "app": 0}},
            {"id": "spread", "share": 2, "concentration": 0.8},
        ],
        "behaviour": {"stickiness": 5},
        "touchpoints": [
            {"id": "look", "start": True, "channels": {"store": 1, "web": 2, "fax": 1, "app": 0.5}},
            {"id": "call", "start": 0.2, "channels": ["phone", "fax"], "emotion": {"mean": -0.2, "sd": 0.4}},
            {"id": "online", "channels": ["app", "web"], "emotion": {"mean": -0.1, "sd": 0.5}, "effort": 2},
            {"id": "nowhere", "channels": [], "emotion": {"mean": 0.1, "sd": 0.1}},
            {
                "id": "buy",
                "stage": "purchase",
                "channels": {"web": 0, "store": 1, "phone": 1},
                "goal": {"kind": "conversion", "value": 20},
            },
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("look", "online", 3, {"family": "exponential", "mean": 0.5}),
            transition("look", "call", 2, {"family": "exponential", "mean": 0.5}),
            transition("look", "gone", 0.5, 1),
            transition("call", "look", 1, 0.5),
            transition("call", "buy", 1, 0.5),
            transition("call", "nowhere", 0.5, 0.5),
            transition("nowhere", "look", 1, 0.5),
            transition("online", "look", 1, {"family": "uniform", "low": 0.5, "high": 1.5}),
            transition("online", "buy", 2, 1),
            transition("online", "gone", 0.5, 1),
            transition("buy", "look", 1, {"family": "exponential", "mean": 4}),
            transition("buy", "gone", 0.3, 2),
        ],
        "surveys": [{"id": "loyalty", "kind": "nps", "at": ["call", "buy"], "rate": 0.4}],
    }


def unlinked_channels() -> Tables:
    return {
        "horizon": 30.5,
        "start_date": date(2026, 2, 28),
        "population": {
            "size": 250,
            "arrivals": {
                "pattern": "profile",
                "over": 16.3,
                "weekly": [1, 1, 1.5, 1, 2, 0, 0.5],
                "hourly": [0] * 7 + [1, 2, 4, 4, 3, 2, 3, 3, 3, 3, 4, 5, 6, 6, 3, 1, 0.5],
            },
        },
        "integration": {"mode": "multi"},
        "channels": [{"id": "web", "mix": 1}, {"id": "app", "mix": 1}, {"id": "store", "mix": 0.5}],
        "segments": [
            {"id": "one", "consent": 0.7, "traits": {"attrition": {"family": "lognormal", "mean": 1, "sd": 1}}}
        ],
        "behaviour": {"stickiness": 0.2},
        "touchpoints": [
            {"id": "look", "start": True, "emotion": {"mean": -0.2, "sd": 0.3}, "effort": 2, "profile_gain": 0.1},
            {
                "id": "compare",
                "stage": "consideration",
                "emotion": {"mean": -0.45, "sd": 0.3},
                "effort": 6.5,
                "profile_gain": 1,
            },
            {
                "id": "buy",
                "stage": "purchase",
                "goal": {"kind": "conversion", "value": {"family": "uniform", "low": 5, "high": 50}},
            },
            {"id": "gone", "exit": "churn"},
            {"id": "done", "exit": "completed"},
        ],
        "transitions": [
            transition("look", "compare", 4, {"family": "exponential", "mean": 0.7}),
            transition("look", "gone", 1, {"family": "exponential", "mean": 3}),
            transition("compare", "buy", 2, {"family": "exponential", "mean": 0.7}),
            transition("compare", "look", 1, {"family": "exponential", "mean": 0.7}),
            transition("compare", "gone", 1, {"family": "exponential", "mean": 0.7}),
            transition("buy", "look", 4, {"family": "gamma", "mean": 3, "shape": 3}),
            transition("buy", "done", 1, 1),
        ],
        "surveys": [{"id": "ease", "kind": "ces", "at": ["compare"], "rate": 1}],
    }
