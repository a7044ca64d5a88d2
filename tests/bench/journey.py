"""The journey on which the private lane is measured: no desks, everything else that a journey usually has."""

from typing import Any

from sim.scenario.scenario import Scenario


def lognormal(median: float, sigma: float) -> dict[str, Any]:
    """A delay in days."""
    return {"family": "lognormal", "median": median, "sigma": sigma}


def exponential(mean: float) -> dict[str, Any]:
    """A delay in days."""
    return {"family": "exponential", "mean": mean}


_TRANSITIONS: dict[str, dict[str, tuple[float, dict[str, Any]]]] = {
    "advert": {
        "browse": (5, lognormal(0.02, 1.0)),
        "compare": (2, lognormal(0.5, 1.2)),
        "advert": (3, exponential(3)),
        "gone": (1, exponential(10)),
    },
    "browse": {
        "compare": (3, lognormal(0.2, 1.0)),
        "basket": (2, lognormal(0.02, 0.8)),
        "advert": (2, exponential(5)),
        "gone": (1, exponential(10)),
    },
    "compare": {
        "browse": (3, lognormal(1.0, 1.0)),
        "basket": (2, lognormal(0.1, 0.8)),
        "advert": (2, exponential(6)),
        "gone": (1, exponential(10)),
    },
    "basket": {
        "order": (4, lognormal(0.01, 0.7)),
        "browse": (3, lognormal(1.0, 1.0)),
        "compare": (2, exponential(2)),
        "gone": (1, exponential(7)),
    },
    "order": {
        "delivery": (9, lognormal(3.0, 0.4)),
        "browse": (2, exponential(10)),
        "advert": (1, exponential(20)),
        "gone": (1, exponential(30)),
    },
    "delivery": {
        "use": (6, lognormal(1.0, 0.6)),
        "browse": (3, exponential(20)),
        "basket": (1, exponential(20)),
        "gone": (1, exponential(30)),
    },
    "use": {
        "basket": (3, exponential(25)),
        "browse": (3, exponential(20)),
        "recommends": (1, exponential(30)),
        "gone": (1, exponential(40)),
    },
}

_TOUCHPOINTS: tuple[dict[str, Any], ...] = (
    {"id": "advert", "stage": "awareness", "start": 3, "channels": {"web": 2, "app": 1}, "emotion": (0.1, 0.3)},
    {"id": "browse", "stage": "awareness", "start": 2, "emotion": (0.1, 0.35), "effort": 2},
    {"id": "compare", "stage": "consideration", "emotion": (0.0, 0.3), "effort": 3},
    {"id": "basket", "stage": "purchase", "emotion": (-0.1, 0.4), "effort": 4},
    {"id": "order", "stage": "purchase", "emotion": (0.2, 0.3), "effort": 3},
    {"id": "delivery", "stage": "onboarding", "channels": {"app": 1, "store": 1}, "emotion": (0.2, 0.5)},
    {"id": "use", "stage": "retention", "channels": {"web": 1, "app": 3}, "emotion": (0.1, 0.4), "effort": 2},
)


def journey(customers: int) -> Scenario:
    """Seven touchpoints, two or three channels at each, four transitions from each; two segments of mixed people."""
    touchpoints = [
        touchpoint | {"emotion": dict(zip(("mean", "sd"), touchpoint["emotion"], strict=True))}
        for touchpoint in _TOUCHPOINTS
    ]
    for touchpoint in touchpoints:
        if touchpoint["id"] == "order":
            touchpoint["goal"] = {"kind": "conversion", "value": lognormal(60, 0.5), "margin": 0.4}
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "bench",
            "horizon": 365,
            "population": {"size": customers, "arrivals": {"pattern": "poisson", "over": 91}},
            "integration": {"mode": "omni", "carryover": 0.8},
            "channels": [
                {"id": "web", "cost": 0.02},
                {"id": "app", "mix": 0.8, "cost": 0.01},
                {"id": "store", "mix": 0.5, "cost": 3},
            ],
            "segments": [
                {
                    "id": "keen",
                    "share": 1,
                    "concentration": 4,
                    "affinity": {"app": 1.4},
                    "traits": {"propensity": {"mean": 0.3, "sd": 0.6}, "pace": {"mean": 1.2, "sd": 0.3}},
                },
                {
                    "id": "calm",
                    "share": 2,
                    "concentration": 4,
                    "affinity": {"store": 1.5},
                    "traits": {"propensity": {"mean": -0.2, "sd": 0.6}, "attrition": {"mean": 1.1, "sd": 0.4}},
                },
            ],
            "touchpoints": [*touchpoints, {"id": "recommends", "exit": "completed"}, {"id": "gone", "exit": "churn"}],
            "transitions": [
                {"from": source, "to": target, "share": share, "delay": delay}
                for source, targets in _TRANSITIONS.items()
                for target, (share, delay) in targets.items()
            ],
        }
    )
