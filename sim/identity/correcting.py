"""Errors of a resolution put right, one kind or both, as if somebody knew the truth (model 32)."""

import numpy as np
from numpy.typing import NDArray

from sim.scenario.identity import Corrected

Numbers = NDArray[np.int64]


def put_right(profile: NDArray[np.signedinteger], corrected: Corrected) -> Numbers:
    """Profiles without these errors, of those found, below 0 where nothing was left; shape (customers, channels)."""
    if corrected == "nothing":
        return profile
    people = np.broadcast_to(np.arange(len(profile))[:, None], profile.shape)
    if corrected == "wrong-merges":
        left = profile >= 0
        apart = np.full(profile.shape, -1)
        apart[left] = np.unique(profile[left] * len(profile) + people[left], return_inverse=True)[1]
        return apart
    if corrected == "everything":
        return people.copy()
    return _of_whole_people(profile)[people]


def _of_whole_people(profile: Numbers) -> Numbers:
    """The profile of each person, where all records of one are together and what was joined stays so."""
    who, where = np.nonzero(profile >= 0)
    number = profile[who, where]
    of = np.arange(len(profile))
    while True:
        first = np.full(number.max(initial=0) + 1, len(profile))
        np.minimum.at(first, number, of[who])
        joined = of.copy()
        np.minimum.at(joined, who, first[number])
        if (joined == of).all():
            return of
        of = joined
