"""Simulations beside the window: started, paused, ended and gone on with, and every way of failing told."""

import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.jobs import Job, Runner
from app.runs.stored import results_of
from sim.experiment import Plan, Results, plan, run
from sim.scenario import ScenarioFile, edit, new_text, parse
from sim.shipped import shipped_scenarios
from sim.store import Store
from tests.builders import small
from tests.cli.conftest import ARMS
from tests.faults.conftest import Disk, disk

__all__ = ["disk"]  # a fixture

SECONDS = 240_000
"""Milliseconds that something may take in which processes are started, and the engine compiled perhaps."""


def file(**changes: Any) -> ScenarioFile:
    experiment = {"seed": 7, "replications": 3, "arms": ARMS}
    return parse(new_text(small(**({"experiment": experiment} | changes))), name="small.toml")


def long_plan() -> tuple[Plan, str]:
    """A run that takes minutes, in short tasks."""
    long = file(population={"size": 3_000}, experiment={"seed": 7, "replications": 20_000, "arms": ARMS})
    return plan(long), long.text


def short_plan(replications: int = 3) -> tuple[Plan, str]:
    short = file()
    return plan(short, replications=replications), short.text


def figures(results: Results) -> dict[str, Any]:
    document = results.document()
    del document["engine"]
    return document


def ended(qtbot: QtBot, job: Job) -> Job:
    qtbot.waitUntil(lambda: job.over, timeout=SECONDS)
    return job


def going(qtbot: QtBot, job: Job, stored: int = 1) -> Job:
    """The job, once so many replications are stored."""
    qtbot.waitUntil(lambda: job.stored >= stored or job.over, timeout=SECONDS)
    assert not job.over, job.message
    return job


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jobs") / "s.sqlite"


@pytest.fixture(scope="module")
def runner(qapp: QApplication, db: Path) -> Iterator[Runner]:
    """One runner for the tests that leave it as it was; its process is started once."""
    runner = Runner(db, patience=0.5)
    yield runner
    runner.close()


def stored(db: Path, name: str | None) -> Results:
    with Store(db, read_only=True) as store:
        return results_of(store.run(name or "none"), store)


def status(db: Path, name: str | None) -> str:
    with Store(db, read_only=True) as store:
        return store.run(name or "none").status


def test_a_run_is_simulated_elsewhere_and_stored_with_the_figures_of_a_run_in_this_process(
    qtbot: QtBot, runner: Runner, db: Path
) -> None:
    made, text = short_plan()
    job = runner.start(made, text)
    states, counts = [job.state], []
    job.changed.connect(lambda: states.append(job.state))
    job.replications_stored.connect(counts.append)
    ended(qtbot, job)
    assert job.message == ""
    assert list(dict.fromkeys(states)) == ["waiting", "preparing", "running", "finished"]
    assert (job.done, job.total, counts[-1]) == (6, 6, 3)
    assert job.events > 0
    assert job.run is not None
    assert figures(stored(db, job.run)) == figures(run(made, workers=1))


def identified_plan(seed: int) -> tuple[Plan, str]:
    """A run that asks who is who; under a seed that nothing is kept of."""
    text = edit(
        shipped_scenarios()["identity-gap"].read_text(encoding="utf-8"),
        {"population.size": 300, "experiment.replications": 2, "experiment.seed": seed},
    )
    asked = parse(text, name="identity-gap.toml")
    return plan(asked), asked.text


def test_a_run_says_that_it_finds_out_who_is_who_before_it_begins(qtbot: QtBot, runner: Runner) -> None:
    job = runner.start(*identified_plan(91))
    said: list[tuple[str, str]] = []
    job.changed.connect(lambda: said.append((job.state, job.message)))
    ended(qtbot, job)
    told = ("preparing", "Finding out which records are of one person …")
    assert told in said
    assert ("running", "") in said[said.index(told) :], "and no longer, once it simulates"
    assert (job.state, job.message) == ("finished", "")


