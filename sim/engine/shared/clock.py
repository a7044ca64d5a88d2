"""The clock of the shared lane: SimPy, with exact times and an order of its own for equal ones (model 5)."""

from collections.abc import Callable
from heapq import heappush
from typing import Any

from simpy import Environment
from simpy.events import Event

END_OF_CONTACT, CHANGE_OF_AGENTS, TICK, OWN_EVENT = range(1, 5)
"""Ranks of events at equal times, first to last; SimPy's own, which ends a run, comes before them all."""

_NUMBERS = 2**64


class Due(Event):
    """An event that will happen at a time that is known; `value` is what its callback needs to know."""

    def __init__(self, clock: "Clock", happen: Callable[["Due"], Any], value: Any) -> None:
        """To be put into the clock's queue, as `Clock.at` does."""
        self.env = clock
        self.callbacks = [happen]
        self._ok = True
        self._value = value


class Clock(Environment):
    """A SimPy environment on which things happen at exact times.

    `Environment.timeout` takes a delay, and now + delay is not always the time that was meant; and it lets equal times
    happen in the order in which they were scheduled. Here an event has a time, and a rank and a number that order it
    among its equals.
    """

    def at(self, time: float, rank: int, number: int, happen: Callable[[Due], Any], value: Any = None) -> None:
        """Let `happen` be called at `time` (days) with an event that carries `value`."""
        queue: list[Any] = self._queue
        heappush(queue, (time, rank * _NUMBERS + number, next(self._eid), Due(self, happen, value)))
