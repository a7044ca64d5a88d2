import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiment.comparison import difference, incremental_roi, paired_p
from sim.outcomes.intervals import interval

figures = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


def test_the_interval_of_the_mean_is_student_s() -> None:
    values = [1.0, 2.0, 4.0, 7.0, 11.0]
    found = interval(values)
    low, high = stats.t.interval(0.95, 4, loc=np.mean(values), scale=stats.sem(values))
    assert (found.mean, found.n) == (5.0, 5)
    assert found.sd == pytest.approx(np.std(values, ddof=1))
    assert (found.lo, found.hi) == pytest.approx((low, high))
    assert found.half_width == pytest.approx((high - low) / 2)


def test_the_one_cohort_range_holds_95_of_100_replications() -> None:
    found = interval([float(value) for value in range(101)])
    assert (found.range_lo, found.range_hi) == (2.5, 97.5)


def test_a_single_replication_has_a_mean_and_nothing_else() -> None:
    found = interval([3.0])
    assert found.mean == 3
    assert (found.sd, found.lo, found.hi, found.range_lo, found.range_hi, found.half_width) == (None,) * 6


@given(figures, st.randoms())
def test_the_order_of_replications_does_not_matter(values: list[float], chance: object) -> None:
    mixed = values.copy()
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert interval(mixed) == interval(values)


def test_a_difference_is_tested_pair_by_pair() -> None:
    first, other = [1.0, 2.0, 3.0, 5.0], [1.5, 2.25, 3.75, 5.5]
    found = difference("cost", first, other)
    assert found.interval.mean == 0.5
    assert found.p == pytest.approx(stats.ttest_rel(other, first).pvalue)
    assert found.distinguishable
    changes = np.subtract(other, first)
    assert found.variance_ratio == pytest.approx(
        (np.var(first, ddof=1) + np.var(other, ddof=1)) / np.var(changes, ddof=1)
    )


def test_an_arm_against_itself_differs_by_exactly_0() -> None:
    values = [0.1, 0.2, 0.3]
    found = difference("cost", values, values)
    assert (found.interval.mean, found.interval.sd, found.interval.lo, found.interval.hi) == (0, 0, 0, 0)
    assert (found.p, found.variance_ratio) == (1.0, None)
    assert not found.distinguishable


def test_a_difference_that_is_always_the_same_is_certain() -> None:
    found = difference("cost", [1.0, 2.0, 3.0], [11.0, 12.0, 13.0])
    assert (found.interval.lo, found.interval.hi, found.p, found.variance_ratio) == (10, 10, 0.0, None)
    assert found.distinguishable


def test_one_pair_cannot_be_tested() -> None:
    found = difference("cost", [1.0], [2.0])
    assert (found.interval.mean, found.p, found.variance_ratio, found.distinguishable) == (1, None, None, False)


@given(figures)
def test_p_values_are_those_of_the_paired_t_test(changes: list[float]) -> None:
    found = paired_p(changes)
    assert found is not None
    if np.ptp(changes) > 1e-6:
        assert found == pytest.approx(stats.ttest_1samp(changes, 0).pvalue, abs=1e-9)
    assert 0 <= found <= 1


def test_incremental_roi_is_the_ratio_of_mean_differences() -> None:
    # Added cost 10, 20, 30 and added profit 20, 30, 70: 40 / 20.
    found = incremental_roi([10, 20, 30], [20, 30, 70])
    assert found is None  # the added cost is 20 with an interval of 20 ± 24.8
    found = incremental_roi([19, 20, 21], [38, 41, 41])
    assert found is not None
    assert found.interval.mean == pytest.approx(2)
    residuals = [38 - 2 * 19, 41 - 2 * 20, 41 - 2 * 21]
    spread = np.std(residuals, ddof=1) / 20 / math.sqrt(3) * stats.t.ppf(0.975, 2)
    assert (found.interval.lo, found.interval.hi) == pytest.approx((2 - spread, 2 + spread))
    assert (found.p, found.variance_ratio) == (None, None)


def test_incremental_roi_covers_the_true_ratio_in_about_95_of_100_experiments() -> None:
    chance = np.random.default_rng(5)
    inside = 0
    for _ in range(400):
        cost = 10 + chance.normal(size=30)
        profit = 25 + 2 * (cost - 10) + chance.normal(size=30)
        found = incremental_roi(cost.tolist(), profit.tolist())
        assert found is not None
        assert found.interval.lo is not None
        assert found.interval.hi is not None
        inside += found.interval.lo <= 2.5 <= found.interval.hi
    # 95 % of 400, within three and a half standard deviations.
    assert 365 <= inside <= 395


def test_without_more_cost_there_is_no_return_on_it() -> None:
    assert incremental_roi([0, 0], [1, 1]) is None
    assert incremental_roi([1], [1]) is None


def test_the_three_intervals_have_their_names_and_the_widest_is_found() -> None:
    found = interval([1.0, 2.0, 3.0], [0.0, 10.0])
    assert [each.name for each in found.named] == ["simulation error", "one-cohort range", "input uncertainty"]
    assert (found.input_lo, found.input_hi) == pytest.approx((0.25, 9.75))
    assert found.widest == ("input uncertainty", pytest.approx(0.25), pytest.approx(9.75))
    certain = interval([1.0, 2.0, 3.0])
    assert (certain.input_lo, certain.input_hi) == (None, None)
    assert certain.widest is not None
    assert certain.widest[0] == "simulation error"  # of three values the mean is known worse than they lie apart
    assert interval([1.0]).widest is None


def test_a_return_on_added_cost_has_an_input_uncertainty_where_every_draw_adds_cost() -> None:
    found = incremental_roi([19, 20, 21], [38, 41, 41], [10, 20], [30, 20])
    assert found is not None
    assert (found.interval.input_lo, found.interval.input_hi) == pytest.approx((1.05, 2.95))
    without = incremental_roi([19, 20, 21], [38, 41, 41], [0, 20], [30, 20])
    assert without is not None
    assert without.interval.input_lo is None
