"""How many arrivals reach what they came for, and how fast."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.history import CHURNED, COMPLETED, History
from sim.outcomes.groups import Found, Group, Missing, Ratio
from sim.outcomes.incidence import Incidence, Observations, observe

Floats = NDArray[np.float64]

NOBODY_ARRIVED = "nobody arrived within the run"
NOBODY_WON = "nobody converted within the run"
CONVERSION = ("conversion_rate", "purchase_rate", "repeat_rate", "order_value", "time_to_convert_days")
"""What `conversion` finds."""


@dataclass(frozen=True)
class Paths:
    """When the customers' ways to each end are seen, for everybody; groups take their part. None where nothing asks."""

    conversion: Observations | None
    """to the first conversion, since arrival"""
    completion: Observations | None
    """to the first completion goal or completed exit, since arrival"""
    value: Observations | None
    """to the first goal of kind value, since arrival"""
    churn: Observations | None
    """to the churn exit, since the first conversion among those won; where the scenario wins nobody, since arrival"""


def paths(history: History, asked: Collection[str], acquires: bool) -> Paths:
    """The observations from which the incidences asked for are estimated."""
    customers = history.customers
    arrived = np.flatnonzero(customers.arrival < history.horizon)
    churned = np.where(customers.status == CHURNED, customers.exit, np.nan)
    completed = np.where(customers.status == COMPLETED, customers.exit, np.nan)

    def since_arrival(outcome: str, happened: Floats, competed: Floats) -> Observations | None:
        if outcome not in asked:
            return None
        return observe(arrived, customers.arrival[arrived], happened[arrived], competed[arrived], history.horizon)

    churn = since_arrival("churn_rate", churned, completed)
    if churn and acquires:
        won = arrived[np.isfinite(customers.acquired[arrived])]
        churn = observe(won, customers.acquired[won], churned[won], completed[won], history.horizon)
    return Paths(
        conversion=since_arrival("conversion_rate", customers.acquired, customers.exit),
        completion=since_arrival("completion_rate", np.fmin(customers.first_completion, completed), churned),
        value=since_arrival("time_to_value_days", customers.first_value, customers.exit),
        churn=churn,
    )


def conversion(group: Group, incidence: Incidence) -> Found:
    """Conversion, purchases and the time they take; `incidence` is the group's of the first conversion."""
    customers = group.history.customers
    if not group.arrivals:
        return {id_: Missing(NOBODY_ARRIVED) for id_ in CONVERSION}
    to_convert = incidence.median()
    purchases = group.sum(customers.purchases)
    twice = float(np.count_nonzero(customers.conversions[group.won] >= 2))
    return {
        "conversion_rate": incidence.end,
        "purchase_rate": purchases / group.arrivals,
        "repeat_rate": Ratio(twice, group.won.size, NOBODY_WON),
        "order_value": Ratio(group.sum(customers.order_revenue), purchases, "nobody bought within the run"),
        "time_to_convert_days": Missing(NOBODY_WON) if to_convert is None else to_convert,
    }


def completion(group: Group, seen: Observations) -> Found:
    """The share that completes."""
    return {"completion_rate": group.of(seen).incidence().end if group.arrivals else Missing(NOBODY_ARRIVED)}


def value(group: Group, seen: Observations) -> Found:
    """The time until the product proves itself."""
    median = group.of(seen).incidence().median()
    nobody = Missing("nobody reached a goal of kind value within the run")
    return {"time_to_value_days": nobody if median is None else median}
