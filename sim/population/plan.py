"""The population as numbers: what the drawing of customers needs, ready for compiled code."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.population.arrivals import Grid, arrival_grid, bought_grids, expected_bought
from sim.scenario import distributions as written
from sim.scenario.people import Segment
from sim.scenario.resolve import enabled_channels, enabled_touchpoints, liked_contents, segments
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]

TRAITS = (
    "propensity",
    "price_sensitivity",
    "patience_minutes",
    "privacy_concern",
    "pace",
    "attrition",
    "preferred_hour",
)
"""The traits, in the order of the columns they are kept in."""

REFERENCE = dict(zip(TRAITS, (0.0, 1.0, 5.0, 0.0, 1.0, 1.0, 12.0), strict=True))
"""The reference customer's traits."""

_NORMAL = {"propensity", "privacy_concern", "preferred_hour"}
"""Traits that are normal when given by mean and sd; the others are gamma."""


@dataclass(frozen=True)
class PopulationPlan:
    """Who may arrive, when and where."""

    size: int
    segments: tuple[Segment, ...]
    channels: tuple[str, ...]
    """enabled channels, the columns of affinity and opt-in"""
    segment_weight: Floats
    """shape (segments,)"""
    segment_site: NDArray[np.uint32]
    trait_row: NDArray[np.int32]
    """distribution row, shape (segments, traits)"""
    trait_site: NDArray[np.uint32]
    """shape (traits,)"""
    affinity_mean: Floats
    """shape (segments, channels)"""
    affinity_row: NDArray[np.int32]
    """distribution row, shape (segments, channels); -1 where everybody has the mean"""
    channel_site: NDArray[np.uint32]
    """shape (channels,)"""
    liked: tuple[tuple[str, str], ...]
    """the contents, each a trait and its value, that any segment likes or dislikes (model 33.6)"""
    liking_row: NDArray[np.int32]
    """distribution row, shape (segments, liked); -1 where nobody minds"""
    liking_site: NDArray[np.uint32]
    """shape (liked,)"""
    consent: Floats
    """shape (segments,)"""
    rows: Floats
    """distributions, as `DistributionRows.arrays` gives them"""
    values: Floats
    mean_patience: float
    """mean of the trait `patience_minutes` over the population"""
    start_touchpoint: NDArray[np.int32]
    """touchpoints (by index among the enabled) where arrivals begin"""
    start_weight: Floats
    start_site: NDArray[np.uint32]
    bought_channel: NDArray[np.int16]
    """channels on which arrivals are bought, by index"""
    bought_site: NDArray[np.uint32]
    bought_expected: Floats
    """arrivals that the money buys on average"""
    arrival_grid: Grid
    """share of arrivals that have come by a day, and that day; both ascend; empty for a cohort"""
    bought_grids: tuple[Grid, ...]
    """the same of the arrivals bought on each channel"""

    @cached_property
    def digest(self) -> bytes:
        """Of all that customers are drawn from: the same for plans whose segments differ in other things alone."""
        digest = hashlib.sha256()
        for field in fields(self):
            if field.name != "segments":
                value = getattr(self, field.name)
                for part in _arrays(value):
                    numbers = np.asarray(part)
                    digest.update(f"{field.name} {numbers.dtype} {numbers.shape}".encode() + numbers.tobytes())
        return digest.digest()


def _arrays(value: Any) -> Iterator[Any]:
    """The arrays and numbers in what a plan holds."""
    if isinstance(value, tuple):
        for part in value:
            yield from _arrays(part)
    else:
        yield value


