"""What a customer's affinity at a touchpoint is measured against: the base scenario (model 2.4)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.kept_numbers import kept_numbers
from sim.scenario.people import Segment
from sim.scenario.resolve import channel_shares, enabled_channels, enabled_touchpoints, segments
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]

_STEP: Final = 0.3
_REACH: Final = 36.0
"""The integrand is below exp(-36) of what it is at most, so far from where it changes (natural logarithm of s)."""


def affinity_reference(scenario: Scenario, base: Scenario) -> Floats:
    """ln R + E by segment and touchpoint of `scenario`, shape (segments, touchpoints); NaN where it does not count.

    What the base does not have is taken from the scenario itself.
    """
    mix = _mix(scenario) | _mix(base)
    weights = _weights(scenario, mix) | _weights(base, mix)
    groups = {segment.id: segment for segment in (*segments(scenario), *segments(base))}
    at = [weights[touchpoint.id] for touchpoint in enabled_touchpoints(scenario)]
    table = np.array([[listed.get(channel, 0.0) for channel in mix] for listed in at]).reshape(len(at), len(mix))
    references = [_references(groups[segment.id], list(mix), table) for segment in segments(scenario)]
    return np.array(references, np.float64)


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


def _references(segment: Segment, channels: list[str], weights: Floats) -> Floats:
    """One segment's references, shape (touchpoints,); `weights` has shape (touchpoints, channels).

    They depend on the means alone: channels are put in the order of their means, so that not even rounding tells them
    apart.
    """
    means = np.sort(weights * np.array([segment.affinity.get(channel, 1.0) for channel in channels]), axis=1)
    total = means.sum(axis=1)
    references = np.full(len(total), np.nan)
    met = np.flatnonzero(total > 0)
    references[met] = np.log(total[met])
    if segment.concentration is not None and len(met):
        different, which = np.unique(means[met] / total[met, np.newaxis], axis=0, return_inverse=True)
        references[met] += expected_log(different, segment.concentration)[which.reshape(-1)]
    return references


def expected_log(means: Floats, shape: float) -> Floats:
    """E ln X of sums X of independent gamma variates of that shape, `means` of shape (sums, variates), at least 0.

    ln x is the integral over s > 0 of (exp(-s) - exp(-s x)) / s, so E ln X that of (exp(-s) - L(s)) / s, with L(s) the
    product of (1 + s m / shape)^-shape. In its place stands that of (G(s) - L(s)) / s, with G of a single gamma variate
    that has the same tail (the sum of the shapes, the geometric mean of the scales) and whose E ln is digamma(shape) +
    ln(scale). Over the logarithm of s this falls exponentially on both sides and is analytic within pi / 2 of the real
    axis, so that the sum over equal steps h is off by no more than about exp(-pi^2 / h).
    """
    there = means > 0
    scale = np.where(there, means, 1.0) / shape
    count = there.sum(axis=1)
    whole = shape * count
    log_scale = np.where(there, np.log(scale), 0.0).sum(axis=1) / count
    low = min(0.0, -float(np.log(scale[there]).max())) - _REACH
    high = max(0.0, -float(np.log(scale[there]).min())) + _REACH
    s = np.exp(np.arange(low, high + _STEP, _STEP))
    spread = np.zeros((len(means), len(s)))
    for variate in range(means.shape[1]):
        some = there[:, variate]
        spread[some] += np.log1p(scale[some, variate, np.newaxis] * s)
    alike = np.log1p(np.exp(log_scale)[:, np.newaxis] * s)
    gap = np.exp(-whole[:, np.newaxis] * alike) - np.exp(-shape * spread)
    expected: Floats = _digamma(whole) + log_scale + _STEP * gap.sum(axis=1)
    return expected


def _digamma(x: Floats) -> Floats:
    def work_out() -> Floats:
        from scipy.special import digamma

        return np.asarray(digamma(x), np.float64)

    return kept_numbers(f"digamma of {x.tolist()}", work_out)
