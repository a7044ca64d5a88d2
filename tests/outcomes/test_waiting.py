"""Waits at desks, with those who are still waiting."""

import pytest

from sim.outcomes import Measured, measure
from tests.builders import scenario
from tests.histories import Person, history

DESK = {"id": "phone", "agents": 1, "service_minutes": 5}
SHOP = scenario(
    segments=[{"id": "new"}, {"id": "known"}],
    orchestration={"policy": "rules", "holdout": 0.5},
    desks=[DESK, DESK | {"id": "till"}],
    touchpoints=[{"id": "start", "start": True, "desk": "phone"}, {"id": "pay", "desk": "till"}],
    transitions=[{"from": "start", "to": "pay", "share": 1}],
)

Wait = tuple[int, int, float, bool]


def measured(people: list[Person], *waits: Wait) -> Measured:
    return measure(history(SHOP, people, waits=waits), SHOP, "base", 0.0)


def test_where_nobody_is_left_waiting_it_is_the_plain_mean() -> None:
    found = measured([Person()], (0, 0, 4, True), (0, 1, 0, True), (0, 0, 11, True))
    assert found.sums["all"]["desk_wait_minutes"] == (pytest.approx(15), 3)
    assert found.sums["all"]["desk_still_waiting_rate"] == (0, 3)


def test_who_still_waits_counts_as_waiting_at_least_so_long() -> None:
    # Of 4 one is through after 10 minutes, one asked 15 minutes before the end, one is through after 20, one waits on
    # after 30: 10 x 1 + 10 x 3/4 + 10 x 3/8 = 21.25 (the plain mean of those who are through is 15).
    found = measured([Person()], (0, 0, 30, False), (0, 0, 10, True), (0, 1, 20, True), (0, 0, 15, False))
    assert found.outcomes["all"]["desk_wait_minutes"] == pytest.approx(21.25)
    assert found.sums["all"]["desk_wait_minutes"] == (pytest.approx(85), 4)
    assert found.sums["all"]["desk_still_waiting_rate"] == (2, 4)


def test_where_all_still_wait_nothing_is_known_but_the_longest_wait_so_far() -> None:
    found = measured([Person()], (0, 0, 30, False), (0, 0, 12, False))
    assert found.outcomes["all"]["desk_wait_minutes"] == 30
    assert found.outcomes["all"]["desk_still_waiting_rate"] == 1


def test_a_segment_and_the_holdout_have_waits_of_their_own() -> None:
    people = [Person(), Person(segment=1, holdout=True), Person(segment=1)]
    found = measured(people, (0, 0, 2, True), (1, 0, 6, True), (2, 0, 10, False), (1, 1, 8, True))
    assert found.sums["new"]["desk_wait_minutes"] == (2, 1)
    assert found.sums["known"]["desk_wait_minutes"] == (pytest.approx(6 * 3 + 2 * 2 + 2 * 1), 3)
    assert found.group_sums["holdout"]["desk_wait_minutes"] == (pytest.approx(14), 2)
    assert found.group_sums["treated"]["desk_still_waiting_rate"] == (1, 2)


def test_nobody_at_a_desk_is_told_as_such() -> None:
    found = measured([Person()])
    assert found.absent["desk_wait_minutes"] == "nobody asked at a desk without being turned away"
    assert found.absent["desk_turned_away_rate"] == "nobody asked at a desk"
    assert found.sums["all"]["desk_still_waiting_rate"] == (0, 0)
