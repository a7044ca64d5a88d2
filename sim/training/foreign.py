"""What customers' profiles hold of others who share them, from the events of a replication (model 31)."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import Events, History
from sim.engine.memory.mixed import Profiles, mixed_fields
from sim.engine.program.timetable import last_tick
from sim.scenario.scenario import Scenario

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class Others:
    """Who knows of which events of others at a moment."""

    def __init__(
        self, events: Events, last: Numbers, history: History, scenario: Scenario, links: Profiles | None, time: float
    ) -> None:
        """`last`: at each event, the channel of the customer's last contact. `time`: just before it (days)."""
        self._events = events
        just_before = math.nextafter(time, -math.inf)
        self._told = events.time < last_tick(just_before, scenario.orchestration.tick, scenario.horizon)
        size = scenario.population.size
        fields = mixed_fields(links, size)
        self._mixed, self._mate = fields["mixed"], fields["mate"]
        self._first, self._count = fields["mate_first"][:-1], np.diff(fields["mate_first"])
        self._told &= (events.customer < len(self._mixed)) & history.customers.consent[events.customer]
        self._own = np.full(size, -1)
        met = np.flatnonzero((last >= 0) & (events.time < time) & (events.customer < len(self._mixed)))[::-1]
        self._own[events.customer[met]] = self._mixed[events.customer[met], last[met]] if len(met) else -1
        self._own[~history.customers.consent[:size]] = -1

    def know(self, may: Flags, channel: NDArray[np.signedinteger]) -> tuple[Numbers, Numbers]:
        """Of those events that may be noted, each that somebody else's profile holds; and whose, one for one."""
        rows = np.flatnonzero(may & self._told & (channel >= 0))
        if not len(rows):
            return rows, rows
        profile = self._mixed[self._events.customer[rows], channel[rows]]
        rows, profile = rows[profile >= 0], profile[profile >= 0]
        count = self._count[profile]
        at = np.repeat(self._first[profile] - np.cumsum(count) + count, count) + np.arange(count.sum())
        whose, rows = self._mate[at], np.repeat(rows, count)
        knows = (whose != self._events.customer[rows]) & (self._own[whose] == np.repeat(profile, count))
        return rows[knows], whose[knows].astype(np.int64)
