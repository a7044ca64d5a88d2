"""One replication of one arm: the private lane up to each shared instant, SimPy at it (model 7)."""

import math
from collections.abc import Iterator

import numpy as np

from sim.engine import private
from sim.engine.clock import OWN_EVENT, TICK, Clock, Due
from sim.engine.desk import Desk
from sim.engine.history import History
from sim.engine.lane import LaneView, new_lane
from sim.engine.policy import Policy
from sim.engine.program import Program
from sim.engine.record import CALLED_BACK, record
from sim.engine.summary import summarise
from sim.population import draw_population


def simulate(
    program: Program,
    seed: int,
    replication: int,
    *,
    events: bool = False,
    watched: int | None = None,
    policy: Policy | None = None,
) -> History:
    """What the program's customers do in one replication.

    The same seed and replication give the same history. With `events` every event is kept; with `watched`, every event
    of that customer, and beside them the occasions at which a rule did not begin. A `policy` makes the clock tick.
    """
    population = draw_population(program.population, seed, replication)
    watching = watched is not None
    lane = new_lane(program, population, recording=events or watching, watched=watched if watched is not None else -1)
    shared = _SharedLane(program, lane, policy)
    shared.run()
    return summarise(program, replication, population, lane, [desk.log for desk in shared.desks])


class _SharedLane:
    """What customers share, on one clock."""

    def __init__(self, program: Program, lane: LaneView, policy: Policy | None) -> None:
        self._program = program
        self._lane = lane
        self._policy = policy
        self._clock = Clock()
        self._until = program.horizon
        state = lane["state"]
        self._entered = state["entered"]
        self._place = state["place"]
        self._batch: Iterator[tuple[float, int]] = iter(())
        note = self._record if lane.recording else _forget
        self.desks = [
            Desk(self._clock, number, roster, state, self._leave, note) for number, roster in enumerate(program.rosters)
        ]
        self._desk_at = [self.desks[desk] if desk >= 0 else None for desk in program.fields["touchpoint_desk"].tolist()]

    def run(self) -> None:
        """Let everything before the horizon happen."""
        if self._policy is None:
            self._advance(self._program.horizon)
        else:
            self._until = 0.0
            self._clock.at(0.0, TICK, 0, self._tick, 0)
        self._clock.run(until=self._program.horizon)
        self._settle(self._program.horizon)

    def _settle(self, time: float) -> None:
        """Let what falls due before `time` happen for those whom a desk has."""
        if self.desks and self._program.fields["orchestrated"]:
            private.settle_parked(self._program.tables, self._lane.lane, time)

    def _advance(self, until: float) -> None:
        self._until = until
        count = private.advance_all(self._program.tables, self._lane.lane, until)
        if count == 0:
            return
        asking = self._lane["asking"][:count]
        times = self._entered[asking]
        order = np.lexsort((asking, times))
        self._batch = iter(list(zip(times[order].tolist(), asking[order].tolist(), strict=True)))
        self._await_next()

    def _await_next(self) -> None:
        """Put the first of the batch on the clock; the next only when it has asked, so that the queue stays short."""
        for time, i in self._batch:
            self._clock.at(time, OWN_EVENT, i, self._ask_of_batch, i)
            return

    def _ask_of_batch(self, event: Due) -> None:
        self._ask(event)
        self._await_next()

    def _ask(self, event: Due) -> None:
        i: int = event._value
        desk = self._desk_at[self._place.item(i)]
        assert desk is not None
        desk.ask(i, self._clock.now)

    def _leave(self, i: int, time: float, minutes: float, served: bool) -> None:
        if private.leave_desk(self._program.tables, self._lane.lane, i, time, minutes, served, self._until):
            self._clock.at(self._entered.item(i), OWN_EVENT, i, self._ask, i)

    def _tick(self, event: Due) -> None:
        assert self._policy is not None
        number = event._value
        time = self._clock.now
        self._settle(time)
        self._policy.tick(time, self._lane)
        following = (number + 1) * self._program.tick
        if following < self._program.horizon:
            self._clock.at(following, TICK, 0, self._tick, number + 1)
        self._advance(min(following, self._program.horizon))

    def _record(self, i: int, time: float, event: int, minutes: float) -> None:
        record(self._lane.lane, i, time, event, math.nan if event == CALLED_BACK else minutes)


def _forget(i: int, time: float, event: int, minutes: float) -> None:
    """Keep no events."""
