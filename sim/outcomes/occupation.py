"""Which share of the customers won is active, lapsed, gone or done, by whole days since they were won."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import ACTIVE, CHURNED, COMPLETED, LAPSED, Customers, StatusLog
from sim.outcomes.incidence import SAME_TIME

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_STATUSES = 4
_TRANSIENT = slice(LAPSED + 1)
"""ACTIVE and LAPSED, from which customers may move."""


@dataclass(frozen=True)
class Occupation:
    """State occupation on the days 0, 1, … since the first conversion, and at the end of the longest following."""

    day: Floats
    """shape (days,): 0, 1, …; where the run does not last whole days, its length comes last"""
    shares: Floats
    """shape (4, days): share in each status, by its code; each day sums to 1"""
    followed: Counts
    """shape (days,): customers won early enough to be seen that long"""

    @property
    def acquired(self) -> int:
        """Customers won."""
        return int(self.followed[0])


@dataclass(frozen=True)
class DailyStatus:
    """Status of the customers won at whole days since they were won."""

    days: Floats
    """shape (days,): at which the status is read off: 0, 1, … and, where that is no whole day, the horizon"""
    followed: Counts
    """shape (customers,): the last index in `days` at which each is still followed; -1 for those never won"""
    start: NDArray[np.int8]
    """shape (customers,): status on day 0"""
    end: NDArray[np.int8]
    """shape (customers,): status on the last followed day"""
    customer: NDArray[np.int32]
    """changes between one day and the next, in each customer's order: whose, shape (changes,)"""
    day: Counts
    """the index of the day on which the new status is first seen"""
    before: NDArray[np.int8]
    after: NDArray[np.int8]

    @cached_property
    def _moves(self) -> Counts:
        """One number for each change: its statuses before and after, and its day."""
        moves: Counts = (self.before.astype(np.int64) * _STATUSES + self.after) * self.days.size + self.day
        return moves

    def occupation(self, member: NDArray[np.bool_]) -> Occupation:
        """The discrete estimator of Aalen and Johansen (1978) among those marked by `member`, shape (customers,).

        `p(d + 1) = p(d) P(d)`, where P(d) are the shares of those in each status on day d that are in each status on
        day d + 1, among the customers followed to day d + 1.
        """
        who = np.flatnonzero(member & (self.followed >= 0))
        length = self.days.size
        # Counted in one go by status and day, for going over the customers takes most of the time.
        ended = np.bincount(self.end[who].astype(np.int64) * length + self.followed[who], minlength=_STATUSES * length)
        ended = ended.reshape(_STATUSES, length)
        started = np.bincount(self.start[who], minlength=_STATUSES)
        moved = np.bincount(self._moves[member[self.customer]], minlength=_STATUSES * _STATUSES * length)
        moved = moved.reshape(_STATUSES, _STATUSES, length)
        left, entered = moved[_TRANSIENT].sum(axis=1), moved[:, _TRANSIENT].sum(axis=0)
        at_risk = (entered - left - ended[_TRANSIENT]).cumsum(axis=1) + started[_TRANSIENT, None]
        # rates[a, b, d]: share of those in status a on day d that are in status b on day d + 1
        rates = _per(moved[_TRANSIENT, :, 1:], at_risk[:, None, :-1])
        # All ways out counted together, so that no rounding makes them more than 1.
        leaves = _per(left[:, 1:], at_risk[:, :-1])
        followed: Counts = ended.sum(axis=0)[::-1].cumsum()[::-1]
        begin = started / max(int(followed[0]), 1)
        active, lapsed = _transient(begin, rates, leaves)
        shares = np.empty((4, length))
        shares[ACTIVE], shares[LAPSED] = active, lapsed
        for end in (CHURNED, COMPLETED):
            arriving = active[:-1] * rates[ACTIVE, end] + lapsed[:-1] * rates[LAPSED, end]
            shares[end] = begin[end] + np.concatenate((np.zeros(1), np.cumsum(arriving)))
        return Occupation(self.days, shares, followed)


def days_followed(horizon: float) -> Floats:
    """The whole days from 0 to the horizon, and the horizon itself; ascending."""
    whole: Floats = np.arange(math.floor(horizon + SAME_TIME) + 1, dtype=np.float64)
    return whole if horizon - whole[-1] <= SAME_TIME else np.append(whole, horizon)


def daily_status(customers: Customers, log: StatusLog, horizon: float) -> DailyStatus:
    """The status of all customers won, read off on whole days; a change on a day's very instant counts as done."""
    acquired = customers.acquired
    won = np.isfinite(acquired)
    days = days_followed(horizon)
    followed = np.full(acquired.shape, -1, dtype=np.int64)
    followed[won] = np.floor(horizon - acquired[won] + SAME_TIME)
    # Whoever was won at the very beginning is followed to the end, whole day or not.
    followed[won & (acquired <= SAME_TIME)] = days.size - 1

    rows = log.by_customer
    rows = rows[won[log.customer[rows]]]
    customer = log.customer[rows]
    day = np.maximum(np.ceil(log.time[rows] - acquired[customer] - SAME_TIME), 0).astype(np.int64)
    seen = day <= followed[customer]
    customer, day, status = customer[seen], day[seen], log.status[rows][seen]

    last_of_day = np.ones(customer.shape, dtype=np.bool_)
    last_of_day[:-1] = (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    customer, day, status = customer[last_of_day], day[last_of_day], status[last_of_day]

    start = np.full(acquired.shape, ACTIVE, dtype=np.int8)
    at_once = day == 0
    start[customer[at_once]] = status[at_once]
    end = start.copy()
    end[customer] = status  # several rows of a customer: the last one stands
    before = start[customer]
    follows = np.flatnonzero(customer[1:] == customer[:-1]) + 1
    before[follows] = status[follows - 1]
    moved = (before != status) & ~at_once
    return DailyStatus(
        days=days,
        followed=followed,
        start=start,
        end=end,
        customer=customer[moved],
        day=day[moved],
        before=before[moved],
        after=status[moved],
    )


def _per(part: Counts, whole: Counts) -> Floats:
    """`part / whole`, 0 where the whole is; the shape of the part."""
    share = np.zeros(part.shape)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def _transient(begin: Floats, rates: Floats, leaves: Floats) -> tuple[Floats, Floats]:
    """Shares active and lapsed on each day, from those on day 0 and the daily rates."""
    if begin[LAPSED] == 0 and not rates[ACTIVE, LAPSED].any():
        active = begin[ACTIVE] * np.concatenate((np.ones(1), np.cumprod(1 - leaves[ACTIVE])))
        return active, np.zeros(active.size)
    from sim.outcomes.estimating import transient_shares

    both = transient_shares(
        begin[ACTIVE], begin[LAPSED], rates[ACTIVE, LAPSED], rates[LAPSED, ACTIVE],
        1 - leaves[ACTIVE], 1 - leaves[LAPSED],
    )  # fmt: skip
    return both[0], both[1]
