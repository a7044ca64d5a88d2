import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.outcomes.intervals import ENOUGH_FOR_ORDER, interval, ratio_interval, share_of_runs

figures = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)
PROPER = (0.0, 1.0)


def test_the_interval_of_the_mean_is_student_s() -> None:
    values = [1.0, 2.0, 4.0, 7.0, 11.0]
    found = interval(values)
    low, high = stats.t.interval(0.95, 4, loc=np.mean(values), scale=stats.sem(values))
    assert (found.mean, found.n) == (5.0, 5)
    assert found.sd == pytest.approx(np.std(values, ddof=1))
    assert (found.lo, found.hi) == pytest.approx((low, high))
    assert found.half_width == pytest.approx((high - low) / 2)


def test_the_one_cohort_range_is_where_one_more_replication_is_to_be_expected() -> None:
    values = [1.0, 2.0, 4.0, 7.0, 11.0]
    found = interval(values)
    # Mean 5, standard deviation sqrt(66 / 4), and 2.776 for four degrees of freedom.
    half = 2.7764451 * math.sqrt(16.5) * math.sqrt(1 + 1 / 5)
    assert (found.range_lo, found.range_hi) == pytest.approx((5 - half, 5 + half))


def test_from_many_replications_on_the_range_is_read_off_their_order() -> None:
    values = [float(value) for value in range(1, ENOUGH_FOR_ORDER)] + [1000.0]
    found = interval(values)
    # 2.5 % of 101 gaps are 2.525: a little more than half way from the second value to the third, as from above.
    assert (found.range_lo, found.range_hi) == pytest.approx((2.525, 98.475))


@given(figures)
def test_the_range_is_never_inside_the_interval_of_the_mean(values: list[float]) -> None:
    found = interval(values)
    assert found.range_lo is not None
    assert found.range_hi is not None
    assert found.lo is not None
    assert found.hi is not None
    assert found.range_lo <= found.lo <= found.hi <= found.range_hi


def test_of_many_values_that_are_0_but_few_the_range_still_holds_the_interval_of_the_mean() -> None:
    found = interval([0.0] * 198 + [1.0, 2.0])
    assert found.range_hi == found.hi
    assert found.hi is not None
    assert found.hi > 0.015


@pytest.mark.parametrize(("values", "ends"), [([1.0] * 4 + [0.9], (None, 1.0)), ([0.0] * 4 + [0.1], (0.0, None))])
def test_no_end_lies_beyond_what_can_be(values: list[float], ends: tuple[float | None, float | None]) -> None:
    free, found = interval(values), interval(values, (), PROPER)
    low, high = ends
    assert (found.lo, found.range_lo) == ((free.lo, free.range_lo) if low is None else (low, low))
    assert (found.hi, found.range_hi) == ((free.hi, free.range_hi) if high is None else (high, high))


def test_a_single_replication_has_a_mean_and_nothing_else() -> None:
    for found in (interval([3.0]), ratio_interval([6.0], [2.0], [3.0])):
        assert (found.mean, found.n) == (3, 1)
        assert (found.sd, found.lo, found.hi, found.range_lo, found.range_hi, found.half_width) == (None,) * 6


@pytest.mark.parametrize(("have", "n"), [(0, 5), (5, 5), (1, 6), (40, 40), (17, 100)])
def test_a_share_of_runs_has_the_exact_interval_also_where_all_are_alike(have: int, n: int) -> None:
    found = share_of_runs([1.0] * have + [0.0] * (n - have))
    exact = stats.binomtest(have, n).proportion_ci(method="exact")
    assert (found.mean, found.n) == (have / n, n)
    assert (found.lo, found.hi) == pytest.approx((exact.low, exact.high), abs=1e-12)
    assert 0 <= found.range_lo <= found.lo < found.hi <= found.range_hi <= 1
    assert share_of_runs([1.0]).lo is None


