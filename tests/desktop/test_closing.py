"""A window that closes while something is run says what becomes of it, and does what is answered."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.jobs import Job
from app.desktop.window import Window
from app.processes.runner.messages import Begin
from sim.scenario import new_text
from sim.store import Store
from tests.builders import small
from tests.desktop.conftest import Open
from tests.desktop.hands import click


def begin(window: Window, *stored: int) -> list[Job]:
    """Jobs that are under way or wait, without anything that simulates."""
    simulation = window.simulation
    jobs = [Job(Begin(number, b"", ""), lambda _: None) for number, _ in enumerate(stored)]
    for job, count in zip(jobs, stored, strict=True):
        job.stored = count
        job.ended.connect(simulation._end)
    simulation.runner._jobs.extend(jobs)
    simulation.job = jobs[-1]
    return jobs


def said(window: Window) -> str:
    return " ".join(window.messages.texts)


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ((0,), "None of its replications is finished yet."),
        ((1,), "The 1 replication that is finished is kept, and Resume in the list of runs continues it."),
        ((1200, 0), "The 1,200 replications that are finished are kept, and Resume"),
        ((3, 0), "1 more waits and would not be begun."),
    ],
)
def test_closing_says_what_is_kept_and_what_is_not(window: Window, stored: tuple[int, ...], words: str) -> None:
    begin(window, *stored)
    window.close()
    assert window.isVisible()
    assert words in said(window)
    click(window.messages.button("Stay here"))
    assert window.isVisible()
    assert not window.messages.texts


def test_closing_can_wait_for_the_end_of_the_run_and_still_asks_about_changes(window: Window) -> None:
    first, second = begin(window, 3, 0)
    window.close()
    click(window.messages.button("Close when it has finished"))
    window.document.set("Rename", {"name": "Mine"})
    first.fail("", cancelled=True)
    assert window.isVisible()
    second.fail("", cancelled=True)
    assert window.isVisible()
    assert "has unsaved changes" in said(window)
    click(window.messages.button("Discard changes"))
    assert not window.isVisible()


def test_a_window_that_waits_can_be_kept_after_all(window: Window) -> None:
    (job,) = begin(window, 3)
    window.close()
    click(window.messages.button("Close when it has finished"))
    click(window.messages.button("Stay here"))
    job.fail("", cancelled=True)
    assert window.isVisible()


def test_stopping_the_run_still_asks_about_changes(window: Window) -> None:
    begin(window, 3)
    window.document.set("Rename", {"name": "Mine"})
    window.close()
    click(window.messages.button("Stop the run and close"))
    assert window.isVisible()
    assert "has unsaved changes" in said(window)
    click(window.messages.button("Discard changes"))
    assert not window.isVisible()


@pytest.mark.slow
def test_a_run_that_was_stopped_by_closing_is_kept_and_gone_on_with(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    long = small(population={"size": 3000}, experiment={"seed": 7, "replications": 20_000})
    window.document.new(new_text(long))
    window.commands["run"].trigger()
    job = window.simulation.job
    assert job is not None
    qtbot.waitUntil(lambda: job.stored > 0 or job.over, timeout=120_000)
    window.close()
    assert window.isVisible()
    click(window.messages.button("Stop the run and close"))
    assert not window.isVisible()
    assert job.run is not None
    with Store(tmp_path / "runs.sqlite", read_only=True) as store:
        run = store.run(job.run)
        assert run.status == "interrupted"
    again = open_window()
    again.simulation.resume(job.run)
    resumed = again.simulation.job
    assert resumed is not None
    qtbot.waitUntil(lambda: resumed.stored > job.stored or resumed.over, timeout=120_000)
    assert not resumed.over, resumed.message
