"""The expectation against which affinities are measured is exact, and knows no names (model 2.4)."""

import math
import time
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from scipy import integrate, special

from sim.engine.program.reference import affinity_reference, expected_log
from tests.builders import scenario

SHAPES = (0.05, 0.3, 1.0, 3.0, 40.0, 1e4)


@pytest.mark.parametrize("shape", SHAPES)
def test_one_variate_and_equal_ones_are_gamma_variates(shape: float) -> None:
    """E ln of a gamma variate is digamma(shape) + ln(scale)."""
    for count in (1, 2, 7):
        [found] = expected_log(np.full((1, count), 1 / count), shape)
        assert found == pytest.approx(special.digamma(count * shape) - math.log(count * shape), abs=1e-12, rel=1e-14)


@pytest.mark.parametrize("larger", [0.5 + 1e-6, 0.6, 0.9, 0.999, 1 - 1e-9])
def test_two_exponential_variates(larger: float) -> None:
    """E ln(a X + b Y) is (a ln a - b ln b) / (a - b) less Euler's constant."""
    a, b = larger, 1 - larger
    exact = (a * math.log(a) - b * math.log(b)) / (a - b) - np.euler_gamma
    [found] = expected_log(np.array([[b, a]]), 1.0)
    assert found == pytest.approx(exact, abs=1e-10 if larger < 0.51 else 1e-12)  # the closed form itself cancels


@pytest.mark.parametrize("shape", SHAPES)
def test_unequal_variates_are_as_the_integral_of_the_model_says(shape: float) -> None:
    """By adaptive quadrature over the logarithm of s, as the law has it."""
    means = np.array([0.62, 0.3, 0.07, 0.01])

    def integrand(at: float) -> float:
        s = math.exp(at)
        return math.exp(-s) - math.exp(-shape * float(np.log1p(s * means / shape).sum()))

    edges = [-40.0, -5.0, 0.0, 5.0, 15.0, 40.0, 40.0 + 40 / (4 * shape)]
    exact = sum(integrate.quad(integrand, *ends, epsabs=1e-14, epsrel=1e-13, limit=400)[0] for ends in pairwise(edges))
    [found] = expected_log(means[np.newaxis], shape)
    assert found == pytest.approx(exact, abs=2e-12)


@pytest.mark.parametrize("shape", [0.05, 0.5, 4.0])
def test_drawn_variates_have_that_mean(shape: float) -> None:
    means = np.array([0.6, 0.3, 0.1])
    drawn = np.random.default_rng(3).gamma(shape, means / shape, size=(400_000, 3)).sum(axis=1)
    logs = np.log(np.maximum(drawn, 1e-300))
    [found] = expected_log(means[np.newaxis], shape)
    assert abs(logs.mean() - found) < 3.9 * logs.std() / math.sqrt(len(logs))


def test_neither_the_order_of_variates_nor_one_that_is_always_0_changes_a_bit() -> None:
    tables = [shop(("web", "app", "store"), order) for order in permutations(range(3))]
    references = [affinity_reference(of, of) for of in tables]
    for other in references[1:]:
        np.testing.assert_array_equal(references[0], other)
    [apart] = expected_log(np.array([[0.0, 0.4, 0.6]]), 0.7)
    [together] = expected_log(np.array([[0.4, 0.6]]), 0.7)
    assert apart == together


MEANS = ({"mix": 1.0}, {"mix": 0.4}, {"mix": 0.25})


def shop(names: tuple[str, ...], order: tuple[int, ...] = (0, 1, 2)) -> Any:
    """Three channels of different weight and affinity under these names, listed in this order."""
    liked = dict(zip(names, (1.0, 2.0, 0.5), strict=True))
    return scenario(
        channels=[{"id": names[index], **MEANS[index]} for index in order],
        segments=[
            {"id": "alike", "share": 1, "affinity": liked},
            {"id": "mixed", "share": 1, "affinity": liked, "concentration": 0.8},
        ],
    )


def test_renaming_a_channel_moves_no_reference_at_all() -> None:
    names = [("web", "app", "store"), ("a", "b", "c"), ("store", "web", "app"), ("web", "app", "shop-2")]
    first, *others = [affinity_reference(of, of) for of in map(shop, names)]
    for other in others:
        np.testing.assert_array_equal(first, other)


def test_references_are_those_of_the_means_and_none_where_nobody_meets() -> None:
    of = shop(("web", "app", "store"))
    found = affinity_reference(of, of)
    total = 1 * 1.0 + 0.4 * 2.0 + 0.25 * 0.5
    assert found.shape == (2, 4)
    assert found[0, :2] == pytest.approx(math.log(total), abs=1e-14)
    [spread] = expected_log(np.array([[1.0, 0.8, 0.125]]) / total, 0.8)
    assert found[1, :2] == pytest.approx(math.log(total) + spread, abs=1e-12)
    assert spread < 0
    assert np.isnan(found[:, 2:]).all()  # exits have no channels


def test_three_hundred_touchpoints_and_ten_segments_take_no_time() -> None:
    rng = np.random.default_rng(1)
    weights = rng.dirichlet([1.0] * 5, size=300)
    expected_log(weights[:2], 1.0)
    begin = time.perf_counter()
    for shape in np.linspace(0.3, 5, 10).tolist():
        expected_log(weights, shape)
    assert time.perf_counter() - begin < 1.0  # 0.05 s on a quiet machine
