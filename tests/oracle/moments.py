"""SimPy's clock with the model's own order of equal times (model 5, 14); the events that are written down (8)."""

import math
from collections import defaultdict
from collections.abc import Callable
from heapq import heappush
from typing import Any, NamedTuple

import simpy

LEAVES_DESK = 0
AGENTS_CHANGE = 1
VALUES_CHANGE = 2
TICK = 3
PLANNED = 4
THROTTLE_SET = 5
OWN_EVENT = 6

# SimPy's own priorities are 0 and 1: a process goes on at once, before the next moment of the model at the same time.
BEFORE_ALL_MOMENTS = 2
NUMBERS = 2**64


class Moments:
    """Schedules at exact times, where `timeout(delay)` would round now + delay once more."""

    def __init__(self, horizon: float) -> None:
        self.env = simpy.Environment()
        self.horizon = horizon

    @property
    def now(self) -> float:
        return float(self.env.now)

    def at(self, time: float, rank: int, number: int, then: Callable[[], None] | None = None) -> simpy.Event:
        """A moment to wait for; one after the horizon never comes."""
        moment = self.env.event()
        if then is not None:
            moment.callbacks.append(lambda _: then())
        if time <= self.horizon:
            assert time >= self.now, "the clock cannot go back"
            moment._ok = True
            moment._value = None
            queue: list[Any] = self.env._queue
            heappush(queue, (time, BEFORE_ALL_MOMENTS + rank * NUMBERS + number, next(self.env._eid), moment))
        return moment


class Event(NamedTuple):
    """One recorded event (model 8 and 12); days; None where it has no channel, value, action or rule."""

    customer: int
    time: float
    event: str
    touchpoint: str
    channel: str | None
    value: float | None
    action: str | None = None
    rule: str | None = None
    """a broadcast's id for broadcasts"""


class Conflict(NamedTuple):
    """A message that came due too soon after another one (model 10.5)."""

    customer: int
    time: float
    rule: str
    last_rule: str
    """the rule of the message before"""
    duplicate: bool
    """both are the same action"""


class Log:
    """Everything recorded, in the order in which it happened to each customer."""

    def __init__(self, moments: Moments) -> None:
        self.moments = moments
        self.events: list[Event] = []
        self.conflicts: list[Conflict] = []
        self.books: dict[tuple[str | int, ...], float] = defaultdict(float)
        """sums of what no event tells, by their name and what they are of"""

    def add(
        self,
        customer: int,
        event: str,
        touchpoint: str,
        channel: str | None,
        value: float | None = None,
        action: str | None = None,
        rule: str | None = None,
    ) -> None:
        self.events.append(Event(customer, self.moments.now, event, touchpoint, channel, value, action, rule))

    @property
    def day(self) -> int:
        """That of the present time; the horizon belongs to the last one."""
        return min(math.floor(self.moments.now), math.ceil(self.moments.horizon) - 1)

    def sorted(self) -> list[Event]:
        """By time and customer; Python's sort keeps each customer's own order at equal times."""
        return sorted(self.events, key=lambda event: (event.time, event.customer))
