"""Looks at the customers of a pilot: what the brand knew of each, and what became of them (model 28)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine import History
from sim.engine.memory.mixed import Profiles
from sim.scenario.profile import FACTS
from sim.scenario.scenario import Scenario
from sim.training.noted import profiles_at
from sim.training.outcome import Outcome, happened

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NAMES = tuple(f"profile.{name}" for name in FACTS)
RANDOM_SHARE = 0.5
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Looks:
    """At each customer who is there on each of some days."""

    known: Floats
    """(looks, NAMES)"""
    happened: Flags
    treated: Flags
    """those who are not in the holdout, by lot"""


def seed_of_pilots(seed: int) -> int:
    """The next one, so that nobody in a pilot is among the customers of a run."""
    return (seed + 1) % 2**32


def days_of_looks(horizon: float, within: float) -> list[float]:
    """The days on which customers are looked at: one after the other, as far as the days after them are in the run."""
    return [within * number for number in range(1, int(horizon / within + _ROUNDING))]


def looks_at(
    history: History, scenario: Scenario, links: Profiles | None, outcome: Outcome, day: float, end: float
) -> Looks:
    """Those who have arrived before a day and not left: what is known just before, whether it happens until `end`."""
    here = present(history, day)
    return Looks(
        profiles_at(history, scenario, links, day)[here],
        happened(history, outcome, day, end)[here],
        ~history.customers.holdout[here],
    )


def together(looks: Sequence[Looks]) -> Looks:
    """Those of all days."""
    return Looks(
        *(np.concatenate([getattr(each, name) for each in looks]) for name in ("known", "happened", "treated"))
    )


def present(history: History, day: float) -> Flags:
    """Who has arrived before a day and not left."""
    customers = history.customers
    return np.asarray((customers.arrival < day) & ~(customers.exit < day))
