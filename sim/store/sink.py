"""Where an experiment puts what it finishes; simulating goes on while another program has the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from sim.outcomes.records import Replication
from sim.store.opening import StoreError
from sim.store.waiting import TOLD_AFTER


class Keeper(Protocol):
    """What a sink needs of the store that keeps what it takes."""

    @property
    def path(self) -> Path:
        """Where the store lies."""

    @property
    def wait(self) -> float:
        """Seconds that writing waits for another program."""

    @property
    def on_wait(self) -> Callable[[str], None] | None:
        """Told, in a sentence, when that takes longer than a moment."""

    def write(self, run: str, replication: Replication, *, wait: float | None = None) -> None:
        """Store one replication of a run with all its arms."""

    def finished(self, run: str) -> tuple[int, ...]:
        """The numbers of the replications that are stored."""


class Sink:
    """Takes the replications of one run as they are finished, and stores each at once if it can."""

    def __init__(self, store: Keeper, run: str) -> None:
        """A sink for the run with this id."""
        self.run: Final = run
        self.waiting: Final[list[Replication]] = []
        """replications that are not stored yet: another program has the store, or storing was interrupted"""
        self._store = store

    def write(self, replication: Replication) -> None:
        """Store one replication with all its arms.

        Where another program has the store, keep the replication for the next time, or for `flush`.
        """
        late = bool(self.waiting)
        self.waiting.append(replication)
        try:
            self._store_waiting(0.0 if late else min(TOLD_AFTER, self._store.wait))
        except StoreError as error:
            if not error.locked:
                raise
            if not late and self._store.on_wait is not None:
                self._store.on_wait(
                    f"{self._store.path}: another program is writing to this store; simulating goes on, "
                    "and what is finished is stored afterwards"
                )

    def flush(self, *, wait: float | None = None) -> None:
        """Store what could not be stored before; `wait` as for the store. Call it when the experiment has ended."""
        stored = self._store.finished(self.run) if self.waiting else ()
        # An interruption may have come between storing and noting it here.
        self.waiting[:] = [replication for replication in self.waiting if replication.number not in stored]
        self._store_waiting(wait)

    def _store_waiting(self, wait: float | None) -> None:
        while self.waiting:
            self._store.write(self.run, self.waiting[0], wait=wait)
            del self.waiting[0]
