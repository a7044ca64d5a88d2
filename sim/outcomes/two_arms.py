"""What only two arms over the same customers can show: retention among those acquired in both."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import ACTIVE, History
from sim.outcomes.followed_enough import FEWEST_FOLLOWED, SMALLEST_SHARE_FOLLOWED
from sim.outcomes.incidence import SAME_TIME
from sim.outcomes.records import ALL

Bits = NDArray[np.uint8]
Indices = NDArray[np.int64]

DAYS: Final = 90


@dataclass(frozen=True)
class Standing:
    """What is kept of each customer until the other arms of the replication are done; small, to be sent about."""

    segments: tuple[str, ...]
    number: NDArray[np.uint64] | None
    """shape (customers,); None where they are 0, 1, 2, …"""
    segment: NDArray[np.int16]
    """shape (customers,)"""
    acquired: Bits
    """one bit a customer, packed: converted at all"""
    followed: Bits
    """converted at least 90 days before the horizon"""
    retained: Bits
    """and was active 90 days after converting"""


def standing(history: History) -> Standing:
    """How each customer stands 90 days after the first conversion."""
    customers, log = history.customers, history.log
    acquired = np.isfinite(customers.acquired)
    reference = np.where(acquired, customers.acquired, np.inf) + DAYS
    followed = reference <= history.horizon + SAME_TIME
    status = np.full(acquired.shape, ACTIVE, dtype=np.int8)
    # The log is in each customer's order of time; of several assignments to one customer the last one stands.
    before = log.time <= reference[log.customer] + SAME_TIME
    status[log.customer[before]] = log.status[before]
    return Standing(
        history.segments,
        None if (customers.number == np.arange(customers.number.size)).all() else customers.number,
        customers.segment,
        np.packbits(acquired),
        np.packbits(followed),
        np.packbits(followed & (status == ACTIVE)),
    )


def difference(first: Standing, other: Standing) -> dict[str, dict[str, float]]:
    """The differences `other` minus `first` that only a pair has, by segment (ALL first) and outcome id.

    `retention_90_both` is the difference in the share still there after 90 days among the customers who were acquired
    and followed that long in both; a segment counts those who belong to it in both. Left out where too few are.
    """
    here, there = _shared(first, other)

    def in_both(a: Bits, b: Bits) -> NDArray[np.bool_]:
        return _unpacked(a, here) & _unpacked(b, there)

    acquired = in_both(first.acquired, other.acquired)
    followed = in_both(first.followed, other.followed)
    change = _unpacked(other.retained, there).astype(np.int8) - _unpacked(first.retained, here).astype(np.int8)
    differences: dict[str, dict[str, float]] = {}
    everybody = np.ones(here.size, dtype=np.bool_)
    for id_, member in [(ALL, everybody), *_shared_segments(first, other, here, there)]:
        count = int(np.count_nonzero(member & followed))
        enough = max(FEWEST_FOLLOWED, SMALLEST_SHARE_FOLLOWED * int(np.count_nonzero(member & acquired)))
        differences[id_] = (
            {"retention_90_both": int(change[member & followed].sum()) / count} if count >= enough else {}
        )
    return differences


def pair(first: History, other: History) -> dict[str, dict[str, float]]:
    """`difference` of two histories of the same replication."""
    return difference(standing(first), standing(other))


def _shared(first: Standing, other: Standing) -> tuple[Indices, Indices]:
    """Where those whom both have stand in each."""
    if first.number is None and other.number is None:
        same = np.arange(min(first.segment.size, other.segment.size))
        return same, same
    _, here, there = np.intersect1d(_numbers(first), _numbers(other), assume_unique=True, return_indices=True)
    return here, there


def _numbers(standing: Standing) -> NDArray[np.uint64]:
    return np.arange(standing.segment.size, dtype=np.uint64) if standing.number is None else standing.number


def _unpacked(bits: Bits, indices: Indices) -> NDArray[np.bool_]:
    return np.unpackbits(bits)[indices].view(np.bool_)


def _shared_segments(
    first: Standing, other: Standing, here: Indices, there: Indices
) -> list[tuple[str, NDArray[np.bool_]]]:
    indices = {segment: index for index, segment in enumerate(other.segments)}
    return [
        (segment, (first.segment[here] == index) & (other.segment[there] == indices[segment]))
        for index, segment in enumerate(first.segments)
        if segment in indices
    ]
