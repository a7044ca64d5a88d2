"""The moments at which something happens to many customers at once (model 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import floats
from sim.engine.planning import planned_times
from sim.engine.program import Change, Program


class Instant(NamedTuple):
    """What happens at a time, in this order."""

    time: float
    """days"""
    change: Change | None
    """other values from now on"""
    tick: int | None
    """the brand learns, and a period of the budget begins; the number of the tick"""
    planned: NDArray[np.int32] | None
    """rules whose sends are planned now"""

    @property
    def stops_all(self) -> bool:
        """Whether nobody may be brought beyond it before it has happened."""
        return self.change is not None or self.planned is not None


@dataclass(frozen=True)
class Timetable:
    """The shared instants of a run in order of time, and how far customers go between them."""

    instants: tuple[Instant, ...]
    decided: NDArray[np.float64]
    """(instants + 1,) the time of each, and the end (days)"""
    stops: NDArray[np.float64]
    """(instants + 1,) how far everybody may be brought before each has happened, and before the end (days)"""
    ticks: NDArray[np.int64]
    """(instants + 1,) the tick at the instant before each of those times; -1 without one"""
    following: tuple[int, ...]
    """after each instant, the number of the next one at which more happens than that the brand learns"""


def timetable(program: Program) -> Timetable:
    """The timetable of a program, the same for all its replications."""
    changes = {change.begin: change for change in program.changes}
    ticks = _ticks(program) if program.ticks else {}
    planned = planned_times(program)
    found = tuple(
        Instant(time, changes.get(time), ticks.get(time), planned.get(time))
        for time in sorted({*changes, *ticks, *planned})
    )
    return Timetable(
        instants=found,
        decided=floats([*(instant.time for instant in found), program.end]),
        stops=floats(_stops(found, program)),
        ticks=np.array([-1, *(-1 if each.tick is None else each.tick for each in found)], np.int64),
        following=_following(found, program),
    )


def _stops(found: Sequence[Instant], program: Program) -> list[float]:
    times, runs_ahead = [program.end], program.runs_ahead
    for instant in reversed(found):
        times.append(instant.time if instant.stops_all or not runs_ahead else times[-1])
    return times[::-1]


def _following(found: Sequence[Instant], program: Program) -> tuple[int, ...]:
    """Where customers share nothing else, they go from tick to tick by themselves."""
    alone = program.fields["learns"] and not (program.fields["budgeted"] or program.desks or program.refers)
    after, following = [], len(found)
    for number in reversed(range(len(found))):
        after.append(following)
        if found[number].stops_all or not alone:
            following = number
    return tuple(after[::-1])


def _ticks(program: Program) -> dict[float, int]:
    """The number of each tick, by its time."""
    count = int(program.horizon / program.tick) + 2
    return {time: number for number in range(count) if (time := number * program.tick) < program.horizon}
