"""The fewest agents with whom a service level is kept (model 36)."""

import math
from dataclasses import dataclass

from sim.staffing.erlang import level

_MOST = 100_000
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Aim:
    """What is to be kept."""

    share: float = 0.8
    """of those who ask, to be served in time"""
    seconds: float = 20.0
    """that time"""
    occupancy: float = 1.0
    """of the agents' time, the most in which they serve"""
    shrinkage: float = 0.0
    """of the time that agents are paid for, the share in which they are not there: breaks, training, illness"""


class UnreachableError(ValueError):
    """No number of agents keeps it."""


def needed(asked: float, minutes: float, patience_minutes: float | None, aim: Aim) -> int:
    """The fewest agents at the desk who keep the aim, where `asked` people an hour ask; 0 where nobody does."""
    if asked <= 0.0:
        return 0

    def keeps(agents: int) -> bool:
        found = level(asked, minutes, agents, aim.seconds, patience_minutes)
        return found.within >= aim.share - _ROUNDING and found.occupancy <= aim.occupancy + _ROUNDING

    enough = 1
    while not keeps(enough):
        enough *= 2
        if enough > _MOST:
            raise UnreachableError(f"not even {_MOST:,} agents serve {100 * aim.share:g} % within {aim.seconds:g} s")
    short = enough // 2
    while enough - short > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if keeps(middle) else (middle, enough)
    return enough


def rostered(agents: int, aim: Aim) -> int:
    """How many must be on the roster so that so many are at the desk."""
    return math.ceil(agents / (1.0 - aim.shrinkage) - _ROUNDING)