@given(figures, st.randoms())
def test_the_order_of_replications_does_not_matter(values: list[float], chance: object) -> None:
    mixed = values.copy()
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert interval(mixed) == interval(values)


# Ratios


def test_a_ratio_is_that_of_the_sums_with_the_interval_of_the_delta_method() -> None:
    # Spend 100 each, won 4, 1 and 5: 300 / 10, where the mean of 25, 100 and 20 would be 48.33.
    found = ratio_interval([100, 100, 100], [4, 1, 5], [25, 100, 20])
    assert (found.mean, found.n) == (30, 3)
    # Errors (100 - 30 x won) / (10 / 3): -6, 21, -15; their standard error is sqrt(702 / 2 / 3).
    half = 4.3026527 * math.sqrt(702 / 6)
    assert (found.lo, found.hi) == pytest.approx((30 - half, 30 + half))
    assert found.sd == pytest.approx(np.std([25, 100, 20], ddof=1))


def test_the_delta_method_agrees_with_the_jackknife() -> None:
    chance = np.random.default_rng(3)
    wholes = chance.poisson(200, 30).astype(float)
    parts = wholes * chance.normal(60, 5, 30)
    found = ratio_interval(parts.tolist(), wholes.tolist(), (parts / wholes).tolist())
    left_out = (parts.sum() - parts) / (wholes.sum() - wholes)
    error = math.sqrt(29 / 30 * ((left_out - left_out.mean()) ** 2).sum())
    assert found.half_width == pytest.approx(stats.t.ppf(0.975, 29) * error, rel=0.01)


def test_a_replication_that_won_nobody_still_cost_money() -> None:
    found = ratio_interval([100, 100, 100], [4, 0, 6], [25, 100 / 6])
    assert (found.mean, found.n) == (30, 3)


def test_a_ratio_to_what_never_varies_is_the_mean_of_the_ratios() -> None:
    values = [0.1, 0.25, 0.4, 0.2]
    found, plain = ratio_interval([10, 25, 40, 20], [100] * 4, values), interval(values)
    assert found.named[0][1:] == pytest.approx(plain.named[0][1:])
    assert (found.mean, found.range_lo, found.range_hi) == pytest.approx((plain.mean, plain.range_lo, plain.range_hi))


def test_money_per_something_is_spread_by_factors() -> None:
    values = [20.0, 40.0, 80.0, 30.0, 60.0]
    found = interval(values, factors=True)
    logs = np.log(values)
    half = stats.t.ppf(0.975, 4) * np.std(logs, ddof=1) * math.sqrt(1.2)
    assert (found.range_lo, found.range_hi) == pytest.approx(tuple(np.exp([logs.mean() - half, logs.mean() + half])))
    relative = stats.t.ppf(0.975, 4) * stats.sem(values) / 46
    assert (found.lo, found.hi) == pytest.approx((46 * math.exp(-relative), 46 * math.exp(relative)))
    assert found.lo is not None
    assert found.lo > 0


@pytest.mark.parametrize("values", [[20.0, 40.0, 80.0, 30.0, 0.0], [20.0, 40.0, 80.0, 30.0]])
def test_where_a_value_is_0_or_there_are_few_there_are_no_factors(values: list[float]) -> None:
    assert interval(values, factors=True) == interval(values)


def test_the_three_intervals_have_their_names_and_the_widest_is_found() -> None:
    found = interval([1.0, 2.0, 3.0], [-10.0, 20.0])
    assert [each.name for each in found.named] == ["simulation error", "one-cohort range", "input uncertainty"]
    assert (found.input_lo, found.input_hi) == pytest.approx((-9.25, 19.25))
    assert found.widest == ("input uncertainty", pytest.approx(-9.25), pytest.approx(19.25))
    certain = interval([1.0, 2.0, 3.0])
    assert (certain.input_lo, certain.input_hi) == (None, None)
    assert certain.widest is not None
    assert certain.widest[0] == "one-cohort range"
    assert interval([1.0]).widest is None
