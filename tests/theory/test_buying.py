"""Buying and renewing against the models of Fader and Hardie."""

import math

import numpy as np
import pytest
from scipy.special import betaln, hyp2f1

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from tests.builders import scenario
from tests.shared import reference
from tests.theory.estimate import agrees

R, ALPHA, A, B = 0.243, 4.414, 0.793, 2.426
WEEK = 7.0


def bg_nbd_expectation(weeks: float) -> float:
    """Expected repeat purchases of a customer within so many weeks (Fader, Hardie and Lee 2005, equation 9)."""
    share = (ALPHA / (ALPHA + weeks)) ** R * hyp2f1(R, B, A + B - 1, weeks / (ALPHA + weeks))
    return (A + B - 1) / (A - 1) * (1 - share)


def bg_nbd():
    """Acquired at day 0; each repeat purchase is followed by another, or by leaving for good."""
    purchase = {"family": "exponential", "mean": WEEK}
    return scenario(
        horizon=52 * WEEK + 1e-6,
        population={"size": 2357},
        channels=None,
        segments=[
            {
                "id": "everyone",
                "traits": {
                    "pace": {"family": "gamma", "mean": R / ALPHA, "shape": R},
                    "attrition": {"family": "betaprime", "a": A, "b": B},
                },
            }
        ],
        touchpoints=[
            {"id": "first", "start": True, "goal": {"kind": "conversion"}},
            {"id": "repeat", "goal": {"kind": "conversion"}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "first", "to": "repeat", "share": 1, "delay": purchase},
            {"from": "repeat", "to": "repeat", "share": 1, "delay": purchase, "role": "neutral"},
            {"from": "repeat", "to": "gone", "share": 1},
        ],
    )


@pytest.mark.slow
def test_repeat_purchases_agree_with_bg_nbd_within_one_percent():
    of = bg_nbd()
    program = compile_program(of, of)
    weeks = np.array([13, 26, 39, 52])
    bought = np.zeros((200, 4))
    for replication in range(200):
        events = simulate(program, 2026, replication, events=True).events
        repeats = (events.event == EVENTS.index("conversion")) & (events.touchpoint == 1)
        bought[replication] = np.searchsorted(events.time[repeats], weeks * WEEK) / 2357
    for column, week in enumerate(weeks):
        expected = bg_nbd_expectation(week)
        assert abs(bought[:, column].mean() / expected - 1) < 0.01
        assert agrees(bought[:, column], expected, width=0.02)


@pytest.mark.parametrize("kind", ["high_end", "regular"])
def test_renewals_with_different_customers_agree_with_sbg(kind):
    parameters = reference("sbg_parameters.json")[kind]
    alpha, beta = parameters["alpha"], parameters["beta"]
    of = scenario(
        horizon=30 * 9,
        population={"size": 5000},
        channels=None,
        segments=[{"id": "all-of-them", "traits": {"attrition": {"family": "betaprime", "a": alpha, "b": beta}}}],
        touchpoints=[
            {"id": "join", "start": True, "goal": {"kind": "conversion"}},
            {"id": "renewal"},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "join", "to": "renewal", "share": 1, "delay": 30},
            {"from": "renewal", "to": "renewal", "share": 1, "delay": 30, "role": "neutral"},
            {"from": "renewal", "to": "gone", "share": 1},
        ],
    )
    program = compile_program(of, of)
    staying = np.zeros((30, 8))
    for replication in range(30):
        left = simulate(program, 5, replication).customers.exit
        staying[replication] = [1 - np.mean(left <= 30 * renewal) for renewal in range(1, 9)]
    for renewal in range(1, 9):
        survival = math.exp(betaln(alpha, beta + renewal) - betaln(alpha, beta))
        assert agrees(staying[:, renewal - 1], survival, width=0.03)
