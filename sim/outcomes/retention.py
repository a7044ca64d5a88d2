"""Who stays, who leaves, who comes back."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import ACTIVE, LAPSED, StatusLog
from sim.outcomes.conversion import NOBODY_ARRIVED, NOBODY_WON
from sim.outcomes.followed_enough import not_told, within
from sim.outcomes.groups import Group, Measurements, Missing, Ratio
from sim.outcomes.incidence import HAPPENED, SAME_TIME, Observations
from sim.outcomes.journey_outcomes import PER_ARRIVAL_DAYS, RETENTION_DAYS
from sim.outcomes.occupation import Occupation

RECENT_DAYS = 30
CUSTOMERS_WON = "customers won"


def retention(group: Group, occupation: Occupation) -> Measurements:
    """Retention at each of the usual days, among the customers won and per arrival."""
    figures: Measurements = {"active_30": _recently_active(group)}
    for day in RETENTION_DAYS:
        figures[f"retention_{day}"] = kept = _retained(occupation, day)
        if day in PER_ARRIVAL_DAYS:
            figures[f"retained_per_arrival_{day}"] = (
                kept if isinstance(kept, Missing) else Ratio(kept.part, group.arrivals, NOBODY_ARRIVED)
            )
    return figures


def _retained(occupation: Occupation, day: int) -> Ratio | Missing:
    acquired = occupation.acquired
    if not acquired:
        return Missing(NOBODY_WON)
    horizon = float(occupation.day[-1])
    followed = int(occupation.followed[day]) if day <= horizon + SAME_TIME else 0
    missing = not_told(day, horizon, followed, acquired, CUSTOMERS_WON)
    # A product of daily shares is no count, but weighs as much as there are customers behind it.
    return missing or Ratio(float(occupation.shares[ACTIVE, day]) * acquired, acquired, NOBODY_WON)


def _recently_active(group: Group) -> Ratio | Missing:
    history = group.history
    if history.horizon < RECENT_DAYS:
        return Missing(f"the run is shorter than {RECENT_DAYS} days")
    recent = history.customers.last_active[group.won] >= history.horizon - RECENT_DAYS - SAME_TIME
    return Ratio(float(np.count_nonzero(recent)), group.won.size, NOBODY_WON)


def churn(group: Group, seen: Observations, acquires: bool) -> Measurements:
    """The share that leaves for good: of those won or, where the scenario wins nobody, of the arrivals."""
    observed = group.of(seen)
    whom, nobody = (CUSTOMERS_WON, NOBODY_WON) if acquires else ("arrivals", NOBODY_ARRIVED)
    left = float(np.count_nonzero(observed.cause == HAPPENED))
    return {"churn_rate": Ratio(left, observed.time.size, nobody)} | within(
        "churned_within", observed, group.history.horizon, whom, nobody
    )


def lapses(log: StatusLog, customers: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who ever lapsed, and who of them was active again later; shape (customers,) each."""
    rows = log.by_customer
    customer, status = log.customer[rows], log.status[rows]
    lapsed = np.zeros(customers, dtype=np.bool_)
    lapsed[customer[status == LAPSED]] = True
    back = (status[1:] == ACTIVE) & (status[:-1] == LAPSED) & (customer[1:] == customer[:-1])
    returned = np.zeros(customers, dtype=np.bool_)
    returned[customer[1:][back]] = True
    return lapsed, returned


def reactivation(group: Group, lapsed: NDArray[np.bool_], returned: NDArray[np.bool_]) -> Measurements:
    """The share of those who lapsed that came back."""
    return {
        "reactivation_rate": Ratio(group.sum(returned), group.sum(lapsed), "nobody lapsed within the run"),
    }
