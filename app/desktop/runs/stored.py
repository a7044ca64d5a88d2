"""Runs as they lie in the store, read for the window: whole, or a little at a time so that nothing waits."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.shown.failures import in_plain_words

if TYPE_CHECKING:
    from sim.experiment import Plan, Results
    from sim.outcomes import Replication
    from sim.store import Run

_TURN_SECONDS: Final = 0.01
"""How long reading goes on before the window has its turn."""
_AGAIN_MS: Final = 50
_MOST_TRIES: Final = 60
"""A store is closed to all for a moment when a program that wrote to it leaves."""


def open_run(db: Path | None, run_id: str) -> tuple[Run, Results]:
    """A stored run and what it found. Raises StoreError. Takes as long as it takes: a large run, half a second."""
    from app.runs.stored import results_of
    from sim.store import Store

    with Store(db, read_only=True, wait=0) as store:
        run = store.run(run_id)
        return run, results_of(run, store)


class RunReader(QObject):
    """Reads a run between the turns of the window, and later only what has been stored since."""

    results_read = Signal(object)
    """Results: all that the store has of the run by now"""
    failed = Signal(str)
    """why the store cannot be read, in plain words"""

    def __init__(self, db: Path | None, run_id: str, plan: Plan | None = None, parent: QObject | None = None) -> None:
        """A reader of one run; `plan` is what is being simulated, where that is known and the run is on its way."""
        super().__init__(parent)
        self.run_id: Final = run_id
        self.run: Run | None = None
        """what the store says of the run, once it has been read"""
        self._db = db
        self._live = plan is not None
        self._plan = plan
        self._marks: dict[str, int] = {}
        self._replications: dict[int, Replication] = {}
        self._reading: Generator[None, None, Results | None] | None = None
        self._again = False
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._reading is not None

    def refresh(self) -> None:
        """Read what is new; `results_read` follows, also where nothing is."""
        if self._reading is not None:
            self._again = True
            return
        self._tries = 0
        self._begin()

    def stop(self) -> None:
        """Read no further."""
        self._timer.stop()
        self._again = False
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _begin(self, after_ms: int = 0) -> None:
        self._reading = self._read()
        self._timer.start(after_ms)

    def _go_on(self) -> None:
        self._timer.setInterval(0)
        begin = time.perf_counter()
        reading = self._reading
        assert reading is not None
        try:
            while time.perf_counter() - begin < _TURN_SECONDS:
                next(reading)
        except StopIteration as end:
            again = self._again
            self.stop()
            self.results_read.emit(end.value)
            if again:
                self.refresh()
        except Exception as error:
            if getattr(error, "locked", False) and self._tries < _MOST_TRIES:
                self._tries += 1
                self._begin(_AGAIN_MS)
                return
            self.stop()
            self.failed.emit("\n".join(in_plain_words(error)))

    def _read(self) -> Generator[None, None, Results]:
        from app.runs.stored import reading_plan, results_from
        from sim.store import Store

        with Store(self._db, read_only=True, wait=0) as store:
            yield
            run = store.run(self.run_id)
            if self._plan is None:
                self._plan = yield from reading_plan(run, store)
            new = yield from store.reading(run.id, self._marks)
        self.run = run
        self._replications |= {replication.number: replication for replication in new}
        ordered = [self._replications[number] for number in sorted(self._replications)]
        results = results_from(run, self._plan, ordered)
        # While it is on its way, that it is not finished is no note on it.
        return replace(results, notes=()) if self._live and run.status == "running" else results
