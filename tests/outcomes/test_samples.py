"""What replications add up to, and how two arms differ over the same replications."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.intervals import interval, ratio_interval
from sim.outcomes.samples import Change, Sample, change, changes, level, ratio_of_changes


def sample(*values: float | None) -> Sample:
    """Values of the replications 0, 1, 2, …; None where one has none."""
    return Sample({number: value for number, value in enumerate(values) if value is not None})


def ratio(*sums: tuple[float, float]) -> Sample:
    """A ratio with these parts and wholes in the replications 0, 1, 2, …"""
    return Sample({number: part / whole for number, (part, whole) in enumerate(sums) if whole}, dict(enumerate(sums)))


def moved(outcome: str, against: Sample, arm: Sample) -> Change:
    """The change of an outcome that both arms have."""
    found = change(outcome, {outcome: against}, {outcome: arm})
    assert found is not None
    return found


def money(cost: Sequence[float], profit: Sequence[float]) -> dict[str, Sample]:
    return {"cost": sample(*cost), "profit": sample(*profit)}


NO_COST = money([0, 0, 0], [0, 0, 0])


def test_an_outcome_is_clipped_to_what_its_unit_can_be() -> None:
    share = level("conversion_rate", sample(1.0, 1.0, 0.95, 0.95, 0.9))
    assert share is not None
    assert (share.hi, share.range_hi) == (1, 1)
    score = level("nps", sample(-100, -100, -90))
    assert score is not None
    assert (score.lo, score.range_lo) == (-100, -100)
    profit = level("profit", sample(1, 2, 6))
    assert profit == interval([1, 2, 6])


@pytest.mark.parametrize(
    ("outcome", "limits", "differences"),
    [
        ("conversion_rate", (0, 1), (-1, 1)),
        ("nps", (-100, 100), (-200, 200)),
        ("csat", (1, 5), (-4, 4)),
        ("ces", (1, 7), (-6, 6)),
        ("sentiment", (-1, 1), (-2, 2)),
        ("effort", (1, 7), (-6, 6)),
        ("retention_90_both", (-1, 1), (-1, 1)),
        ("budget_overshoot", (0, None), (None, None)),
        ("desk_wait_minutes", (0, None), (None, None)),
        ("profit", (None, None), (None, None)),
    ],
)
def test_each_outcome_knows_its_limits(
    outcome: str, limits: tuple[float | None, float | None], differences: tuple[float | None, float | None]
) -> None:
    assert DEFINITIONS[outcome].limits == limits
    assert DEFINITIONS[outcome].difference_limits == differences


def test_every_share_and_every_score_has_both_limits() -> None:
    without = [id_ for id_, each in DEFINITIONS.items() if each.unit in ("share", "score") and None in each.limits]
    assert without == ["budget_overshoot"]


def test_a_ratio_counts_the_replications_that_have_nothing_to_divide_by() -> None:
    found = level("cost_per_acquisition", ratio((100, 4), (100, 0), (100, 6)))
    assert found == ratio_interval([100, 100, 100], [4, 0, 6], [25, 100 / 6], (), (0, None))


def test_a_ratio_that_no_replication_can_tell_is_not_told() -> None:
    assert level("cost_per_acquisition", ratio((100, 0), (100, 0))) is None
    assert level("payback_days", sample(None, None)) is None


def test_a_run_of_an_older_version_without_sums_has_the_mean_of_its_values() -> None:
    found = level("order_value", sample(40, 60))
    assert found == interval([40, 60])


# Differences


def test_a_difference_is_tested_pair_by_pair() -> None:
    first, other = [1.0, 2.0, 3.0, 5.0], [1.5, 2.25, 3.75, 5.5]
    found = moved("cost", sample(*first), sample(*other))
    assert found.interval == interval([0.5, 0.25, 0.75, 0.5])
    assert found.p == pytest.approx(stats.ttest_rel(other, first).pvalue)
    differences = np.subtract(other, first)
    assert found.variance_ratio == pytest.approx(
        (np.var(first, ddof=1) + np.var(other, ddof=1)) / np.var(differences, ddof=1)
    )


def test_a_difference_of_ratios_is_that_of_the_ratios_of_sums() -> None:
    first, other = ratio((100, 4), (100, 1), (100, 5)), ratio((90, 5), (90, 0), (90, 4))
    found = moved("cost_per_acquisition", first, other)
    assert (found.interval.mean, found.interval.n) == (0, 3)  # 300 / 10 and 270 / 9
    # Errors of the first: -6, 21, -15; of the other (90 - 30 x won) / 3: -20, 30, -10. Their differences: -14, 9, 5.
    half = 4.3026527 * math.sqrt(302 / 2 / 3)
    assert (found.interval.lo, found.interval.hi) == pytest.approx((-half, half))
    assert found.variance_ratio == pytest.approx((702 + 1400) / 302)
    assert found.p == 1


def test_an_interval_without_0_and_a_p_below_5_percent_are_the_same() -> None:
    chance = np.random.default_rng(8)
    agree = 0
    for _ in range(200):
        first = chance.poisson(20, 10)
        other = first + chance.poisson(1.5, 10) - 1
        found = moved("order_value", ratio(*((100.0, n) for n in first)), ratio(*((100.0, n) for n in other)))
        assert found.p is not None
        assert found.interval.lo is not None
        assert found.interval.hi is not None
        agree += (found.p < 0.05) == (found.interval.lo > 0 or found.interval.hi < 0)
    assert agree == 200


def test_differences_of_shares_stay_between_minus_1_and_1() -> None:
    found = moved("conversion_rate", sample(0.0, 0.0, 0.1), sample(1.0, 0.9, 1.0)).interval
    assert (found.hi, found.range_hi) == (1, 1)


def test_an_arm_against_itself_differs_by_exactly_0_and_there_is_nothing_to_test() -> None:
    for of in (sample(0.1, 0.2, 0.3), ratio((1, 3), (2, 7), (0, 0))):
        found = moved("order_value", of, of)
        assert (found.interval.mean, found.interval.sd, found.interval.lo, found.interval.hi) == (0, 0, 0, 0)
        assert (found.interval.range_lo, found.interval.range_hi) == (0, 0)
        assert (found.p, found.variance_ratio) == (None, None)


@pytest.mark.parametrize("outcome", ["profit", "revenue", "cost", "sentiment", "conversion_rate", "roi"])
def test_a_difference_at_rounding_level_is_none(outcome: str) -> None:
    # A profit of a cent is what is left of thousands, and has their rounding; a mean of feelings has that of 1.
    values = {"profit": 0.01, "revenue": 12_345.67, "cost": 12_345.66, "sentiment": 1e-8, "conversion_rate": 0.3}
    sums = {"roi": (0.01, 12_345.66)}
    first = {id_: sample(value, value) for id_, value in values.items()} | {"roi": ratio(sums["roi"], sums["roi"])}
    other = {
        id_: sample(value, value + 4e-12 * max(value, 1.0)) for id_, value in values.items() if id_ != "profit"
    } | {"profit": sample(0.01, 0.01 + 4e-9), "roi": ratio(sums["roi"], (0.01 + 4e-9, 12_345.66))}
    found = change(outcome, first, other)
    assert found is not None
    assert (found.interval.mean, found.interval.lo, found.interval.hi, found.p) == (0, 0, 0, None)


def test_a_difference_of_a_cent_in_thousands_is_one() -> None:
    found = moved("revenue", sample(12_345.67, 9_876.54), sample(12_345.68, 9_876.54))
    assert found.interval.mean == pytest.approx(0.005)
    assert found.p is not None


def test_rounding_is_taken_away_replication_by_replication() -> None:
    found = changes("cost", {"cost": sample(1e6, 1e6)}, {"cost": sample(1e6 + 1e-8, 1e6 + 5)})
    assert found == {0: 0.0, 1: 5.0}


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(
    ("outcome", "sizes", "other_sizes", "rounding"),
    [
        # Of the largest sum in either arm ...
        ("profit", {"revenue": 1000}, {}, 1e-6),
        ("profit", {}, {"revenue": 1000}, 1e-6),
        ("profit", {"cost": 1000, "revenue": 10}, {"cost": 30}, 1e-6),
        ("profit", {}, {"acquisition_cost": 1000}, 1e-9),
        # ... and for a return on cost as many times as it is the smaller cost; where no cost is known, of itself.
        ("roi", {"revenue": 1000, "cost": 10}, {"cost": 20}, 1e-7),
        ("roi", {"cost": 40}, {"profit": -1000, "cost": 20}, 5e-8),
        ("roi", {"revenue": 1000, "cost": 20}, {"cost": 0}, 1e-9),
        ("roi", {"revenue": 1000, "cost": 20}, {}, 1e-9),
        # All other outcomes of themselves.
        ("revenue", {"cost": 1000}, {"profit": 1000}, 1e-9),
    ],
)
def test_what_is_left_of_large_sums_has_their_rounding(
    outcome: str, sizes: dict[str, float], other_sizes: dict[str, float], rounding: float, told: bool
) -> None:
    moved = rounding * (1.1 if told else 0.9)
    first, other = ({id_: sample(float(size), 0.0) for id_, size in each.items()} for each in (sizes, other_sizes))
    found = changes(outcome, first | {outcome: sample(1, 1)}, other | {outcome: sample(1 + moved, 1 + 1e-3)})
    assert found == {0: pytest.approx(moved if told else 0, abs=1e-14), 1: pytest.approx(1e-3)}


def test_a_difference_that_is_always_the_same_is_certain() -> None:
    found = moved("cost", sample(1, 2, 3), sample(11, 12, 13))
    assert (found.interval.lo, found.interval.hi, found.p, found.variance_ratio) == (10, 10, 0.0, None)


def test_one_pair_cannot_be_tested() -> None:
    found = moved("cost", sample(1), sample(2))
    assert (found.interval.mean, found.p, found.variance_ratio) == (1, None, None)


def test_arms_are_not_compared_by_what_some_replications_alone_have() -> None:
    of = {"payback_days": sample(10, None, 12)}
    assert change("payback_days", of, of) is None


# Return on added cost


def test_incremental_roi_is_the_ratio_of_mean_differences_with_fieller_s_interval() -> None:
    found = ratio_of_changes("incremental_roi", NO_COST, money([18, 20, 22], [38, 41, 41]))
    assert found is not None
    assert (found.interval.mean, found.p, found.variance_ratio) == (2, None, None)
    for end in (found.interval.lo, found.interval.hi):
        assert end is not None
        # At each end, profit less so many times the cost can just be told from 0.
        left = np.array([38, 41, 41]) - end * np.array([18, 20, 22])
        assert stats.ttest_1samp(left, 0).pvalue == pytest.approx(0.05)


def test_incremental_roi_covers_the_true_ratio_in_about_95_of_100_experiments() -> None:
    chance = np.random.default_rng(5)
    inside, new = 0, 0
    for _ in range(400):
        cost = 10 + chance.normal(size=8)
        profit = 25 + 2 * (cost - 10) + chance.normal(size=8)
        found = ratio_of_changes(
            "incremental_roi", money([0] * 7, [0] * 7), money(cost[:7].tolist(), profit[:7].tolist())
        )
        assert found is not None
        low, high, first, last = (
            found.interval.lo, found.interval.hi, found.interval.range_lo, found.interval.range_hi,
        )  # fmt: skip
        assert low is not None
        assert high is not None
        assert first is not None
        assert last is not None
        assert first < low < high < last
        inside += low <= 2.5 <= high
        new += first <= profit[7] / cost[7] <= last
    # 95 % of 400, within three and a half standard deviations.
    assert 365 <= inside <= 395
    assert 365 <= new <= 395


def test_where_added_cost_cannot_be_told_from_0_the_return_is_told_without_ends() -> None:
    found = ratio_of_changes("incremental_roi", NO_COST, money([-10, 20, 30], [20, 30, 70]))
    assert found is not None
    assert (found.interval.mean, found.interval.n) == (3, 3)
    assert (found.interval.lo, found.interval.hi, found.interval.range_lo, found.interval.range_hi) == (None,) * 4


def test_a_single_pair_tells_the_return_without_ends() -> None:
    found = ratio_of_changes("incremental_roi", money([0], [0]), money([10], [30]))
    assert found is not None
    assert (found.interval.mean, found.interval.lo) == (3, None)


def test_where_costs_do_not_differ_at_all_there_is_no_return_on_more_of_them() -> None:
    assert ratio_of_changes("incremental_roi", NO_COST, money([0, 0, 0], [1, 1, 1])) is None
    rounded = money([5_000 + 1e-9, 5_000, 5_000], [1, 2, 4])
    assert ratio_of_changes("incremental_roi", money([5_000, 5_000, 5_000], [1, 2, 3]), rounded) is None


def test_a_return_on_added_cost_has_an_input_uncertainty_where_every_draw_adds_cost() -> None:
    arm, none = money([19, 20, 21], [38, 41, 41]), money([0, 0], [0, 0])
    found = ratio_of_changes("incremental_roi", NO_COST, arm, none, money([10, 20], [30, 20]))
    assert found is not None
    assert (found.interval.input_lo, found.interval.input_hi) == pytest.approx((1.05, 2.95))
    without = ratio_of_changes("incremental_roi", NO_COST, arm, none, money([0, 20], [30, 20]))
    assert without is not None
    assert without.interval.input_lo is None
