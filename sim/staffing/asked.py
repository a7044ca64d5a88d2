"""Who asked at a desk, and how many were served in time, by half hour of the day (model 36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.engine import History
from sim.engine.memory.history import EVENTS
from sim.engine.program.rosters import roster
from sim.scenario.channels_and_desks import Desk
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario

HALF_HOURS = 48
_ROUNDING = 1e-9
_MINUTES = 1440.0
_ASKED, _CALLED_BACK, _SERVED = (EVENTS.index(name) for name in ("asked", "called_back", "served"))
_ENDS = tuple(EVENTS.index(name) for name in ("served", "gave_up", "turned_away"))


@dataclass(frozen=True)
class HalfHour:
    """A half hour of the day, as a mean over the days looked at."""

    number: int
    """from midnight"""
    asked: float
    """people an hour"""
    in_time: float | None
    """share of those who asked who were served within the time; None where nobody asked"""
    agents: float
    """on the roster"""


def half_hours(
    histories: Sequence[History], scenario: Scenario, desk: Desk, days: frozenset[int], seconds: float
) -> list[HalfHour]:
    """Each half hour of the days of the week looked at (0 for Monday), over all histories with their events.

    Only whole half hours of the run count. Who was called back counts as asked, and not as served in time.
    """
    first = scenario.start_date.weekday()
    whole = int(scenario.horizon * HALF_HOURS + _ROUNDING)
    looked_at = np.array([(first + number // HALF_HOURS) % 7 in days for number in range(whole)], np.bool_)
    slots = np.arange(whole) % HALF_HOURS
    times = np.bincount(slots[looked_at], minlength=HALF_HOURS)
    on = np.bincount(slots[looked_at], _agents(desk, scenario, whole)[looked_at], HALF_HOURS)
    asked, in_time = np.zeros(HALF_HOURS), np.zeros(HALF_HOURS)
    for history in histories:
        for time, served in _askings(history, scenario, desk.id, seconds):
            number = int(time * HALF_HOURS + _ROUNDING)
            if number < whole and looked_at[number]:
                asked[number % HALF_HOURS] += 1
                in_time[number % HALF_HOURS] += served
    return [
        HalfHour(
            number=slot,
            asked=2.0 * float(asked[slot]) / (len(histories) * int(times[slot])),
            in_time=float(in_time[slot] / asked[slot]) if asked[slot] else None,
            agents=float(on[slot] / times[slot]),
        )
        for slot in range(HALF_HOURS)
        if times[slot]
    ]


def _askings(history: History, scenario: Scenario, desk: str, seconds: float) -> list[tuple[float, bool]]:
    """Each time somebody asks at the desk, and whether they are served within the time."""
    events = history.events
    assert events is not None
    at = {touchpoint.id: touchpoint.desk for touchpoint in enabled_touchpoints(scenario)}
    here = np.array([at[id_] == desk for id_ in history.touchpoints])
    rows = np.flatnonzero(np.isin(events.event, (_ASKED, _CALLED_BACK, *_ENDS)) & here[events.touchpoint])
    rows = rows[np.argsort(events.customer[rows], kind="stable")]
    askings: list[tuple[float, bool]] = []
    called_back = False
    for row in rows.tolist():
        event = int(events.event[row])
        if event == _ASKED:
            askings.append((float(events.time[row]), False))
            called_back = False
        elif event == _CALLED_BACK:
            called_back = True
        elif event == _SERVED and not called_back and 60.0 * float(events.value[row]) <= seconds + _ROUNDING:
            askings[-1] = (askings[-1][0], True)
    return askings


def _agents(desk: Desk, scenario: Scenario, whole: int) -> np.ndarray:
    """Agents on the roster in each half hour of the run; a mean where that changes within one."""
    plan = roster(desk, scenario.start_date, scenario.horizon)
    points = [(0.0, plan.agents), *plan.changes, (scenario.horizon, 0)]
    edges = np.arange(whole + 1) / HALF_HOURS
    on = np.zeros(whole)
    for (begin, agents), (end, _) in pairwise(points):
        on += agents * HALF_HOURS * np.clip(np.minimum(edges[1:], end) - np.maximum(edges[:-1], begin), 0.0, None)
    return on
