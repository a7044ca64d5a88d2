"""What a scenario can come to be within a run: through phases, shocks, and values that are not known for sure."""

import math
from collections.abc import Iterator
from functools import lru_cache

from sim.scenario.addresses.address import parts_of
from sim.scenario.addresses.overriding import override
from sim.scenario.checks.medians import median
from sim.scenario.distributions import Distribution, Empirical, Normal, Uniform
from sim.scenario.findings import ScenarioError
from sim.scenario.regimes import regimes
from sim.scenario.scenario import Scenario
from sim.scenario.uncertain import fitted


def versions(scenario: Scenario) -> tuple[Scenario, ...]:
    """The scenario as it stands in each part of its run, as written and with each uncertain value at ones it can take.

    An outcome exists where one of them has what it needs: whether it does must not hang on what happens to be drawn.
    """
    return _versions(_Same(scenario))


class _Same:
    """A scenario as a key, which is equal to nothing but itself: scenarios are compared too slowly to be looked up."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario


@lru_cache(maxsize=64)
def _versions(of: _Same) -> tuple[Scenario, ...]:
    return tuple(regime.scenario for written in _with_uncertain_values(of.scenario) for regime in regimes(written))


def _with_uncertain_values(scenario: Scenario) -> Iterator[Scenario]:
    yield scenario
    for address, distribution in scenario.uncertainty.items():
        for value in (median(distribution), _large(distribution)):
            try:
                yield override(scenario, {address: fitted(parts_of(address), value)})
            except ScenarioError:
                continue  # such a value is drawn again (model 21)


def _large(distribution: Distribution) -> float:
    """A value that can be drawn, not among the smallest: above 0 wherever any can be."""
    if isinstance(distribution, Normal):
        return distribution.mean + distribution.sd
    if isinstance(distribution, Uniform):
        return distribution.high
    if isinstance(distribution, Empirical):
        return distribution.quantiles[-1]
    mean = distribution.mean_value()
    return mean if math.isfinite(mean) else median(distribution)
