"""What a customer's affinity at a touchpoint is measured against: the base scenario (model 2.4)."""

import numpy as np
from numpy.typing import NDArray

from sim.population.customers import reference_affinities
from sim.scenario.people import Segment
from sim.scenario.resolve import channel_shares, enabled_channels, enabled_touchpoints, segments
from sim.scenario.scenario import Scenario

QUASI_CUSTOMERS = 1024


def affinity_reference(scenario: Scenario, base: Scenario) -> NDArray[np.float64]:
    """ln R + E by segment and touchpoint of `scenario`, shape (segments, touchpoints); NaN where it does not count.

    What the base does not have is taken from the scenario itself.
    """
    mix = _mix(scenario) | _mix(base)
    weights = _weights(scenario, mix) | _weights(base, mix)
    groups = {segment.id: segment for segment in (*segments(scenario), *segments(base))}
    found = [
        _references(
            groups[segment.id], list(mix), [weights[touchpoint.id] for touchpoint in enabled_touchpoints(scenario)]
        )
        for segment in segments(scenario)
    ]
    return np.array(found, np.float64)


def _mix(scenario: Scenario) -> dict[str, float]:
    return {channel.id: channel.mix for channel in enabled_channels(scenario)}


def _weights(scenario: Scenario, mix: dict[str, float]) -> dict[str, dict[str, float]]:
    """Touchpoint share x mix, by touchpoint and channel."""
    return {
        touchpoint.id: {
            channel: share * mix[channel] for channel, share in channel_shares(scenario, touchpoint).items()
        }
        for touchpoint in enabled_touchpoints(scenario)
    }


def _references(segment: Segment, channels: list[str], weights: list[dict[str, float]]) -> list[float]:
    """One segment's references, by touchpoint."""
    drawn = None if segment.concentration is None else reference_affinities(segment, channels, QUASI_CUSTOMERS)
    found = []
    for at_touchpoint in weights:
        weight = np.array([at_touchpoint.get(channel, 0.0) for channel in channels])
        at_means = float(weight @ np.array([segment.affinity.get(channel, 1.0) for channel in channels]))
        appeal = np.full(1, at_means) if drawn is None else drawn @ weight
        if at_means > 0 and (appeal > 0).all():
            found.append(float(np.log(at_means) + np.log(appeal / at_means).mean()))
        else:
            found.append(np.nan)
    return found
