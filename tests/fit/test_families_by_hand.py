"""The parts of choosing a distribution, each beside figures worked out by hand or by SciPy's own distributions."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.fit.families import CELLS, FAMILIES, Cells, Moments, describe, grouped, misfit, moments, most_likely, surprise

PARAMETERS = {"exponential": (4.0,), "lognormal": (3.0, 0.6), "gamma": (6.0, 2.5), "weibull": (5.0, 1.7)}
SCIPYS = {
    "exponential": stats.expon(scale=4),
    "lognormal": stats.lognorm(0.6, scale=3),
    "gamma": stats.gamma(2.5, scale=6 / 2.5),
    "weibull": stats.weibull_min(1.7, scale=5),
}


def cells_of(*cells: tuple[float, float, float]) -> Cells:
    """Cells from their low and high ends and counts."""
    return Cells(*(np.array(each, dtype=float) for each in zip(*cells, strict=True)))


@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_shares_below_and_above_are_exact_also_where_one_of_them_is_tiny(name: str) -> None:
    family, parameters = FAMILIES[name], PARAMETERS[name]
    x = np.array([0.0, 1e-3, 0.5, 2.0, 9.0, 80.0])
    assert family.below(x, parameters) == pytest.approx(SCIPYS[name].cdf(x), rel=1e-9)
    assert family.above(x, parameters) == pytest.approx(SCIPYS[name].sf(x), rel=1e-9)


def test_parameters_are_named_as_in_a_scenario_file() -> None:
    assert {name: family.names for name, family in FAMILIES.items()} == {
        "exponential": ("mean",),
        "lognormal": ("median", "sigma"),
        "gamma": ("mean", "shape"),
        "weibull": ("scale", "shape"),
    }


def test_the_search_begins_at_the_parameters_that_have_the_moments_of_the_values() -> None:
    moments_of = Moments(mean=6.0, variance=12.0, log_mean=math.log(5.0), log_sd=0.8)
    guesses = {name: family.guess(moments_of) for name, family in FAMILIES.items()}
    assert guesses["exponential"] == (6.0,)
    assert guesses["lognormal"] == pytest.approx((5.0, 0.8))
    assert guesses["gamma"] == (6.0, 3.0)  # mean² / variance
    # The logarithm of a Weibull time has deviation pi / sqrt(6) / shape; its mean is Euler's constant / shape lower.
    assert guesses["weibull"] == pytest.approx((5.0 * math.exp(0.57722 / 1.6), 1.6), rel=1e-3)


def test_the_search_begins_at_no_shape_that_is_out_of_all_bounds() -> None:
    gamma, weibull = FAMILIES["gamma"].guess, FAMILIES["weibull"].guess
    assert gamma(Moments(6.0, 0.0, 0.0, 1.0)) == (6.0, 1e5)
    assert gamma(Moments(6.0, 3600.0, 0.0, 1.0)) == (6.0, 0.15)
    assert weibull(Moments(6.0, 1.0, 0.0, 10.0)) == pytest.approx((math.exp(0.57722 / 0.15), 0.15), rel=1e-3)


def test_moments_are_those_of_the_middles_of_the_cells() -> None:
    # Three values in the middle 1 and one in the middle 4: mean 7 / 4; of the logarithms 0, 0, 0 and ln 4, ln 4 / 4.
    found = moments(cells_of((0.5, 1.5, 3), (3, 5, 1)))
    assert found == pytest.approx((1.75, (3 * 0.75**2 + 2.25**2) / 4, math.log(4) / 4, math.log(4) * math.sqrt(3) / 4))
    narrow = moments(cells_of((0, 0, 1), (1e-12, 1e-12, 1)))
    assert narrow[2:] == (pytest.approx(math.log(1e-9)), 1e-3)  # nothing has no logarithm, and no spread no family


@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_surprise_is_minus_the_logarithm_of_the_likelihood(name: str) -> None:
    cells = cells_of((0.5, 1, 2), (1, 4, 5), (7, 8, 3))
    scipys = SCIPYS[name]
    mass = scipys.cdf(cells.high) - scipys.cdf(cells.low)
    assert surprise(FAMILIES[name], PARAMETERS[name], cells) == pytest.approx(-(cells.count * np.log(mass)).sum())


def test_values_far_out_on_either_side_surprise_as_much_as_they_should() -> None:
    exponential, lognormal = FAMILIES["exponential"], FAMILIES["lognormal"]
    for far in (30, 100):
        found = surprise(exponential, (1.0,), cells_of((far, far + 1, 1)))
        assert found == pytest.approx(far - math.log(1 - math.exp(-1)))
    near = cells_of((0, 1e-8, 1))
    assert surprise(lognormal, (1.0, 1.0), near) == pytest.approx(-stats.norm.logcdf(math.log(1e-8)))
    # Where there is no mass at all that a number could hold, one value costs as much as one of 1e-300.
    assert surprise(exponential, (1.0,), cells_of((1000, 1001, 2))) == pytest.approx(600 * math.log(10))


@pytest.mark.parametrize(("shape", "allowed"), [(0.09, False), (0.11, True), (0.9e6, True), (1.1e6, False)])
def test_a_shape_out_of_bounds_is_infinitely_surprising(shape: float, allowed: bool) -> None:
    cells = cells_of((0.9, 1.1, 1))
    for name in ("gamma", "weibull"):
        with np.errstate(over="ignore"):
            found = surprise(FAMILIES[name], (1.0, shape), cells)
        assert math.isfinite(found) == allowed
    assert math.isfinite(surprise(FAMILIES["lognormal"], (1.0, shape), cells))


@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_most_likely_parameters_of_exact_shares_are_those_behind_them(name: str) -> None:
    edges = np.concatenate([[0.0], SCIPYS[name].ppf(np.arange(1, 41) / 40)[:-1], [1e6]])
    cells = Cells(edges[:-1], edges[1:], np.full(40, 25.0))
    aic, named, found = most_likely(name, cells)
    assert named == name
    assert found == pytest.approx(PARAMETERS[name], rel=1e-4)
    # Every one of the 1,000 values has one fortieth of the mass.
    assert aic == pytest.approx(2 * len(found) + 2 * 1000 * math.log(40), abs=1e-3)


def test_few_values_are_a_cell_each_as_wide_as_they_are_rounded_and_never_below_nothing() -> None:
    cells = grouped(np.array([0.0, 0.0, 1.0, 3.0]), 1.0)
    assert cells.low.tolist() == [0, 0.5, 2.5]
    assert cells.high.tolist() == [0.5, 1.5, 3.5]
    assert cells.count.tolist() == [2, 1, 1]
    assert cells.middle.tolist() == [0.25, 1, 3]


def test_more_values_than_cells_share_them_in_equal_numbers() -> None:
    exactly = grouped(np.arange(CELLS) * 2.0, 1.0)  # as many as there are cells: each its own, with gaps between
    assert exactly.low[:3].tolist() == [0, 1.5, 3.5]
    assert exactly.count.tolist() == [1] * CELLS
    twice = grouped(np.arange(2 * CELLS) + 7.0, 1.0)
    assert twice.low.tolist() == [6.5 + 2 * index for index in range(CELLS)]
    assert twice.high.tolist() == [8.5 + 2 * index for index in range(CELLS)]
    assert twice.count.tolist() == [2] * CELLS
    # 1,000 nothings fill 196 cells of 1,300 / 256 values and nearly a 197th; the others share the sixty left.
    many = grouped(np.concatenate([np.zeros(1000), np.arange(1.0, 301.0)]), 1.0)
    assert (many.low[0], many.high[0], many.count[0]) == (0, 0.5, 1000)
    assert len(many.count) == 61
    assert many.count[1] == 1
    assert set(many.count[2:].tolist()) == {5, 6}
    assert many.high[-1] == 300.5
    assert many.count.sum() == 1300


def test_the_misfit_is_the_larger_of_those_at_the_ends_of_the_cells() -> None:
    # Half of the values are below 1 and half between 9 and 10. With mean 1, all but nothing is below 9 already.
    halves = cells_of((0, 1, 1), (9, 10, 1))
    assert misfit("exponential", (1.0,), halves) == pytest.approx(1 - math.exp(-9) - 0.5)
    # With mean 10, most of the mass is above 2, where no value is.
    low = cells_of((0, 1, 3), (1, 2, 1))
    assert misfit("exponential", (10.0,), low) == pytest.approx(math.exp(-0.2))


def evenly(name: str, count: int) -> np.ndarray:
    """As many values that the family describes as well as so many can be."""
    return SCIPYS[name].ppf((np.arange(count) + 0.5) / count)


def test_the_family_of_the_smallest_aic_is_taken_and_the_reason_says_how_much_worse_the_next_is() -> None:
    values = evenly("gamma", 300)
    cells = grouped(values, 1e-6)
    best, second, *_ = sorted((most_likely(name, cells) for name in FAMILIES), key=lambda each: each[0])
    found = describe(values, 1e-6, "days")
    off = misfit(best[1], best[2], cells)
    assert found.family == best[1] == "gamma"
    assert found.parameters == tuple(zip(("mean", "shape"), best[2], strict=True))
    assert found.values == 300
    assert found.reason == f"gamma by AIC ({second[1]} is {second[0] - best[0]:.3g} worse), off by {off:.3f} (KS)"
    assert second[0] > best[0]


def test_a_family_is_too_far_off_beyond_what_chance_explains_or_three_hundredths() -> None:
    # Half are 1 and half 2: the best family, whichever, has about a quarter at hand where half are.
    few = describe(np.repeat([1.0, 2.0], 50), 0.01, "days")
    assert (few.family, few.values) == ("empirical", 100)
    assert few.reason.startswith("quantiles: best family ")
    assert few.reason.endswith(" (KS), more than 0.136")  # 1.36 / sqrt(100)
    # A tenth more of the values come at once, so that about a twentieth is in the wrong place.
    many = describe(np.sort(np.concatenate([evenly("weibull", 2250), np.full(250, 4.0)])), 0.01, "days")
    assert many.family == "empirical"
    assert many.reason.endswith(" (KS), more than 0.030")
    # Of fewer such values, chance explains as much.
    assert describe(np.sort(np.concatenate([evenly("weibull", 225), np.full(25, 4.0)])), 0.01, "d").family == "weibull"


@pytest.mark.parametrize(("count", "number"), [(7, 7), (20, 20), (30, 21), (499, 21), (500, 101)])
def test_so_many_quantiles_are_given(count: int, number: int) -> None:
    values = np.concatenate([np.zeros(count - count // 2), np.full(count // 2, 100.0)])
    values[-1] = 101
    ((name, quantiles),) = describe(values, 0.01, "days").parameters
    assert name == "quantiles"
    assert isinstance(quantiles, tuple)
    assert len(quantiles) == number
    expected = np.quantile(values, np.linspace(0, 1, number))
    if number == 101:
        expected[-1] = 100.4  # the five largest are 100.2 on average
    assert quantiles == pytest.approx(expected.tolist())


def test_eight_values_are_enough_for_a_family_and_seven_are_not() -> None:
    assert describe(evenly("exponential", 8), 1e-6, "days").family != "empirical"
    few = describe(evenly("exponential", 7), 1e-6, "days")
    assert (few.family, few.reason, few.values) == ("empirical", "quantiles: too few for a family", 7)


def test_the_last_quantile_keeps_the_mean_of_the_largest_hundredth_but_is_no_larger_than_the_largest() -> None:
    def last_two(largest: float) -> tuple[float, ...]:
        values = np.concatenate([np.repeat([0.0, 100.0], 2970), np.full(59, 200.0), [largest]])
        ((_, quantiles),) = describe(values, 0.01, "days").parameters
        assert isinstance(quantiles, tuple)
        return quantiles[-2:]

    # 99 % lie below 101, a hundredth of the way from 100 to 200. The sixty largest are 280 on average, as far above 101
    # as below the end that is given.
    assert last_two(5000.0) == pytest.approx((101.0, 459.0))
    # With 200 throughout the end would lie beyond them.
    assert last_two(200.0) == pytest.approx((101.0, 200.0))


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_value_throughout_is_fixed(count: int) -> None:
    found = describe(np.full(count, 1 / 3), 0.01, "each")
    assert (found.family, found.parameters, found.values) == ("fixed", (("value", 1 / 3),), count)
    assert found.reason == "always 0.333333 each"


@pytest.mark.parametrize("values", [(1.0, 2.0, 2.0), (1.0, 1.0, 2.0)])
def test_one_value_that_differs_is_not_left_out(values: tuple[float, ...]) -> None:
    assert describe(np.array(values), 1.0, "days").parameters == (("quantiles", values),)
