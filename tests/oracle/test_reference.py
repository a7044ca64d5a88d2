"""What affinities are measured against, computed beside the law's own integral (model 2.4)."""

import math

import numpy as np
import pytest
from scipy import special

from sim.scenario.scenario import Scenario

from .journey import Journey
from .reference import Reference, expected_logarithm


def expected(count: int, shape: float) -> float:
    """E ln X of the mean of so many like gamma variates, which is one of so many times the shape."""
    return float(special.psi(count * shape)) - math.log(count * shape)


@pytest.mark.parametrize("shape", [0.01, 0.15, 0.3, 1, 2.5, 40, 10_000])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_expectation_of_like_channels_is_that_of_one_with_their_shapes_together(count: int, shape: float) -> None:
    assert expected_logarithm((1 / count,) * count, shape) == pytest.approx(expected(count, shape), abs=1e-11)


def test_the_expectation_of_unlike_channels_is_their_average_logarithm() -> None:
    rng = np.random.default_rng(20261)
    means = np.array([0.05, 0.25, 0.7])
    logarithms = np.log((rng.gamma(0.6, 1 / 0.6, size=(400_000, 3)) * means).sum(axis=1))
    error = logarithms.std() / math.sqrt(len(logarithms))
    assert abs(expected_logarithm(tuple(means), 0.6) - logarithms.mean()) < 4 * error


def reference(first: str, second: str, **segment: float) -> tuple[float, float] | None:
    """R and E of a touchpoint on two channels of mix 1 and 3, the second one loved twice as much."""
    tables = {
        "horizon": 1,
        "population": {"size": 1},
        "channels": [{"id": first}, {"id": second, "mix": 3}, {"id": "off", "enabled": False}],
        "segments": [{"id": "one", "affinity": {second: 2, "off": 9}, **segment}],
        "touchpoints": [{"id": "home", "start": True, "channels": {second: 0.5, first: 1, "off": 1}}],
        "transitions": [],
    }
    journey = Journey(Scenario.model_validate({"format": 1, "id": "one", **tables}))
    return Reference(journey, journey).affinity("home", "one")


def test_names_and_order_of_channels_mean_nothing() -> None:
    found = reference("a", "b", concentration=0.7)
    assert found == (4, expected_logarithm((0.25, 0.75), 0.7))
    assert found == reference("c", "b", concentration=0.7) == reference("b", "a", concentration=0.7)
    assert reference("a", "b") == (4, 0)
