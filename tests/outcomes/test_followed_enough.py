"""Shares after some days, told where enough are followed that long."""

import pytest

from sim.engine.memory.history import CHURNED, COMPLETED
from sim.outcomes import Measured, measure
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history


def club(**changes: object) -> Scenario:
    tables: dict[str, object] = {
        "horizon": 100,
        "touchpoints": [
            {"id": "start", "start": True},
            {"id": "member", "goal": {"kind": "conversion"}},
            {"id": "done", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [{"from": "start", "to": "member", "share": 1}],
    }
    return scenario(**(tables | changes))


def measured(people: list[Person], of: Scenario | None = None) -> Measured:
    of = of or club()
    return measure(history(of, people), of, "base", 0.0)


def test_converted_within_counts_who_arrives_late_as_undecided() -> None:
    people = [
        *[Person(acquired=10)] * 15,
        *[Person(changes=[(20, CHURNED)])] * 15,
        *[Person(arrival=75)] * 20,  # seen for 25 days
        *[Person(acquired=40)] * 10,
    ]
    found = measured(people)
    # Of 60, 15 by day 10; survival 45/60, then 30/60 at day 20; the 20 leave at day 25; 10 of the 10 left at day 40.
    assert found.outcomes["all"]["converted_within_30"] == pytest.approx(0.25)
    assert found.outcomes["all"]["converted_within_90"] == pytest.approx(0.25 + 0.5)
    assert found.sums["all"]["converted_within_90"] == (pytest.approx(45), 60)
    assert found.outcomes["all"]["conversion_rate"] == 25 / 60
    assert found.absent["converted_within_365"] == "the run is shorter than 365 days"


def test_what_comes_exactly_then_is_within() -> None:
    found = measured([Person(arrival=0.1, acquired=30.1)] * 20 + [Person(arrival=0.1, acquired=30.2)] * 20)
    assert found.outcomes["all"]["converted_within_30"] == 0.5


@pytest.mark.parametrize(("early", "late", "told"), [(30, 570, True), (29, 0, False), (30, 571, False)])
def test_it_takes_thirty_and_a_twentieth_who_are_followed_that_long(early: int, late: int, told: bool) -> None:
    found = measured([Person(acquired=1)] * early + [Person(arrival=95, acquired=96)] * late)
    for outcome, whom in (("converted_within_90", "arrivals"), ("churned_within_90", "customers won")):
        assert (outcome in found.outcomes["all"]) is told
        if not told:
            assert found.absent[outcome] == (
                f"too few of the {whom} are followed for 90 days; at least 30 and 5 % of them are needed"
            )


def test_churned_within_goes_by_days_since_the_conversion_and_completing_ends_the_wait() -> None:
    people = [
        *[Person(acquired=5, changes=[(15, CHURNED)])] * 10,
        *[Person(acquired=5, changes=[(25, COMPLETED)])] * 10,
        *[Person(arrival=70, acquired=75)] * 20,  # seen for 25 days
        *[Person(acquired=5, changes=[(45, CHURNED)])] * 10,
        *[Person(changes=[(1, CHURNED)])] * 7,  # never won
    ]
    found = measured(people)
    # Of 50: 10 at day 10, survival 40/50; at day 20 30/50; the 20 leave at day 25; 10 of the 10 left at day 40.
    assert found.outcomes["all"]["churned_within_30"] == pytest.approx(0.2)
    assert found.outcomes["all"]["churned_within_90"] == pytest.approx(0.2 + 0.6)
    assert found.sums["all"]["churned_within_90"] == (pytest.approx(40), 50)
    assert found.sums["all"]["churn_rate"] == (20, 50)


def test_without_a_conversion_goal_churned_within_is_of_the_arrivals() -> None:
    plain = club(
        touchpoints=[{"id": "start", "start": True}, {"id": "gone", "exit": "churn"}],
        transitions=[{"from": "start", "to": "gone", "share": 1}],
    )
    found = measured([Person(arrival=3, changes=[(33, CHURNED)])] * 30 + [Person(arrival=3)] * 10, plain)
    assert found.sums["all"]["churned_within_30"] == (pytest.approx(30), 40)
    few = measured([Person()], plain)
    assert few.absent["churned_within_30"].startswith("too few of the arrivals are followed")


def test_won_and_still_there_is_the_counted_conversion_times_retention() -> None:
    people = [
        *[Person(acquired=1)] * 30,
        *[Person(acquired=1, changes=[(20, CHURNED)])] * 10,
        *[Person(arrival=90)] * 60,
    ]
    found = measured(people)
    assert found.outcomes["all"]["conversion_rate"] == 0.4
    assert found.outcomes["all"]["retention_30"] == pytest.approx(0.75)
    assert found.outcomes["all"]["retained_per_arrival_30"] == pytest.approx(0.3)
    assert found.sums["all"]["retention_30"] == (pytest.approx(30), 40)
    assert found.sums["all"]["retained_per_arrival_30"] == (pytest.approx(30), 100)


def test_who_leaves_exactly_at_the_horizon_has_left() -> None:
    month = club(horizon=30)
    found = measured([Person(acquired=0, changes=[(30, CHURNED)])] * 40, month)
    assert found.outcomes["all"]["retention_30"] == 0
    assert found.outcomes["all"]["churned_within_30"] == 1
    assert found.outcomes["all"]["churn_rate"] == 1
