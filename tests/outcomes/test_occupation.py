import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.engine.memory.history import ACTIVE, CHURNED, COMPLETED, LAPSED
from sim.outcomes.occupation import Occupation, daily_status
from tests.builders import scenario
from tests.histories import Person, history


def occupation(people: list[Person], horizon: float = 10) -> Occupation:
    seen = history(scenario(horizon=horizon), people)
    return daily_status(seen.customers, seen.log, horizon).occupation(np.ones(len(people), np.bool_))


def test_lapsed_and_back_counts_as_there_again() -> None:
    stays = Person(acquired=0)
    comes_back = Person(acquired=0, changes=[(2.5, LAPSED), (4.5, ACTIVE)])
    found = occupation([stays, comes_back], horizon=6)
    assert found.shares[ACTIVE].tolist() == pytest.approx([1, 1, 1, 0.5, 0.5, 1, 1])
    assert found.shares[LAPSED].tolist() == pytest.approx([0, 0, 0, 0.5, 0.5, 0, 0])


def test_a_completed_exit_is_a_competing_end_shown_beside() -> None:
    people = [
        Person(acquired=0, changes=[(1.0, COMPLETED)]),
        Person(acquired=0, changes=[(1.5, CHURNED)]),
        Person(acquired=0),
        Person(acquired=0),
    ]
    found = occupation(people, horizon=3)
    assert found.shares[ACTIVE].tolist() == pytest.approx([1, 0.75, 0.5, 0.5])
    assert found.shares[COMPLETED].tolist() == pytest.approx([0, 0.25, 0.25, 0.25])
    assert found.shares[CHURNED].tolist() == pytest.approx([0, 0, 0.25, 0.25])


def test_a_change_on_the_very_day_counts_on_that_day_whatever_rounding_did() -> None:
    # Renewals every 0.1 days from 0.3 on do not add up exactly in floating point.
    won = 0.3
    left = won
    for _ in range(30):
        left += 0.1
    assert left != won + 3.0
    found = occupation([Person(acquired=won, changes=[(left, CHURNED)]), Person(acquired=won)], horizon=6)
    assert found.shares[ACTIVE].tolist() == pytest.approx([1, 1, 1, 0.5, 0.5, 0.5, 0.5])


def test_there_and_back_between_two_days_leaves_no_trace() -> None:
    found = occupation([Person(acquired=0, changes=[(1.2, LAPSED), (1.4, ACTIVE)])], horizon=4)
    assert found.shares[ACTIVE].tolist() == [1, 1, 1, 1, 1]


