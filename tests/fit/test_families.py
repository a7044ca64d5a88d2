"""Which distribution describes measured times."""

import math

import numpy as np
import pytest

from sim.fit.families import CELLS, Described, describe, grouped, misfit

SECOND = 1 / 86_400


def sample(draw: np.ndarray, step: float = SECOND) -> np.ndarray:
    """The draws as a log rounds them, ascending."""
    return np.sort(np.round(draw / step) * step)


def parameters(described: Described) -> dict[str, float]:
    return {name: value for name, value in described.parameters if isinstance(value, float)}


DRAWS = {
    "exponential": lambda chance: chance.exponential(3.0, 5000),
    "lognormal": lambda chance: np.exp(np.log(2.0) + 1.2 * chance.standard_normal(5000)),
    "gamma": lambda chance: chance.gamma(4.0, 0.5, 5000),
    "weibull": lambda chance: 5.0 * chance.weibull(3.0, 5000),
}
TRUTH = {
    "exponential": {"mean": 3.0},
    "lognormal": {"median": 2.0, "sigma": 1.2},
    "gamma": {"mean": 2.0, "shape": 4.0},
    "weibull": {"scale": 5.0, "shape": 3.0},
}


@pytest.mark.parametrize("step", [SECOND, 0.25], ids=["seconds", "quarter-days"])
@pytest.mark.parametrize("family", list(DRAWS))
def test_each_family_is_recognised_with_its_parameters_also_when_times_are_rounded(family: str, step: float) -> None:
    described = describe(sample(DRAWS[family](np.random.default_rng(5)), step), step, "days")
    if family == "exponential":
        assert described.family in ("exponential", "gamma", "weibull")
        assert parameters(described).get("shape", 1.0) == pytest.approx(1.0, abs=0.05)
    else:
        assert described.family == family
        assert parameters(described) == pytest.approx(TRUTH[family], rel=0.06)


def test_whole_days_with_many_zeros_are_fitted_as_what_lies_behind_them() -> None:
    true = np.random.default_rng(1).exponential(1.5, 4000)
    days = np.sort(np.floor(true + np.random.default_rng(2).random(4000)))
    assert np.mean(days == 0) > 0.2
    described = describe(days, 1.0, "days")
    assert described.family != "empirical"
    mean = {"exponential": lambda p: p["mean"], "gamma": lambda p: p["mean"]}
    found = parameters(described)
    found_mean = (
        found["scale"] * math.gamma(1 + 1 / found["shape"])
        if described.family == "weibull"
        else mean[described.family](found)
    )
    assert found_mean == pytest.approx(1.5, rel=0.07)


def test_what_no_family_describes_is_given_as_quantiles_that_keep_median_and_mean() -> None:
    chance = np.random.default_rng(3)
    values = sample(np.concatenate([chance.exponential(0.01, 3000), 15 + chance.random(3000)]))
    described = describe(values, SECOND, "days")
    assert described.family == "empirical"
    ((_, quantiles),) = described.parameters
    assert isinstance(quantiles, tuple)
    assert len(quantiles) == 101
    assert quantiles[75] == pytest.approx(np.quantile(values, 0.75))
    drawn = np.interp(np.linspace(0, 100, 100_001), np.arange(101), quantiles)
    assert drawn.mean() == pytest.approx(values.mean(), rel=0.01)


def test_an_extreme_outlier_does_not_stretch_the_slowest_hundredth() -> None:
    values = np.sort(np.concatenate([np.repeat([1.0, 5.0], 1000), [4000.0]]))
    ((_, quantiles),) = describe(values, 1.0, "days").parameters
    assert isinstance(quantiles, tuple)
    drawn = np.interp(np.linspace(0, 100, 100_001), np.arange(101), quantiles)
    assert drawn.mean() == pytest.approx(values.mean(), rel=0.1)


def test_few_values_are_given_as_they_are_and_equal_ones_as_fixed() -> None:
    few = describe(np.array([1.0, 2.0, 7.0]), SECOND, "days")
    assert (few.family, few.parameters) == ("empirical", (("quantiles", (1.0, 2.0, 7.0)),))
    same = describe(np.full(50, 30.0), 1.0, "days")
    assert (same.family, same.parameters) == ("fixed", (("value", 30.0),))
    assert same.reason == "always 30 days"


def test_cells_hold_every_value_once_and_touch_where_values_are_many() -> None:
    values = sample(np.random.default_rng(4).exponential(1.0, 10_000))
    cells = grouped(values, SECOND)
    assert cells.count.sum() == 10_000
    assert len(cells.count) <= CELLS
    assert np.array_equal(cells.low[1:], cells.high[:-1])
    assert all(
        cells.count[index] == np.sum((values > cells.low[index]) & (values <= cells.high[index]))
        for index in range(1, len(cells.count))
    )


def test_the_misfit_is_the_kolmogorov_smirnov_distance() -> None:
    from scipy.stats import expon, kstest

    values = np.sort(np.random.default_rng(6).exponential(1.0, 200))
    expected = kstest(values, expon(scale=1.3).cdf).statistic
    assert misfit("exponential", (1.3,), grouped(values, 1e-9)) == pytest.approx(expected, abs=1e-6)
