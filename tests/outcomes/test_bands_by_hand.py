"""Curves over replications, collected figures and their intervals, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sim.outcomes.bands import band, band_of_differences, known
from sim.outcomes.collecting import collected
from sim.outcomes.intervals import interval
from sim.outcomes.records import Curve, Measured

DAYS = np.array([0.0, 1.0, 2.0])
T2 = 4.302652729911275
"""97.5 % point of Student's t with 2 degrees of freedom"""


def arm(*curves: tuple[int, list[float]]) -> list[Measured]:
    """By replication: how many arrived, and their curve of conversion."""
    return [
        Measured(
            "base",
            number,
            0,
            0.0,
            {"all": {"arrivals": float(size), "conversion_rate": values[-1]}},
            {},
            {"conversion": Curve(DAYS, np.array(values))},
            sums={"all": {"conversion_rate": (size * values[-1], float(size))}},
        )
        for number, (size, values) in enumerate(curves)
    ]


FIRST = arm((100, [0, 0.1, 0.2]), (200, [0, 0.1, 0.3]), (300, [0, 0.1, 0.4]))


def test_a_mean_curve_is_of_all_customers_together_and_its_interval_of_replications() -> None:
    # Day 2: (20 + 60 + 120) / 600. Errors: (20 - 100/3) / 200, (60 - 200/3) / 200, (120 - 100) / 200.
    found = band(FIRST, "conversion")
    assert found is not None
    assert found.mean == pytest.approx([0, 0.1, 1 / 3])
    half = T2 * (((1 / 15) ** 2 + (1 / 30) ** 2 + 0.1**2) / 2 / 3) ** 0.5
    assert found.low == pytest.approx([0, 0.1, 1 / 3 - half])
    assert found.high == pytest.approx([0, 0.1, 1 / 3 + half])
    assert known(FIRST, "conversion")[2] == [0.2, 0.3, 0.4]


def test_each_curve_weighs_replications_by_the_customers_whose_shares_it_shows() -> None:
    # Of those who arrive, 100 and 300, or of those won, 50 and 10: (20 + 180) / 400 and (10 + 6) / 60.
    names = ("conversion", "converted_within", "retention", "completed")
    sums = [{"conversion_rate": (0.0, 100.0), "repeat_rate": (0.0, 50.0)}]
    sums += [{"conversion_rate": (0.0, 300.0), "repeat_rate": (0.0, 10.0)}]
    curves = [dict.fromkeys(names, Curve(DAYS[:1], np.array([value]))) for value in (0.2, 0.6)]
    runs = [Measured("base", number, 0, 0.0, {}, {}, curves[number], sums={"all": sums[number]}) for number in range(2)]
    found = {name: band(runs, name) for name in names}
    assert {name: each.mean.tolist() for name, each in found.items() if each} == {
        "conversion": [pytest.approx(0.5)],
        "converted_within": [pytest.approx(0.5)],
        "retention": [pytest.approx(16 / 60)],
        "completed": [pytest.approx(16 / 60)],
    }


def test_where_one_replication_does_not_say_of_how_many_customers_it_is_all_weigh_the_same() -> None:
    silent = [replace(one, sums={}) for one in FIRST[:1]]
    found = band([*silent, *FIRST[1:]], "conversion")
    assert found is not None
    assert found.mean == pytest.approx([0, 0.1, 0.3])


def test_the_difference_of_two_curves_is_paired() -> None:
    # The first arm's errors (see above) less those of the second: (10 - 70/3) / 200, (60 - 140/3) / 200, 0.
    second = arm((100, [0, 0.1, 0.1]), (200, [0, 0.1, 0.3]), (300, [0, 0.1, 70 / 300]))
    found = band_of_differences(FIRST, second, "conversion")
    assert found is not None
    assert found.mean == pytest.approx([0, 0, 1 / 3 - 140 / 600])
    errors = [-1 / 15 + 1 / 15, -1 / 30 - 1 / 15, 0.1]
    half = T2 * (sum(error**2 for error in errors) / 2 / 3) ** 0.5
    assert found.high - found.mean == pytest.approx([0, 0, half])
    assert found.mean - found.low == pytest.approx([0, 0, half])


def test_what_one_arm_cannot_tell_of_a_replication_is_left_out_of_both() -> None:
    second = arm((100, [0, np.nan, 0.1]), (200, [0, 0.05, 0.3]), (300, [0, 0.06, 0.4]))
    found = band_of_differences(FIRST, second, "conversion")
    assert found is not None
    assert found.mean[1] == pytest.approx((20 + 30) / 500 - (10 + 18) / 500)
    assert np.isfinite(found.low[1])


def test_of_the_outcomes_only_those_that_are_asked_for_are_collected() -> None:
    assert list(collected(FIRST, "all")) == ["arrivals", "conversion_rate"]
    assert list(collected(FIRST, "all", only=["conversion_rate", "profit"])) == ["conversion_rate"]
    found = collected(FIRST, "all")["conversion_rate"]
    assert found.values == {0: 0.2, 1: 0.3, 2: 0.4}
    assert found.sums == {0: (20, 100), 1: (60, 200), 2: (120, 300)}


def test_what_can_be_below_zero_is_added_to_and_not_multiplied() -> None:
    values = [-1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert interval(values, factors=True) == interval(values)
    positive = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert interval(positive, factors=True) != interval(positive)