def test_a_run_that_needs_splink_says_what_to_install(
    qtbot: QtBot, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "splink.py").write_text("raise ImportError('not here')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)  # processes that start from here look there, too
    runner = Runner(db, patience=0.5)
    job = ended(qtbot, runner.start(*identified_plan(93)))
    after = ended(qtbot, runner.start(*short_plan()))
    runner.close()
    assert (job.state, job.run) == ("failed", None)
    assert 'pip install "journey-sandbox[identity]"' in job.message
    assert 'leave "probabilistic" out' in job.message
    assert after.state == "finished", "the process goes on"


def test_jobs_are_done_one_after_the_other_and_one_that_waits_can_be_cancelled(
    qtbot: QtBot, runner: Runner, db: Path
) -> None:
    first, second, third = (runner.start(*short_plan()) for _ in range(3))
    second.cancel()
    assert (second.state, second.run) == ("cancelled", None)
    then: list[tuple[str, int]] = []
    first.ended.connect(lambda: then.append((third.state, third.done)))
    ended(qtbot, first)
    ended(qtbot, third)
    assert then in ([("waiting", 0)], [("preparing", 0)])
    assert (first.state, third.state) == ("finished", "finished")
    with Store(db, read_only=True) as store:
        assert [listed.id for listed in store.run_list()][:2] == [third.run, first.run]


def test_a_paused_job_does_nothing_until_it_goes_on_and_a_cancelled_one_is_kept_and_resumed(
    qtbot: QtBot, runner: Runner, db: Path
) -> None:
    job = going(qtbot, runner.start(*long_plan()))
    job.pause()
    assert job.state == "paused"
    qtbot.wait(800)  # tasks in hand are finished
    before = job.done
    left = job.seconds_left
    assert left is not None
    assert left > 1
    qtbot.wait(700)
    assert job.done == before
    assert job.seconds_left == pytest.approx(left)
    job.go_on()
    qtbot.waitUntil(lambda: job.done > before + 4, timeout=SECONDS)
    assert job.state == "running"
    job.cancel()
    ended(qtbot, job)
    assert job.done < job.total
    assert job.state == "cancelled"
    assert "are finished and kept" in job.message
    assert job.run is not None
    assert status(db, job.run) == "interrupted"
    kept = len(stored(db, job.run).replications)
    assert kept >= job.stored > 0
    again = going(qtbot, runner.resume(job.run), kept + 1)
    assert again.run == job.run
    again.cancel()
    ended(qtbot, again)


def test_a_finished_run_is_extended_to_the_figures_of_an_unbroken_one(qtbot: QtBot, runner: Runner, db: Path) -> None:
    job = ended(qtbot, runner.start(*short_plan(2)))
    assert job.run is not None
    more = ended(qtbot, runner.extend(job.run, 5))
    assert (more.state, more.message) == ("finished", "")
    assert figures(stored(db, job.run)) == figures(run(short_plan(5)[0], workers=1))
    assert status(db, job.run) == "finished"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_worker_that_is_killed_fails_the_job_with_what_was_finished_and_the_next_run_works(
    qtbot: QtBot, runner: Runner, db: Path
) -> None:
    job = going(qtbot, runner.start(*long_plan()))
    assert runner.process_id is not None
    os.kill(children(runner.process_id)[-1], signal.SIGKILL)
    ended(qtbot, job)
    assert job.state == "failed"
    assert "a worker process ended unexpectedly" in job.message
    assert f"Finished replications are kept as run {job.run}" in job.message
    assert status(db, job.run) == "failed"
    assert ended(qtbot, runner.start(*short_plan())).state == "finished"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_runner_that_is_told_to_end_notes_its_run_as_interrupted(
    qtbot: QtBot, runner: Runner, db: Path, name: str
) -> None:
    job = going(qtbot, runner.start(*long_plan()))
    told = runner.process_id
    assert told is not None
    workers = children(told)
    os.kill(told, getattr(signal, name))
    ended(qtbot, job)
    assert "What was finished is kept" in job.message or job.state == "cancelled"
    assert status(db, job.run) == "interrupted"
    qtbot.waitUntil(lambda: runner.process_id is None, timeout=SECONDS)
    qtbot.waitUntil(lambda: not any(alive(process) for process in workers), timeout=SECONDS)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_runner_that_is_killed_fails_the_job_and_another_takes_its_place(
    qtbot: QtBot, runner: Runner, db: Path
) -> None:
    job = going(qtbot, runner.start(*long_plan()))
    killed = runner.process_id
    assert killed is not None
    workers = children(killed)
    with qtbot.waitSignal(runner.store_changed, timeout=SECONDS):
        os.kill(killed, signal.SIGKILL)
        ended(qtbot, job)
        assert job.state == "failed"
        assert (
            job.message
            == "The simulation stopped unexpectedly. Finished replications are kept; resume the run to continue."
        )
    assert status(db, job.run) == "interrupted"
    assert ended(qtbot, runner.start(*short_plan())).state == "finished"
    assert runner.process_id != killed
    assert not any(alive(process) for process in workers)


def test_a_store_that_another_program_has_fails_the_job_in_plain_words(qtbot: QtBot, runner: Runner, db: Path) -> None:
    Store(db).close()
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("begin exclusive")
    job = ended(qtbot, runner.start(*short_plan()))
    other.execute("rollback")
    other.close()
    assert job.state == "failed"
    assert "another program is writing to this store" in job.message
    assert ended(qtbot, runner.start(*short_plan())).state == "finished"


def test_a_damaged_store_fails_the_job_in_plain_words(qtbot: QtBot, tmp_path: Path) -> None:
    db = tmp_path / "s.sqlite"
    db.write_bytes(b"not a store, whatever it is called")
    runner = Runner(db)
    job = ended(qtbot, runner.start(*short_plan()))
    runner.close()
    assert job.state == "failed"
    assert "this is not a store" in job.message


@pytest.mark.slow
def test_a_disk_that_gets_full_fails_the_job_and_the_run_goes_on_when_there_is_space(qtbot: QtBot, disk: Disk) -> None:
    db = disk.folder / "s.sqlite"
    runner = Runner(db, patience=0.5)
    try:
        job = ended(qtbot, runner.start(*short_plan(60)))
        assert job.state == "failed"
        assert "the disk is full; what was stored before is kept; free some space" in job.message
        assert job.run is not None
        disk.remount("size=20m")
        again = ended(qtbot, runner.resume(job.run))
        assert (again.state, again.message) == ("finished", "")
        assert figures(stored(db, job.run)) == figures(run(short_plan(60)[0], workers=1))
    finally:
        runner.close()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are looked up in /proc here")
def test_closing_interrupts_the_run_and_leaves_no_process_behind(qtbot: QtBot, tmp_path: Path) -> None:
    db = tmp_path / "s.sqlite"
    runner = Runner(db)
    job, waiting = going(qtbot, runner.start(*long_plan())), runner.start(*short_plan())
    assert runner.process_id is not None
    processes = [runner.process_id, *children(runner.process_id)]
    assert len(processes) > 1
    runner.close()
    assert (job.state, waiting.state) == ("cancelled", "cancelled")
    assert status(db, job.run) == "interrupted"
    assert not any(alive(process) for process in processes)
    assert runner.start(*short_plan()).state == "cancelled"


def children(process: int) -> list[int]:
    """The workers that a process started, in the order of their start.

    Those that are forked are children of what they are forked from; they have pipes in common with who started them.
    """
    own = _pipes(process) - _pipes(os.getpid())
    workers = [worker for worker, command in _started_by(process) if b"forkserver" not in command]
    for template, command in [*_started_by(os.getpid()), *_started_by(process)]:
        if b"forkserver" in command and template != process:
            workers += [worker for worker, _ in _started_by(template) if worker != process and _pipes(worker) & own]
    return sorted(set(workers))


def _started_by(process: int) -> Iterator[tuple[int, bytes]]:
    """Without what only tracks resources."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and alive(int(folder.name)):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
            if parent == process and b"resource_tracker" not in command:
                yield int(folder.name), command


def _pipes(process: int) -> set[str]:
    """The pipes that a process has open."""
    opened = set()
    for number in os.listdir(f"/proc/{process}/fd") if alive(process) else ():
        with contextlib.suppress(OSError):  # it closes some while it works
            opened.add(os.readlink(f"/proc/{process}/fd/{number}"))
    return {name for name in opened if name.startswith("pipe:")}


def alive(process: int) -> bool:
    """Whether a process is there and not a mere remainder."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
