"""Curves reach the horizon and end where their outcomes stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.memory.history import ACTIVE, CHURNED, COMPLETED, LAPSED
from sim.outcomes import Curve, Measured, measure
from sim.outcomes.curves import curve_indices
from tests.builders import scenario
from tests.histories import Person, history

POINTS = [
    {"id": "start", "start": True},
    {"id": "member", "goal": {"kind": "conversion"}},
    {"id": "asleep", "lapsed": True},
    {"id": "done", "exit": "completed"},
    {"id": "gone", "exit": "churn"},
]


def measured(people: list[Person], horizon: float = 100) -> Measured:
    of = scenario(horizon=horizon, touchpoints=POINTS, transitions=[{"from": "start", "to": "member", "share": 1}])
    return measure(history(of, people), of, "base", 0.0)


def at(curve: Curve, day: float) -> float:
    return float(curve.value[curve.day.tolist().index(day)])


def test_curves_are_read_off_on_whole_days_on_those_of_outcomes_and_at_the_horizon() -> None:
    assert curve_indices(100).tolist() == list(range(101))
    assert curve_indices(365).tolist() == sorted({*range(0, 365, 4), 7, 30, 90, 365})
    assert curve_indices(0.5).tolist() == [0, 1]
    assert curve_indices(3000).size < 130
    assert measured([Person()], 2.5).curves["conversion"].day.tolist() == [0, 1, 2, 2.5]
    assert measured([Person()], 30).curves["retention"].day.tolist() == list(range(31))


def test_conversion_goes_by_the_day_of_the_run_and_ends_at_the_rate() -> None:
    people = [
        Person(acquired=1),
        Person(arrival=60, acquired=70),
        Person(arrival=90),
        Person(arrival=99.5, acquired=100),
    ]
    curve = measured(people).curves["conversion"]
    assert [at(curve, day) for day in (0, 1, 69, 70, 99, 100)] == [0, 0.25, 0.25, 0.5, 0.5, 0.75]


def test_converted_within_goes_by_days_since_arrival_while_enough_are_followed() -> None:
    people = [Person(arrival=50, acquired=60)] * 20 + [Person(arrival=50)] * 20
    curve = measured(people).curves["converted_within"]
    assert [at(curve, day) for day in (0, 9, 10, 50)] == [0, 0, 0.5, 0.5]
    assert np.isnan(at(curve, 51))


def test_retention_reaches_a_horizon_that_is_no_whole_day() -> None:
    leaving = [Person(acquired=0, changes=[(30.25, CHURNED)])] * 10
    done = [Person(acquired=0, changes=[(30.4, COMPLETED)])] * 10
    found = measured([*leaving, *done, *[Person(acquired=0)] * 20], 30.5)
    assert found.curves["retention"].day[-2:].tolist() == [30, 30.5]
    assert found.curves["retention"].value[-2:].tolist() == pytest.approx([1, 0.5])
    assert found.curves["completed"].value[-2:].tolist() == pytest.approx([0, 0.25])
    later = measured([*leaving, *[Person(arrival=0.1, acquired=0.1)] * 40], 30.5)
    assert later.curves["retention"].value[-2:].tolist() == [1, pytest.approx(np.nan, nan_ok=True)]


def test_no_day_counts_as_a_whole_one_before_it_is_over() -> None:
    assert "retention_30" not in measured([Person(acquired=0)] * 40, 29.5).outcomes["all"]
    assert "retention_30" in measured([Person(acquired=0)] * 40, 30).outcomes["all"]


@st.composite
def runs(draw: st.DrawFn) -> tuple[float, list[Person]]:
    horizon = draw(st.sampled_from([0.5, 1, 6.75, 7, 29.9, 30, 45.3, 90, 121, 364.2, 365, 400, 1000]))
    within = st.floats(0, 1).map(lambda share: share * horizon)
    people = []
    for _ in range(draw(st.integers(1, 8))):
        arrival, acquired, changed = sorted(draw(st.tuples(within, within, within)))
        status = draw(st.sampled_from([ACTIVE, LAPSED, CHURNED, COMPLETED]))
        won = draw(st.booleans())
        person = Person(
            arrival=arrival,
            acquired=acquired if won else np.nan,
            changes=[(changed, status)] if status != ACTIVE else [],
        )
        people += [person] * draw(st.sampled_from([1, 12, 40]))
    return horizon, people


@given(runs())
def test_every_curve_ends_where_its_outcome_stands(run: tuple[float, list[Person]]) -> None:
    horizon, people = run
    found = measured(people, horizon)
    own, curves = found.outcomes["all"], found.curves
    assert all(curve.day[-1] == horizon and (np.diff(curve.day) > 0).all() for curve in curves.values())
    assert curves["conversion"].value[-1] == own["conversion_rate"]
    for name, outcome, days in (
        ("converted_within", "converted_within", (30, 90, 365)),
        ("retention", "retention", (7, 30, 90, 180, 365)),
    ):
        for day in days:
            if f"{outcome}_{day}" in own:
                assert at(curves[name], day) == pytest.approx(own[f"{outcome}_{day}"])
            elif day <= horizon:
                assert np.isnan(at(curves[name], day))
