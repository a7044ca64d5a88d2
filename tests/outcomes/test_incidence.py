import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.outcomes.incidence import CENSORED, COMPETED, HAPPENED, Incidence, observe

NEVER = np.nan


def incidence(times: list[float], causes: list[int]) -> Incidence:
    """The incidence in customers who are seen from 0 on; the censored are seen for their time."""
    time, cause = np.array(times, float), np.array(causes)
    customers = np.arange(len(times))
    # One horizon ends all observations, so who is censored early begins late.
    horizon = 1000.0
    begin = np.where(cause == CENSORED, horizon - time, 0.0)
    happened = np.where(cause == HAPPENED, time, NEVER)
    competed = np.where(cause == COMPETED, time, NEVER)
    return observe(customers, begin, happened, competed, horizon).incidence


def test_the_hand_worked_case_with_a_competing_end_and_censoring() -> None:
    # At risk 5, 4, 3, 2, 1: event, competing, censored, event, event.
    found = incidence([1, 2, 3, 4, 5], [HAPPENED, COMPETED, CENSORED, HAPPENED, HAPPENED])
    # S: 1, 4/5, 3/5, 3/5, 3/10; F: 1/5, +0, +3/5 * 1/2, +3/10 * 1
    assert found.time.tolist() == [1, 4, 5]
    assert found.share.tolist() == pytest.approx([0.2, 0.5, 0.8])
    assert found.end == pytest.approx(0.8)


def test_the_event_and_its_rival_at_one_time_share_those_at_risk() -> None:
    found = incidence([1, 1, 1, 2], [HAPPENED, COMPETED, CENSORED, HAPPENED])
    # At 1: four at risk, one event, one rival, S = 1/2; at 2 one at risk.
    assert found.share.tolist() == pytest.approx([0.25, 0.75])


def test_without_censoring_it_is_the_plain_share() -> None:
    found = incidence([3, 1, 2, 5, 4], [HAPPENED, COMPETED, HAPPENED, COMPETED, HAPPENED])
    assert found.end == pytest.approx(3 / 5)
    assert found.at(np.array([0.0, 2.0, 2.5, 100.0])).tolist() == pytest.approx([0, 1 / 5, 1 / 5, 3 / 5])


def test_the_median_is_the_first_time_at_which_half_of_its_end_is_reached() -> None:
    assert incidence([1, 2, 3, 4, 9], [HAPPENED] * 4 + [COMPETED]).median() == 2
    assert incidence([1, 2, 3, 9], [HAPPENED] * 3 + [COMPETED]).median() == 2
    assert incidence([1, 2], [COMPETED, CENSORED]).median() is None


def test_nobody_observed_means_no_incidence() -> None:
    nobody = incidence([], [])
    assert nobody.end == 0
    assert nobody.median() is None
    assert nobody.at(np.array([0.0, 5.0])).tolist() == [0, 0]


observations = st.lists(
    st.tuples(st.integers(0, 20).map(float), st.sampled_from([CENSORED, HAPPENED, COMPETED])), min_size=1, max_size=40
)


@given(st.lists(st.tuples(st.integers(1, 20).map(float), st.booleans()), min_size=1, max_size=40))
def test_with_a_single_cause_it_is_the_complement_of_kaplan_and_meier(rows: list[tuple[float, bool]]) -> None:
    times = [time for time, _ in rows]
    found = incidence(times, [HAPPENED if seen else CENSORED for _, seen in rows])
    reference = stats.ecdf(
        stats.CensoredData(
            uncensored=[time for time, seen in rows if seen], right=[time for time, seen in rows if not seen]
        )
    ).cdf
    days = np.arange(0.0, 25.0)
    assert found.at(days) == pytest.approx(reference.evaluate(days))


@given(observations)
def test_it_never_falls_and_both_ends_together_stay_within_1(rows: list[tuple[float, int]]) -> None:
    times = [time for time, _ in rows]
    causes = [cause for _, cause in rows]
    swapped = [{HAPPENED: COMPETED, COMPETED: HAPPENED}.get(cause, cause) for cause in causes]
    event, rival = incidence(times, causes), incidence(times, swapped)
    assert (np.diff(event.share) > 0).all()
    assert event.end + rival.end <= 1 + 1e-12


@given(observations, st.randoms())
def test_the_order_of_the_customers_does_not_matter(rows: list[tuple[float, int]], shuffle: object) -> None:
    mixed = rows.copy()
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    one = incidence([time for time, _ in rows], [cause for _, cause in rows])
    other = incidence([time for time, _ in mixed], [cause for _, cause in mixed])
    assert one.share.tolist() == other.share.tolist()
