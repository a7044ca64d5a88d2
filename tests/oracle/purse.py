"""The money for sends: what is spent and asked for, period by period, and what a budget lets through (model 17)."""

from sim.scenario.orchestration import Budget

PILOT = 500
"""customers of the pilot"""
BEFORE_AND_AFTER = 3
"""periods on either side over which the pilot's demand is smoothed"""
LOOKS_BACK = 7
"""periods seen that give the forecast its height"""
SAME = 1e-9
"""amounts no further apart are equal"""


class Purse:
    """The money of one replication."""

    def __init__(self, limits: Budget | None, ticks: list[float], horizon: float, pilot: list[float]) -> None:
        """`limits` None: nothing is held back, but what is asked for is counted; `pilot` is P of each period."""
        self.limits = limits
        self.edges = [*ticks, horizon]
        self.shape = [smoothed(pilot, k) for k in range(len(pilot))]
        self.period = -1
        self.spent = 0.0
        self.spent_in_period = 0.0
        self.demand: list[float] = []
        """money of triggered sends, by period"""
        self.throttle = 1.0

    def begin_period(self) -> None:
        self.period += 1
        self.spent_in_period = 0.0
        self.demand.append(0.0)

    def spend(self, money: float) -> None:
        self.spent += money
        self.spent_in_period += money

    def lets_planned_through(self, cost: float) -> bool:
        return self.limits is None or cost <= self.left() + SAME

    def lets_triggered_through(self, cost: float, u: float) -> bool:
        self.demand[self.period] += cost
        return self.limits is None or u < self.throttle

    @property
    def length(self) -> float:
        """Of the present period."""
        return self.edges[self.period + 1] - self.edges[self.period]

    def left(self) -> float:
        """What a planned send may cost."""
        assert self.limits is not None
        limits = []
        if self.limits.per_day is not None:
            limits.append(self.limits.per_day * self.length - self.spent_in_period)
        if self.limits.total is not None:
            limits.append(self.limits.total - self.spent)
        return min(limits, default=float("inf"))

    def forecast(self) -> float:
        """D of the present period."""
        k = self.period
        if k == 0:
            return self.shape[0]
        before = range(max(0, k - LOOKS_BACK), k)
        seen, expected = sum(self.demand[j] for j in before), sum(self.shape[j] for j in before)
        return self.shape[k] * seen / expected if expected else seen / len(before)

    def set_throttle(self, now: float) -> None:
        """How much of what triggered sends will ask for until the period ends can be paid."""
        assert self.limits is not None
        k, length = self.period, self.length
        rest = (self.edges[k + 1] - now) / length
        allowed = []
        if self.limits.per_day is not None:
            allowed.append(self.limits.per_day * length - self.spent_in_period)
        if self.limits.total is not None:
            here = rest * self.shape[k]
            ahead = here + sum(self.shape[k + 1 :])
            allowed.append((self.limits.total - self.spent) * (here / ahead if ahead else 1.0))
        demand = rest * self.forecast()
        if not allowed:
            self.throttle = 1.0
        elif demand == 0:
            self.throttle = 1.0 if min(allowed) > SAME else 0.0
        else:
            self.throttle = min(1.0, max(0.0, min(allowed) / demand))


def smoothed(pilot: list[float], k: int) -> float:
    """S of period k."""
    around = pilot[max(0, k - BEFORE_AND_AFTER) : k + BEFORE_AND_AFTER + 1]
    return sum(around) / len(around)
