"""Whom an outcome is about: everybody who arrived, or one segment of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.history import History
from sim.outcomes.incidence import Observations
from sim.outcomes.records import ALL


@dataclass(frozen=True)
class Missing:
    """An outcome that this replication cannot show."""

    reason: str
    """a plain sentence without a full stop"""


Found = dict[str, float | Missing]
"""Outcomes by id: the value, or why there is none."""


def ratio(part: float, whole: float, reason: str) -> float | Missing:
    """`part / whole`, or the reason where there is nothing to divide by."""
    return part / whole if whole else Missing(reason)


@dataclass(frozen=True)
class Group:
    """Customers who arrived: all of them, or those of one segment."""

    id: str
    """ALL or the segment's id"""
    history: History
    member: NDArray[np.bool_]
    """shape (customers,)"""
    rows: slice
    """the group's rows in totals by segment"""

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Customer numbers of its members, ascending."""
        return np.flatnonzero(self.member)

    @cached_property
    def won(self) -> NDArray[np.int64]:
        """Customer numbers of those acquired, ascending."""
        return self.numbers[np.isfinite(self.history.customers.acquired[self.numbers])]

    @property
    def arrivals(self) -> int:
        """How many arrived."""
        return self.numbers.size

    def total(self, by_segment: NDArray[Any]) -> NDArray[Any]:
        """Sums over the group of totals whose first axis is the segment; the shape of the other axes."""
        summed: NDArray[Any] = by_segment[self.rows].sum(axis=0)
        return summed

    def of(self, observed: Observations) -> Observations:
        """Its members' part of observations of customers who arrived."""
        return observed if self.id == ALL else observed.of(self.member)

    def sum(self, by_customer: NDArray[Any]) -> float:
        """Sum over its members of an array with shape (customers,)."""
        return float(by_customer[self.numbers].sum())


def groups(history: History) -> Iterator[Group]:
    """Everybody who arrived, then each segment in file order."""
    arrived = history.customers.arrival < history.horizon
    yield Group(ALL, history, arrived, slice(None))
    for place, segment in enumerate(history.segments):
        yield Group(segment, history, arrived & (history.customers.segment == place), slice(place, place + 1))
