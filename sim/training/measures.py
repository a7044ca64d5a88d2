"""How good a score is: how it ranks, and whether its shares come true."""

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


def auc(score: Floats, happened: Flags) -> float | None:
    """The chance that somebody to whom it happened has the higher score of two; equal ones count half."""
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return None
    _, value, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2.0)[value]
    return float((rank[happened].sum() - yes * (yes + 1) / 2.0) / (yes * no))


def tenths(score: Floats, happened: Flags) -> list[Tenth]:
    """The looks in ten parts of the same size, the highest scores first."""
    overall = float(happened.mean())
    parts = []
    for rows in in_tenths(score):
        share = float(happened[rows].mean())
        parts.append(Tenth(len(rows), float(score[rows].mean()), share, share / overall if overall else None))
    return parts


def in_tenths(score: Floats) -> list[NDArray[np.int64]]:
    """The rows of ten parts of the same size, the highest scores first."""
    return np.array_split(np.argsort(-score, kind="stable"), PARTS)


def calibration_error(parts: list[Tenth]) -> float:
    """How far the share to whom it happened is from the score, a mean over the tenths by their looks."""
    whole = sum(part.looks for part in parts)
    return sum(part.looks * abs(part.expected - part.share) for part in parts) / whole
