"""Resolution: whose records the brand takes to be of one person, and how right it is (model 24)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.identity.clusters import clusters
from sim.identity.deterministic import same_identifiers
from sim.identity.links import Links, together
from sim.identity.measures import Measures, measures
from sim.identity.normalising import Texts, normalised
from sim.identity.probabilistic import likely_the_same
from sim.identity.records import Records, draw_records
from sim.scenario.identity import Identity, Kind, Method, in_order
from sim.scenario.scenario import Scenario

Numbers = NDArray[np.int64]
Told = Callable[[str], None]
"""Takes what is done next, in words."""


@dataclass(frozen=True)
class Resolution:
    """What the brand takes for one person each."""

    methods: tuple[Method, ...]
    """how it found out"""
    channels: tuple[str, ...]
    """the enabled ones, in file order"""
    profile: Numbers
    """the profile of each record, by number; -1 where a customer left nothing; shape (customers, channels)"""
    links: Links
    """between records; that of a customer on a channel is `customer * channels + channel`"""

    @cached_property
    def linked(self) -> NDArray[np.bool_]:
        """Whether two channels are linked for a customer, each to itself; shape (customers, channels, channels)."""
        same = self.profile[:, :, None] == self.profile[:, None, :]
        itself = np.eye(len(self.channels), dtype=np.bool_)
        return np.asarray((same & (self.profile >= 0)[:, :, None]) | itself)

    @cached_property
    def measures(self) -> Measures:
        """How right it is."""
        return measures(self.profile)


def resolve(scenario: Scenario, seed: int, tell: Told = lambda _: None) -> Resolution:
    """Who is who among the organic customers of a scenario with `[identity]`, by all its methods."""
    identity = scenario.identity or Identity()
    return next(resolutions(scenario, seed, [in_order(identity.methods)], tell))


def resolutions(
    scenario: Scenario, seed: int, ways: Iterable[Sequence[Method]], tell: Told = lambda _: None
) -> Iterator[Resolution]:
    """The same by several choices among the methods; what these share is done once."""
    identity = scenario.identity or Identity()
    tell("Drawing what customers leave behind")
    records = draw_records(scenario, seed)
    identifiers = normalised(records.written)
    found: dict[Method, Links] = {}
    for methods in ways:
        for method, find in _FINDING.items():
            if method in methods and method not in found:
                tell(f"Linking records: {method}")
                found[method] = find(identifiers, len(records.channels), identity)
        tell("Putting profiles together")
        linked = together([found[method] for method in _FINDING if method in methods])
        yield Resolution(tuple(methods), records.channels, _profiles(linked, records, "graph" in methods), linked)


def _profiles(linked: Links, records: Records, graph: bool) -> Numbers:
    channels = len(records.channels)
    cluster = clusters(linked, records.count, channels, graph=graph)
    left = np.logical_or.reduce([texts != "" for texts in records.written.values()])
    return np.where(left, cluster, -1).reshape(records.customers, channels)


_FINDING: Mapping[Method, Callable[[Mapping[Kind, Texts], int, Identity], Links]] = {
    "deterministic": same_identifiers,
    "probabilistic": likely_the_same,
}