def plan_population(scenario: Scenario) -> PopulationPlan:
    """The plan of a scenario's population."""
    groups = segments(scenario)
    channels = tuple(channel.id for channel in enabled_channels(scenario))
    distributions = DistributionRows()
    traits = [[distributions.add(trait_distribution(group, trait)) for trait in TRAITS] for group in groups]
    means, affinities = _affinity_rows(groups, channels, distributions)
    liked = liked_contents(scenario)
    likings = _liking_rows(groups, liked, distributions)
    rows, values = distributions.arrays()
    weights = np.array([group.share for group in groups])
    buying = expected_bought(scenario)
    starts = [(n, touchpoint) for n, touchpoint in enumerate(enabled_touchpoints(scenario)) if touchpoint.start]
    return PopulationPlan(
        size=scenario.population.size,
        segments=groups,
        channels=channels,
        segment_weight=weights,
        segment_site=_sites("segment", (group.id for group in groups)),
        trait_row=np.array(traits, np.int32),
        trait_site=_sites("trait", TRAITS),
        affinity_mean=means,
        affinity_row=affinities,
        channel_site=_sites("channel", channels),
        liked=liked,
        liking_row=likings,
        liking_site=_sites("content", (f"{trait}={value}" for trait, value in liked)),
        consent=np.array([group.consent for group in groups]),
        rows=rows,
        values=values,
        mean_patience=_mean_patience(groups, weights),
        start_touchpoint=np.array([n for n, _ in starts], np.int32),
        start_weight=np.array([float(touchpoint.start) for _, touchpoint in starts]),
        start_site=_sites("touchpoint", (touchpoint.id for _, touchpoint in starts)),
        bought_channel=np.array([channels.index(channel) for channel in buying], np.int16),
        bought_site=_sites("channel", buying),
        bought_expected=np.array(list(buying.values())),
        arrival_grid=arrival_grid(scenario),
        bought_grids=tuple(bought_grids(scenario).values()),
    )


def _affinity_rows(
    groups: Sequence[Segment], channels: Sequence[str], distributions: DistributionRows
) -> tuple[Floats, NDArray[np.int32]]:
    """Mean affinities and the rows they are drawn from (-1: everybody has the mean), both (segments, channels)."""
    means = np.array([[group.affinity.get(channel, 1.0) for channel in channels] for group in groups])
    means = means.reshape(len(groups), len(channels))
    rows = np.full(means.shape, -1, np.int32)
    for s, group in enumerate(groups):
        for c in range(len(channels)):
            if group.concentration is not None and means[s, c] > 0:
                spread = written.Gamma(family="gamma", mean=means[s, c], shape=group.concentration)
                rows[s, c] = distributions.add(spread)
    return means, rows


def _liking_rows(
    groups: Sequence[Segment], liked: Sequence[tuple[str, str]], distributions: DistributionRows
) -> NDArray[np.int32]:
    """The rows from which likings are drawn, shape (segments, liked); -1 where nobody minds."""
    given = [[_liking(group, trait, value) for trait, value in liked] for group in groups]
    rows = [[-1 if each is None else distributions.add(_distribution(each, True)) for each in line] for line in given]
    return np.array(rows, np.int32).reshape(len(groups), len(liked))


def _liking(segment: Segment, trait: str, value: str) -> written.TraitValue | None:
    """How much the segment likes a content, as its file says it."""
    return next((values.get(value) for name, values in segment.content.items() if name == trait), None)


def trait_distribution(segment: Segment, trait: str) -> written.Distribution:
    """The distribution from which a segment's trait is drawn, before its limits (model section 1)."""
    given = getattr(segment.traits, trait)
    if given is None:
        return written.FixedOrNumber(value=REFERENCE[trait])
    return _distribution(given, trait in _NORMAL)


def _distribution(given: written.TraitValue, normal: bool) -> written.Distribution:
    """What a value is drawn from: where mean and sd are given, a normal or a gamma distribution."""
    if not isinstance(given, written.Spread):
        return given
    if given.sd == 0:
        return written.FixedOrNumber(value=given.mean)
    if normal:
        return written.Normal(family="normal", mean=given.mean, sd=given.sd)
    return written.Gamma(family="gamma", mean=given.mean, shape=(given.mean / given.sd) ** 2)


def _mean_patience(groups: tuple[Segment, ...], weights: Floats) -> float:
    """In exact fractions, so that customers who are all alike have a relative patience of exactly 1."""
    means = [trait_distribution(group, "patience_minutes").mean_value() for group in groups]
    if not all(map(math.isfinite, means)):
        return math.inf
    shares = [Fraction(weight) for weight in weights.tolist()]
    total = sum(share * Fraction(mean) for share, mean in zip(shares, means, strict=True))
    return float(total / sum(shares))


def _sites(kind: str, ids: Iterable[str]) -> NDArray[np.uint32]:
    return np.array([site(f"{kind}:{id_}") for id_ in ids], np.uint32)
