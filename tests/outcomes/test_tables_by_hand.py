"""The tables by touchpoint, transition and stage, each figure another number, so that none can stand in for another."""

import numpy as np
import pytest

from sim.engine.memory.history import ACTIVE, CHURNED, LAPSED, StatusLog
from sim.outcomes import measure
from sim.outcomes.retention import lapses
from tests.builders import scenario
from tests.histories import Person, history

SHOP = scenario(
    desks=[{"id": "till", "agents": 1, "service_minutes": 1}],
    stages=[{"id": "look"}, {"id": "buy"}],
    segments=[{"id": "new"}, {"id": "known"}],
    touchpoints=[
        {"id": "start", "start": True},
        {"id": "middle", "desk": "till"},
        {"id": "done", "stage": "buy", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
        {"id": "gone", "exit": "churn"},
    ],
)
TOUCHPOINTS = {
    "visits": [[20, 6, 1, 0], [20, 4, 2, 0]],
    "present": [[3, 2, 1, 0], [2, 1, 1, 0]],
    "goals": [[0, 0, 1, 0], [0, 0, 2, 0]],
    "value": [[0, 0, 40, 0], [0, 0, 75, 0]],
    "days": [[10, 3, 0, 0], [4, 2, 0, 0]],
    "experiences": [[16, 5, 0, 0], [9, 3, 0, 0]],
    "lost": [[6, 1, 0, 0], [3, 1, 0, 0]],
    "emotion": [[2, -1, 0, 0], [3, -3, 0, 0]],
    "effort": [[30, 9, 0, 0], [45, 15, 0, 0]],
    "bad": [[1, 4, 0, 0], [1, 2, 0, 0]],
    "bad_dropped": [[0, 2, 0, 0], [0, 0, 0, 0]],
    "wait": [[0, 7, 0, 0], [0, 19, 0, 0]],
}
TRANSITIONS = {"chosen": [[5, 3, 2], [5, 1, 1]], "delay": [[8, 1, 1], [4, 3, 2]]}
"""start to middle, middle to done, middle to gone"""
FOUND = measure(
    history(
        SHOP,
        [Person() for _ in range(5)],
        at_touchpoints=TOUCHPOINTS,
        at_transitions=TRANSITIONS,
        reached_stages=[[3, 1], [2, 1]],
    ),
    SHOP,
    "base",
    1,
)


def test_each_figure_of_a_touchpoint_is_its_own() -> None:
    assert FOUND.touchpoints["start"] == pytest.approx(
        {
            "visits": 40, "present": 5, "goals": 0, "value": 0, "dropoff": 0, "days": 14 / 40, "lost": 9 / 40,
            "emotion": 5 / 25, "effort": 75 / 25, "bad": 2 / 25, "at_stake": 0,
            "dropoff_bad": 0, "dropoff_other": 0,
        }
    )  # fmt: skip
    assert FOUND.touchpoints["middle"] == pytest.approx(
        {
            "visits": 10, "present": 3, "goals": 0, "value": 0, "dropoff": 3 / 7, "days": 5 / 10, "lost": 2 / 10,
            "emotion": -4 / 8, "effort": 24 / 8, "bad": 6 / 8, "wait": 26 / 8, "at_stake": 115,
            "dropoff_bad": 2 / 6, "dropoff_other": 1 / 2,
        }
    )  # fmt: skip
    assert FOUND.touchpoints["done"] == {"visits": 3, "present": 2, "goals": 3, "value": 115, "days": 0, "lost": 0}
    assert FOUND.touchpoints["gone"] == {"visits": 0, "present": 0, "goals": 0, "value": 0}


def test_each_figure_of_a_transition_is_its_own() -> None:
    assert FOUND.transitions == {
        "start/middle": {"chosen": 10, "share": 1, "delay": 12 / 10},
        "middle/done": {"chosen": 4, "share": 4 / 7, "delay": 4 / 4},
        "middle/gone": {"chosen": 3, "share": 3 / 7, "delay": 3 / 3},
    }


def test_each_figure_of_a_stage_is_its_own() -> None:
    assert FOUND.stages["look"] == pytest.approx(
        {
            "visits": 50, "reached": 1, "dropoff": 3 / 17, "at_stake": 115, "emotion": 1 / 33, "effort": 99 / 33,
            "bad": 8 / 33, "wait": 26 / 8,
        }
    )  # fmt: skip
    assert FOUND.stages["buy"] == {"visits": 3, "reached": 2 / 5}


def test_each_segment_has_figures_of_its_own() -> None:
    assert list(FOUND.segment_touchpoints) == list(FOUND.segment_stages) == ["new", "known"]
    assert FOUND.segment_touchpoints["known"]["middle"] == pytest.approx(
        {
            "visits": 4, "dropoff": 1 / 2, "at_stake": 75 / 2, "emotion": -1, "effort": 5, "bad": 2 / 3, "wait": 19 / 3,
            "dropoff_bad": 0, "dropoff_other": 1,
        }
    )  # fmt: skip
    assert FOUND.segment_stages["new"]["look"]["emotion"] == pytest.approx(1 / 21)
    assert FOUND.segment_stages["new"]["look"]["reached"] == pytest.approx(3 / 5)


def log(*changes: tuple[int, float, int]) -> StatusLog:
    """Customer, time and status after it."""
    customer, time, status = zip(*changes, strict=True)
    return StatusLog(np.array(customer, np.int32), np.array(time, float), np.array(status, np.int8))


def test_changes_are_put_together_by_customer_wherever_the_first_of_them_stands() -> None:
    assert log((0, 1, LAPSED), (1, 2, LAPSED), (0, 3, ACTIVE)).by_customer.tolist() == [0, 2, 1]
    assert log((0, 1, LAPSED), (0, 3, ACTIVE), (1, 2, LAPSED)).by_customer.tolist() == [0, 1, 2]


def test_whoever_comes_back_is_the_one_who_lapsed() -> None:
    lapsed, returned = lapses(
        log((0, 9, CHURNED), (1, 1, LAPSED), (1, 2, ACTIVE), (2, 3, LAPSED), (2, 4, CHURNED), (4, 5, LAPSED)), 5
    )
    assert lapsed.tolist() == [False, True, True, False, True]
    assert returned.tolist() == [False, True, False, False, False]
