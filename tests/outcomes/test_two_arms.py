import pytest

from sim.engine.memory.history import CHURNED, LAPSED, History
from sim.outcomes import pair
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

STAYS = Person(acquired=0)
LEAVES = Person(acquired=0, changes=[(40, CHURNED)])
NEVER_WON = Person()
TOO_LATE = Person(acquired=50)


def club() -> Scenario:
    return scenario(horizon=120, segments=[{"id": "new"}, {"id": "known"}])


def of(*people: tuple[Person, int]) -> History:
    return history(club(), [person for person, count in people for _ in range(count)])


def test_retention_is_compared_among_those_won_in_both_arms() -> None:
    first = of((STAYS, 20), (LEAVES, 20), (STAYS, 10), (NEVER_WON, 10))
    other = of((STAYS, 40), (NEVER_WON, 10), (STAYS, 10))
    # Won in both: 40 customers, of whom 20 stay in the first and 40 in the other.
    assert pair(first, other)["all"]["retention_90_both"] == pytest.approx(0.5)
    assert pair(other, first)["all"]["retention_90_both"] == pytest.approx(-0.5)


def test_an_arm_against_itself_differs_by_exactly_0() -> None:
    same = of((STAYS, 20), (LEAVES, 13))
    assert pair(same, same)["all"] == {"retention_90_both": 0}


def test_too_few_in_both_arms_means_no_figure() -> None:
    assert pair(of((STAYS, 29), (TOO_LATE, 9)), of((LEAVES, 38)))["all"] == {}
    assert pair(of((STAYS, 30), (TOO_LATE, 571)), of((STAYS, 601)))["all"] == {}


def test_who_lapsed_on_the_very_day_is_not_there_any_more() -> None:
    lapsing = Person(acquired=0, changes=[(90.0, LAPSED)])
    later = Person(acquired=0, changes=[(90.001, LAPSED)])
    assert pair(of((later, 30)), of((lapsing, 30)))["all"]["retention_90_both"] == -1


def test_segments_count_those_who_belong_to_them_in_both_arms() -> None:
    known = [Person(acquired=0, segment=1)] * 30
    first = history(club(), [STAYS] * 30 + known)
    other = history(club(), [LEAVES] * 30 + known)
    found = pair(first, other)
    assert found["new"]["retention_90_both"] == -1
    assert found["known"]["retention_90_both"] == 0
    assert found["all"]["retention_90_both"] == -0.5


def test_arms_of_different_size_share_the_customers_that_both_have() -> None:
    assert pair(of((STAYS, 50)), of((LEAVES, 40)))["all"]["retention_90_both"] == -1


def test_customers_are_known_by_number_where_one_arm_has_them_in_another_row() -> None:
    first = of((STAYS, 30), (LEAVES, 30))
    other = of((NEVER_WON, 5), (STAYS, 30))
    other.customers.number[:] = [*range(100, 105), *range(30, 60)]  # the last 30 of the first
    assert pair(first, other)["all"]["retention_90_both"] == 1
    assert pair(other, first)["all"]["retention_90_both"] == -1


def test_segments_are_known_by_name_and_told_where_both_arms_have_them() -> None:
    here, there = ([{"id": id_} for id_ in ids] for ids in (("gone", "new", "known"), ("known", "new", "later")))
    new = [Person(acquired=0, segment=1)] * 30
    first = history(scenario(horizon=120, segments=here), new + [Person(acquired=0, segment=2)] * 40 + [STAYS] * 30)
    lost = [Person(acquired=0, segment=segment, changes=[(40, CHURNED)]) for segment in [1] * 30 + [0] * 30]
    other = history(scenario(horizon=120, segments=there), lost + [STAYS] * 10 + [Person(acquired=0, segment=2)] * 30)
    # All 30 of `new` are lost, 30 of 40 of `known`, and of all 60 of 100.
    assert pair(first, other) == {
        "all": {"retention_90_both": -0.6},
        "new": {"retention_90_both": -1},
        "known": {"retention_90_both": -0.75},
    }
