"""What acting on customers by a score would bring: the uplift by tenth of it, and the area under its Qini curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.training.measures import in_tenths

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class UpliftTenth:
    """A tenth of the looks at customers, by a score."""

    looks: int
    score: float
    """mean score"""
    uplift: Estimate | None
    """share to whom it turned out well among the treated, less that among the holdout; None without both"""


def uplifts(score: Floats, good: Flags, treated: Flags) -> list[UpliftTenth]:
    """The looks in ten parts of the same size, the highest scores first."""
    return [
        UpliftTenth(len(rows), float(score[rows].mean()), difference(good[rows], treated[rows]))
        for rows in in_tenths(score)
    ]


def difference(good: Flags, treated: Flags) -> Estimate | None:
    """The share among the treated less that among the others; None without both."""
    if treated.all() or not treated.any():
        return None
    one, other = float(good[treated].mean()), float(good[~treated].mean())
    variance = one * (1 - one) / treated.sum() + other * (1 - other) / (~treated).sum()
    return Estimate(one - other, float(np.sqrt(variance)))


def qini_parts(score: Floats, good: Flags, treated: Flags) -> Floats:
    """What each look adds to the Qini figure, which is the mean of them.

    A look counts by what it says of the uplift, weighted by how far its score is above (or below) the middle in rank;
    equal scores share their rank.
    """
    share = treated.mean()
    says = (good - good.mean()) * np.where(treated, 1.0 / share, -1.0 / (1.0 - share))
    _, value, counts = np.unique(-score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - counts / 2.0)[value] / len(score)
    return np.asarray(says * (0.5 - rank))


def mean_of(parts: Floats) -> Estimate:
    """The mean of what each look says."""
    return Estimate(float(parts.mean()), float(parts.std(ddof=1) / np.sqrt(len(parts))))
