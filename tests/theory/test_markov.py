"""Absorption, visits and steps of a Markov chain against the fundamental matrix (Kemeny and Snell, 1960)."""

import math

import numpy as np

from tests.builders import scenario
from tests.engine.worlds import run
from tests.shared import reference

CUSTOMERS = 40_000


def within(observed: float, expected: float, sd: float, n: int) -> bool:
    """Whether a mean of n values lies within 4 standard errors of what is expected."""
    return abs(observed - expected) <= 4 * sd / math.sqrt(n)


def chain():
    case = reference("markov_absorption_cases.json")
    names = [*case["states"], *case["absorbing"]]
    rows = case["P_rows(states then absorbing)"]
    touchpoints = [{"id": name, "stage": "awareness", "start": name == "awareness"} for name in case["states"]]
    touchpoints += [{"id": "advocacy", "exit": "completed"}, {"id": "churn", "exit": "churn"}]
    transitions = [
        {"from": source, "to": target, "share": share, "delay": 1}
        for source, row in zip(case["states"], rows, strict=True)
        for target, share in zip(names, row, strict=True)
        if share > 0
    ]
    of = scenario(
        horizon=500,
        population={"size": CUSTOMERS},
        touchpoints=touchpoints,
        transitions=transitions,
        stages=[{"id": "awareness"}],
        channels=None,
    )
    return case, names, run(of)


def test_absorption_visits_and_steps_agree_with_the_fundamental_matrix():
    case, names, history = chain()
    at = {name: history.touchpoints.index(name) for name in names}
    visits = history.at_touchpoints.visits.sum(axis=0)
    for index, name in enumerate(case["absorbing"]):
        p = case["absorption_B"][0][index]
        assert within(visits[at[name]] / CUSTOMERS, p, math.sqrt(p * (1 - p)), CUSTOMERS)
    assert visits[at["advocacy"]] + visits[at["churn"]] == CUSTOMERS
    fundamental = np.array(case["fundamental_N"])
    variances = fundamental @ (2 * np.diag(np.diag(fundamental)) - np.eye(5)) - fundamental**2
    for index, name in enumerate(case["states"]):
        sd = math.sqrt(variances[0][index])
        assert within(visits[at[name]] / CUSTOMERS, fundamental[0][index], sd, CUSTOMERS)
    steps = history.customers.exit
    assert within(steps.mean(), case["expected_steps"][0], math.sqrt(case["var_steps"][0]), CUSTOMERS)


def test_the_share_that_ever_purchases_agrees():
    case, _, history = chain()
    enters = history.events.event == 0
    purchase = history.events.touchpoint == history.touchpoints.index("purchase")
    ever = len(np.unique(history.events.customer[enters & purchase])) / CUSTOMERS
    p = case["P(ever purchase | start=awareness)"]
    assert within(ever, p, math.sqrt(p * (1 - p)), CUSTOMERS)
