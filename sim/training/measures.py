"""How good a score is: how it ranks, whether its shares come true, and what acting on it would bring."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PARTS = 10


@dataclass(frozen=True)
class Tenth:
    """A tenth of the looks at customers, by their score."""

    looks: int
    expected: float
    """mean score"""
    share: float
    """to whom it happened"""
    lift: float | None
    """`share` by that of all; None where it happened to nobody"""
    uplift: float | None
    """share among the treated less that among the holdout; None without both"""
    uplift_error: float | None
    """its standard error"""


def auc(score: Floats, happened: Flags) -> float | None:
    """The chance that somebody to whom it happened has the higher score of two; equal ones count half."""
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return None
    _, value, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2.0)[value]
    return float((rank[happened].sum() - yes * (yes + 1) / 2.0) / (yes * no))


def tenths(score: Floats, happened: Flags, treated: Flags) -> list[Tenth]:
    """The looks in ten parts of the same size, the highest scores first."""
    order = np.argsort(-score, kind="stable")
    overall = float(happened.mean())
    return [_tenth(score[rows], happened[rows], treated[rows], overall) for rows in np.array_split(order, PARTS)]


def calibration_error(parts: list[Tenth]) -> float:
    """How far the share to whom it happened is from the score, a mean over the tenths by their looks."""
    whole = sum(part.looks for part in parts)
    return sum(part.looks * abs(part.expected - part.share) for part in parts) / whole


def _tenth(score: Floats, happened: Flags, treated: Flags, overall: float) -> Tenth:
    share = float(happened.mean())
    uplift, error = difference(happened, treated)
    return Tenth(len(score), float(score.mean()), share, share / overall if overall else None, uplift, error)


def difference(happened: Flags, treated: Flags) -> tuple[float | None, float | None]:
    """The share among the treated less that among the others, and its standard error; None without both."""
    if treated.all() or not treated.any():
        return None, None
    one, other = float(happened[treated].mean()), float(happened[~treated].mean())
    variance = one * (1 - one) / treated.sum() + other * (1 - other) / (~treated).sum()
    return one - other, float(np.sqrt(variance))
