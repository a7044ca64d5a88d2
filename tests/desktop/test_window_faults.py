"""What goes wrong is said in the window, which stays usable and loses nothing."""

import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.window import Window
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from sim.store import Store
from tests.desktop.conftest import Open
from tests.desktop.test_jobs import children
from tests.faults.conftest import Disk, disk

__all__ = ["disk"]  # a fixture

RUN_MS = 120_000


def shop(window: Window, replications: int = 3, customers: int = 300) -> None:
    """Open the shop, quick to run."""
    text = shipped_scenarios()["cart-recovery"].read_text()
    changes = {"population.size": customers, "experiment.replications": replications}
    window.document.new(edit(text, changes))


def ended(window: Window, qtbot: QtBot) -> str:
    """Wait until the job is over; how it ended."""
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    assert window.simulation.job is not None
    return window.simulation.job.state


def says(window: Window, words: str) -> bool:
    return any(words in text for text in window.messages.texts)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_worker_killed_in_a_run_is_told_and_the_run_is_resumed_with_a_click(window: Window, qtbot: QtBot) -> None:
    shop(window, 60, 4000)
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: window.simulation.job.stored >= 1, timeout=RUN_MS)
    os.kill(children(window.simulation.runner.process_id)[-1], signal.SIGKILL)
    assert ended(window, qtbot) == "failed"
    assert says(window, "a worker process ended unexpectedly")
    run = window.simulation.job.run
    window.messages.button("Resume").click()
    assert ended(window, qtbot) == "finished"
    assert window.simulation.job.run == run
    qtbot.waitUntil(lambda: len(window.simulation.results.replications) == 60, timeout=RUN_MS)
    assert not says(window, "unexpectedly")


def test_a_locked_store_is_told_and_the_next_run_works(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    Store(tmp_path / "runs.sqlite").close()
    window = open_window()
    window.simulation.runner._patience = 0.5
    shop(window)
    other = sqlite3.connect(tmp_path / "runs.sqlite", isolation_level=None)
    other.execute("begin exclusive")
    try:
        window.commands["run"].trigger()
        assert ended(window, qtbot) == "failed"
        assert says(window, "another program is writing to this store")
        window.document.set("Price", {"behaviour.price_index": 1.1})
        assert window.document.is_dirty
    finally:
        other.execute("rollback")
        other.close()
    window.commands["run"].trigger()
    assert ended(window, qtbot) == "finished"
    assert not says(window, "another program")


def test_a_damaged_store_is_told_and_the_journey_can_be_edited_and_saved(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"not a store, whatever it is called")
    window = open_window()
    shop(window)
    window.commands["run"].trigger()
    assert ended(window, qtbot) == "failed"
    assert says(window, "this is not a store")
    window.document.set("Price", {"behaviour.price_index": 1.1})
    assert window.files.save_to(tmp_path / "mine.toml")
    assert "price_index = 1.1" in (tmp_path / "mine.toml").read_text()
    assert (tmp_path / "runs.sqlite").read_bytes() == b"not a store, whatever it is called"


def test_a_full_disk_keeps_the_old_file_and_the_changes(window: Window, disk: Disk, tmp_path: Path) -> None:
    path = disk.folder / "mine.toml"
    shop(window)
    assert window.files.save_to(path)
    before = path.read_bytes()
    window.document.set("About", {"about": "More words. " * 1000})
    disk.fill()
    assert not window.files.save()
    assert says(window, "was not saved")
    assert path.read_bytes() == before
    assert {each.name for each in disk.folder.iterdir()} == {"mine.toml", "filler"}
    assert window.document.is_dirty
    assert window.files.save_to(tmp_path / "elsewhere.toml")
    assert not window.document.is_dirty
    assert not says(window, "was not saved")


def test_a_file_that_was_changed_by_another_program_is_not_overwritten_unasked(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    shop(window)
    window.files.save_to(path)
    window.document.set("Price", {"behaviour.price_index": 1.1})
    theirs = path.read_text() + "# theirs\n"
    with qtbot.waitSignal(window.document.changed_on_disk, timeout=5000):
        path.write_text(theirs)
    assert says(window, "you have unsaved changes")
    window.messages.button("Reload from disk").click()
    assert window.document.text == theirs
    window.commands["undo"].trigger()
    assert "price_index = 1.1" in window.document.text
