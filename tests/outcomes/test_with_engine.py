"""Outcomes of simulated histories agree with what is counted from the recorded events."""

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, History
from sim.outcomes import Measured, measure
from sim.scenario import Scenario
from tests.builders import scenario

EXPONENTIAL = {"family": "exponential", "mean": 12}


def club() -> Scenario:
    """A cohort of 600 followed for 120 days, with everything this version measures."""
    return scenario(
        horizon=120,
        population={"size": 600},
        segments=[{"id": "new", "affinity": {"web": 2}}, {"id": "known", "traits": {"propensity": 0.5}}],
        channels=[{"id": "web", "cost": 0.05}, {"id": "shop", "cost": 2}],
        stages=[{"id": "look"}, {"id": "buy"}, {"id": "stay"}],
        touchpoints=[
            {"id": "start", "start": True, "emotion": {"mean": 0.1, "sd": 0.4}},
            {"id": "help", "desk": "help", "effort": 3},
            {"id": "order", "stage": "buy", "goal": {"kind": "conversion", "value": 40, "margin": 0.5}},
            {"id": "use", "stage": "stay", "goal": {"kind": "value"}},
            {"id": "asleep", "stage": "stay", "lapsed": True},
            {"id": "done", "stage": "stay", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "start", "to": "help", "share": 1, "delay": 0.5},
            {"from": "start", "to": "order", "share": 2, "delay": EXPONENTIAL},
            {"from": "help", "to": "order", "share": 1, "delay": 1},
            {"from": "help", "to": "gone", "share": 1, "delay": 1},
            {"from": "order", "to": "use", "share": 1, "delay": 1},
            {"from": "use", "to": "order", "share": 2, "delay": EXPONENTIAL},
            {"from": "use", "to": "asleep", "share": 1, "delay": EXPONENTIAL},
            {"from": "use", "to": "done", "share": 0.3, "delay": EXPONENTIAL},
            {"from": "asleep", "to": "use", "share": 1, "delay": EXPONENTIAL},
            {"from": "asleep", "to": "gone", "share": 1, "delay": EXPONENTIAL},
        ],
        desks=[
            {
                "id": "help",
                "agents": 3,
                "service_minutes": {"family": "exponential", "mean": 15},
                "patience_minutes": {"family": "exponential", "mean": 60},
                "cost_per_contact": 4,
                "cost_per_hour": 0.1,
            }
        ],
        surveys=[{"id": "recommend", "kind": "nps", "at": ["use"], "rate": 0.5}],
        money={"setup": 50, "per_month": 30, "refund_rate": 0.05},
    )


@pytest.fixture(scope="module")
def simulated() -> tuple[History, Measured]:
    history = simulate(compile_program(club(), club()), 11, 0, events=True)
    return history, measure(history, club(), "base", 0.1)


def times(history: History, event: str, touchpoint: str | None = None) -> dict[int, list[float]]:
    """By customer: the times of an event, in order."""
    assert history.events is not None
    chosen = history.events.event == EVENTS.index(event)
    if touchpoint is not None:
        chosen &= history.events.touchpoint == history.touchpoints.index(touchpoint)
    found: dict[int, list[float]] = {}
    for customer, time in zip(history.events.customer[chosen], history.events.time[chosen], strict=True):
        found.setdefault(int(customer), []).append(float(time))
    return found


def values(history: History, event: str) -> list[float]:
    assert history.events is not None
    return history.events.value[history.events.event == EVENTS.index(event)].tolist()


