"""The moments at which something happens to many customers at once (model 14)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


def instants(program: Program) -> list[Instant]:
    """All shared instants of a run, in order of time."""
    changes = {change.begin: change for change in program.changes}
    ticks = _ticks(program) if program.ticks else {}
    planned = planned_times(program)
    return [
        Instant(time, changes.get(time), ticks.get(time), planned.get(time))
        for time in sorted({*changes, *ticks, *planned})
    ]


def stops(found: list[Instant], program: Program) -> list[float]:
    """How far everybody may be brought before each instant has happened, and before the horizon (days)."""
    times, runs_ahead = [program.horizon], program.runs_ahead
    for instant in reversed(found):
        times.append(instant.time if instant.stops_all or not runs_ahead else times[-1])
    return times[::-1]


def next_meetings(found: list[Instant], program: Program) -> list[int]:
    """After each instant, the number of the next one at which more happens than that the brand learns.

    Where customers share nothing else they go from tick to tick by themselves.
    """
    alone = program.fields["learns"] and not (program.fields["budgeted"] or program.desks or program.refers)
    after, following = [], len(found)
    for number in reversed(range(len(found))):
        after.append(following)
        if found[number].stops_all or not alone:
            following = number
    return after[::-1]


def _ticks(program: Program) -> dict[float, int]:
    """The number of each tick, by its time."""
    count = int(program.horizon / program.tick) + 2
    return {time: number for number in range(count) if (time := number * program.tick) < program.horizon}
