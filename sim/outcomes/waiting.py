"""How long people wait at desks, and how many of them in vain."""

import numpy as np

from sim.outcomes.groups import Group, Measurements, Ratio
from sim.outcomes.incidence import CENSORED, HAPPENED, Observations

NOBODY_ASKED = "nobody asked at a desk"
ALL_TURNED_AWAY = "nobody asked at a desk without being turned away"


def waits(group: Group) -> Measurements:
    """The wait at all desks together, and the share still in the queue at the end."""
    seen = group.history.waits
    theirs = np.flatnonzero(group.member[seen.customer])
    theirs = theirs[np.argsort(seen.minutes[theirs], kind="stable")]
    minutes, ended = seen.minutes[theirs], seen.ended[theirs]
    cause = np.where(ended, HAPPENED, CENSORED).astype(np.int8)
    over = Observations(seen.customer[theirs].astype(np.int64), minutes, cause, minutes).incidence
    mean = over.restricted_mean(float(minutes.max(initial=0.0)))
    return {
        # A mean under censoring is no plain sum, but weighs as much as there are people behind it.
        "desk_wait_minutes": Ratio(mean * ended.size, ended.size, ALL_TURNED_AWAY),
        "desk_still_waiting_rate": Ratio(float(np.count_nonzero(~ended)), ended.size, ALL_TURNED_AWAY),
    }


def refusals(group: Group) -> Measurements:
    """Giving up and turning away, over all desks."""
    at = group.history.at_desks
    asked = float(group.total(at.asked).sum())
    turned_away = float(group.total(at.turned_away).sum())
    return {
        "desk_abandon_rate": Ratio(float(group.total(at.gave_up).sum()), asked - turned_away, ALL_TURNED_AWAY),
        "desk_turned_away_rate": Ratio(turned_away, asked, NOBODY_ASKED),
    }
