"""What a customer's affinity at a touchpoint is measured against: the base scenario (model 2.4)."""

import numpy as np
from numpy.typing import NDArray

from sim.population import PopulationPlan, plan_population
from sim.population.customers import reference_affinities
from sim.scenario.resolve import channel_shares, enabled_channels, enabled_touchpoints, segments
from sim.scenario.scenario import Scenario

QUASI_CUSTOMERS = 1024


def affinity_reference(scenario: Scenario, base: Scenario) -> NDArray[np.float64]:
    """ln R + E by segment and touchpoint of `scenario`, shape (segments, touchpoints); NaN where affinity does not count."""
    own, shared = _Measure(scenario), _Measure(base)
    found = np.full((len(segments(scenario)), len(enabled_touchpoints(scenario))), np.nan)
    for s, segment in enumerate(segments(scenario)):
        for n, touchpoint in enumerate(enabled_touchpoints(scenario)):
            measure = shared if shared.knows(segment.id, touchpoint.id) else own
            found[s, n] = measure.reference(segment.id, touchpoint.id)
    return found


class _Measure:
    """A scenario's mean log affinity by segment and touchpoint."""

    def __init__(self, scenario: Scenario) -> None:
        mix = {channel.id: channel.mix for channel in enabled_channels(scenario)}
        self._channels = {channel: place for place, channel in enumerate(mix)}
        self._segments = {segment.id: place for place, segment in enumerate(segments(scenario))}
        self._weights = {
            touchpoint.id: {
                channel: share * mix[channel] for channel, share in channel_shares(scenario, touchpoint).items()
            }
            for touchpoint in enabled_touchpoints(scenario)
        }
        self._plan: PopulationPlan = plan_population(scenario)
        self._drawn: dict[int, NDArray[np.float64]] = {}

    def knows(self, segment: str, touchpoint: str) -> bool:
        return segment in self._segments and touchpoint in self._weights

    def reference(self, segment: str, touchpoint: str) -> float:
        s = self._segments[segment]
        weights = np.zeros(len(self._channels))
        for channel, weight in self._weights[touchpoint].items():
            weights[self._channels[channel]] = weight
        at_means = float(weights @ self._plan.affinity_mean[s])
        if at_means <= 0:
            return np.nan
        if (self._plan.affinity_row[s] < 0).all():
            return float(np.log(at_means))
        if s not in self._drawn:
            self._drawn[s] = reference_affinities(self._plan, s, QUASI_CUSTOMERS)
        appeal = self._drawn[s] @ weights
        if (appeal <= 0).any():
            return np.nan
        return float(np.log(at_means) + np.log(appeal / at_means).mean())
