"""Shares over time, at the days at which people look at them."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import ACTIVE, COMPLETED
from sim.outcomes.followed_enough import enough_followed
from sim.outcomes.groups import Group
from sim.outcomes.incidence import SAME_TIME, Observations
from sim.outcomes.journey_outcomes import RETENTION_DAYS, WITHIN_DAYS
from sim.outcomes.occupation import Occupation, days_followed
from sim.outcomes.records import Curve

CURVE_POINTS = 120
"""A curve has about this many points: on whole days, on those at which outcomes are told, and at the horizon."""


def curves(group: Group, first: Observations, occupation: Occupation) -> dict[str, Curve]:
    """All curves of a group; `first` are its observations of the first conversion.

    `retention` and `completed` go by days since the first conversion, `converted_within` by days since arrival, all
    three NaN where too few are followed that long; `conversion` goes by the day of the run.
    """
    history = group.history
    indices = curve_indices(history.horizon)
    day = days_followed(history.horizon)[indices]
    well_known = enough_followed(occupation.followed[indices], occupation.acquired)
    still_seen = enough_followed(first.followed(day), first.time.size)
    acquired = np.sort(history.customers.acquired[group.won])
    won = np.searchsorted(acquired, day + SAME_TIME, side="right")
    return {
        "retention": Curve(day, np.where(well_known, occupation.shares[ACTIVE, indices], np.nan)),
        "completed": Curve(day, np.where(well_known, occupation.shares[COMPLETED, indices], np.nan)),
        "conversion": Curve(day, won / group.arrivals if group.arrivals else np.full(day.shape, np.nan)),
        "converted_within": Curve(day, np.where(still_seen, first.incidence.at(day), np.nan)),
    }


def curve_indices(horizon: float) -> NDArray[np.int64]:
    """Which of the days 0, 1, …, and the horizon after them, curves are read off at; ascending, shape (points,)."""
    last = days_followed(horizon).size - 1
    even = np.arange(0, last, max(math.ceil(horizon / CURVE_POINTS), 1))
    named = [day for day in (*RETENTION_DAYS, *WITHIN_DAYS) if day <= horizon]
    return np.unique(np.concatenate((even, named, [last]))).astype(np.int64)
