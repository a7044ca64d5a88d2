"""How many arrivals reach what they came for, and how fast."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import CHURNED, COMPLETED, History
from sim.outcomes.followed_enough import within
from sim.outcomes.groups import Group, Measurements, Missing, Ratio
from sim.outcomes.incidence import Observations, observe

Floats = NDArray[np.float64]

NOBODY_ARRIVED = "nobody arrived within the run"
NOBODY_WON = "nobody converted within the run"


@dataclass(frozen=True)
class Paths:
    """When the customers are seen on to each end, for everybody; groups take their part. None where nothing asks."""

    conversion: Observations | None
    """to the first conversion, since arrival"""
    value: Observations | None
    """to the first goal of kind value, since arrival"""
    churn: Observations | None
    """to the churn exit, since the first conversion among those won; where the scenario wins nobody, since arrival"""


def paths(history: History, outcomes: Collection[str], acquires: bool) -> Paths:
    """The observations from which the incidences asked for are estimated."""
    customers = history.customers
    arrived = np.flatnonzero(customers.arrival <= history.horizon)

    def since(begin: Floats, who: NDArray[np.int64], happened: Floats, competed: Floats) -> Observations:
        return observe(who, begin[who], happened[who], competed[who], history.horizon)

    churn = None
    if "churn_rate" in outcomes:
        completed = np.where(customers.status == COMPLETED, customers.exit, np.nan)
        won = arrived[np.isfinite(customers.acquired[arrived])]
        begin, who = (customers.acquired, won) if acquires else (customers.arrival, arrived)
        churn = since(begin, who, np.where(customers.status == CHURNED, customers.exit, np.nan), completed)
    return Paths(
        conversion=since(customers.arrival, arrived, customers.acquired, customers.exit) if acquires else None,
        value=since(customers.arrival, arrived, customers.first_value, customers.exit)
        if "time_to_value_days" in outcomes
        else None,
        churn=churn,
    )


def conversion(group: Group, seen: Observations) -> Measurements:
    """Conversion, purchases and the time they take; `seen` are the group's observations of the first conversion."""
    customers = group.history.customers
    to_convert = seen.incidence.median()
    purchases = group.sum(customers.purchases)
    twice = float(np.count_nonzero(customers.conversions[group.won] >= 2))
    return {
        "conversion_rate": Ratio(group.won.size, group.arrivals, NOBODY_ARRIVED),
        "purchase_rate": Ratio(purchases, group.arrivals, NOBODY_ARRIVED),
        "repeat_rate": Ratio(twice, group.won.size, NOBODY_WON),
        "order_value": Ratio(group.sum(customers.order_revenue), purchases, "nobody bought within the run"),
        "time_to_convert_days": Missing(NOBODY_WON) if to_convert is None else to_convert,
    } | within("converted_within", seen, group.history.horizon, "arrivals", NOBODY_ARRIVED)


def completion(group: Group) -> Measurements:
    """The share that completes."""
    customers = group.history.customers
    done = np.isfinite(customers.first_completion) | (customers.status == COMPLETED)
    return {"completion_rate": Ratio(group.sum(done), group.arrivals, NOBODY_ARRIVED)}


def value(group: Group, seen: Observations) -> Measurements:
    """The time until the product proves itself."""
    median = group.of(seen).incidence.median()
    nobody = Missing("nobody reached a goal of kind value within the run")
    return {"time_to_value_days": nobody if median is None else median}
