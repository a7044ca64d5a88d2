"""Profiles that hold records of several customers: who is told what was noted of whom (model 31)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Profiles = NDArray[np.int32]
"""(organic customers, channels): the number of the profile in which each record is (model 24); below 0, and another
number for each channel, where nothing was left"""


def mixed_fields(profiles: Profiles | None, customers: int) -> dict[str, Any]:
    """The fields of `OutreachLane` that say which profiles are mixed, for so many organic customers.

    Nobody has a row where no profile is.
    """
    nothing = {"mixed": np.empty((0, 0), np.int32), "mate_first": np.zeros(1, np.int32), "mate": np.empty(0, np.int32)}
    if profiles is None:
        return nothing
    own = profiles[:customers]
    who, where = np.nonzero(own >= 0)
    number = own[who, where]
    one_of = np.empty(int(number.max(initial=-1)) + 1, np.int64)
    one_of[number] = who
    several = np.unique(number[one_of[number] != who])
    if not len(several):
        return nothing
    mixed = np.full(own.shape, -1, np.int32)
    at = np.minimum(np.searchsorted(several, number), len(several) - 1)
    there = several[at] == number
    mixed[who[there], where[there]] = at[there]
    pairs = np.unique(np.column_stack([at[there], who[there]]), axis=0)
    first = np.searchsorted(pairs[:, 0], np.arange(len(several) + 1))
    return {"mixed": mixed, "mate_first": first.astype(np.int32), "mate": pairs[:, 1].astype(np.int32)}
