"""Scenarios for the parity test, as a file would say them: the far ends of what a file may say."""

from .scenarios_journeys import Tables, transition


def before_the_rise() -> Tables:
    return {
        "horizon": 40,
        "population": {"size": 250, "arrivals": {"pattern": "poisson", "over": 20}},
        "channels": [{"id": "web"}, {"id": "store", "mix": 0.4}],
        "segments": [
            {"id": "careful", "share": 2, "traits": {"price_sensitivity": {"mean": 1.5, "sd": 0.8}}},
            {"id": "careless", "share": 1, "traits": {"price_sensitivity": 0}},
        ],
        "touchpoints": [
            {"id": "look", "start": True, "emotion": {"mean": 0, "sd": 0.3}},
            {
                "id": "buy",
                "stage": "purchase",
                "goal": {"kind": "conversion", "value": {"family": "lognormal", "mean": 30, "sd": 20}, "margin": 0.1},
            },
            {"id": "gone", "exit": "churn"},
            {"id": "fan", "stage": "advocacy", "exit": "completed", "goal": {"kind": "value", "value": 2}},
        ],
        "transitions": [
            transition("look", "buy", 2, {"family": "exponential", "mean": 1}),
            transition("look", "look", 2, {"family": "gamma", "mean": 2, "shape": 2}),
            transition("look", "gone", 1, 1),
            transition("buy", "look", 5, {"family": "exponential", "mean": 5}, effects={"price": 0.4}),
            transition("buy", "fan", 1, 1),
            transition("buy", "gone", 1, 1),
        ],
    }


def after_the_rise() -> Tables:
    return before_the_rise() | {"behaviour": {"price_index": 1.35}}


def far_from_the_first_channel() -> Tables:
    """Each touchpoint has its own channels, some without any weight, to customers bound to their first one."""
    return {
        "horizon": 25,
        "population": {"size": 200, "arrivals": {"pattern": "poisson", "over": 5}},
        "integration": {"mode": "single"},
        "channels": [
            {"id": "web", "mix": 0.7},
            {"id": "store", "mix": 0.3},
            {"id": "phone", "mix": 0},
            {"id": "letter", "mix": 1, "enabled": False},
            {"id": "chat", "mix": 0.2},
        ],
        "segments": [
            {"id": "one", "affinity": {"web": 0, "store": 1}},
            {"id": "none", "affinity": {"web": 0, "store": 0, "chat": 0}},
            {"id": "spread", "share": 2, "affinity": {"chat": 3}, "concentration": 0.5},
        ],
        "behaviour": {"stickiness": 0},
        "touchpoints": [
            {"id": "look", "start": True, "channels": ["web", "store", "letter"], "profile_gain": 0.5},
            {"id": "write", "start": 0.3, "channels": {"chat": 0, "phone": 0}, "emotion": {"mean": 0, "sd": 0.5}},
            {"id": "talk", "channels": ["chat", "phone"], "emotion": {"mean": -0.3, "sd": 0.3}, "effort": 6.5},
            {"id": "visit", "channels": {"store": 2}, "emotion": {"mean": 0.2, "sd": 0.3}},
            {
                "id": "buy",
                "stage": "purchase",
                "channels": {"web": 1, "phone": 3},
                "goal": {"kind": "conversion", "value": {"family": "uniform", "low": 1, "high": 9}, "repeats": False},
            },
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("look", "talk", 1, 0.5),
            transition("look", "visit", 1, {"family": "exponential", "mean": 0.5}),
            transition("look", "buy", 1, {"family": "exponential", "mean": 0.5}),
            transition("write", "look", 1, 0.25),
            transition("write", "talk", 1, 0.25),
            transition("talk", "write", 1, {"family": "exponential", "mean": 0.5}),
            transition("talk", "buy", 1, 0.5),
            transition("talk", "gone", 0.3, 0.5),
            transition("visit", "look", 1, {"family": "exponential", "mean": 0.5}),
            transition("visit", "buy", 1, 0.5),
            transition("buy", "look", 2, {"family": "exponential", "mean": 3}),
            transition("buy", "write", 1, {"family": "exponential", "mean": 3}),
            transition("buy", "gone", 0.5, 1),
        ],
        "surveys": [{"id": "mood", "kind": "csat", "at": ["talk"], "rate": 1}],
    }


def hundreds_of_visits() -> Tables:
    """A loop of two hours and many surveys at one touchpoint."""
    return {
        "horizon": 30,
        "population": {"size": 8},
        "channels": [{"id": "app"}, {"id": "web"}],
        "segments": [{"id": "one", "traits": {"propensity": {"mean": 0, "sd": 1}}}],
        "touchpoints": [
            {
                "id": "use",
                "start": True,
                "emotion": {"mean": 0.1, "sd": 0.6},
                "effort": 3,
                "profile_gain": 0.01,
                "goal": {"kind": "value", "value": {"family": "beta", "a": 0.7, "b": 2}},
            },
            {"id": "rest", "channels": [], "goal": {"kind": "completion", "repeats": False}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("use", "use", 30, {"family": "exponential", "mean": 0.0625}),
            transition("use", "rest", 10, {"family": "lognormal", "median": 0.05, "sigma": 0.5}),
            transition("use", "gone", 0.02, 0.1),
            transition("rest", "use", 1, 0.125),
        ],
        "surveys": [
            {"id": f"{kind}-{number}", "kind": kind, "at": ["use"], "rate": rate}
            for number, rate in enumerate((0.05, 0.3))
            for kind in ("nps", "csat", "ces")
        ],
    }


def nobody_alike() -> Tables:
    """No attrition and a great deal, no patience and no end of it, a pace of a billionth and of a million."""

    def kind(id_: str, **traits: float) -> Tables:
        return {"id": id_, "traits": traits}

    return {
        "horizon": 20,
        "population": {"size": 210, "arrivals": {"pattern": "poisson", "over": 6}},
        "segments": [
            kind("usual"),
            kind("loyal", attrition=0),
            kind("fickle", attrition=1e6),
            kind("still", pace=1e-9),
            kind("hasty", pace=1e6),
            kind("impatient", patience_minutes=0),
            kind("enduring", patience_minutes=1e6, propensity=-40),
        ],
        "touchpoints": [
            {"id": "shop", "start": True, "emotion": {"mean": 0.2, "sd": 0.4}},
            {"id": "call", "stage": "retention", "desk": "line", "goal": {"kind": "conversion", "value": 3}},
            {"id": "club", "stage": "advocacy", "goal": {"kind": "completion"}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            transition("shop", "call", 2, 0.5),
            transition("shop", "club", 1, {"family": "exponential", "mean": 1}),
            transition("shop", "gone", 0.2, {"family": "exponential", "mean": 1}),
            transition("call", "call", 0.5, 0.125),
            transition("call", "shop", 1, {"family": "exponential", "mean": 100_000}),
            transition("call", "club", 1, 0.25),
            transition("call", "gone", 0.5),
            transition("club", "gone", 1, 3),
        ],
        "desks": [
            {
                "id": "line",
                "agents": 2,
                "service_minutes": {"family": "exponential", "mean": 150},
                "patience_minutes": {"family": "exponential", "mean": 600_000},
                "priority": "churn-risk",
            }
        ],
    }
