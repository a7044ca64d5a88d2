"""The records around one customer: theirs, and those of others that the brand takes for theirs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.identity.links import LINKING
from sim.identity.records import Records
from sim.identity.resolution import Resolution
from sim.scenario.identity import Kind, Method

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Record:
    """What a customer left on a channel, and whose the brand takes it to be."""

    customer: int
    channel: str
    written: dict[Kind, str]
    """identifiers as they were left; none where nothing was"""
    profile: int
    """number of the profile; -1 for a record on which nothing was left"""


@dataclass(frozen=True)
class RecordLink:
    """A link between two of the records, by their positions."""

    one: int
    other: int
    confidence: float
    method: Method


@dataclass(frozen=True)
class Around:
    """The customer's records first, in the order of the channels; then those of others in the same profiles."""

    customer: int
    records: tuple[Record, ...]
    links: tuple[RecordLink, ...]


def around(records: Records, resolution: Resolution, customer: int) -> Around:
    """All that is in a profile with a record of the customer, and the customer's other records."""
    channels = len(records.channels)
    profiles = resolution.profile[customer]
    shared = np.flatnonzero(np.isin(resolution.profile.reshape(-1), profiles[profiles >= 0]))
    own = np.arange(customer * channels, (customer + 1) * channels)
    numbers = [*own.tolist(), *np.setdiff1d(shared, own).tolist()]
    position = {number: at for at, number in enumerate(numbers)}
    return Around(
        customer,
        tuple(_record(records, resolution, number) for number in numbers),
        tuple(_links(resolution, position)),
    )


def mixed_customers(resolution: Resolution) -> list[int]:
    """Those who have a record in a profile with somebody else's."""
    profile = resolution.profile
    left = profile >= 0
    person = np.broadcast_to(np.arange(len(profile))[:, None], profile.shape)
    first = np.full(profile.max(initial=0) + 1, -1)
    first[profile[left][::-1]] = person[left][::-1]
    other = left & (first[np.maximum(profile, 0)] != person)
    mixed = np.zeros(len(first), np.bool_)
    mixed[profile[other]] = True
    return np.flatnonzero((left & mixed[np.maximum(profile, 0)]).any(axis=1)).tolist()


def parted_customers(resolution: Resolution) -> list[int]:
    """Those whose records are in several profiles."""
    profile = resolution.profile
    highest = profile.max(axis=1, initial=-1)
    lowest = np.where(profile >= 0, profile, highest[:, None]).min(axis=1, initial=np.iinfo(np.int64).max)
    return np.flatnonzero((highest >= 0) & (lowest < highest)).tolist()


def _record(records: Records, resolution: Resolution, number: int) -> Record:
    customer, channel = divmod(number, len(records.channels))
    written = {kind: str(texts[number]) for kind, texts in records.written.items() if texts[number]}
    return Record(customer, records.channels[channel], written, int(resolution.profile[customer, channel]))


def _links(resolution: Resolution, position: dict[int, int]) -> Iterator[RecordLink]:
    links = resolution.links
    numbers = np.fromiter(position, np.int64)
    among = np.flatnonzero(np.isin(links.left, numbers) & np.isin(links.right, numbers))
    for at in among.tolist():
        yield RecordLink(
            position[int(links.left[at])],
            position[int(links.right[at])],
            float(links.confidence[at]),
            LINKING[int(links.method[at])],
        )
