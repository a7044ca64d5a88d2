"""The journey on which the orchestrated scenarios build: a small shop, with what its channels do with messages."""

from typing import Any

from .scenarios_journeys import Tables, transition


def shop(size: int, horizon: float, **changes: Any) -> Tables:
    """Browsing, a cart, orders, help and two exits; every part can be replaced."""
    return {
        "horizon": horizon,
        "population": {"size": size, "arrivals": {"pattern": "poisson", "over": horizon / 2}},
        "channels": channels(),
        "segments": [
            {
                "id": "new",
                "share": 2,
                "affinity": {"web": 1.5, "email": 0.4},
                "concentration": 2,
                "opt_in": {"email": 0.9, "sms": 0.6},
                "consent": 0.8,
                "attributes": {"plan": {"free": 2, "paid": 1}, "region": {"north": 1, "south": 1}},
                "traits": {"propensity": {"mean": 0, "sd": 0.6}, "price_sensitivity": {"mean": 1, "sd": 0.5}},
            },
            {
                "id": "loyal",
                "attributes": {"plan": {"free": 1, "paid": 3}},
                "traits": {"preferred_hour": {"mean": 18, "sd": 4}, "pace": {"mean": 1.3, "sd": 0.4}},
            },
        ],
        "touchpoints": touchpoints(),
        "transitions": transitions(),
        **changes,
    }


def channels(**all_of_them: Any) -> list[Tables]:
    """Web and app for visits and messages; e-mail and text for messages and few visits."""
    each = [
        {"id": "web", "cost": 0.01, "mix": 2, "open_rate": 0.5, "response_rate": 0.4},
        {
            "id": "app",
            "open_rate": 0.6,
            "response_rate": 0.4,
            "opt_out_rate": 0.02,
            "time_to_act_hours": {"family": "exponential", "mean": 6},
        },
        {
            "id": "email",
            "mix": 0.3,
            "cost": 0.002,
            "delivery_rate": 0.95,
            "open_rate": 0.5,
            "response_rate": 0.5,
            "opt_out_rate": 0.03,
        },
        {
            "id": "sms",
            "mix": 0.1,
            "cost": 0.06,
            "delivery_rate": 0.9,
            "open_rate": 0.8,
            "response_rate": 0.3,
            "opt_out_rate": 0.05,
            "time_to_act_hours": {"family": "lognormal", "median": 0.5, "sigma": 1},
        },
        {"id": "fax", "enabled": False},
    ]
    return [channel | all_of_them for channel in each]


def touchpoints() -> list[Tables]:
    return [
        {
            "id": "home",
            "start": True,
            "channels": {"web": 2, "app": 1, "email": 1},
            "emotion": {"mean": 0.1, "sd": 0.4},
            "profile_gain": 0.15,
        },
        {
            "id": "product",
            "stage": "consideration",
            "emotion": {"mean": 0, "sd": 0.5},
            "profile_gain": 0.2,
            "effort": 2,
        },
        {
            "id": "cart",
            "stage": "purchase",
            "channels": ["web", "app"],
            "effort": 3,
            "emotion": {"mean": -0.2, "sd": 0.4},
        },
        {
            "id": "order",
            "stage": "purchase",
            "channels": ["web", "app"],
            "goal": {"kind": "conversion", "value": {"family": "lognormal", "median": 40, "sigma": 0.5}, "margin": 0.4},
            "emotion": {"mean": 0.3, "sd": 0.3},
        },
        {"id": "use", "stage": "retention", "channels": [], "goal": {"kind": "value"}},
        {"id": "asleep", "stage": "retention", "lapsed": True},
        {"id": "gone", "exit": "churn"},
        {"id": "done", "exit": "completed"},
    ]


def transitions() -> list[Tables]:
    return [
        transition("home", "product", 3, {"family": "exponential", "mean": 0.4}),
        transition("home", "gone", 0.7, {"family": "exponential", "mean": 3}),
        transition("product", "cart", 2, {"family": "exponential", "mean": 0.2}),
        transition("product", "home", 2, {"family": "exponential", "mean": 1.5}),
        transition("product", "asleep", 1, {"family": "exponential", "mean": 2}),
        transition("cart", "order", 2, 0.01),
        transition("cart", "product", 1, {"family": "exponential", "mean": 0.5}),
        transition("cart", "gone", 1, {"family": "exponential", "mean": 2}),
        transition("order", "use", 3, {"family": "exponential", "mean": 3}),
        transition("order", "done", 0.2, 1),
        transition("use", "home", 3, {"family": "exponential", "mean": 4}),
        transition("use", "asleep", 1, {"family": "exponential", "mean": 5}),
        transition("asleep", "home", 1, {"family": "exponential", "mean": 12}),
        transition("asleep", "gone", 1, {"family": "exponential", "mean": 25}),
    ]


def rules_apply(**more: Any) -> Tables:
    return {"policy": "rules", **more}


def rule(id_: str, when: Tables, do: str, **more: Any) -> Tables:
    return {"id": id_, "when": when, "do": do, **more}


def message(id_: str, *on: str, **more: Any) -> Tables:
    return {"id": id_, "channels": list(on), **more}


def on_site(id_: str, kind: str, *on: str, **more: Any) -> Tables:
    return {"id": id_, "kind": kind, "channels": list(on), **more}
