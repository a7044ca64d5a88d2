"""A simulation that somebody started: how far it is, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from app.processes.runner.messages import (
    Advanced,
    Begin,
    Begun,
    Cancel,
    Ended,
    GoOn,
    Hold,
    News,
    Order,
    Preparing,
    Release,
    Said,
)
from app.shown.preparing import preparing

State = Literal["waiting", "preparing", "running", "paused", "finished", "cancelled", "failed"]
OVER: Final = ("finished", "cancelled", "failed")
"""The states that last."""

_STARTING = "Starting …"
_STOPPING = "Stopping …"


class Job(QObject):
    """One simulation, from waiting for its turn to its end."""

    changed = Signal()
    replications_stored = Signal(int)
    """so many replications of the run are in the store now"""
    ended = Signal()

    def __init__(self, order: Begin | GoOn, tell: Callable[[Order], object], parent: QObject | None = None) -> None:
        """A job that waits; the runner makes it, and `tell` gives its orders to the process."""
        super().__init__(parent)
        self.order: Final = order
        self.run: str | None = order.run if isinstance(order, GoOn) else None
        """id of the run, once it is in the store"""
        self.state: State = "waiting"
        self.done = 0
        """tasks that are done: one arm in one replication"""
        self.total = 0
        self.events = 0
        self.stored = 0
        """replications that are in the store"""
        self.message = ""
        """what is to be said of it, in plain words"""
        self._tell = tell
        self._stopping = False
        self._clock = _Clock()

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self.state in OVER

    @property
    def seconds_left(self) -> float | None:
        """About how long it still takes while it is not paused; None where nobody knows."""
        return self._clock.seconds_left(self.done, self.total)

    def pause(self) -> None:
        """Begin nothing more until told to go on; what is being simulated is finished."""
        if self.state == "running" and not self._stopping:
            self._clock.stop()
            self._become("paused")
            self._tell(Hold(self.order.job))

    def go_on(self) -> None:
        """Go on after a pause."""
        if self.state == "paused":
            self._clock.start()
            self._become("running")
            self._tell(Release(self.order.job))

    def cancel(self) -> None:
        """End it; what is finished is kept, and the run can be resumed."""
        if self.state == "waiting":
            self._end("cancelled", "Cancelled before it began.")
        elif not self.over and not self._stopping:
            self._stopping = True
            self._tell(Cancel(self.order.job))
            self._become(self.state, _STOPPING)

    def begin(self) -> None:
        """It is its turn; called by the runner."""
        self._become("preparing", _STARTING)

    def hear(self, news: News) -> None:
        """Take in what the process says of this job."""
        if self.over:
            return
        if isinstance(news, Preparing):
            self._become("preparing", _STOPPING if self._stopping else preparing(news.seconds_left))
        elif isinstance(news, Begun):
            self.run = news.run
            self._clock.start()
            self._become("running", _STOPPING if self._stopping else "")
        elif isinstance(news, Advanced):
            self._advance(news)
        elif isinstance(news, Said):
            self._become(self.state, news.text)
        elif isinstance(news, Ended):
            self._end("cancelled" if news.how == "interrupted" else news.how, news.message)

    def fail(self, message: str, *, cancelled: bool) -> None:
        """The process is gone, or was closed (`cancelled`); called by the runner."""
        self._end("cancelled" if cancelled or self._stopping else "failed", message)

    def _advance(self, news: Advanced) -> None:
        more = news.stored > self.stored
        self.done, self.total, self.events, self.stored = news.done, news.total, news.events, news.stored
        self._clock.tick(self.done)
        self.changed.emit()
        if more:
            self.replications_stored.emit(self.stored)

    def _become(self, state: State, message: str = "") -> None:
        self.state, self.message = state, message
        self.changed.emit()

    def _end(self, state: State, message: str) -> None:
        if not self.over:
            self._clock.stop()
            self._become(state, message)
            self.ended.emit()


class _Clock:
    """Tells from how fast tasks were done, pauses left out, how long the others take."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since: float | None = None
        self._first: tuple[int, float] | None = None
        """tasks done when the first was heard of, and when that was"""
        self._last: tuple[int, float] | None = None

    def start(self) -> None:
        self._since = time.monotonic()

    def stop(self) -> None:
        self._seconds, self._since = self._now(), None

    def tick(self, done: int) -> None:
        moment = (done, self._now())
        self._first = self._first or moment
        self._last = moment

    def seconds_left(self, done: int, total: int) -> float | None:
        if self._first is None or self._last is None or self._last[0] <= self._first[0]:
            return None
        each = (self._last[1] - self._first[1]) / (self._last[0] - self._first[0])
        return max(each * max(total - done, 0) - (self._now() - self._last[1]), 0.0)

    def _now(self) -> float:
        return self._seconds + (time.monotonic() - self._since if self._since is not None else 0.0)