def test_rates_are_those_counted_from_the_events(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    found = measured.outcomes["all"]
    won = times(history, "conversion")
    # A cohort is followed to the end, so nothing is censored early: conversion is a plain share.
    assert found["conversion_rate"] == len(won) / 600
    assert found["repeat_rate"] == pytest.approx(sum(len(found_) > 1 for found_ in won.values()) / len(won))
    assert found["purchase_rate"] == pytest.approx(sum(map(len, won.values())) / 600)
    assert found["completion_rate"] == pytest.approx(len(times(history, "completed")) / 600)
    first = sorted(found_[0] for found_ in won.values())
    assert found["time_to_convert_days"] == first[(len(first) + 1) // 2 - 1]


def test_retention_is_the_share_there_where_all_are_followed(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    entered: dict[int, list[tuple[float, str]]] = {}
    for touchpoint in history.touchpoints:
        for customer, visits in times(history, "enter", touchpoint).items():
            entered.setdefault(customer, []).extend((time, touchpoint) for time in visits)
    won = {customer: found[0] for customer, found in times(history, "conversion").items()}
    assert all(time + 7 <= 120 for time in won.values())
    there = 0
    for customer, time in won.items():
        last = max((visit for visit in entered[customer] if visit[0] <= time + 7 + 1e-9), key=lambda visit: visit[0])
        there += last[1] not in ("asleep", "gone", "done")
    assert measured.outcomes["all"]["retention_7"] == pytest.approx(there / len(won))


def test_money_is_that_of_the_events(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    found = measured.outcomes["all"]
    assert found["revenue"] == pytest.approx(sum(values(history, "conversion")) * 0.95)
    served = len(values(history, "served"))
    contacts = measured.channels
    agents = 3 * 24 * 120 * 0.1
    assert found["cost"] == pytest.approx(
        contacts["web"]["cost"] + contacts["shop"]["cost"] + 4 * served + agents + 170
    )
    assert found["profit"] == pytest.approx(found["revenue"] * 0.5 - found["cost"])
    assert sum(table["contacts"] for table in contacts.values()) == pytest.approx(found["contacts_per_customer"] * 600)
    assert sum(point["value"] for point in measured.touchpoints.values()) == pytest.approx(found["revenue"] / 0.95)


def test_experience_is_that_of_the_events(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    found = measured.outcomes["all"]
    kept = values(history, "handoff")
    assert found["handoffs_per_customer"] == pytest.approx(len(kept) / 600)
    assert found["context_kept_rate"] == pytest.approx(np.mean(kept))
    answers = np.array(values(history, "nps"))
    assert found["nps"] == pytest.approx(100 * (np.mean(answers >= 9) - np.mean(answers <= 6)))
    waits = values(history, "served") + values(history, "gave_up")
    assert found["desk_wait_minutes"] == pytest.approx(np.mean(waits))
    assert found["desk_abandon_rate"] == pytest.approx(len(values(history, "gave_up")) / len(values(history, "asked")))
    assert found["desk_turned_away_rate"] == 0


def test_who_lapsed_came_back_if_they_used_it_again(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    asleep, used = times(history, "enter", "asleep"), times(history, "enter", "use")
    back = [customer for customer, slept in asleep.items() if used[customer][-1] > slept[0]]
    assert measured.outcomes["all"]["reactivation_rate"] == pytest.approx(len(back) / len(asleep))


def test_the_tables_count_the_events(simulated: tuple[History, Measured]) -> None:
    history, measured = simulated
    for touchpoint, figures in measured.touchpoints.items():
        assert figures["visits"] == sum(map(len, times(history, "enter", touchpoint).values()))
    assert sum(figures["present"] for figures in measured.touchpoints.values()) == 600
    bought = {*times(history, "enter", "order")}
    assert measured.stages["buy"]["reached"] == pytest.approx(len(bought) / 600)
    assert measured.stages["look"]["reached"] == 1
    for source in ("start", "help", "use", "asleep"):
        shares = [figures["share"] for id_, figures in measured.transitions.items() if id_.startswith(f"{source}/")]
        assert sum(shares) == pytest.approx(1)


def test_who_leaves_has_not_reached_the_stage_of_the_exit_and_a_stage_without_touchpoints_has_no_figures() -> None:
    of = scenario(
        stages=[{"id": "look"}, {"id": "buy"}, {"id": "stay"}, {"id": "later"}],
        touchpoints=[
            {"id": "start", "stage": "look", "start": True},
            {"id": "middle", "stage": "look"},
            {"id": "done", "stage": "buy", "exit": "completed", "goal": {"kind": "conversion"}},
            {"id": "gone", "stage": "stay", "exit": "churn"},
            {"id": "club", "stage": "later", "enabled": False},
        ],
    )
    history = simulate(compile_program(of, of), 3, 0, events=True)
    found = measure(history, of, "base", 0.1)
    bought = len(times(history, "enter", "done"))
    assert 0 < bought < 100
    felt = {"emotion": 0, "effort": 1, "bad": 0}
    assert found.stages == {
        "look": felt | {"visits": 200, "reached": 1, "dropoff": pytest.approx((100 - bought) / 200)},
        "buy": {"visits": bought, "reached": pytest.approx(bought / 100)},
        "later": {"visits": 0, "reached": 0},
    }


def test_segments_together_are_everybody(simulated: tuple[History, Measured]) -> None:
    _, measured = simulated
    whole, parts = measured.outcomes["all"], [measured.outcomes["new"], measured.outcomes["known"]]
    assert whole["revenue"] == pytest.approx(sum(part["revenue"] for part in parts))
    for per_arrival in ("conversion_rate", "completion_rate", "sentiment", "contacts_per_customer"):
        assert whole[per_arrival] * 600 == pytest.approx(sum(part[per_arrival] * part["arrivals"] for part in parts))
