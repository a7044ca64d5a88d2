"""Scenarios put together at random from every part of the model, for wide comparison of engine and oracle."""

from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from sim.scenario.scenario import Scenario

from .scenarios_journeys import Tables

STAGES = ("awareness", "consideration", "purchase", "retention")
COVARIATES = ("propensity", "affinity", "sentiment", "lost_context", "bad_experience", "wait", "effort", "price")
TRAITS = ("propensity", "price_sensitivity", "patience_minutes", "privacy_concern", "pace", "attrition")


def random_arm_and_base(seed: int) -> tuple[Scenario, Scenario]:
    """A scenario and its base, which is the same one in most cases."""
    r = Random(seed)
    coinciding = r.random() < 0.4
    channels = [channel(r, number) for number in range(r.randrange(6))]
    ids = [table["id"] for table in channels]
    desks = [desk(r, number, coinciding) for number in range(r.choice([0, 0, 1, 2, 3]))]
    places = [touchpoint(r, number, ids, desks) for number in range(r.randint(2, 7))]
    exits = [leave(r, number) for number in range(r.randint(0, 2))]
    arm: Tables = {
        "format": 1,
        "id": f"random-{seed}",
        "horizon": r.choice([6, 10, 14.25, 30]),
        "start_date": date(2026, 1, 1) + timedelta(days=r.randrange(7)),
        "population": {"size": r.choice([20, 60]), "arrivals": {"pattern": "cohort"} if coinciding else arrivals(r)},
        "channels": channels,
        "segments": [segment(r, number, ids) for number in range(r.randrange(4))],
        "touchpoints": [*places, *exits],
        "transitions": transitions(r, places, [*places, *exits], coinciding),
        "desks": desks,
        "surveys": [
            {
                "id": f"survey{number}",
                "kind": r.choice(["nps", "csat", "ces"]),
                "at": [place["id"] for place in places if r.random() < 0.6] or ["place0"],
                "rate": r.random(),
            }
            for number in range(r.randrange(4))
        ],
        "integration": {"mode": r.choice(["single", "multi", "omni"]), "carryover": r.random()},
        "behaviour": {
            "stickiness": r.choice([0, 2]),
            "price_index": r.choice([1, 1, 1.2, 0.8]),
            "sentiment_rate": r.random(),
            "bad_below": r.choice([-0.5, 0]),
        },
    }
    if r.random() < 0.3:
        arm["coefficients"] = {"exit": {"propensity": r.uniform(-1, 1)}, "neutral": {"sentiment": 0.5}}
    if not coinciding and r.random() < 0.3:
        arm["activity"] = {"weights": [r.choice([0, 0, 1, 2, 3.3]) for _ in range(167)] + [1]}
    base = changed(r, arm) if r.random() < 0.4 else arm
    return Scenario.model_validate(arm), Scenario.model_validate(base)


def distribution(r: Random, scale: float, coinciding: bool = False) -> Any:
    """Any family with a mean of about the scale; a multiple of an eighth of it where times are to coincide."""
    if coinciding:
        return r.choice([0, 1, 1, 2, 4, 8]) * scale / 8
    mean = scale * r.uniform(0.3, 1.5)
    return r.choice(
        [
            mean,
            {"family": "exponential", "mean": mean},
            {"family": "lognormal", "median": mean, "sigma": r.uniform(0, 1.5)},
            {"family": "lognormal", "mean": mean, "sd": mean * r.uniform(0, 2)},
            {"family": "normal", "mean": mean, "sd": mean},
            {"family": "gamma", "mean": mean, "shape": r.uniform(0.15, 6)},
            {"family": "weibull", "scale": mean, "shape": r.uniform(0.4, 3)},
            {"family": "uniform", "low": 0, "high": 2 * mean},
            {"family": "beta", "a": r.uniform(0.2, 4), "b": r.uniform(0.2, 4)},
            {"family": "betaprime", "a": r.uniform(0.2, 4), "b": r.uniform(1.2, 5)},
            {"family": "empirical", "quantiles": sorted(r.uniform(0, 2 * mean) for _ in range(r.randint(2, 6)))},
        ]
    )


def arrivals(r: Random) -> Tables:
    table: Tables = {"pattern": r.choice(["cohort", "poisson", "profile"])}
    if table["pattern"] != "cohort" and r.random() < 0.6:
        table["over"] = r.choice([2, 3.3, 17])
    if table["pattern"] == "profile":
        table["weekly"] = [r.choice([0.1, 1, 2]) for _ in range(7)]
        table["hourly"] = [r.choice([0, 1, 3]) for _ in range(23)] + [1]
    return table


def channel(r: Random, number: int) -> Tables:
    return {"id": f"channel{number}", "mix": r.choice([0, 0.5, r.random(), 1, 2]), "enabled": r.random() > 0.15}


def segment(r: Random, number: int, channels: list[str]) -> Tables:
    table: Tables = {
        "id": f"segment{number}",
        "share": r.uniform(0.2, 2),
        "affinity": {channel: r.choice([0, 0.4, 1, 2]) for channel in channels if r.random() < 0.4},
        "consent": r.random(),
        "traits": {name: trait(r) for name in TRAITS if r.random() < 0.4},
    }
    if r.random() < 0.5:
        table["concentration"] = r.uniform(0.3, 4)
    return table


