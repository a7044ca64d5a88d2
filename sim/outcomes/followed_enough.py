"""Whether enough customers are followed for so long that a share among them says something."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.groups import Measurements, Missing, Ratio
from sim.outcomes.incidence import SAME_TIME, Observations
from sim.outcomes.journey_outcomes import WITHIN_DAYS

Counts = NDArray[np.int64]

FEWEST_FOLLOWED: Final = 30
"""A share after some days is told only where at least so many customers are followed that long,"""
SMALLEST_SHARE_FOLLOWED: Final = 0.05
"""and at least this share of those it is about."""


def enough_followed(followed: Counts, whole: int) -> NDArray[np.bool_]:
    """Whether so many of `whole` customers are followed that a share among them says something; the same shape."""
    return followed >= _fewest(whole)


def _fewest(whole: int) -> float:
    return max(FEWEST_FOLLOWED, SMALLEST_SHARE_FOLLOWED * whole)


def not_told(day: int, horizon: float, followed: int, whole: int, whom: str) -> Missing | None:
    """Why nothing is told of `whom` (customers, in the plural) after so many days; None where enough are followed."""
    if day > horizon + SAME_TIME:
        return Missing(f"the run is shorter than {day} days")
    if followed < _fewest(whole):
        return Missing(
            f"too few of the {whom} are followed for {day} days; "
            f"at least {FEWEST_FOLLOWED} and {SMALLEST_SHARE_FOLLOWED * 100:.0f} % of them are needed"
        )
    return None


def within(name: str, seen: Observations, horizon: float, whom: str, nobody: str) -> Measurements:
    """The outcomes `NAME_30`, …: the share of those observed to whom it happens within so many days."""
    whole = seen.time.size
    days = np.array(WITHIN_DAYS, np.float64)
    figures: Measurements = {}
    for day, followed, share in zip(
        WITHIN_DAYS, seen.followed(days).tolist(), seen.incidence.at(days).tolist(), strict=True
    ):
        missing = not_told(day, horizon, followed, whole, whom) if whole else Missing(nobody)
        # A product of shares is no count, but weighs as much as there are customers behind it.
        figures[f"{name}_{day}"] = missing or Ratio(share * whole, whole, nobody)
    return figures
