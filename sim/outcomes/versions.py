"""What a scenario can come to be within a run: through phases, shocks, and values that are not known for sure."""

import math
from collections.abc import Iterator

from sim.scenario.addresses.address import parts_of
from sim.scenario.addresses.overriding import override
from sim.scenario.checks.medians import median
from sim.scenario.distributions import Distribution, Empirical, Normal, Uniform
from sim.scenario.findings import ScenarioError
from sim.scenario.regimes import regimes
from sim.scenario.remembered import remembered
from sim.scenario.scenario import Scenario
from sim.scenario.uncertain import fitted


@remembered
def versions(scenario: Scenario) -> tuple[Scenario, ...]:
    """The scenario as it stands in each part of its run, as written and with each uncertain value at ones it can take.

    An outcome exists where one of them has what it needs: whether it does must not hang on what happens to be drawn.
    """
    return tuple(regime.scenario for written in _with_uncertain_values(scenario) for regime in regimes(written))


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
