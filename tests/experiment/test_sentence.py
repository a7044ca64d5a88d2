from collections.abc import Sequence

from tests.experiment.results import results


def sentence(first: Sequence[float], other: Sequence[float], outcome: str = "retained_per_arrival_90") -> str:
    return results({"single": {outcome: first}, "omni": {outcome: other}}).sentence("omni")


def test_a_clear_difference_is_told_per_hundred_in_points_and_in_proportion_with_the_one_cohort_range() -> None:
    told = sentence([0.1, 0.2, 0.3] * 20, [0.15, 0.26, 0.37] * 20)
    assert told == (
        'Under "Omni", 6 more customers per 100 are won and still there 90 days later than under "Single": +6 points, '
        "30 % more (4.3 to 7.7 more per 100 in 95 % of single cohorts)."
    )


def test_with_few_replications_the_one_cohort_range_is_the_widest_interval_too() -> None:
    # 6 +- 4.303 x 1 x sqrt(1 + 1 / 3)
    assert sentence([0.1, 0.2, 0.3], [0.15, 0.26, 0.37]).endswith("(1 to 11 more per 100 in 95 % of single cohorts).")


def test_fewer_is_called_fewer() -> None:
    told = sentence([0.40, 0.41, 0.42] * 10, [0.10, 0.11, 0.13] * 10, "conversion_rate")
    assert told == (
        'Under "Omni", 30 fewer customers per 100 are won than under "Single": -30 points, 72 % fewer '
        "(29 to 31 fewer per 100 in 95 % of single cohorts)."
    )


def test_a_small_difference_is_told_of_more_customers() -> None:
    told = sentence([0.1000, 0.1000, 0.1000, 0.1000], [0.1018, 0.1020, 0.1020, 0.1022], "conversion_rate")
    assert '2 more customers per 1,000 are won than under "Single": +0.2 points, 2 % more' in told


def test_arms_are_told_per_as_many_customers() -> None:
    found = results(
        {
            "single": {"conversion_rate": [0.150, 0.160, 0.170]},
            "multi": {"conversion_rate": [0.1572, 0.1673, 0.1774]},
            "omni": {"conversion_rate": [0.1599, 0.1700, 0.1801]},
        }
    )
    assert "7.3 more customers per 1,000" in found.sentence("multi")
    assert "10 more customers per 1,000" in found.sentence("omni")
    assert "+0.73 points, 4.6 % more (6.8 to 7.8 more per 1,000" in found.sentence("multi")
    assert "17 fewer per 1,000" not in found.sentence("multi", "omni")
    assert "2.7 fewer customers per 1,000" in found.sentence("multi", "omni")


def test_a_large_difference_is_not_told_of_a_million_for_the_sake_of_a_small_one() -> None:
    found = results(
        {
            "single": {"conversion_rate": [0.1, 0.2, 0.3]},
            "tiny": {"conversion_rate": [0.10001, 0.20001, 0.30001]},
            "large": {"conversion_rate": [0.4, 0.5, 0.6]},
        }
    )
    assert "300 more customers per 1,000" in found.sentence("large")
    assert "0.01 more customers per 1,000" in found.sentence("tiny")


def test_arms_that_do_not_differ_decide_nothing() -> None:
    found = results(
        {
            "single": {"conversion_rate": [0.1, 0.2, 0.3]},
            "same": {"conversion_rate": [0.1, 0.2, 0.3]},
            "unclear": {"conversion_rate": [0.1001, 0.1999, 0.3001]},
            "omni": {"conversion_rate": [0.15, 0.26, 0.37]},
        }
    )
    assert "6 more customers per 100" in found.sentence("omni")


def test_an_interval_without_width_is_one_number() -> None:
    told = sentence([0.35, 0.35], [0.7, 0.7], "completion_rate")
    assert told.endswith("+35 points, 100 % more (35 more per 100, 95 % interval of the mean).")


def test_nobody_before_leaves_nothing_to_be_proportional_to() -> None:
    told = sentence([0.0, 0.0, 0.0], [0.02, 0.03, 0.04], "conversion_rate")
    assert 'than under "Single": +3 points (2 fewer to 8 more per 100' in told


def test_a_range_that_reaches_beyond_0_says_so() -> None:
    told = sentence([0.1] * 40, [0.09, 0.12, 0.13, 0.14] * 10, "completion_rate")
    assert told == (
        'Under "Omni", 2 more customers per 100 finish than under "Single": +2 points, 20 % more '
        "(1.9 fewer to 5.9 more per 100 in 95 % of single cohorts)."
    )


def test_no_difference_that_replications_can_see() -> None:
    told = sentence([0.1, 0.2, 0.3], [0.2, 0.1, 0.31], "conversion_rate")
    assert told == (
        'There is no clear difference between "Omni" and "Single" in how many customers are won, in 3 replications.'
    )


def test_exactly_the_same() -> None:
    told = sentence([0.1, 0.2], [0.1, 0.2], "churn_rate")
    assert told == 'Exactly as many customers leave for good under "Omni" as under "Single", in 2 replications.'


def test_a_single_replication_is_not_oversold() -> None:
    assert sentence([0.1], [0.2], "conversion_rate") == (
        'Under "Omni", 10 more customers per 100 are won than under "Single": +10 points, 100 % more '
        "(a single replication; run more to see how much is chance)."
    )


def test_nothing_to_tell() -> None:
    assert sentence([1.0], [2.0], "effort") == (
        'No outcome shows how many customers come or stay under both "Omni" and "Single".'
    )
