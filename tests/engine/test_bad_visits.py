"""Who leaves after a bad visit is counted apart, under the choice that stands at the end."""

import math

import numpy as np
import pytest

from sim.engine import simulate
from sim.engine.memory.history import History
from sim.engine.program.compile import compile_program
from sim.outcomes import measure
from sim.scenario.scenario import Scenario
from tests.builders import scenario


def visited(**changes: object) -> Scenario:
    """One visit that is bad every other time; nothing but that moves the choice."""
    none = {"sentiment": 0, "propensity": 0, "affinity": 0}
    return scenario(
        population={"size": 20_000},
        behaviour={"bad_below": 0.0},
        coefficients={
            "exit": none | {"bad_experience": math.log(3)},
            "progress": none | {"bad_experience": 0},
        },
        touchpoints=[
            {"id": "start", "start": True, "emotion": {"mean": 0, "sd": 0.3}},
            {"id": "done", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "start", "to": "done", "share": 1, "role": "progress"},
            {"from": "start", "to": "gone", "share": 1, "delay": 2},
        ],
        **changes,
    )


def ran(of: Scenario) -> History:
    return simulate(compile_program(of, of), 11, 0)


def test_the_coefficient_of_a_bad_experience_is_what_tells_the_two_apart() -> None:
    of = visited()
    found = measure(ran(of), of, "base", 1).touchpoints["start"]
    assert found["bad"] == pytest.approx(0.5, abs=0.02)
    assert found["dropoff_bad"] == pytest.approx(3 / 4, abs=0.02)
    assert found["dropoff_other"] == pytest.approx(1 / 2, abs=0.02)
    together = found["bad"] * found["dropoff_bad"] + (1 - found["bad"]) * found["dropoff_other"]
    assert together == pytest.approx(found["dropoff"])


def test_who_is_called_back_by_a_message_has_not_left() -> None:
    message = {"id": "stay", "channels": ["web"], "response_rate": 1.0, "nudge": 50.0, "leads_to": "done"}
    rule = {"id": "call", "when": {"entered": "start"}, "do": "stay"}
    of = visited(
        channels=[{"id": "web", "open_rate": 1.0, "time_to_act_hours": 1.0}],
        actions=[message],
        rules=[rule],
        orchestration={"policy": "rules"},
    )
    history = ran(of)
    at, chosen = history.at_touchpoints, history.at_transitions.chosen.sum(axis=0)
    assert chosen[1] < 2_000, "most were called back"
    assert 0 <= at.bad_dropped.sum() <= chosen[1]
    assert np.array_equal(at.bad_dropped[:, 1:], np.zeros((1, 2)))
