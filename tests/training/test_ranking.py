"""Uplift by tenth and the Qini figure, by hand."""

import numpy as np
import pytest

from sim.training.ranking import difference, mean_of, qini_parts, uplifts


def flags(text: str) -> np.ndarray:
    return np.array([each == "1" for each in text])


def qini(score, good: str, treated: str) -> float:
    return mean_of(qini_parts(np.array(score, float), flags(good), flags(treated))).value


def test_tenths_have_the_uplift_of_their_looks() -> None:
    score = np.repeat(np.arange(10) / 10, 4)
    good = np.zeros(40, np.bool_)
    good[36:39] = True
    treated = np.tile([True, True, False, False], 10)
    best, *others = uplifts(score, good, treated)
    assert (best.looks, best.score) == (4, 0.9)
    assert best.uplift is not None
    assert best.uplift.value == 0.5
    assert best.uplift.error == pytest.approx(np.sqrt(0.25 / 2))
    assert [each.uplift.value for each in others if each.uplift] == [0.0] * 9


def test_without_a_holdout_there_is_no_uplift() -> None:
    assert difference(flags("0101"), flags("1111")) is None
    found = difference(flags("0111"), flags("0011"))
    assert found is not None
    assert found.value == 0.5


def test_the_qini_is_the_area_above_a_lot() -> None:
    """Of 4 pairs the actions save the one and lose the last; in between they change nothing.

    In shares of all 8: after a quarter of them 1/4 is gained, until the last quarter, which loses it again. The lot's
    line is 0. The area is a triangle, a rectangle and a triangle: 1/4 x (1/8 + 1/2 + 1/8).
    """
    assert qini([4, 4, 3, 3, 2, 2, 1, 1], "10111101", "10101010") == pytest.approx(0.25 * 0.75)
    assert qini([1, 1, 2, 2, 3, 3, 4, 4], "10111101", "10101010") == pytest.approx(-0.25 * 0.75)


def test_equal_scores_share_their_rank_and_gain_nothing() -> None:
    assert qini([1] * 8, "10111101", "10101010") == 0.0
    assert qini([1, 1, 0, 0], "1111", "1010") == 0.0


def test_a_mean_has_its_standard_error() -> None:
    found = mean_of(np.array([1.0, 2.0, 3.0, 4.0]))
    assert (found.value, found.error) == (2.5, pytest.approx(np.sqrt(5 / 3 / 4)))
