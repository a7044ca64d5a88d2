"""Who gets an action and what takes the others out (model 26), and who gets nothing at all."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import STEPS, History
from sim.outcomes.conversion import NOBODY_ARRIVED
from sim.outcomes.eligibility_steps import GOT_NOTHING
from sim.outcomes.flow import Table
from sim.outcomes.followed_enough import not_told
from sim.outcomes.groups import Group, Measurements, Ratio
from sim.outcomes.incidence import SAME_TIME

FIRST_DAYS: Final = 90
"""Days after arrival within which somebody should have got something."""


def got_nothing(group: Group) -> Measurements:
    """The share to whom nothing was sent or shown in their first days, of those who are followed that long."""
    history = group.history
    arrived = history.customers.arrival[group.numbers]
    followed = arrived + FIRST_DAYS <= history.horizon + SAME_TIME
    missing = not_told(FIRST_DAYS, history.horizon, int(followed.sum()), group.arrivals, "arrivals")
    soon = history.customers.first_sent[group.numbers] < arrived + FIRST_DAYS - SAME_TIME
    nothing = float(np.count_nonzero(followed & ~soon))
    return {GOT_NOTHING: missing or Ratio(nothing, float(followed.sum()), NOBODY_ARRIVED)}


def eligibility_table(history: History, member: NDArray[np.bool_]) -> Table:
    """By action, then step: how many of the members stand there; steps where nobody does are left out."""
    table: Table = {}
    for index, action in enumerate(history.actions):
        counts = np.bincount(history.steps[member, index], minlength=len(STEPS)).tolist()
        found = {step: float(count) for step, count in zip(STEPS, counts, strict=True) if count}
        if found:
            table[action] = found
    return table
