"""One replication of one arm: the private lane up to each shared instant, SimPy at it (model 7)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.engine.brand.budget import PILOT, Pacing
from sim.engine.brand.planned_sends import plan_sends
from sim.engine.brand.policies.registered import plan
from sim.engine.entry import advance_all, leave_desks, settle_parked
from sim.engine.memory.history import History
from sim.engine.memory.lane import LaneView, admit, new_lane, take_friends, tell_until
from sim.engine.memory.mixed import Profiles
from sim.engine.program.arrays import floats
from sim.engine.program.program import Program
from sim.engine.shared.clock import TICK, Asking, Clock, Due
from sim.engine.shared.desk import Desk
from sim.engine.shared.desk_log import DeskLog
from sim.engine.summary import summarise
from sim.population import draw_customers, draw_population, population_of
from sim.scenario.garbage_collection import without_collecting

MOST_FRIENDS = 20
"""Friends for everybody who came otherwise; more are taken for a mistake."""


class FriendsWithoutEndError(Exception):
    """Every friend brings so many friends that the run would not end."""

    for_people = True
    """whether the message tells people what to do"""


def simulate(
    program: Program,
    seed: int,
    replication: int,
    *,
    profiles: Profiles | None = None,
    events: bool = False,
    watched: int | None = None,
) -> History:
    """What the program's customers do in one replication.

    The same seed and replication give the same history. With `events` every event is kept; with `watched`, every event
    of the customer with that number, and beside them the firings at which a rule did not begin. A scenario with
    identities takes the `profiles` of its organic customers. Raises FriendsWithoutEndError where referrals grow beyond
    measure.
    """
    pilot = None
    if program.budget is not None:
        pilot = _pilot(program, seed, replication, profiles)
    population = population_of(program.population, seed, replication)
    recording = events or watched is not None
    lane = new_lane(program, population, recording=recording, watched=watched, profiles=profiles)
    shared = _SharedLane(program, lane, seed, replication, pilot)
    shared.run()
    history = summarise(program, seed, replication, lane, shared.desks, shared.log)
    shared.let_go()
    return history


def _pilot(program: Program, seed: int, replication: int, profiles: Profiles | None) -> NDArray[np.float64]:
    """The demand in each period that a run of few customers without a budget lets expect (model 17)."""
    plan = program.population
    few = min(PILOT, plan.size)
    nobody = plan.bought_channel[:0], plan.bought_site[:0], plan.bought_expected[:0]
    alone = replace(
        plan, size=few, bought_channel=nobody[0], bought_site=nobody[1], bought_expected=nobody[2], bought_grids=()
    )
    small = replace(program, population=alone, budget=None)
    lane = new_lane(small, draw_population(alone, seed, replication), recording=False, profiles=profiles)
    shared = _SharedLane(small, lane, seed, replication, None)
    shared.run()
    demands = shared.demands() * (plan.size / few)
    shared.let_go()
    return demands


class _SharedLane:
    """What customers share, on one clock."""

    def __init__(
        self, program: Program, lane: LaneView, seed: int, replication: int, pilot: NDArray[np.float64] | None
    ) -> None:
        self._program = program
        self._lane = lane
        self._key = seed, replication
        self._others = lane.customers
        self._tables = program.tables
        self._clock = Clock()
        self._until = program.end
        self._exchanges = bool(len(lane.fields["mixed"]))
        self._timetable = program.exchanging_timetable if self._exchanges else program.timetable
        self._instants = self._timetable.instants
        self._learns = bool(program.fields["learns"])
        self._refers = program.refers
        self._pacing: Pacing | None = None
        if program.fields["budgeted"]:
            ticks = np.array([instant.time for instant in self._instants if instant.tick is not None])
            told = np.zeros(len(ticks)) if pilot is None else pilot
            self._pacing = Pacing(lane, ticks, program.horizon, program.budget, told)
        self.log = DeskLog()
        self.desks = [
            Desk(self._clock, number, roster, self.log, self._return) for number, roster in enumerate(program.rosters)
        ]
        desks = enumerate(program.fields["touchpoint_desk"].tolist())
        self._ask_at = {touchpoint: self.desks[desk].ask for touchpoint, desk in desks if desk >= 0}
        self._look_at(lane.fields["state"])

    def run(self) -> None:
        """Let everything up to and at the horizon happen."""
        if self._instants:
            self._clock.at(self._instants[0].time, TICK, self._meet_instant, 0)
        if not self._instants or self._instants[0].time > 0:
            self._clock.at(0.0, TICK, self._begin)
        with without_collecting():  # askings and events come and go by the thousand, and none is waste
            self._clock.run(until=self._program.end)
        self._settle(self._program.end)

    def let_go(self) -> None:
        """Let go of all: clock and desks call this object, so what it holds would stay until garbage is looked for."""
        vars(self).clear()

    def demands(self) -> NDArray[np.float64]:
        """Money that triggered sends asked for in each period."""
        assert self._pacing is not None
        return self._pacing.demands()

    def _begin(self, event: Due) -> None:
        """Everybody goes from day 0 to the first instant."""
        self._advance(0, 0)

    def _meet_instant(self, event: Due) -> None:
        """Values change, the brand learns, what is planned is sent, and everybody goes on to the next instant."""
        number: int = event.about
        instant = self._instants[number]
        self._settle(instant.time)
        if instant.change is not None:
            self._tables = instant.change.tables
        if instant.tick is not None and self._exchanges:
            tell_until(self._lane.lane, instant.time)
        if instant.tick is not None and self._learns:
            plan(self._tables, self._lane.lane, instant.tick)
        if self._pacing:
            if instant.tick is not None:
                self._pacing.begin_period()
            if instant.planned is not None:
                plan_sends(self._tables, self._lane, self._program, instant.planned, instant.time)
            if instant.tick is not None or instant.planned is not None:
                self._pacing.set_throttle(instant.time)
        after = self._timetable.following[number]
        if after < len(self._instants):
            self._clock.at(self._instants[after].time, TICK, self._meet_instant, after)
        self._advance(number + 1, after)

    def _settle(self, time: float) -> None:
        """Let what falls due before `time` happen for those whom a desk has."""
        if self.log.let_go < len(self.log):
            self._return()
        if self.desks and self._program.fields["orchestrated"]:
            settle_parked(self._tables, self._lane.lane, time)

    def _advance(self, first: int, last: int) -> None:
        """Let everybody go on up to the instants from the first with these numbers to the last."""
        instants = slice(first, last + 1)
        table = self._timetable
        stops = table.stops[instants], table.decided[instants], table.ticks[instants]
        self._until = table.stops.item(last)
        asking: list[int] = []
        while True:
            count = advance_all(self._tables, self._lane.lane, *stops, first <= 1)
            if count:
                asking += self._lane["asking"][:count].tolist()
            if not self._refers or not self._welcome():
                break
        if not self.desks:
            return
        self._clock.expect_all(self._askings(asking))
        self._return()

    def _welcome(self) -> bool:
        """Let friends who were told join; whether there are any."""
        first = self._lane.customers
        told = take_friends(self._lane.lane)
        if not len(told):
            return False
        if first + len(told) > (MOST_FRIENDS + 1) * self._others:
            raise FriendsWithoutEndError(
                f"more than {MOST_FRIENDS * self._others:,} friends were referred by {self._others:,} customers: every "
                "friend brings so many that it never ends. Give a lower referrals.rate"
            )
        order = np.argsort(told["number"])
        number, arrival = told["number"][order], told["arrival"][order]
        nowhere = np.full(len(told), -1, np.int16)
        admit(self._lane, self._program, draw_customers(self._program.population, *self._key, number, nowhere, arrival))
        self._look_at(self._lane.fields["state"])
        return True

    def _look_at(self, state: NDArray[np.void]) -> None:
        """Read what those ask who ask at a desk from this array from now on."""
        self._of_asking = [
            state[name] for name in ("entered", "number", "touchpoint", "service", "gives_up", "standing")
        ]

    def _askings(self, rows: list[int]) -> Iterator[Asking]:
        """What the clock needs to know of those who ask, the last first."""
        entered, number = self._of_asking[:2]
        order = np.array(rows, np.int64)[np.lexsort((number[rows], entered[rows]))[::-1]]
        time, numbers, touchpoints, *others = (column[order].tolist() for column in self._of_asking)
        asks = [self._ask_at[touchpoint] for touchpoint in touchpoints]
        return zip(time, numbers, order.tolist(), asks, *others, strict=True)

    def _return(self) -> None:
        """Bring all those on their way who leave a desk before the next instant, in one call.

        When a service ends is certain from its beginning, and nothing that the customer does then hangs on what others
        do until then. So those are taken along who are served now.
        """
        latest = min(self._until, self._program.horizon)
        log = self.log
        count = leave_desks(self._tables, self._lane.lane, log.entries(), log.let_go, self._until, latest)
        log.let_go = len(log)
        log.rounds += 1
        if count:
            self._await(count)
        if self._refers:
            self._bring_newcomers()

    def _bring_newcomers(self) -> None:
        """Bring those who were told just now as far as everybody else."""
        until = floats([self._until])
        while self._welcome():
            self._await(advance_all(self._tables, self._lane.lane, until, until, self._timetable.ticks[:1], False))

    def _await(self, count: int) -> None:
        """Let the first so many of the lane's `asking` ask in time."""
        for i in self._lane.fields["asking"][:count].tolist():
            time, number, touchpoint, *others = (column.item(i) for column in self._of_asking)
            self._clock.expect((time, number, i, self._ask_at[touchpoint], *others))
