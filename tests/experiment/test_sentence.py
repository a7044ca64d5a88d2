from collections.abc import Sequence

from tests.experiment.results import results


def sentence(first: Sequence[float], other: Sequence[float], outcome: str = "retained_per_arrival_90") -> str:
    return results({"single": {outcome: first}, "omni": {outcome: other}}).sentence("omni")


def test_a_clear_difference_is_told_per_hundred_with_the_one_cohort_range() -> None:
    told = sentence([0.1, 0.2, 0.3] * 20, [0.15, 0.26, 0.37] * 20)
    assert told == (
        'Under "Omni" 6 of 100 more customers are won and still there 90 days later than under "Single" '
        "(5 to 7 of 100 in 95 % of single cohorts)."
    )


def test_with_few_replications_the_simulation_error_is_the_widest_interval() -> None:
    assert sentence([0.1, 0.2, 0.3], [0.15, 0.26, 0.37]).endswith("(3.5 to 8.5 of 100, 95 % simulation error).")


def test_fewer_is_called_fewer() -> None:
    told = sentence([0.40, 0.41, 0.42] * 10, [0.10, 0.11, 0.13] * 10, "conversion_rate")
    assert told == (
        'Under "Omni" 30 of 100 fewer customers are won than under "Single" '
        "(29 to 30 of 100 in 95 % of single cohorts)."
    )


def test_a_small_difference_is_told_of_more_customers() -> None:
    told = sentence([0.1000, 0.1000, 0.1000, 0.1000], [0.1018, 0.1020, 0.1020, 0.1022], "conversion_rate")
    assert "2 of 1,000 more customers are won" in told


def test_a_range_that_reaches_beyond_0_says_so() -> None:
    told = sentence([0.1] * 40, [0.09, 0.12, 0.13, 0.14] * 10, "completion_rate")
    assert told == (
        'Under "Omni" 2 of 100 more customers finish than under "Single" '
        "(1 fewer to 4 more of 100 in 95 % of single cohorts)."
    )


def test_no_difference_that_replications_can_see() -> None:
    told = sentence([0.1, 0.2, 0.3], [0.2, 0.1, 0.31], "conversion_rate")
    assert told == (
        'There is no difference that 3 replications can see in how many customers are won under "Omni" and "Single".'
    )


def test_exactly_the_same() -> None:
    told = sentence([0.1, 0.2], [0.1, 0.2], "churn_rate")
    assert told == 'Exactly as many customers leave for good under "Omni" as under "Single", in 2 replications.'


def test_a_single_replication_is_not_oversold() -> None:
    assert sentence([0.1], [0.2], "conversion_rate") == (
        'Under "Omni" 10 of 100 more customers are won than under "Single" '
        "(a single replication; run more to see how far chance reaches)."
    )


def test_nothing_to_tell() -> None:
    assert sentence([1.0], [2.0], "effort") == (
        'No outcome tells how many customers come or stay both under "Omni" and under "Single".'
    )