def test_what_happened_before_the_conversion_does_not_count() -> None:
    found = occupation([Person(acquired=5, changes=[(1, LAPSED), (2, ACTIVE)])], horizon=8)
    assert found.shares[ACTIVE].tolist() == [1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert found.followed.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_who_converts_by_completing_is_completed_from_day_0() -> None:
    found = occupation([Person(acquired=2, changes=[(2, COMPLETED)]), Person(acquired=2)], horizon=4)
    assert found.shares[:, 0].tolist() == [0.5, 0, 0, 0.5]
    assert found.shares[COMPLETED].tolist() == [0.5] * 5


def test_who_is_won_on_the_last_day_is_seen_on_that_day_alone() -> None:
    # Half a day before the end: on day 0 one of two has completed; to day 1 the other is followed, who leaves.
    late = Person(acquired=2.5, changes=[(2.5, COMPLETED)])
    found = occupation([late, Person(acquired=2, changes=[(2.5, CHURNED)]), Person()], horizon=3)
    assert found.acquired == 2
    assert found.followed.tolist() == [2, 1, 0, 0]
    assert found.shares[:, 0].tolist() == [0.5, 0, 0, 0.5]
    assert found.shares[CHURNED].tolist() == [0, 0.5, 0.5, 0.5]
    assert found.shares[COMPLETED].tolist() == [0.5, 0.5, 0.5, 0.5]


def test_of_nobody_won_no_share_is_anything() -> None:
    found = occupation([Person(), Person(changes=[(1, CHURNED)])], horizon=2)
    assert found.acquired == 0
    assert found.shares.tolist() == [[0, 0, 0]] * 4


def test_a_hand_worked_case_with_censoring_and_lapsing() -> None:
    people = [
        Person(acquired=0, changes=[(0.5, LAPSED), (1.5, ACTIVE), (2.5, CHURNED)]),
        Person(acquired=0, changes=[(0.5, LAPSED)]),
        Person(acquired=0),
        Person(acquired=2),  # followed for one day only
    ]
    found = occupation(people, horizon=3)
    # Day 0 to 1 (four seen): two of four lapse. 1 to 2 (three seen): one of two lapsed returns, none leaves.
    # 2 to 3: of two active one leaves.
    assert found.followed.tolist() == [4, 4, 3, 3]
    assert found.shares[ACTIVE].tolist() == pytest.approx([1, 0.5, 0.75, 0.375])
    assert found.shares[LAPSED].tolist() == pytest.approx([0, 0.5, 0.25, 0.25])
    assert found.shares[CHURNED].tolist() == pytest.approx([0, 0, 0, 0.375])


@given(
    st.lists(
        st.tuples(st.floats(0, 19.9), st.floats(0.01, 25)),
        min_size=1,
        max_size=40,
    )
)
def test_without_lapsing_it_is_kaplan_and_meier_on_the_day_grid(rows: list[tuple[float, float]]) -> None:
    horizon = 20.0
    people, uncensored, right = [], [], []
    for won, stay in rows:
        followed = int(np.floor(horizon - won + 1e-9))
        day = int(np.ceil(stay - 1e-9))
        gone = won + stay < horizon
        people.append(Person(acquired=won, changes=[(won + stay, CHURNED)] if gone else []))
        if gone and day <= followed:
            uncensored.append(day)
        else:
            right.append(followed)
    found = occupation(people, horizon)
    reference = stats.ecdf(stats.CensoredData(uncensored=uncensored, right=right)).sf
    followed_days = np.flatnonzero(found.followed > 0)
    assert found.shares[ACTIVE, followed_days] == pytest.approx(reference.evaluate(followed_days))


def changes() -> st.SearchStrategy[list[tuple[float, int]]]:
    steps = st.lists(st.tuples(st.floats(0, 30), st.sampled_from([ACTIVE, LAPSED])), max_size=6)
    last = st.none() | st.tuples(st.floats(0, 30), st.sampled_from([CHURNED, COMPLETED]))

    def ordered(parts: tuple[list[tuple[float, int]], tuple[float, int] | None]) -> list[tuple[float, int]]:
        times = sorted(time for time, _ in [*parts[0], *([parts[1]] if parts[1] else [])])
        statuses = [status for _, status in parts[0]] + ([parts[1][1]] if parts[1] else [])
        return [(time, status) for time, status in zip(times, statuses, strict=True) if time < 30]

    return st.tuples(steps, last).map(ordered)


@given(st.lists(st.tuples(st.floats(0, 29), changes()), min_size=1, max_size=25))
def test_the_shares_of_every_day_sum_to_1_and_none_is_negative(
    rows: list[tuple[float, list[tuple[float, int]]]],
) -> None:
    found = occupation([Person(acquired=won, changes=steps) for won, steps in rows], horizon=30)
    assert found.shares.sum(axis=0) == pytest.approx(np.ones(31))
    assert (found.shares >= -1e-12).all()


@given(st.lists(changes(), min_size=1, max_size=25))
def test_followed_to_the_end_it_is_the_plain_share_in_each_status(rows: list[list[tuple[float, int]]]) -> None:
    found = occupation([Person(acquired=0, changes=steps) for steps in rows], horizon=30)
    for day in range(31):
        seen = [next((s for t, s in reversed(steps) if t <= day + 1e-9), ACTIVE) for steps in rows]
        assert found.shares[:, day] == pytest.approx(np.bincount(seen, minlength=4) / len(rows))


def test_everybody_leaving_in_three_ways_at_once_leaves_exactly_nobody() -> None:
    changes = [(0.5, LAPSED), (0.5, CHURNED), (0.5, COMPLETED)]
    found = occupation([Person(acquired=0, changes=[changes[number % 3]]) for number in range(10)], horizon=3)
    assert found.shares[ACTIVE].tolist() == [1, 0, 0, 0]
