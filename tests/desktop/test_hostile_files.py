"""Files that are odd as a whole, in the window: opened within 20 seconds, with findings; what can be run is shown."""

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sim.scenario import edit
from tests.desktop.conftest import Open
from tests.faults.test_far_too_much import SCENARIOS, SECONDS
from tests.shared import shared

RUN_MS = 240_000


@pytest.mark.slow
@pytest.mark.parametrize("what", SCENARIOS)
def test_a_file_with_far_too_much_in_it_opens_and_is_told_what_is_wrong(
    open_window: Open, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "much.toml"
    path.write_text(SCENARIOS[what]())
    begin = time.monotonic()
    window = open_window(path)
    assert window.document.reading.errors > 0
    QApplication.processEvents()
    assert time.monotonic() - begin < SECONDS
    assert window.document.text == path.read_text()


@pytest.mark.slow
def test_a_journey_without_any_outcome_is_run_and_shown(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    text = shared("cases", "27_no_outcome.toml").read_text(encoding="utf-8")
    arms = [{"id": "now"}, {"id": "later", "set": {"population.size": 50}}]
    (tmp_path / "none.toml").write_text(edit(text, {"experiment.arms": arms, "experiment.replications": 3}))
    window = open_window(tmp_path / "none.toml")
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.simulation.results is not None and not window.simulation.busy, timeout=RUN_MS)
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
    assert window.results.tabs.count() > 0
