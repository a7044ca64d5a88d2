"""Clusters of linked records: what the brand takes for one person each (model 24)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.identity.links import Links

Numbers = NDArray[np.int64]


def clusters(links: Links, records: int, channels: int, *, graph: bool) -> Numbers:
    """The cluster of each record, numbered in the order of their first records, shape (records,).

    With `graph`, no cluster has two records of a channel: a connected part that would is put together link by link.
    """
    import networkx as nx  # slow to import, takes 11 MB, and is not needed where resolutions are kept

    network = nx.Graph()
    network.add_edges_from(zip(links.left.tolist(), links.right.tolist(), strict=True))
    parts = [sorted(part) for part in nx.connected_components(network)]
    first = np.arange(records)
    crowded = [part for part in parts if graph and _has_a_channel_twice(part, channels)]
    if crowded:
        of_part = np.full(records, -1)
        for number, part in enumerate(crowded):
            of_part[part] = number
        parts = [part for part in parts if of_part[part[0]] < 0] + _untangled(links, of_part, channels)
    for part in parts:
        first[part] = part[0]
    return np.unique(first, return_inverse=True)[1]


def _has_a_channel_twice(part: Iterable[int], channels: int) -> bool:
    on = [record % channels for record in part]
    return len(set(on)) < len(on)


def _untangled(links: Links, of_part: Numbers, channels: int) -> list[list[int]]:
    """The clusters in parts that have a channel twice: the surest links first, each if no channel is then twice."""
    inside = np.flatnonzero(of_part[links.left] >= 0)
    order = inside[np.lexsort((links.right[inside], links.left[inside], -links.confidence[inside]))]
    members = {record: [record] for record in np.flatnonzero(of_part >= 0).tolist()}
    for left, right in zip(links.left[order].tolist(), links.right[order].tolist(), strict=True):
        one, other = members[left], members[right]
        if one is other or _has_a_channel_twice([*one, *other], channels):
            continue
        joined = sorted([*one, *other])
        members.update(dict.fromkeys(joined, joined))
    return list({id(part): part for part in members.values()}.values())
