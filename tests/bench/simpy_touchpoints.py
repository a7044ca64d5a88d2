"""A scenario as a program in plain Python holds it: touchpoints, and the transitions that lead on from them."""

import math
from dataclasses import dataclass

from sim.draws.sites import site
from sim.engine.program.reference import affinity_reference
from sim.scenario.distributions import Distribution, Exponential, Lognormal
from sim.scenario.journey import COVARIATES, Goal
from sim.scenario.resolve import (
    channel_shares,
    coefficients,
    enabled_channels,
    enabled_touchpoints,
    enabled_transitions,
    roles,
)
from sim.scenario.scenario import Scenario

FELT = ("propensity", "affinity", "sentiment", "lost_context", "bad_experience", "effort")
"""The covariates that are not 0 throughout where there are no desks, messages, offers and prices."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution of delays (days) or money."""

    scale: float
    """mean of an exponential, median of a lognormal"""
    sigma: float | None
    """of a lognormal; None for an exponential"""


@dataclass(frozen=True, slots=True)
class Offered:
    """A channel on which a touchpoint is to be had."""

    channel: int
    weight: float
    site: int


@dataclass(frozen=True, slots=True)
class Transition:
    """A transition."""

    target: int
    site: int
    share: float
    leaves: bool
    """whether its role is exit"""
    effects: tuple[float, ...]
    """coefficients, in the order of FELT"""
    delay: Spread


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A touchpoint."""

    site: int
    leaves: bool
    """whether the journey ends there"""
    channels: tuple[Offered, ...]
    feeling: float
    feeling_sd: float
    effort: float
    profile_gain: float
    worth: Spread | None
    """money of its goal"""
    margin: float
    reference: tuple[float, ...]
    """what the logarithm of a customer's affinity is measured against, by segment"""
    transitions: tuple[Transition, ...]


def touchpoints_of(scenario: Scenario) -> tuple[Touchpoint, ...]:
    """The touchpoints of a scenario without desks, surveys and activity clock, in the order of its file."""
    touchpoints = enabled_touchpoints(scenario)
    order = {touchpoint.id: number for number, touchpoint in enumerate(touchpoints)}
    mix = {channel.id: (number, channel.mix) for number, channel in enumerate(enabled_channels(scenario))}
    role = roles(scenario)
    reference = affinity_reference(scenario, scenario)
    leading: dict[str, list[Transition]] = {touchpoint.id: [] for touchpoint in touchpoints}
    for transition in enabled_transitions(scenario):
        all_effects = dict(zip(COVARIATES, coefficients(scenario, transition, role[transition.key]), strict=True))
        leading[transition.source].append(
            Transition(
                target=order[transition.target],
                site=site(f"transition:{transition.key}"),
                share=transition.share,
                leaves=role[transition.key] == "exit",
                effects=tuple(all_effects[name] for name in FELT),
                delay=_spread(transition.delay),
            )
        )
    return tuple(
        Touchpoint(
            site=site(f"touchpoint:{touchpoint.id}"),
            leaves=bool(touchpoint.exit),
            channels=tuple(
                Offered(mix[channel][0], share * mix[channel][1], site(f"touchpoint:{touchpoint.id}@{channel}"))
                for channel, share in channel_shares(scenario, touchpoint).items()
            ),
            feeling=touchpoint.emotion.mean,
            feeling_sd=touchpoint.emotion.sd,
            effort=touchpoint.effort,
            profile_gain=touchpoint.profile_gain,
            worth=_spread(goal.value) if (goal := touchpoint.goal) and isinstance(goal, Goal) and goal.value else None,
            margin=goal.margin if isinstance(goal, Goal) else 1.0,
            reference=tuple(0.0 if math.isnan(x) else x for x in reference[:, number].tolist()),
            transitions=tuple(leading[touchpoint.id]),
        )
        for number, touchpoint in enumerate(touchpoints)
    )


def _spread(distribution: Distribution) -> Spread:
    if isinstance(distribution, Exponential):
        return Spread(distribution.mean, None)
    if isinstance(distribution, Lognormal):
        mu, sigma = distribution.log_parameters()
        return Spread(distribution.median if distribution.median is not None else math.exp(mu), sigma)
    raise TypeError(f"the program for comparison draws exponentials and lognormals only, not {distribution!r}")
