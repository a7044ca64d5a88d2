"""Whom an outcome is about: everybody who arrived, one segment of them, the treated or the holdout."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import History
from sim.outcomes.incidence import Observations
from sim.outcomes.records import ALL, HOLDOUT, TREATED


@dataclass(frozen=True)
class Missing:
    """An outcome that this replication cannot show."""

    reason: str
    """a plain sentence without a full stop"""


class Ratio(NamedTuple):
    """Something divided by what the replication itself decides: over replications it is a ratio of sums."""

    part: float
    whole: float
    reason: str
    """why there is no value where the whole is 0: a plain sentence without a full stop"""

    @property
    def value(self) -> float | Missing:
        """This replication's own: `part / whole`, or why there is none."""
        return self.part / self.whole if self.whole else Missing(self.reason)


Measurements = dict[str, float | Missing | Ratio]
"""Outcomes by id: the value, what it is a ratio of, or why there is none."""


EVERYBODY = slice(None)
"""The rows of totals by segment that everybody together are."""


@dataclass(frozen=True)
class Group:
    """Customers who arrived: all of them, those of one segment, or those treated or held out."""

    id: str
    """ALL, the segment's id, TREATED or HOLDOUT"""
    history: History
    member: NDArray[np.bool_]
    """shape (customers,)"""
    rows: slice | None
    """the group's rows in totals by segment; None where these do not tell it apart"""

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
        assert self.rows is not None, "totals by segment do not tell this group apart"
        own: NDArray[Any] = by_segment[self.rows]
        return own[0] if len(own) == 1 else np.asarray(own.sum(axis=0))

    def of(self, observed: Observations) -> Observations:
        """Its members' part of observations of customers who arrived."""
        return observed if self.rows == EVERYBODY else observed.of(self.member)

    def sum(self, by_customer: NDArray[Any]) -> float:
        """Sum over its members of an array with shape (customers,)."""
        return float(by_customer[self.numbers].sum())


def groups(history: History, held_out: bool) -> Iterator[Group]:
    """Everybody who arrived, then each segment in file order; then, if some are `held_out`, the treated and these."""
    arrived = history.customers.arrival <= history.horizon
    yield Group(ALL, history, arrived, EVERYBODY)
    for index, segment in enumerate(history.segments):
        yield Group(segment, history, arrived & (history.customers.segment == index), slice(index, index + 1))
    if held_out:
        held = history.customers.holdout
        yield Group(TREATED, history, arrived & ~held, None)
        yield Group(HOLDOUT, history, arrived & held, None)
