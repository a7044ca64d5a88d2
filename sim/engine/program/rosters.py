"""Who works at a desk, and when (model section 4)."""

import datetime
import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sim.scenario.channels_and_desks import Desk
from sim.scenario.weekdays import weekdays


@dataclass(frozen=True)
class Roster:
    """The number of agents at a desk over the run."""

    closed: str
    """what happens while nobody works: turn-away, wait or call-back"""
    call_back_above: int | None
    """a call-back is offered when this many are waiting"""
    agents: int
    """at day 0"""
    changes: tuple[tuple[float, int], ...]
    """later changes: (day, agents from then on), ascending, up to the horizon"""

    @cached_property
    def times(self) -> tuple[float, ...]:
        """When they come, days."""
        return tuple(time for time, _ in self.changes)

    def agent_hours(self, horizon: float) -> float:
        """Hours on shift of all agents within the horizon."""
        points = [(0.0, self.agents), *self.changes, (horizon, 0)]
        return sum(24.0 * (end - start) * n for (start, n), (end, _) in pairwise(points))


def roster(desk: Desk, start_date: datetime.date, horizon: float) -> Roster:
    """The roster of a desk up to the horizon."""
    if desk.agents is not None:
        return Roster(desk.closed, desk.call_back_above, desk.agents, ())
    difference: dict[float, int] = {}
    for day in range(-1, math.floor(horizon) + 1):
        weekday = (start_date.weekday() + day) % 7
        for shift in desk.shifts:
            if weekday in weekdays(shift.days):
                next_day = 1 if shift.end <= shift.start else 0
                begin, end = day + shift.start / 24.0, day + next_day + shift.end / 24.0
                difference[begin] = difference.get(begin, 0) + shift.agents
                difference[end] = difference.get(end, 0) - shift.agents
    agents, at_start, changes = 0, 0, []
    for time in sorted(difference):
        if difference[time] == 0 or time > horizon:
            continue
        agents += difference[time]
        if time <= 0:
            at_start = agents
        else:
            changes.append((time, agents))
    return Roster(desk.closed, desk.call_back_above, at_start, tuple(changes))
