"""Logs, counts and histories made by hand, without a file or a run."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.engine.memory.history import EVENTS
from sim.fit.cells.times import DAY
from sim.fit.counting import Counts
from sim.fit.events.eventlog import Activity, EventLog


def log_of(names: Sequence[str], connection: Any = None, **others: Any) -> EventLog:
    """A log called log.csv of these activities, numbered in this order; what it has besides can be given."""
    activities = tuple(Activity(number, name, 1, 1) for number, name in enumerate(names))
    told = {"name": "log.csv", "cases": 0, "events": 0, "step": DAY, "first": 0, "last": 0, "notes": (), **others}
    return EventLog(connection=connection, activities=activities, **told)


def counts_of(
    starts: dict[int, int], transitions: dict[tuple[int, int], int], ends: dict[int, int], still_open: int = 0
) -> Counts:
    """Counts of activities of which each has a number of starts and of ends."""
    visits = {
        number: ends[number] + sum(transitions[transition] for transition in transitions if transition[0] == number)
        for number in starts
    }
    return Counts(
        cases=sum(starts.values()),
        events=sum(visits.values()),
        starts=starts,
        visits=visits,
        transitions=transitions,
        ends=ends,
        recent=dict.fromkeys(starts, 0),
        open=still_open,
        position=dict.fromkeys(starts, 1.0),
    )


def history_of(touchpoints: Sequence[str], events: Sequence[tuple[float, int, str, str]]) -> Any:
    """A history with these events only: when, whose, what and at which touchpoint."""
    time, customer, event, touchpoint = zip(*events, strict=True)
    return SimpleNamespace(
        touchpoints=tuple(touchpoints),
        events=SimpleNamespace(
            time=np.array(time, dtype=float),
            customer=np.array(customer, dtype=np.int32),
            event=np.array([EVENTS.index(each) for each in event], dtype=np.int8),
            touchpoint=np.array([touchpoints.index(each) for each in touchpoint], dtype=np.int32),
        ),
    )
