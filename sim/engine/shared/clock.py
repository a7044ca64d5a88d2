"""The clock of the shared lane: SimPy, with exact times and an order of its own for equal ones (model 5)."""

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from math import inf
from typing import Any

from simpy import Environment
from simpy.events import Event

END_OF_CONTACT, CHANGE_OF_AGENTS, TICK = (rank * 2**64 for rank in range(1, 4))
"""Ranks of events at equal times, first to last, with room for a number; SimPy's own, which ends a run, comes first."""

Happen = Callable[["Due"], Any]

Asking = tuple[float, int, int, Callable[[Any], None], float, float, float]
"""Somebody asks at a desk; of two the smaller one comes first.

When (days), the customer's number, their row, what it sets off (is given this), how long it takes to serve them and
their patience (days; infinite for endless), and their standing: what the desk's priority goes by, higher first.
"""

_NEVER = inf, 0, 0


class Due(Event):
    """An event that will happen at a time that is known; once it has happened it may be put into the queue again."""

    _ok = True
    _value = None

    def __init__(self, clock: "Clock", happen: Happen) -> None:
        """Not due yet; `happen` is called each time."""
        self.env = clock
        self.steps = [happen, clock.let_ask]
        self.time = 0.0
        self.about: Any = None
        """what `happen` needs to know"""


class Clock(Environment):
    """A SimPy environment on which things happen at exact times.

    `Environment.timeout` takes a delay, and now + delay is not always the time that was meant; and it lets equal times
    happen in the order in which they were scheduled. Here an event has a time, and a rank and a number that order it
    among its equals.

    Two kinds of things become no events before they must. Askings come after all events of their time, in the order of
    their customers' numbers; so after each event those have their turn who ask before the next one. And what is mostly
    called off before its time becomes an event when nothing is left that comes before it.
    """

    def __init__(self) -> None:
        """At day 0, with nothing to come."""
        super().__init__()
        # None of them is ever empty, so that nobody need look: what never comes is the last of each.
        self._many: list[Any] = [_NEVER]
        self._few: list[Any] = [_NEVER]
        self._perhaps: list[Any] = [_NEVER]

    def at(self, time: float, rank: int, happen: Happen, about: Any = None) -> None:
        """Let `happen` be called at `time` (days); `rank` has the number in it."""
        self.put(Due(self, happen), time, rank, about)

    def put(self, due: Due, time: float, rank: int, about: Any) -> None:
        """Let an event happen that is not in the queue."""
        due.callbacks = due.steps
        due.time = time
        due.about = about
        queue: list[Any] = self._queue
        heappush(queue, (time, rank, next(self._eid), due))

    def perhaps(self, time: float, rank: int, happen: Happen, about: Any, of: dict[int, Any], i: int) -> None:
        """Let `happen` be called at `time` (days) if `of[i]` is `about` until then."""
        heappush(self._perhaps, (time, rank, next(self._eid), happen, about, of, i))

    def expect(self, asking: Asking) -> None:
        """Let somebody ask in their turn."""
        heappush(self._few, asking)

    def expect_all(self, askings: Iterable[Asking]) -> None:
        """Let those ask who do so in a stretch of time, the last first, when nobody is left of the one before."""
        self._many = [_NEVER, *askings]

    def let_ask(self, event: Due) -> None:
        """Let all ask who come before the next event."""
        queue, many, few, perhaps = self._queue, self._many, self._few, self._perhaps
        while True:
            following = queue[0]
            if perhaps[0] < following:
                time, rank, _, happen, about, of, i = heappop(perhaps)
                if of.get(i) is about:
                    self.at(time, rank, happen, about)
                continue
            asking = few[0]
            if many[-1] < asking:
                asking = many[-1]
                if asking[0] >= following[0]:
                    return
                many.pop()
            elif asking[0] >= following[0]:
                return
            else:
                heappop(few)
            self._now = asking[0]
            asking[3](asking)
