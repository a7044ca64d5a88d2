"""A desk: agents, a queue, patience, opening hours (model 4), as SimPy events and callbacks over a plain queue."""

from bisect import bisect_right
from collections.abc import Callable
from heapq import heappop, heappush
from math import inf

from sim.engine.memory.record import CALLED_BACK, GAVE_UP, SERVED, TURNED_AWAY
from sim.engine.program.rosters import Roster
from sim.engine.shared.clock import CHANGE_OF_AGENTS, END_OF_CONTACT, Asking, Clock, Due
from sim.engine.shared.desk_log import DeskLog, packed

MINUTES_A_DAY = 1440.0

_Waiting = tuple[float, float, int, int, float]
"""Somebody in the queue, the lowest first: minus the standing, when they asked (days), number, row, service (days)."""


class Desk:
    """Serves customers one at a time by each agent on shift.

    It notes what happens in the log, and calls `let_go` where somebody leaves whom the log does not yet count as dealt
    with.
    """

    def __init__(
        self,
        clock: Clock,
        index: int,
        roster: Roster,
        log: DeskLog,
        let_go: Callable[[], None],
    ) -> None:
        """Open the desk with this index among those of the file."""
        self._clock = clock
        self._index = index
        self._roster = roster
        self._log = log
        self._write = log.write
        self._let_go = let_go
        self._agents = roster.agents
        self._in_service = 0
        self._queue: list[_Waiting] = []
        self._waiting: dict[int, _Waiting] = {}
        self._called_back: set[int] = set()
        self._over: list[Due] = []
        self._next = 0
        """which change of agents is the next"""
        self._change = Due(clock, self._change_agents)
        self._changes_at = inf
        """when, where nobody waits for it and so it is not on the clock"""
        self._expect_change()

    def ask(self, asking: Asking) -> None:
        """Somebody asks to be served."""
        if self._changes_at <= asking[0]:
            self._catch_up(asking[0])
        if self._in_service < self._agents:
            time, number, i, _, service, _, _ = asking
            self._serve(i, number, time, service, 0.0)
        elif self._agents > 0:
            limit = self._roster.call_back_above
            self._join(asking, call_back=limit is not None and len(self._waiting) >= limit)
        elif self._roster.closed == "turn-away":
            self._write(packed(asking[0], 0.0, asking[2], self._index, TURNED_AWAY))
            self._let_go()
        else:
            self._join(asking, call_back=self._roster.closed == "call-back")

    def queue(self) -> list[tuple[int, float, bool]]:
        """Who waits: customer, since when (days), and whether they have a call-back."""
        return [(i, since, i in self._called_back) for i, (_, since, _, _, _) in self._waiting.items()]

    def _join(self, asking: Asking, *, call_back: bool) -> None:
        time, number, i, _, service, patience, standing = asking
        waiting = self._waiting[i] = (-standing, time, number, i, service)
        heappush(self._queue, waiting)
        if self._changes_at < inf:
            self._await_change()
        if call_back:
            self._call_back(i, time)
        elif patience < inf:
            ends = time + patience
            self._clock.perhaps(ends, END_OF_CONTACT + number, self._give_up, waiting, self._waiting, i)

    def _call_back(self, i: int, time: float) -> None:
        self._called_back.add(i)
        self._write(packed(time, 0.0, i, self._index, CALLED_BACK))

    def _give_up(self, event: Due) -> None:
        time = event.time
        _, since, _, i, _ = event.about
        if i in self._called_back:
            return
        del self._waiting[i]
        self._write(packed(time, (time - since) * MINUTES_A_DAY, i, self._index, GAVE_UP))
        self._let_go()

    def _serve(self, i: int, number: int, time: float, service: float, minutes: float) -> None:
        self._in_service += 1
        self._write(packed(time, minutes, i, self._index, SERVED))
        due = self._over.pop() if self._over else Due(self._clock, self._end_service)
        self._clock.put(due, time + service, END_OF_CONTACT + number, self._log.rounds)

    def _end_service(self, event: Due) -> None:
        rounds: int = event.about
        self._in_service -= 1
        self._over.append(event)
        if self._waiting:
            self._move_up(event.time)
        if rounds == self._log.rounds:
            self._let_go()

    def _move_up(self, time: float) -> None:
        """Serve those who wait while agents are free."""
        while self._in_service < self._agents and self._waiting:
            waiting = heappop(self._queue)
            _, since, number, i, service = waiting
            if self._waiting.get(i) is not waiting:
                continue
            del self._waiting[i]
            minutes = (time - since) * MINUTES_A_DAY
            if i in self._called_back:
                self._called_back.remove(i)
                minutes = 0.0
            self._serve(i, number, time, service, minutes)

    def _expect_change(self) -> None:
        """Note when the next change of agents comes, and let that be seen when somebody asks.

        Most changes find nobody waiting, and would be half of all that is ever on the clock.
        """
        changes = self._roster.changes
        self._changes_at = changes[self._next][0] if self._next < len(changes) else inf

    def _catch_up(self, time: float) -> None:
        """See to the changes until `time`, all of which found nobody waiting."""
        self._next = bisect_right(self._roster.times, time, self._next) - 1
        self._take_change()

    def _take_change(self) -> None:
        self._agents = self._roster.changes[self._next][1]
        self._next += 1
        self._expect_change()

    def _await_change(self) -> None:
        """Put the next change of agents on the clock, and no later one, so that its queue stays short."""
        self._clock.put(self._change, self._changes_at, CHANGE_OF_AGENTS + self._index, None)
        self._changes_at = inf

    def _change_agents(self, event: Due) -> None:
        time = event.time
        self._take_change()
        if self._agents == 0 and self._roster.closed == "turn-away":
            self._turn_away(time)
        elif self._agents == 0 and self._roster.closed == "call-back":
            for i in self._waiting:
                if i not in self._called_back:
                    self._call_back(i, time)
        self._move_up(time)
        if self._waiting and self._changes_at < inf:
            self._await_change()

    def _turn_away(self, time: float) -> None:
        """Send home those who queue, but for those who will be called back."""
        leaving = [(i, since) for i, since, called_back in self.queue() if not called_back]
        for i, since in leaving:
            del self._waiting[i]
            self._write(packed(time, (time - since) * MINUTES_A_DAY, i, self._index, TURNED_AWAY))
        if leaving:
            self._let_go()
