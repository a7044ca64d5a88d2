"""The ledgers of arms of a stored run: its replications once more, each with its stored outcomes (model 38)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.experiment.planning import Plan
from sim.experiment.resimulate import check_same
from sim.experiment.running import run
from sim.outcomes import Replication
from sim.outcomes.lines import OWN, line_of
from sim.scenario import Variant

Floats = NDArray[np.float64]
Progress = Callable[[int, int, int], None]

MOST: Final = 100
"""Replications that are simulated at most."""


@dataclass(frozen=True, repr=False)
class Books:
    """What arms earned and spent, over the same customers."""

    plan: Plan
    arms: dict[str, Variant]
    ledgers: dict[str, Floats]
    """by arm: shape (replications, OWN, days)"""

    @property
    def replications(self) -> int:
        """How many they are of."""
        return len(next(iter(self.ledgers.values())))

    def has(self, line: str) -> bool:
        """Whether there is anything on the line, in any arm."""
        return any(line_of(each, line).any() for each in self.ledgers.values())

    @property
    def kept(self) -> tuple[str, ...]:
        """The lines with amounts of their own on which there is anything, in any arm."""
        return tuple(line for line in OWN if self.has(line))


def open_books(plan: Plan, arms: Sequence[str], stored: Sequence[Replication], progress: Progress | None) -> Books:
    """Simulate so many replications of arms of a stored run as are stored, at most 100, and book them.

    Raises EngineDiffersError where one has other outcomes than are stored.
    """
    before = {(each.number, one.arm): one for each in stored for one in each.arms}
    chosen = tuple(each for each in plan.variants if each.id in arms)
    booked = booked_run(replace(plan, variants=chosen, replications=min(len(stored), MOST)), progress)
    for replication in booked:
        for one in replication.arms:
            if (found := before.get((one.replication, one.arm))) is not None:
                check_same(one, found)
    return Books(plan, {each.id: each for each in chosen}, ledgers_of(booked))


def booked_run(plan: Plan, progress: Progress | None) -> tuple[Replication, ...]:
    """All replications of the plan, with their ledgers."""
    return run(replace(plan, precision=None, booked=True), progress=progress).replications


def ledgers_of(booked: Sequence[Replication]) -> dict[str, Floats]:
    """Their ledgers by arm, each of the shape (replications, OWN, days)."""
    found: dict[str, list[Floats]] = {}
    for replication in booked:
        for one in replication.arms:
            found.setdefault(one.arm, []).append(np.array([one.ledger[line] for line in OWN]))
    return {arm: np.array(each) for arm, each in found.items()}
