"""Links between records that have the same identifier (model 24)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.identity.links import Links, links
from sim.identity.normalising import Texts
from sim.scenario.identity import Identity, Kind

Numbers = NDArray[np.int64]

MOST_ON_A_CHANNEL = 10
"""A value that more records of one channel have tells nobody apart: as many people would have it."""


def same_identifiers(identifiers: Mapping[Kind, Texts], channels: int, identity: Identity) -> Links:
    """The links between records whose normalised identifiers are the same in one of the keys."""
    found = [(kind, *_pairs(identifiers[kind], channels)) for kind in dict.fromkeys(identity.keys)]
    none = np.empty(0, np.int64)
    sure = [np.full(len(left), getattr(identity.confidence, kind)) for kind, left, _ in found]
    return links(
        np.concatenate([none, *(left for _, left, _ in found)]),
        np.concatenate([none, *(right for _, _, right in found)]),
        np.concatenate([np.empty(0), *sure]),
        "deterministic",
    )


def _pairs(values: Texts, channels: int) -> tuple[Numbers, Numbers]:
    """All pairs of records with the same value."""
    has = np.flatnonzero(values != "")
    _, group = np.unique(values[has].astype(str), return_inverse=True)
    usual = _tells_apart(group, has % channels, channels)[group]
    has, group = has[usual], group[usual]
    order = np.argsort(group, kind="stable")
    has, group = has[order], group[order]
    left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for apart in range(1, len(has)):
        same = np.flatnonzero(group[apart:] == group[:-apart])
        if not len(same):
            break
        left.append(has[same])
        right.append(has[same + apart])
    return np.concatenate(left), np.concatenate(right)


def _tells_apart(group: Numbers, channel: Numbers, channels: int) -> NDArray[np.bool_]:
    """Whether each value is had by so few records of each channel that it is worth something."""
    groups = int(group.max(initial=-1)) + 1
    counts = np.bincount(group * channels + channel, minlength=groups * channels).reshape(groups, channels)
    return np.asarray((counts <= MOST_ON_A_CHANNEL).all(axis=1))
