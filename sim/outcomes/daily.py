"""What a history has on each day of the run."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import ACTIVE, History
from sim.outcomes.money import daily_cost
from sim.outcomes.series import LONGEST
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def daily_series(history: History, scenario: Scenario, outcomes: Collection[str], acquires: bool) -> dict[str, Floats]:
    """What a history has on each day, by id; nothing where the run is longer than ten years.

    What happens at a day's first instant belongs to it, and what happens at the horizon to the last day. `outcomes` are
    the outcomes that the scenario can have, `acquires` whether it can win customers.
    """
    days = history.daily_revenue.size
    if days > LONGEST:
        return {}
    customers = history.customers
    arrived = np.flatnonzero(customers.arrival <= history.horizon)
    series = {"arrivals": _counted(customers.arrival[arrived], days)}
    if acquires:
        series["conversions"] = history.daily_conversions.astype(np.float64)
    series["active_customers"] = _active(history, customers.acquired if acquires else customers.arrival, days)
    if "revenue" in outcomes:
        series["revenue"] = history.daily_revenue * (1 - scenario.money.refund_rate)
    if "cost" in outcomes:
        series["cost"] = daily_cost(history, scenario)
    return series


def _days(time: Floats, days: int) -> NDArray[np.int64]:
    return np.minimum(time, days - 1).astype(np.int64)


def _counted(time: Floats, days: int) -> Floats:
    return np.bincount(_days(time, days), minlength=days).astype(np.float64)


def _active(history: History, begin: Floats, days: int) -> Floats:
    """Customers who are active at the end of each day, each since `begin`: NaN for those who never are.

    Everybody is active at first; what changed before `begin` counts at it.
    """
    member = begin <= history.horizon  # not so for NaN
    log = history.log
    rows = log.by_customer
    rows = rows[member[log.customer[rows]]]
    customer, active = log.customer[rows], log.status[rows] == ACTIVE
    before = np.ones(active.shape, np.bool_)
    before[1:] = np.where(customer[1:] == customer[:-1], active[:-1], True)
    moved = active.astype(np.float64) - before
    day = _days(np.maximum(log.time[rows], begin[customer]), days)
    change = _counted(begin[member], days) + np.bincount(day, weights=moved, minlength=days)
    now: Floats = np.cumsum(change)
    return now
