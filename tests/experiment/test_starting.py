"""Processes that simulate come from one that has loaded the engine, and end with it; with the engine once in memory."""

import os
import sys
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from sim.compiling import cache
from sim.experiment.executors import dismiss_workers, warm_workers
from sim.experiment.preparing import load_engine
from sim.experiment.starting import end_template, start_helper
from sim.forking import FORKED
from sim.freed import give_back_libraries

pytestmark = pytest.mark.skipif(not FORKED, reason="elsewhere processes are not forked")
PATIENCE = 60.0
"""seconds"""


@pytest.fixture(autouse=True)
def _forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cache, "is_warm", lambda: True)
    yield
    dismiss_workers()
    end_template()


def parents(connection: Connection, ends: bool) -> None:
    """Tell who is the parent of this process, and of its worker; how far both step back; then end, or do not."""
    os.nice(3)
    worker = warm_workers(1)
    connection.send([os.getppid(), worker.submit(os.getppid).result(), os.nice(0), worker.submit(os.nice, 0).result()])
    while not ends:
        connection.recv()
    dismiss_workers()


def told_by(ends: bool = True) -> tuple[Any, Any, Connection]:
    ours, theirs = Pipe()
    process = start_helper(parents, (theirs, ends), "test")
    theirs.close()
    assert ours.poll(PATIENCE)
    return process, ours.recv(), ours


def test_helpers_and_their_workers_have_one_template_and_step_back_alike() -> None:
    first, (parent, of_worker, nice, of_worker_nice), _ = told_by()
    second, (another, of_other_worker, *_), _ = told_by()
    here = warm_workers(1).submit(os.getppid).result()
    assert {parent, of_worker, another, of_other_worker} == {here}
    assert here != os.getpid()
    assert nice == of_worker_nice == os.nice(0) + 3
    for process in (first, second):
        process.join(PATIENCE)
        assert process.exitcode == 0


def test_a_helper_ends_with_its_template() -> None:
    process, _, ours = told_by(ends=False)
    end_template()
    assert ours.poll(PATIENCE)
    with pytest.raises(EOFError):
        ours.recv()
    process.join(PATIENCE)
    assert not process.is_alive()


def test_what_is_given_back_of_libraries_comes_again_when_it_is_called() -> None:
    """Here the compiler is not called any more, so that most of what was read of it may go."""
    load_engine()
    before = of_files()
    give_back_libraries()
    assert of_files() < before / 2
    load_engine()


def of_files() -> int:
    """What this process has in memory of files, kilobytes."""
    assert sys.platform == "linux"
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssFile:"):
            return int(line.split()[1])
    raise AssertionError("Linux does not tell")
