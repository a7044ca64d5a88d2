"""Distributions that cannot serve where they stand: times and money are never negative."""

import math
from collections.abc import Iterator

from sim.scenario.distributions import Distribution, Empirical, Fixed, Normal, Uniform
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.scenario import Scenario

_NOTICEABLE = 0.01
"""Share of draws below 0 from which a normal distribution gets a warning."""


def check_distributions(scenario: Scenario) -> Iterator[Fault]:
    """Delays, service times, patience and money that could be negative or endless."""
    for key_path, distribution, what in _never_negative(scenario):
        yield from _check(key_path, distribution, what)


def _never_negative(scenario: Scenario) -> Iterator[tuple[KeyPath, Distribution, str]]:
    for number, transition in enumerate(scenario.transitions):
        yield ("transitions", number, "delay"), transition.delay, "delay"
    for number, touchpoint in enumerate(scenario.touchpoints):
        if touchpoint.goal and touchpoint.goal.value is not None:
            yield ("touchpoints", number, "goal", "value"), touchpoint.goal.value, "value"
    for number, desk in enumerate(scenario.desks):
        yield ("desks", number, "service_minutes"), desk.service_minutes, "service time"
        if desk.patience_minutes is not None:
            yield ("desks", number, "patience_minutes"), desk.patience_minutes, "patience"
    for number, channel in enumerate(scenario.channels):
        if channel.time_to_act_hours is not None:
            yield ("channels", number, "time_to_act_hours"), channel.time_to_act_hours, "time"
    if scenario.referrals is not None and scenario.referrals.delay is not None:
        yield ("referrals", "delay"), scenario.referrals.delay, "delay"


def _check(key_path: KeyPath, distribution: Distribution, what: str) -> Iterator[Fault]:
    if isinstance(distribution, Fixed) and distribution.value < 0:
        yield Fault(key_path, f"a {what} cannot be {distribution.value:g}", "give a number of at least 0")
    elif isinstance(distribution, Uniform) and distribution.low < 0:
        yield Fault((*key_path, "low"), f"a {what} cannot be {distribution.low:g}", "give a low of at least 0")
    elif isinstance(distribution, Empirical) and distribution.quantiles[0] < 0:
        problem = f"a {what} cannot be {distribution.quantiles[0]:g}"
        yield Fault((*key_path, "quantiles"), problem, "give quantiles of at least 0")
    elif isinstance(distribution, Normal):
        yield from _normal(key_path, distribution, what)
    elif not math.isfinite(distribution.mean_value()):
        problem = f"this {what} has no finite mean: a few values are enormous"
        yield Fault(key_path, problem, "give a betaprime a b above 1", "warning")


def _normal(key_path: KeyPath, distribution: Normal, what: str) -> Iterator[Fault]:
    if distribution.mean < 0 and distribution.sd == 0:
        yield Fault((*key_path, "mean"), f"a {what} cannot be {distribution.mean:g}", "give a mean of at least 0")
        return
    below = 0.5 * math.erfc(distribution.mean / distribution.sd / math.sqrt(2)) if distribution.sd else 0.0
    if below > _NOTICEABLE:
        share = f"{100 * below:.2g}" if below < 0.9 else f"{100 * below:.3g}"
        problem = f"{share} % of the values would be below 0, and count as 0"
        remedy = 'a lognormal with the same mean and sd has none: family = "lognormal"'
        yield Fault(key_path, problem, remedy, "warning")
