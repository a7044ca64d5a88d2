"""The store: runs, their arms and what was measured in each replication, in one SQLite file."""

import datetime
import hashlib
import os
import platform
import secrets
import sqlite3
import sys
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sim.outcomes.records import Replication
from sim.store import changing, listing, opening, rows, settled, sound, summary
from sim.store.listing import ListedRun
from sim.store.opening import StoreError, at_home, connect, default_path, explained
from sim.store.run import LATEST, Run, Status, StoredArm
from sim.store.sink import Sink
from sim.store.waiting import patiently

if TYPE_CHECKING:
    from sqlite_utils import Database

_ROWS_AT_ONCE: Final = 100


class Store:
    """An open store. Every method raises StoreError, with what to do about it, when the file does not oblige."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        read_only: bool = False,
        wait: float | None = None,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Open the store at `path` (default: in the user's data folder); a missing one is made, unless `read_only`.

        `wait` is how many seconds opening and writing wait for another program that is writing (default: two
        minutes); `on_wait` is told, in a sentence, when that takes longer than a moment.
        """
        self.path: Final = at_home(path or default_path())
        self.wait: Final = opening.WAIT_SECONDS if wait is None else wait
        self.on_wait: Final = on_wait
        self._connection = connect(self.path, read_only=read_only, wait=self.wait, tell=self._tell_of_waiting)
        with explained(self.path):
            self._file = self.path.stat()

    def __enter__(self) -> Self:
        """The store itself, closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file; everything stored is safe without it."""
        self._connection.close()

    def begin(
        self,
        text: str,
        arms: Sequence[StoredArm],
        *,
        scenario: str,
        name: str,
        seed: int,
        replications: int,
        precision: str | None = None,
        customers: int,
        horizon: float,
        engine: str,
        settings: Mapping[str, Mapping[str, Any]] | None = None,
        note: str = "",
    ) -> str:
        """Note a new run of the scenario `text` under the arms, the first of which is compared against; its id.

        `settings` are the values, by arm and address, that tell it from other runs of the scenario.
        """
        import numpy as np

        with self._transaction():
            run = self._new_id()
            record = {
                "id": run,
                "scenario": scenario,
                "name": name,
                "scenario_text": text,
                "scenario_hash": text_hash(text),
                "seed": seed,
                "replications": replications,
                "precision": precision,
                "customers": customers,
                "horizon": horizon,
                "arms": len(arms),
                "status": "running",
                "started": _now(),
                "ended": None,
                "engine": engine,
                "package": package_version(),
                "python": platform.python_version(),
                "numpy": np.__version__,
                "note": note,
                "settings_hash": text_hash(settled.canonical(settings or {})),
            }
            self._tables.table("runs").insert(record)
            self._tables.table("arms").insert_all(
                {"run": run, "arm": arm.id, "position": position, "name": arm.name, "scenario_text": arm.text}
                for position, arm in enumerate(arms)
            )
            self._insert("settings", settled.rows(run, settings or {}))
        return run

    def sink(self, run: str) -> Sink:
        """Where an experiment writes the replications of this run."""
        return Sink(self, run)

    def write(self, run: str, replication: Replication, *, wait: float | None = None) -> None:
        """Store one replication with all its arms: in full, or not at all; `wait` as for the store."""
        with self._transaction(wait):
            self._check_there(run)
            try:
                for table, listed in rows.rows(run, replication).items():
                    self._insert(table, listed)
            except sqlite3.IntegrityError as error:
                raise StoreError(
                    f"{self.path}: replication {replication.number} of run {run} is stored already; "
                    "another program is working on the same run"
                ) from error

    def holds(self, run: str) -> bool:
        """Whether the run is in the store, and the store where it was opened."""
        with explained(self.path):
            return self._is_there() and self._has(run)

    def go_on(self, run: str) -> None:
        """Note that a run which had ended is being simulated further."""
        with self._transaction():
            self._check_there(run)
            self._connection.execute("update runs set status = 'running', ended = null where id = ?", (run,))

    def extend(self, run: str, replications: int) -> None:
        """Ask for so many replications of a run, whatever number or precision it was begun with."""
        with self._transaction():
            self._check_there(run)
            changing.extend(self._connection, run, replications)

    def rename(self, run: str, name: str) -> None:
        """Show the run under another name."""
        self._change(run, "name", name)

    def annotate(self, run: str, note: str) -> None:
        """Keep a note with the run, in place of any from before."""
        self._change(run, "note", note)

    def delete(self, runs: Collection[str]) -> None:
        """Remove runs with all that was measured in them: all of them, or none; a file left hollow is made smaller."""
        with self._transaction():
            changing.delete(self._connection, runs)
        changing.shrink(self._connection)

    def finish(self, run: str, status: Status, *, wait: float | None = None) -> None:
        """Note how a run ended, and what its replications add up to (for the views); `wait` as for the store."""
        with self._transaction(wait):
            self._check_there(run)
            summary.summarise(self._connection, run)
            self._connection.execute("update runs set status = ?, ended = ? where id = ?", (status, _now(), run))

    def runs(self) -> tuple[Run, ...]:
        """All runs, the last started first."""
        return tuple(self._runs("", ()))

    def run_list(self) -> tuple[ListedRun, ...]:
        """What a list shows of all runs, the last started first; much faster than `runs` where there are many."""
        with explained(self.path):
            return listing.listed(self._connection)

    def run(self, name: str) -> Run:
        """The run with this id, the only one whose id begins so, or the last started one for `latest`."""
        name = name.encode(errors="replace").decode()  # as typed, it may hold what is no text
        if name == LATEST:
            matching = list(self._runs("", ()))[:1]
        else:
            matching = list(self._runs("where id = ?", (name,))) or list(
                self._runs("where substr(id, 1, ?) = ?", (len(name), name))
            )
        if len(matching) == 1 and name:
            return matching[0]
        if matching:
            ids = ", ".join(run.id for run in matching)
            raise StoreError(
                f'{self.path}: several runs begin with "{name}": {ids}; give more letters', wrong_input=True
            )
        raise StoreError(f"{self.path}: {self._no_run(name)}", wrong_input=True)

    def arms(self, run: str) -> tuple[StoredArm, ...]:
        """The arms of a run; the first is the one compared against."""
        query = f"""select arm, name, scenario_text, position, {sound.condition("arms")} from arms
            where run = ? order by position"""
        with explained(self.path):
            listed = self._connection.execute(query, (run,)).fetchall()
            sound.check_rows("arms", listed)
            arms = tuple(StoredArm(*row[:3]) for row in listed)
            sound.check_arms(run, arms, [row[3] for row in listed])
            return arms

    def settings(self, run: str) -> dict[str, dict[str, float | str | None]]:
        """By arm, then address: the values that tell the run from others of its scenario, as a select has them."""
        by_arm: dict[str, dict[str, float | str | None]] = {}
        query = "select arm, address, value from settings where run = ? order by rowid"
        with explained(self.path):
            for arm, address, value in self._connection.execute(query, (run,)):
                by_arm.setdefault(arm, {})[address] = value
        return by_arm

    def finished(self, run: str) -> tuple[int, ...]:
        """The numbers of the replications that are stored, ascending."""
        query = "select distinct replication from replications where run = ? order by replication"
        with explained(self.path):
            return tuple(number for (number,) in self._connection.execute(query, (run,)))

    def replications(self, run: str) -> tuple[Replication, ...]:
        """What was measured in each stored replication of a run, equal to what was written, by number."""
        with explained(self.path):
            return rows.replications(self._connection, run)

    def reading(self, run: str, marks: rows.Marks) -> Generator[None, None, tuple[Replication, ...]]:
        """Read, a little at a time, the replications that were stored after `marks`, and move the marks on.

        Begin with empty marks for all replications. The generator pauses every so many rows and returns the
        replications, by number.
        """
        with explained(self.path):
            return (yield from rows.reading(self._connection, run, marks))

    def figures(self, table: str, run: str, arm: str) -> dict[str, dict[str, float]]:
        """Means over the replications of the figures of an arm's touchpoints, transitions, channels or stages."""
        name, _ = rows.FIGURES[table]
        query = f"""select {name}, figure, avg(value) from {table}
            where run = ? and arm = ? and value is not null group by {name}, figure order by min(rowid)"""
        means: dict[str, dict[str, float]] = {}
        with explained(self.path):
            for of, figure, mean in self._connection.execute(query, (run, arm)):
                means.setdefault(of, {})[figure] = mean
        return means

    def table(self, name: str, run: str) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """The columns of a table with a `run` column, and its rows of one run, as they are read."""
        with explained(self.path):
            cursor = self._connection.execute(f"select *, {sound.condition(name)} from [{name}] where run = ?", (run,))
        return tuple(column for column, *_ in cursor.description[:-1]), self._rows(name, cursor)

    @cached_property
    def _tables(self) -> "Database":
        with _without_pandas():
            from sqlite_utils import Database

        return Database(self._connection, execute_plugins=False)

    def _insert(self, table: str, listed: Sequence[rows.Row]) -> None:
        """Insert rows many at a time, in half the time of `executemany` and a third of sqlite-utils' `insert_all`."""
        for start in range(0, len(listed), _ROWS_AT_ONCE):
            some = listed[start : start + _ROWS_AT_ONCE]
            one = f"({', '.join('?' * len(some[0]))})"
            marks = ", ".join([one] * len(some))
            self._connection.execute(f"insert into {table} values {marks}", list(chain.from_iterable(some)))

    def _rows(self, table: str, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        with explained(self.path):
            for row in cursor:
                sound.check_rows(table, (row,))
                yield row[:-1]

    def _runs(self, condition: str, values: tuple[Any, ...]) -> Iterator[Run]:
        query = f"""select runs.*, (select count(distinct replication) from replications where run = runs.id) as stored,
            {sound.condition("runs")} from runs {condition} order by started desc, rowid desc"""
        names = {field.name for field in fields(Run)}
        with explained(self.path):
            cursor = self._connection.execute(query, values)
            columns = [column for column, *_ in cursor.description]
            for row in cursor:
                sound.check_rows("runs", (row,))
                run = Run(**{name: value for name, value in zip(columns, row, strict=True) if name in names})
                sound.check_run(run)
                yield run

    def _change(self, run: str, column: str, text: str) -> None:
        with self._transaction():
            self._check_there(run)
            self._connection.execute(f"update runs set {column} = ? where id = ?", (text, run))

    def _has(self, run: str) -> bool:
        return self._connection.execute("select 1 from runs where id = ?", (run,)).fetchone() is not None

    def _is_there(self) -> bool:
        """Whether the file is the one that was opened; what is written to one that was removed, nobody finds again."""
        try:
            return os.path.samestat(self._file, self.path.stat())
        except FileNotFoundError:
            return False

    def _check_there(self, run: str) -> None:
        if not self._has(run):
            raise StoreError(f"{self.path}: run {run} is not in this store any more; it was deleted")

    def _no_run(self, name: str) -> str:
        if name == LATEST:
            return "there is no run in this store yet; `journey run` makes one"
        import difflib

        near = difflib.get_close_matches(name, [run.id for run in self._runs("", ())], n=1)
        hint = f"did you mean {near[0]}?" if near else "`journey runs` lists what there is"
        return f'there is no run "{name}" in this store; {hint}'

    def _new_id(self) -> str:
        while True:
            run = secrets.token_hex(4)
            # A letter first: a spreadsheet takes 12e45678 for a number.
            if run[0].isalpha() and not self._tables.table("runs").count_where("id = ?", [run]):
                return run

    @contextmanager
    def _transaction(self, wait: float | None = None) -> Iterator[None]:
        """Everything inside happens, or nothing does."""
        with explained(self.path):
            if not self._is_there():
                raise StoreError(f"{self.path}: this store was removed or replaced while it was in use; run again")
            try:
                self._begin(self.wait if wait is None else wait)
                yield
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    def _begin(self, wait: float) -> None:
        """Begin to write, once no other program does."""
        self._connection.execute("pragma busy_timeout = 0")
        try:
            patiently(lambda: self._connection.execute("begin immediate"), wait, self._tell_of_waiting)
        finally:
            self._connection.execute(f"pragma busy_timeout = {1000 * opening.READ_SECONDS:.0f}")

    def _tell_of_waiting(self) -> None:
        if self.on_wait is not None:
            self.on_wait(
                f"{self.path}: another program is writing to this store; waiting for it, at most {self.wait:,.0f} s"
            )


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Keep sqlite-utils from importing pandas to be ready for data frames, which takes a fifth of a second."""
    hidden = "pandas" not in sys.modules
    if hidden:
        sys.modules["pandas"] = None  # type: ignore[assignment]  # as the import system marks what is not there
    try:
        yield
    finally:
        if hidden:
            del sys.modules["pandas"]


def text_hash(text: str) -> str:
    """SHA-256 of a scenario text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def package_version() -> str:
    """The version of Journey Sandbox that is running."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("journey-sandbox")
    except PackageNotFoundError:
        return "unknown"


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
