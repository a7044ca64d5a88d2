"""What asks the program to end is heard as Ctrl-C is."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from app.cli.signals import heard_as_interruption
from sim.outcomes import Replication
from sim.store import Store
from tests.cli.conftest import Journey

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


@pytest.mark.parametrize("name", SIGNALS)
def test_a_run_that_is_told_to_end_keeps_what_is_finished_and_says_how_to_go_on(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write = Store.write

    def write_and_be_told(store: Store, run: str, replication: Replication, **options: Any) -> None:
        write(store, run, replication, **options)
        signal.raise_signal(getattr(signal, name))

    monkeypatch.setattr(Store, "write", write_and_be_told)
    ended = journey("run", scenario, "--workers", 1, "--db", "s.sqlite")
    assert ended.code == 130
    assert "Interrupted; 1 of 3 replications are finished and kept. Continue with: journey run --resume" in ended.err
    with Store(Path("s.sqlite")) as store:
        run = store.run("latest")
    assert (run.status, run.stored) == ("interrupted", 1)


def test_several_signals_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with heard_as_interruption():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 10)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGHUP)


def test_what_is_ignored_from_outside_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with heard_as_interruption():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_signal_that_comes_where_exceptions_are_lost_is_heard_afterwards(capfd: pytest.CaptureFixture[str]) -> None:
    class Losing:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    with heard_as_interruption():
        losing = Losing()
        del losing
        with pytest.raises(KeyboardInterrupt):
            threading.Event().wait(10)
    assert capfd.readouterr().err == ""
