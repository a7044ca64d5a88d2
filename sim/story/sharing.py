"""Whose facts the brand takes for a customer's (model 31)."""

import numpy as np

from sim.engine.memory.history import EVENTS, History
from sim.engine.memory.mixed import Profiles

NONE = -1


def own_profile(history: History, customer: int, profiles: Profiles) -> int:
    """The number of a customer's own profile, from a history in which they were watched; below 0 without one."""
    recorded = history.events
    if recorded is None or customer >= len(profiles):
        return NONE
    met = (recorded.customer == customer) & (recorded.event == EVENTS.index("enter")) & (recorded.channel >= 0)
    channels = recorded.channel[met]
    return int(profiles[customer, channels[0]]) if len(channels) else NONE


def sharing(history: History, customer: int, profiles: Profiles | None) -> tuple[int, ...]:
    """Who else has a record in a customer's own profile, by number, from a history in which they were watched."""
    if profiles is None or (own := own_profile(history, customer, profiles)) < 0:
        return ()
    there = np.flatnonzero((profiles == own).any(axis=1))
    return tuple(int(other) for other in there if other != customer)
