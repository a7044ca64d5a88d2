"""Waiting at desks against queueing theory: Erlang C and A, Pollaczek and Khinchine, two classes of priority."""

import csv

import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.shared import reference, reference_path
from tests.theory.estimate import agrees

MINUTES_A_DAY = 1440


def calls(a_minute: float, days: float, **desk) -> Scenario:
    """Customers who call once, at random times, over so many days."""
    return scenario(
        horizon=days,
        population={"size": round(a_minute * MINUTES_A_DAY * days), "arrivals": {"pattern": "poisson"}},
        touchpoints=[{"id": "call", "start": True, "desk": "desk"}, {"id": "end", "exit": "completed"}],
        transitions=[{"from": "call", "to": "end", "share": 1}],
        desks=[{"id": "desk", **desk}],
        channels=None,
    )


def observed(of: Scenario, replications: int, warm_up: float) -> dict[str, list[float]]:
    """Of each replication: share that waits, share that gives up, mean wait in seconds; after `warm_up` days."""
    program = compile_program(of, of)
    found: dict[str, list[float]] = {"P_wait": [], "P_abandon": [], "mean_wait_s": []}
    for replication in range(replications):
        events = simulate(program, 2026, replication, events=True).events
        late = events.time > warm_up
        served = events.value[late & (events.event == EVENTS.index("served"))]
        gave_up = events.value[late & (events.event == EVENTS.index("gave_up"))]
        settled = len(served) + len(gave_up)
        found["P_wait"].append(((served > 0).sum() + len(gave_up)) / settled)
        found["P_abandon"].append(len(gave_up) / settled)
        found["mean_wait_s"].append(60 * (served.sum() + gave_up.sum()) / settled)
    return found


def cases() -> list[dict[str, str]]:
    try:
        with reference_path("erlang_cases.csv").open() as file:
            return list(csv.DictReader(file))
    except (pytest.skip.Exception, pytest.fail.Exception):
        return [{}]


def name(case: dict[str, str]) -> str:
    return "-".join(case.get(key) or "endless" for key in ("lam_per_min", "c", "patience_mean_min"))


def check(case: dict[str, str], customers: int, replications: int) -> None:
    """Simulate a case and compare with its formula."""
    if not case:
        reference_path("erlang_cases.csv")
    a_minute = float(case["lam_per_min"])
    days = customers / a_minute / MINUTES_A_DAY
    patience = float(case["patience_mean_min"] or 0)
    desk = {
        "agents": int(case["c"]),
        "service_minutes": {"family": "exponential", "mean": float(case["mean_service_min"])},
    }
    if patience:
        desk["patience_minutes"] = {"family": "exponential", "mean": patience}
    found = observed(calls(a_minute, days, **desk), replications, days / 10)
    assert agrees(found["P_wait"], float(case["P_wait"]), width=0.15)
    assert agrees(found["mean_wait_s"], float(case["mean_wait_s"]), width=0.3)
    if patience:
        assert agrees(found["P_abandon"], float(case["P_abandon"]), width=0.25)
    else:
        assert not any(found["P_abandon"])


@pytest.mark.parametrize("case", cases()[:2], ids=name)
def test_waits_agree_with_erlang_c_and_a(case):
    check(case, customers=20_000, replications=8)


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(), ids=name)
def test_waits_agree_with_erlang_in_every_case(case):
    size = 1 if case.get("patience_mean_min") else 2  # without patience, waits vary far more
    if int(case["c"]) > 100:
        size *= 2  # busy periods of a large desk last for more customers
    check(case, customers=30_000 * size, replications=8 * size)


@pytest.mark.slow
@pytest.mark.parametrize("formula", ["ErlangA", "ErlangC"])
def test_waits_agree_with_the_published_example(formula):
    expected = reference("erlang_published_cases.json")[formula]
    desk = {"agents": 50, "service_minutes": {"family": "exponential", "mean": 1}}
    if formula == "ErlangA":
        desk["patience_minutes"] = {"family": "exponential", "mean": 2}
    found = observed(calls(48, 3, **desk), replications=12, warm_up=0.1)
    assert agrees(found["P_wait"], expected["P_wait"], width=0.1)
    assert agrees(found["mean_wait_s"], expected["mean_wait_s"], width=0.3)
    if formula == "ErlangA":
        assert agrees(found["P_abandon"], expected["P_abandon"], width=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("sd", [1, 6])
def test_a_single_agent_with_any_service_time_agrees_with_pollaczek_and_khinchine(sd):
    a_minute, mean = 0.2, 3.0
    service = {"family": "lognormal", "mean": mean, "sd": sd}
    expected = a_minute * (mean**2 + sd**2) / (2 * (1 - a_minute * mean))
    found = observed(calls(a_minute, 70, agents=1, service_minutes=service), replications=16, warm_up=5)
    assert agrees(found["mean_wait_s"], 60 * expected, width=0.3)


@pytest.mark.slow
def test_two_classes_of_priority_wait_as_cobham_says():
    """One agent, exponential service, the more valuable first without interruption (Cobham 1954)."""
    rate, mean, gold = 0.25, 3.0, 0.3
    of = scenario(
        horizon=60,
        population={"size": round(rate * MINUTES_A_DAY * 60), "arrivals": {"pattern": "poisson"}},
        touchpoints=[
            {"id": "gold", "start": gold, "goal": {"kind": "value", "value": 100}},
            {"id": "plain", "start": 1 - gold},
            {"id": "call", "desk": "desk"},
            {"id": "end", "exit": "completed"},
        ],
        transitions=[
            {"from": "gold", "to": "call", "share": 1},
            {"from": "plain", "to": "call", "share": 1},
            {"from": "call", "to": "end", "share": 1},
        ],
        desks=[
            {
                "id": "desk",
                "agents": 1,
                "priority": "value",
                "service_minutes": {"family": "exponential", "mean": mean},
            }
        ],
        channels=None,
    )
    program = compile_program(of, of)
    waits: dict[bool, list[float]] = {True: [], False: []}
    for replication in range(16):
        history = simulate(program, 2026, replication, events=True)
        events = history.events
        served = (events.event == EVENTS.index("served")) & (events.time > 5)
        rich = history.customers.revenue[events.customer[served]] > 0
        for kind in waits:
            waits[kind].append(events.value[served][rich == kind].mean())
    load_gold, load = rate * gold * mean, rate * mean
    remaining = load * mean
    assert agrees(waits[True], remaining / (1 - load_gold), width=0.15)
    assert agrees(waits[False], remaining / (1 - load_gold) / (1 - load), width=0.3)
