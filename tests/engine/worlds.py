"""Scenarios that the engine's tests share, and a way to run them."""

from typing import Any

from sim.engine import History, compile_program, simulate
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.slices import in_slices


def run(
    of: Scenario, *, seed: int = 1, replication: int = 0, base: Scenario | None = None, events: bool = True,
    sliced: bool = False,
) -> History:  # fmt: skip
    """One replication of a scenario; if `sliced`, with a stop at every midnight."""
    program = compile_program(of, base or of)
    return simulate(in_slices(program) if sliced else program, seed, replication, events=events)


def shop(**changes: Any) -> Scenario:
    """A little shop with a loop, money, two channels, mixed customers and both exits."""
    tables: dict[str, Any] = {
        "population": {"size": 500, "arrivals": {"pattern": "poisson", "over": 15}},
        "channels": [{"id": "web", "cost": 0.1}, {"id": "store", "mix": 0.5, "cost": 2.0}],
        "segments": [
            {"id": "keen", "share": 1, "concentration": 3, "traits": {"propensity": {"mean": 0.3, "sd": 0.5}}},
            {"id": "calm", "share": 2, "affinity": {"store": 2}, "traits": {"attrition": {"mean": 1, "sd": 0.4}}},
        ],
        "touchpoints": [
            {"id": "look", "start": True, "emotion": {"mean": 0, "sd": 0.4}},
            {"id": "cart", "stage": "consideration", "effort": 3, "emotion": {"mean": -0.2, "sd": 0.4}},
            {
                "id": "buy",
                "stage": "purchase",
                "goal": {
                    "kind": "conversion",
                    "value": {"family": "lognormal", "mean": 60, "sd": 25},
                    "margin": 0.4,
                },
            },
            {"id": "asleep", "stage": "retention", "lapsed": True},
            {"id": "gone", "exit": "churn"},
            {"id": "fan", "stage": "advocacy", "exit": "completed", "goal": {"kind": "completion"}},
        ],
        "transitions": [
            {"from": "look", "to": "cart", "share": 2, "delay": {"family": "exponential", "mean": 1}},
            {"from": "look", "to": "gone", "share": 1, "delay": {"family": "exponential", "mean": 1}},
            {"from": "cart", "to": "look", "share": 2, "delay": {"family": "gamma", "mean": 1, "shape": 2}},
            {"from": "cart", "to": "buy", "share": 2, "delay": {"family": "lognormal", "median": 0.1, "sigma": 1}},
            {"from": "cart", "to": "gone", "share": 1, "delay": 1},
            {"from": "buy", "to": "look", "share": 3, "delay": {"family": "weibull", "scale": 5, "shape": 0.8}},
            {"from": "buy", "to": "asleep", "share": 2, "delay": 3},
            {"from": "buy", "to": "fan", "share": 1, "delay": 2},
            {"from": "asleep", "to": "look", "share": 1, "delay": 4},
            {"from": "asleep", "to": "gone", "share": 1, "delay": 4},
        ],
    }
    return scenario(**(tables | changes))


def with_desk(**desk: Any) -> Scenario:
    """The shop with a desk at its cart."""
    touchpoints = [part.model_dump(exclude_unset=True) for part in shop().touchpoints]
    touchpoints[1]["desk"] = "till"
    tables = {"service_minutes": {"family": "exponential", "mean": 40}, "agents": 1} | desk
    return shop(touchpoints=touchpoints, desks=[{"id": "till", **tables}])


DESKS: dict[str, dict[str, Any]] = {
    "round the clock": {},
    "with little patience": {"patience_minutes": {"family": "exponential", "mean": 30}},
    "closed at night": {"agents": None, "shifts": [{"from": 9, "to": 17, "agents": 2}]},
    "waiting at night": {"agents": None, "shifts": [{"from": 9, "to": 17, "agents": 2}], "closed": "wait"},
    "calling back": {"agents": None, "shifts": [{"from": 9, "to": 17, "agents": 2}], "closed": "call-back"},
}
