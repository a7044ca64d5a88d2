"""What the estimators by customers' time step through one by one: compiled, for as loops they took a tenth of a run."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@compiled
def incidence_steps(time: Floats, happens: Marks, ends: Marks) -> tuple[Floats, Floats]:
    """Where `Observations.incidence` steps, and its value from there on; whether each, by ascending time, ends so."""
    size = time.shape[0]
    at, share = np.empty(size), np.empty(size)
    steps, first, total, weight = 0, 0, 0.0, 1.0
    while first < size:
        last, happened, ended = first, 0, 0
        while last < size and time[last] == time[first]:
            happened += happens[last]
            ended += ends[last]
            last += 1
        total += weight * happened
        if happened > 0:
            at[steps], share[steps] = time[first], min(total / size, 1.0)
            steps += 1
        # What the censored leave behind goes to those still at risk: the weight of each grows. Where nobody is censored
        # it stays exactly 1, so that the share is then the plain one to the last digit.
        if last < size:
            weight *= (size - first - ended) / (size - last)
        first = last
    return at[:steps], share[:steps]


@compiled
def transient_shares(
    active: float, lapsed: float, lapses: Floats, returns: Floats, active_stay: Floats, lapsed_stay: Floats
) -> Floats:
    """Shares active and lapsed on each day, from those on day 0 and the daily rates; shape (2, days)."""
    shares = np.empty((2, lapses.shape[0] + 1))
    shares[0, 0], shares[1, 0] = active, lapsed
    for day in range(lapses.shape[0]):
        active, lapsed = (
            active * active_stay[day] + lapsed * returns[day],
            lapsed * lapsed_stay[day] + active * lapses[day],
        )
        shares[0, day + 1], shares[1, day + 1] = active, lapsed
    return shares
