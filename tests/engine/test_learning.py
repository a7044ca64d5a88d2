"""The policy that learns, against theory and an implementation of its own (model 16)."""

import math

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario.scenario import Scenario
from tests.builders import scenario

GOOD, POOR = 0.2, 0.1
EACH_DAY = 10
DAYS = 2000
Z_999 = 3.29
"""Half the width of a 99.9 % interval, in standard errors."""
MARKS = (1000, 4000, 16_000)
"""Choices after which regret is looked at: steps of the same size on a logarithmic scale."""


def two_armed() -> Scenario:
    """Everybody gets one message, by one of two actions; a response comes at once."""
    return scenario(
        horizon=DAYS,
        population={"size": EACH_DAY * DAYS, "arrivals": {"pattern": "poisson", "over": DAYS}},
        channels=[{"id": "mail", "open_rate": 1, "time_to_act_hours": 0}],
        touchpoints=[{"id": "home", "start": True}, {"id": "gone", "exit": "churn"}],
        transitions=[{"from": "home", "to": "gone", "share": 1, "delay": 2}],
        orchestration={"policy": "bandit", "learns": ["actions"]},
        actions=[
            {"id": "poor", "channels": ["mail"], "response_rate": POOR},
            {"id": "good", "channels": ["mail"], "response_rate": GOOD},
        ],
        rules=[{"id": "once", "when": {"entered": "home"}, "do": "poor", "alternatives": ["good"]}],
    )


def regret(seed: int) -> list[float]:
    """Responses that are expected to be missed by not knowing which action is good, at each of MARKS."""
    of = two_armed()
    history = simulate(compile_program(of, of), seed, 0, events=True)
    assert history.events is not None
    sent = history.events.event == EVENTS.index("sent")
    poor = np.cumsum(history.events.action[sent] == 0)
    return [(GOOD - POOR) * float(poor[mark - 1]) for mark in MARKS]


def reference(seed: int) -> list[float]:
    """The same from a few lines of their own, a day at a time; failures are known a week later."""
    random = np.random.default_rng(seed)
    tried, won = np.zeros(2), np.zeros(2)
    waiting: list[np.ndarray] = []
    poor: list[bool] = []
    while len(poor) < MARKS[-1]:
        mean = (won + 1) / (tried + 2)
        draws = random.normal(mean, np.sqrt(mean * (1 - mean) / (tried + 3)), size=(random.poisson(EACH_DAY), 2))
        taken = draws.argmax(axis=1)
        success = random.random(len(taken)) < np.where(taken == 1, GOOD, POOR)
        won += np.bincount(taken[success], minlength=2)
        tried += np.bincount(taken[success], minlength=2)
        waiting.append(np.bincount(taken[~success], minlength=2))
        if len(waiting) > 7:
            tried += waiting.pop(0)
        poor += (taken == 0).tolist()
    counted = np.cumsum(poor)
    return [(GOOD - POOR) * float(counted[mark - 1]) for mark in MARKS]


@pytest.mark.parametrize("runs", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_regret_is_that_of_a_program_of_its_own(runs: int) -> None:
    found = np.array([regret(seed) for seed in range(runs)])
    expected = np.array([reference(seed) for seed in range(runs)])
    error = np.sqrt((found.var(axis=0, ddof=1) + expected.var(axis=0, ddof=1)) / runs)
    assert (np.abs(found.mean(axis=0) - expected.mean(axis=0)) < Z_999 * error).all()
    # A choice at random would miss 0.05 each time.
    assert found[:, -1].mean() < 0.05 * 0.05 * MARKS[-1]


@pytest.mark.slow
def test_regret_grows_like_the_logarithm_of_the_choices_made() -> None:
    """From 1,000 to 4,000 and from 4,000 to 16,000 choices it grows as much again if it grows like the logarithm.

    It would grow by twice as much with the square root, and by four times as much if nothing were learned.
    """
    found = np.array([regret(seed) for seed in range(200)])
    early, late = found[:, 1] - found[:, 0], found[:, 2] - found[:, 1]
    short_of_root = 2 * early - late
    assert short_of_root.mean() > Z_999 * short_of_root.std(ddof=1) / math.sqrt(len(found))
    apart = late - early
    assert abs(apart.mean()) < Z_999 * apart.std(ddof=1) / math.sqrt(len(found))
