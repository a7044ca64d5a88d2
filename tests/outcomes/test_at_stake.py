"""The money at stake where customers leave, against journeys whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import simulate
from sim.engine.memory.history import History
from sim.engine.program.compile import compile_program
from sim.outcomes.at_stake import at_stake
from sim.outcomes.groups import groups
from sim.outcomes.journey_graph import journey_graph
from sim.scenario.scenario import Scenario
from tests.builders import scenario

SHOP = scenario(
    horizon=400,
    population={"size": 4000},
    channels=[{"id": "mail"}],
    touchpoints=[
        {"id": "look", "start": True},
        {"id": "basket"},
        {"id": "order", "goal": {"kind": "conversion", "value": 50}},
        {"id": "asleep", "lapsed": True},
        {"id": "gone", "exit": "churn"},
    ],
    transitions=[
        {"from": "look", "to": "basket", "share": 0.5, "role": "progress"},
        {"from": "look", "to": "gone", "share": 0.5},
        {"from": "basket", "to": "order", "share": 0.6, "role": "progress"},
        {"from": "basket", "to": "look", "share": 0.1},
        {"from": "basket", "to": "asleep", "share": 0.3},
        {"from": "asleep", "to": "look", "share": 1.0},
        {"from": "order", "to": "gone", "share": 1.0},
    ],
)


def ran(of: Scenario) -> History:
    return simulate(compile_program(of, of), 5, 0)


def stakes(history: History, of: Scenario) -> dict[str, float]:
    found = at_stake(next(groups(history, held_out=False)), journey_graph(of))
    if found is None:
        return {}
    return {id_: money for id_, money in zip(history.touchpoints, found.tolist(), strict=True) if money == money}


def test_it_is_what_lies_ahead_of_those_who_go_on_less_what_those_who_fall_asleep_still_bring() -> None:
    history = ran(SHOP)
    found = stakes(history, SHOP)
    at = dict(zip(history.touchpoints, history.at_touchpoints.visits.sum(axis=0).tolist(), strict=True))
    chosen = dict(zip(history.transitions, history.at_transitions.chosen.sum(axis=0).tolist(), strict=True))
    # f, by hand: look = a basket, basket = b order + c look + d asleep, asleep = look, order = 50
    a = chosen["look/basket"] / at["look"]
    b, c, d = (chosen[f"basket/{to}"] / at["basket"] for to in ("order", "look", "asleep"))
    basket = b * 50 / (1 - (c + d) * a)
    look = a * basket
    on = chosen["basket/order"], chosen["basket/look"]
    ahead = (on[0] * 50 + on[1] * look) / sum(on)
    assert found["look"] == pytest.approx(chosen["look/gone"] * basket)
    assert found["basket"] == pytest.approx(chosen["basket/asleep"] * (ahead - look))
    assert "order" not in found  # nobody went on from there, so nobody can tell what they missed
    assert look * 4000 == pytest.approx(history.customers.revenue.sum())


def test_who_is_not_there_yet_at_the_end_brings_nothing() -> None:
    late = {"id": "order", "goal": {"kind": "conversion", "value": 50}}
    of = scenario(
        horizon=10,
        touchpoints=[{"id": "look", "start": True}, late, {"id": "gone", "exit": "churn"}],
        transitions=[
            {"from": "look", "to": "order", "share": 1, "delay": {"family": "uniform", "low": 0, "high": 20}},
            {"from": "look", "to": "gone", "share": 1, "delay": {"family": "uniform", "low": 0, "high": 20}},
        ],
    )
    history = ran(of)
    left = float(history.at_transitions.chosen.sum(axis=0)[1])
    assert stakes(history, of)["look"] == pytest.approx(left * 50 / 2, rel=0.2)


def test_who_is_brought_by_a_message_leaves_the_loop_that_no_transition_leaves() -> None:
    of = scenario(
        touchpoints=[
            {"id": "here", "start": True},
            {"id": "there"},
            {"id": "order", "goal": {"kind": "conversion", "value": 50}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "here", "to": "there", "share": 1, "delay": 1},
            {"from": "there", "to": "here", "share": 1, "delay": 1, "role": "progress"},
            {"from": "order", "to": "gone", "share": 1},
        ],
    )
    history = ran(of)
    visits = np.array([[100, 100, 20, 20]])
    totals = replace(
        history.at_touchpoints,
        visits=visits,
        present=np.array([[0, 0, 0, 20]]),
        value=np.array([[0.0, 0.0, 1000.0, 0.0]]),
    )
    history = replace(
        history,
        at_touchpoints=totals,
        at_transitions=replace(history.at_transitions, chosen=np.array([[90, 90, 20]])),
        brought=np.array([[0, 0, 20, 0]]),
    )
    assert stakes(history, of) == pytest.approx({"here": 0, "there": 0})


def test_where_nothing_is_sold_nothing_is_at_stake() -> None:
    free = scenario(
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "middle"},
            {"id": "done", "exit": "completed", "goal": {"kind": "conversion"}},
            {"id": "gone", "exit": "churn"},
        ]
    )
    assert stakes(ran(free), free) == {}
