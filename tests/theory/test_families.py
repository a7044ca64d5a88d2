"""Delays of each family against their distribution functions."""

import numpy as np
import pytest
from scipy import stats

from sim.engine import compile_program, simulate
from tests.builders import scenario

FAMILIES = {
    "exponential": ({"mean": 2}, stats.expon(scale=2)),
    "lognormal by median": ({"median": 1.5, "sigma": 0.7}, stats.lognorm(0.7, scale=1.5)),
    "lognormal by mean": ({"mean": 3, "sd": 3}, stats.lognorm(np.sqrt(np.log(2)), scale=3 / np.sqrt(2))),
    "normal": ({"mean": 9, "sd": 1.5}, stats.norm(9, 1.5)),
    "gamma": ({"mean": 2, "shape": 0.4}, stats.gamma(0.4, scale=5)),
    "weibull": ({"scale": 2, "shape": 0.6}, stats.weibull_min(0.6, scale=2)),
    "uniform": ({"low": 1, "high": 4}, stats.uniform(1, 3)),
    "beta": ({"a": 0.6, "b": 2}, stats.beta(0.6, 2)),
    "betaprime": ({"a": 1.5, "b": 4}, stats.betaprime(1.5, 4)),
}
CUSTOMERS = 40_000


def delays(delay) -> np.ndarray:
    of = scenario(
        horizon=1e6,
        population={"size": CUSTOMERS},
        channels=None,
        touchpoints=[{"id": "start", "start": True}, {"id": "end", "exit": "completed"}],
        transitions=[{"from": "start", "to": "end", "share": 1, "delay": delay}],
    )
    return simulate(compile_program(of, of), 2026, 0).customers.exit


@pytest.mark.parametrize("written", FAMILIES)
def test_delays_have_the_mean_median_and_tail_of_their_family(written):
    parameters, law = FAMILIES[written]
    drawn = delays({"family": written.split()[0], **parameters})
    assert drawn.mean() == pytest.approx(law.mean(), abs=4 * law.std() / np.sqrt(CUSTOMERS))
    for share in (0.5, 0.95):
        below = int((drawn <= law.ppf(share)).sum())
        assert stats.binomtest(below, CUSTOMERS, share).pvalue > 0.001
    assert stats.kstest(drawn, law.cdf).pvalue > 0.001


def test_empirical_delays_spread_evenly_between_their_quantiles():
    drawn = delays({"family": "empirical", "quantiles": [0, 1, 5]})
    for day, share in ((0.5, 0.25), (1, 0.5), (3, 0.75)):
        assert stats.binomtest(int((drawn <= day).sum()), CUSTOMERS, share).pvalue > 0.001


def test_fixed_delays_are_exact():
    assert set(delays(2.5)) == {2.5}
