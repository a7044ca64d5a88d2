"""A desk: agents, a queue, patience, opening hours (model 4), as SimPy events and callbacks over a plain queue."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any

from sim.engine.memory.record import CALLED_BACK, GAVE_UP, SERVED, TURNED_AWAY
from sim.engine.program.rosters import Roster
from sim.engine.shared.clock import CHANGE_OF_AGENTS, END_OF_CONTACT, Clock, Due

if TYPE_CHECKING:
    from numpy.typing import NDArray

MINUTES_A_DAY = 1440.0

Leave = Callable[[int, float, float, bool], None]
"""Takes back a customer: number, time (days), minutes waited, whether served."""
Note = Callable[[int, float, int, float], None]
"""Is told what happened to a customer: number, time, event code, value."""


@dataclass
class DeskLog:
    """What a desk did; an entry of `event` is SERVED, GAVE_UP, TURNED_AWAY or CALLED_BACK."""

    customer: "array[int]" = field(default_factory=lambda: array("i"))
    event: "array[int]" = field(default_factory=lambda: array("b"))
    time: "array[float]" = field(default_factory=lambda: array("d"))
    minutes: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, customer: int, event: int, time: float, minutes: float) -> None:
        """Note what happened to a customer who had waited so long."""
        self.customer.append(customer)
        self.event.append(event)
        self.time.append(time)
        self.minutes.append(minutes)


@dataclass(slots=True)
class _Waiting:
    asked: float
    number: int
    """of the asking, so that a place left in the queue is told from a later one of the same customer"""
    called_back: bool = False


class Desk:
    """Serves customers one at a time by each agent on shift.

    `state` is the lane's state; the desk reads `number`, `service`, `gives_up` and `standing` of those who ask.
    """

    def __init__(
        self, clock: Clock, number: int, roster: Roster, state: "NDArray[Any]", leave: Leave, note: Note
    ) -> None:
        """Open the desk that stands at place `number` in the file."""
        self._clock = clock
        self._roster = roster
        self.look_at(state)
        self._leave = leave
        self._note = note
        self._agents = roster.agents
        self._in_service = 0
        self._queue: list[tuple[float, float, int, int, int]] = []
        self._askings = count()
        self._waiting: dict[int, _Waiting] = {}
        self.log = DeskLog()
        for time, agents in roster.changes:
            clock.at(time, CHANGE_OF_AGENTS, number, self._change_agents, (time, agents))

    def look_at(self, state: "NDArray[Any]") -> None:
        """Read from another array from now on, since more customers need more room."""
        self._number = state["number"]
        self._service = state["service"]
        self._gives_up = state["gives_up"]
        self._standing = state["standing"]

    def ask(self, i: int, time: float) -> None:
        """Customer i asks to be served."""
        if self._agents == 0 and self._roster.closed == "turn-away":
            self._happened(i, TURNED_AWAY, time, 0.0)
            self._leave(i, time, 0.0, False)
        elif self._agents == 0:
            self._join(i, time, call_back=self._roster.closed == "call-back")
        elif self._in_service < self._agents:
            self._serve(i, time, 0.0)
        else:
            limit = self._roster.call_back_above
            self._join(i, time, call_back=limit is not None and len(self._waiting) >= limit)

    def queue(self) -> list[tuple[int, float, bool]]:
        """Who waits: customer, since when (days), and whether they have a call-back."""
        return [(i, waiting.asked, waiting.called_back) for i, waiting in self._waiting.items()]

    def _join(self, i: int, time: float, *, call_back: bool) -> None:
        waiting = _Waiting(time, next(self._askings))
        self._waiting[i] = waiting
        heappush(self._queue, (-self._standing.item(i), time, self._number.item(i), i, waiting.number))
        if call_back:
            self._call_back(i, time, waiting)
        elif self._gives_up[i] < float("inf"):
            self._clock.at(
                time + self._gives_up.item(i), END_OF_CONTACT, self._number.item(i), self._give_up, (i, waiting)
            )

    def _call_back(self, i: int, time: float, waiting: _Waiting) -> None:
        waiting.called_back = True
        self._happened(i, CALLED_BACK, time, 0.0)

    def _give_up(self, event: Due) -> None:
        i: int = event._value[0]
        waiting: _Waiting = event._value[1]
        if self._waiting.get(i) is not waiting or waiting.called_back:
            return
        del self._waiting[i]
        time = self._clock.now
        minutes = (time - waiting.asked) * MINUTES_A_DAY
        self._happened(i, GAVE_UP, time, minutes)
        self._leave(i, time, minutes, False)

    def _serve(self, i: int, time: float, minutes: float) -> None:
        self._in_service += 1
        self._happened(i, SERVED, time, minutes)
        self._clock.at(
            time + self._service.item(i), END_OF_CONTACT, self._number.item(i), self._end_service, (i, minutes)
        )

    def _end_service(self, event: Due) -> None:
        i, minutes = event._value
        self._in_service -= 1
        time = self._clock.now
        self._move_up(time)
        self._leave(i, time, minutes, True)

    def _move_up(self, time: float) -> None:
        """Serve those who wait while agents are free."""
        while self._in_service < self._agents and self._waiting:
            _, asked, _, i, number = heappop(self._queue)
            waiting = self._waiting.get(i)
            if waiting is None or waiting.number != number:
                continue
            del self._waiting[i]
            self._serve(i, time, 0.0 if waiting.called_back else (time - asked) * MINUTES_A_DAY)

    def _change_agents(self, event: Due) -> None:
        time, agents = event._value
        closes = agents == 0
        self._agents = agents
        if closes and self._roster.closed == "turn-away":
            self._turn_away(time)
        elif closes and self._roster.closed == "call-back":
            for i, waiting in self._waiting.items():
                if not waiting.called_back:
                    self._call_back(i, time, waiting)
        self._move_up(time)

    def _turn_away(self, time: float) -> None:
        """Send home those who queue, but for those who will be called back."""
        leaving = [(i, waiting.asked) for i, waiting in self._waiting.items() if not waiting.called_back]
        for i, asked in leaving:
            del self._waiting[i]
            minutes = (time - asked) * MINUTES_A_DAY
            self._happened(i, TURNED_AWAY, time, minutes)
            self._leave(i, time, minutes, False)

    def _happened(self, i: int, event: int, time: float, minutes: float) -> None:
        self.log.add(i, event, time, minutes)
        self._note(i, time, event, minutes)
