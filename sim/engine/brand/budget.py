"""A budget over time: the share of triggered sends that may pass (model 17)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.brand.limits import ROUNDING
from sim.engine.memory.lane import LaneView, budget_of, set_budget, set_throttle
from sim.scenario.orchestration import Budget

Floats = NDArray[np.float64]

PILOT: Final = 500
"""Customers whose run without a budget tells the demand to expect."""
_LOOK_BACK: Final = 7
_SMOOTH: Final = 3


class Pacing:
    """The budget of one replication; writes what may be spent into the lane."""

    def __init__(self, view: LaneView, ticks: Floats, horizon: float, budget: Budget | None, pilot: Floats) -> None:
        """Nothing is spent. `ticks` are the beginnings of the periods, `pilot` the demand in each, both (periods,).

        Without a budget everything passes, and demand is only counted.
        """
        self._lane = view.lane
        self._ends = np.append(ticks[1:], horizon)
        self._lengths = self._ends - ticks
        self._per_day = budget.per_day if budget else None
        self._total = budget.total if budget else None
        self._limited = budget is not None
        self._shape = _smoothed(pilot)
        self._period = -1
        self._seen: list[float] = []
        set_budget(self._lane, 1.0, np.inf, np.inf if self._total is None else self._total)

    def begin_period(self) -> None:
        """Let the next period begin, at its tick."""
        _, total_left, demand = budget_of(self._lane)
        if self._period >= 0:
            self._seen.append(demand)
        self._period += 1
        allowed = np.inf if self._per_day is None else self._per_day * self._lengths[self._period]
        set_budget(self._lane, 1.0, float(allowed), total_left)

    def set_throttle(self, time: float) -> None:
        """Set the share of triggered sends that may pass from `time` (days) to the end of the period."""
        if not self._limited:
            return
        k = self._period
        rest = (self._ends[k] - time) / self._lengths[k]
        period_left, total_left, _ = budget_of(self._lane)
        may = period_left
        if self._total is not None:
            now, later = rest * self._shape[k], float(self._shape[k + 1 :].sum())
            may = min(may, total_left * now / (now + later) if now + later > 0 else total_left)
        expected = rest * self.forecast(k)
        share = min(max(may / expected, 0.0), 1.0) if expected > 0 else float(may > ROUNDING)
        set_throttle(self._lane, float(share))

    def forecast(self, k: int) -> float:
        """The demand that is expected in period k, money."""
        before = slice(max(k - _LOOK_BACK, 0), k)
        if k == 0:
            return float(self._shape[0])
        seen, told = sum(self._seen[before]), float(self._shape[before].sum())
        if told <= 0:
            return seen / (before.stop - before.start)
        return float(self._shape[k]) * seen / told

    def demands(self) -> Floats:
        """The demand in every period, shape (periods,), once the horizon is reached."""
        _, _, demand = budget_of(self._lane)
        return np.array([*self._seen, demand])


def _smoothed(pilot: Floats) -> Floats:
    """The mean of each with those up to three before and after it."""
    count = len(pilot)
    return np.array([pilot[max(k - _SMOOTH, 0) : k + _SMOOTH + 1].mean() for k in range(count)])
