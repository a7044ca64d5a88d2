"""Another program has the store: a run waits, goes on simulating, and loses nothing."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.outcomes import Replication
from sim.store import Store
from tests.cli.conftest import Journey, start
from tests.cli.test_resume import figures
from tests.faults.conftest import stored, told


class OtherProgram:
    """Has a store to itself for a while."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.has_it = threading.Event()
        self._thread = threading.Thread(target=self._hold, args=(path, seconds))
        self._thread.start()
        assert self.has_it.wait(10)

    def _hold(self, path: Path, seconds: float) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("begin exclusive")
        self.has_it.set()
        time.sleep(seconds)
        connection.execute("rollback")
        connection.close()

    def ended(self) -> None:
        self._thread.join()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Makes the store tell after a moment that it waits, and give up after so many seconds."""

    def patience(seconds: float) -> None:
        monkeypatch.setattr("sim.store.waiting.TOLD_AFTER", 0.2)
        monkeypatch.setattr("sim.store.sink.TOLD_AFTER", 0.2)
        monkeypatch.setattr("sim.store.opening.WAIT_SECONDS", seconds)

    return patience


def test_a_run_waits_for_a_store_that_is_locked_and_says_so(
    journey: Journey, scenario: Path, soon: Callable[[float], None]
) -> None:
    soon(60)
    Store(Path("s.sqlite")).close()
    other = OtherProgram(Path("s.sqlite"), 1.0)
    ended = journey("run", scenario, "--workers", 1, "--db", "s.sqlite")
    other.ended()
    told(ended, 0, "s.sqlite: another program is writing to this store; waiting for it, at most 60 s")
    [kept] = stored(Path("s.sqlite")).values()
    assert kept["replications"] == 2 * 3


def lock_after_the_first(monkeypatch: pytest.MonkeyPatch, seconds: float) -> list[OtherProgram]:
    """Another program locks the store once the first replication is in it."""
    write = Store.write
    others: list[OtherProgram] = []

    def write_and_lock(store: Store, run: str, replication: Replication, **options: float | None) -> None:
        write(store, run, replication, **options)
        if not others:
            others.append(OtherProgram(store.path, seconds))

    monkeypatch.setattr(Store, "write", write_and_lock)
    return others


def test_simulating_goes_on_while_the_store_is_locked_and_all_is_stored_afterwards(
    journey: Journey, scenario: Path, soon: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    soon(60)
    others = lock_after_the_first(monkeypatch, 1.5)
    ended = journey("run", scenario, "--replications", 8, "--workers", 1, "--db", "s.sqlite", "--json")
    others[0].ended()
    assert ended.code == 0
    first, second = ended.err.splitlines()
    assert "another program is writing to this store; simulating goes on, and what is finished is stored" in first
    assert "waiting for it, at most 60 s" in second
    [kept] = stored(Path("s.sqlite")).values()
    assert kept["replications"] == 2 * 8
    unbroken = journey("run", scenario, "--replications", 8, "--workers", 1, "--db", "u.sqlite", "--json")
    assert figures(ended.out) == figures(unbroken.out)


def test_a_store_that_stays_locked_fails_the_run_which_can_be_resumed(
    journey: Journey, scenario: Path, soon: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    soon(0.3)
    others = lock_after_the_first(monkeypatch, 3.0)
    ended = journey("run", scenario, "--replications", 8, "--workers", 1, "--db", "s.sqlite")
    others[0].ended()
    assert ended.code == 1
    *_, last = ended.err.splitlines()
    assert last.startswith("s.sqlite: another program is writing to this store; close it, or use another store")
    assert "(7 more could not be stored and will be simulated again). Continue with: journey run --resume " in last
    resumed = journey("run", "--resume", "latest", "--workers", 1, "--db", "s.sqlite", "--json")
    unbroken = journey("run", scenario, "--replications", 8, "--workers", 1, "--db", "u.sqlite", "--json")
    assert figures(resumed.out) == figures(unbroken.out)


def test_reading_goes_on_while_another_program_writes(journey: Journey, scenario: Path) -> None:
    assert journey("run", scenario, "--workers", 1, "--db", "s.sqlite").code == 0
    other = OtherProgram(Path("s.sqlite"), 1.0)
    ended = journey("show", "latest", "--db", "s.sqlite")
    assert (ended.code, ended.err) == (0, "")
    other.ended()


@pytest.mark.slow
def test_a_store_that_is_locked_for_more_than_a_minute_is_waited_for(journey: Journey, scenario: Path) -> None:
    db = Path("s.sqlite").resolve()
    assert journey("run", scenario, "--workers", 1, "--db", db).code == 0
    before = stored(db)
    other = OtherProgram(db, 65.0)
    process = start("run", scenario, "--replications", 30, "--workers", 2, "--db", db)
    out, err = process.communicate(timeout=180)
    other.ended()
    assert process.returncode == 0, err
    assert "another program is writing to this store; waiting for it, at most 120 s" in err
    assert "30 replications" in out
    after = stored(db)
    assert before.items() <= after.items()
    [new] = set(after) - set(before)
    assert after[new]["replications"] == 2 * 30
