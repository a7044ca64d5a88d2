"""Incidence of an event under competing ends, from exact times with censoring."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Causes = NDArray[np.int8]

CENSORED: Final = 0
HAPPENED: Final = 1
COMPETED: Final = 2
"""How an observation ended: still open at the end of the run, the event asked about, another end."""

_RELATIVE: Final = 1e-12
"""Rounding allowed when a cumulated share is compared with half of its end."""

SAME_TIME: Final = 1e-9
"""Days; what differs by less is the same time, whatever rounding did."""


@dataclass(frozen=True)
class Incidence:
    """Share to whom the event has happened by each time, as a right-continuous step function."""

    time: Floats
    """times at which it steps, ascending, days"""
    share: Floats
    """its value from that time on"""

    @property
    def end(self) -> float:
        """Its last value: the share to whom the event happens within the run."""
        return float(self.share[-1]) if self.share.size else 0.0

    def at(self, days: Floats) -> Floats:
        """Its value at each of `days`; the same shape."""
        steps = np.concatenate((np.zeros(1), self.share))
        return steps[np.searchsorted(self.time, days + SAME_TIME, side="right")]

    def restricted_mean(self, longest: float) -> float:
        """Mean time until the event, of times beyond `longest` (at or after the last step) only so much."""
        edges = np.concatenate((np.zeros(1), self.time, [longest]))
        return float(np.dot(np.diff(edges), 1.0 - np.concatenate((np.zeros(1), self.share))))

    def median(self) -> float | None:
        """The first time at which it reaches half its last value, days; None where the event never happens."""
        if self.end <= 0:
            return None
        index = int(np.argmax(self.share >= self.end / 2 * (1 - _RELATIVE)))
        return float(self.time[index])


@dataclass(frozen=True)
class Observations:
    """When each customer's observation ended and how, in ascending order of time; shape (observed,) each."""

    customer: NDArray[np.int64]
    """customer number"""
    time: Floats
    """days since it began"""
    cause: Causes
    """CENSORED, HAPPENED or COMPETED"""
    span: Floats
    """days from its beginning to the end of the run"""

    def of(self, member: NDArray[np.bool_]) -> "Observations":
        """The observations of the customers that `member`, shape (customers,), marks."""
        kept = np.flatnonzero(member[self.customer])
        return Observations(self.customer[kept], self.time[kept], self.cause[kept], self.span[kept])

    def followed(self, days: Floats) -> NDArray[np.int64]:
        """How many began at least so many days before the end of the run; the same shape as `days`."""
        counted: NDArray[np.int64] = self.span.size - np.searchsorted(self._spans, days - SAME_TIME)
        return counted

    @cached_property
    def _spans(self) -> Floats:
        return np.sort(self.span)

    @cached_property
    def incidence(self) -> Incidence:
        """The estimator of Aalen and Johansen (1978); with no competing end it is one minus that of Kaplan and Meier.

        Who is censored at the time of an event still counts as at risk of it.
        """
        if not self.time.size:
            return Incidence(np.zeros(0), np.zeros(0))
        from sim.outcomes.estimating import incidence_steps

        return Incidence(*incidence_steps(self.time, self.cause == HAPPENED, self.cause != CENSORED))


def observe(
    customer: NDArray[np.int64], begin: Floats, happened: Floats, competed: Floats, horizon: float
) -> Observations:
    """Observations from absolute times, shape (observed,) each, NaN for what does not happen.

    Each begins at `begin` and ends at the event, else at the competing end, else at the horizon; days.
    """
    cause = np.where(np.isfinite(happened), HAPPENED, np.where(np.isfinite(competed), COMPETED, CENSORED)).astype(
        np.int8
    )
    end = np.where(cause == HAPPENED, happened, np.where(cause == COMPETED, competed, horizon))
    time = end - begin
    order = np.argsort(time)
    return Observations(customer[order], time[order], cause[order], (horizon - begin)[order])
