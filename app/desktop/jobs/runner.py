"""Starts simulations, one after the other, in a process of their own."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.desktop.jobs.job import Job
from app.desktop.jobs.link import Link
from app.processes.runner.messages import Begin, GoOn, News, Order, Prepared, Preparing, Settle, Settled
from app.processes.runner.process import work
from app.shown.preparing import preparing

if TYPE_CHECKING:
    from sim.experiment import Plan

DIED: Final = "The simulation stopped unexpectedly. Finished replications are kept; resume the run to continue."
CLOSED: Final = "The window was closed. Finished replications are kept; resume the run to continue."

_PATIENCE_SECONDS: Final = 20.0


class Runner(QObject):
    """Does jobs one after the other; its process is started with the first, and kept."""

    store_changed = Signal()
    """runs in the store changed apart from any job"""
    preparing = Signal(str)
    """what is to be said while the engine is compiled; nothing once it is not any more"""

    def __init__(self, db: Path | None = None, *, patience: float = _PATIENCE_SECONDS) -> None:
        """Simulate into the store `db` (default: in the user's data folder).

        `patience` is how many seconds to wait for another program that is writing to it.
        """
        super().__init__()
        from sim.store import at_home, default_path

        self.db: Final = at_home(db or default_path())
        self._patience = patience
        self._link: Link | None = None
        self._jobs: list[Job] = []
        """the one under way, and those that wait"""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._begin_next)
        self._count = 0
        self._closed = False

    @property
    def job(self) -> Job | None:
        """The job under way, or None."""
        return next((job for job in self._jobs if job.state != "waiting"), None)

    @property
    def jobs(self) -> list[Job]:
        """The job under way, and those that wait."""
        return [job for job in self._jobs if not job.over]

    @property
    def process_id(self) -> int | None:
        """The process that simulates, as the operating system calls it; None while there is none."""
        return self._link.process_id if self._link else None

    def prepare(self) -> None:
        """Start the process ahead of the first job, which then begins at once."""
        if not self._closed:
            self._reach()

    def start(self, plan: Plan, text: str) -> Job:
        """Simulate a plan of the scenario `text` as a new run."""
        return self._queue(Begin(self._next(), pickle.dumps(plan), text))

    def resume(self, run_id: str) -> Job:
        """Go on with a run where it ended."""
        return self._queue(GoOn(self._next(), run_id, None))

    def extend(self, run_id: str, replications: int) -> Job:
        """Go on with a run, finished or not, up to so many replications in all."""
        return self._queue(GoOn(self._next(), run_id, replications))

    def close(self) -> None:
        """End the process; a run under way is interrupted, what is finished of it is kept. Nothing is left behind."""
        if self._closed:
            return
        self._closed = True
        if self._link is not None:
            self._link.close()
            self._link = None
        for job in list(self._jobs):
            job.fail(CLOSED, cancelled=True)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _queue(self, order: Begin | GoOn) -> Job:
        job = Job(order, self._tell, self)
        if self._closed:
            job.fail(CLOSED, cancelled=True)
            return job
        self._jobs.append(job)
        job.ended.connect(self._begin_next)
        self._soon.start()  # not at once: whoever asked connects to the job first
        return job

    def _begin_next(self) -> None:
        self._jobs = [job for job in self._jobs if not job.over]
        if self._jobs and self.job is None and not self._closed:
            job = self._jobs[0]
            job.begin()
            self._tell(job.order)

    def _tell(self, order: Order) -> None:
        self._reach().tell(order)

    def _reach(self) -> Link:
        if self._link is None:
            self._link = Link(work, (self.db, self._patience), "runner", self)
            self._link.heard.connect(self._hear)
            self._link.broken.connect(self._lose)
        return self._link

    def _hear(self, news: News) -> None:
        if isinstance(news, Settled):
            self.store_changed.emit()
            return
        if isinstance(news, Prepared):
            self.preparing.emit("")
            return
        if isinstance(news, Preparing):
            self.preparing.emit(preparing(news.seconds_left))
        for job in self._jobs:
            if job.order.job == getattr(news, "job", None):
                job.hear(news)
                return

    def _lose(self) -> None:
        """The process is gone: say so, and have another one note the run as interrupted."""
        if self._link is not None:
            self._link.deleteLater()
            self._link = None
        self.preparing.emit("")
        job = self.job
        if job is None:
            return
        if job.run is not None:
            self._tell(Settle(job.run))
        job.fail(DIED, cancelled=False)