def trait(r: Random) -> Any:
    spread = {"mean": r.uniform(0.5, 2), "sd": r.choice([0, 0.5, 1.5])}
    return r.choice([0.5, 1, 2, spread, spread, distribution(r, 1)])


def touchpoint(r: Random, number: int, channels: list[str], desks: list[Tables]) -> Tables:
    table: Tables = {
        "id": f"place{number}",
        "stage": r.choice(STAGES),
        "emotion": {"mean": r.uniform(-0.5, 0.5), "sd": r.choice([0, 0.5])},
        "effort": r.choice([1, 3, 6.5]),
        "enabled": number == 0 or r.random() > 0.07,
        "lapsed": number > 0 and r.random() < 0.12,
        "start": r.uniform(0.1, 3) if number == 0 or r.random() < 0.2 else False,
    }
    listing = r.random()
    if listing < 0.3:
        table["channels"] = r.sample(channels, r.randint(0, len(channels)))
    elif listing < 0.6 and channels:
        listed = r.sample(channels, r.randint(1, len(channels)))
        table["channels"] = {channel: r.choice([0, 0.3, 1, 2]) for channel in listed}
    if desks and r.random() < 0.5:
        table["desk"] = r.choice(desks)["id"]
    if r.random() < 0.4:
        table["goal"] = {"kind": r.choice(["conversion", "value", "completion"]), "repeats": r.random() < 0.6}
        if r.random() < 0.7:
            table["goal"]["value"] = distribution(r, 30)
    return table


def leave(r: Random, number: int) -> Tables:
    goal: Any = {"kind": "value", "value": 3} if r.random() < 0.3 else False
    return {"id": f"exit{number}", "exit": r.choice(["churn", "completed"]), "stage": r.choice(STAGES), "goal": goal}


def transitions(r: Random, places: list[Tables], targets: list[Tables], coinciding: bool) -> list[Tables]:
    """Some ways from each place; the ways back take at least some time, so that no time is passed for ever."""
    ways = []
    for start, place in enumerate(places):
        for end in r.sample(range(len(targets)), min(len(targets), r.randint(1, 4))):
            back = end <= start
            delay = distribution(r, 1, coinciding)
            if back and delay == 0:
                delay = 0.5
            if not back and r.random() < 0.2:
                delay = 0
            table: Tables = {
                "from": place["id"],
                "to": targets[end]["id"],
                "share": r.choice([0, 0.5, 1, 2, 3]),
                "delay": delay,
                "enabled": r.random() > 0.05,
            }
            if r.random() < 0.2:
                table["role"] = r.choice(["progress", "neutral", "exit"])
            if r.random() < 0.2:
                table["effects"] = {covariate: r.uniform(-1, 1) for covariate in r.sample(COVARIATES, 2)}
            if r.random() < 0.1:
                ways.append({**table, "id": f"again-{start}-{end}"})
            ways.append(table)
    return ways


def desk(r: Random, number: int, coinciding: bool) -> Tables:
    table: Tables = {
        "id": f"desk{number}",
        "service_minutes": distribution(r, 180 if coinciding else 40, coinciding),
        "priority": r.choice(["first-come", "value", "churn-risk"]),
        "closed": r.choice(["turn-away", "wait", "call-back"]),
        "enabled": r.random() > 0.1,
    }
    if r.random() < 0.7:
        table["patience_minutes"] = distribution(r, 180, coinciding)
    if r.random() < 0.4:
        table["call_back_above"] = r.randrange(5)
    if r.random() < 0.3:
        table["agents"] = r.randrange(4)
    else:
        table["shifts"] = [
            {
                "days": r.choice(["mon-sun", "mon-fri", "sat,sun", "sun", "fri", "mon,wed-thu", "fri-mon"]),
                "from": r.choice([0, 6, 9, 12, 18, 21]),
                "to": r.choice([0, 3, 6, 12, 18, 24]),
                "agents": r.choice([0, 1, 1, 2]),
            }
            for _ in range(r.randint(1, 4))
        ]
    return table


def changed(r: Random, arm: Tables) -> Tables:
    """A base from which the arm differs in mix, channels, efforts, segments and what is enabled."""
    base = deepcopy(arm)
    for channel in base["channels"]:
        if r.random() < 0.4:
            channel["mix"] = r.choice([0, 0.3, 1.7])
        if r.random() < 0.2:
            channel["enabled"] = not channel["enabled"]
    for place in base["touchpoints"]:
        if "exit" in place:
            continue
        if r.random() < 0.3:
            place["effort"] = r.choice([1, 2, 5])
        if r.random() < 0.2:
            place.pop("channels", None)
        if r.random() < 0.15 and place["id"] != "place0":
            place["enabled"] = not place["enabled"]
    if len(base["segments"]) > 1 and r.random() < 0.4:
        base["segments"].pop()
    for table in base["segments"]:
        if r.random() < 0.3:
            table["affinity"] = {channel["id"]: r.choice([0.4, 1, 2]) for channel in base["channels"]}
        if r.random() < 0.2:
            table["concentration"] = r.uniform(0.3, 4)
    return base
