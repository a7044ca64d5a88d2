"""The first hour of somebody new, by mouse and keyboard from beginning to end; and killed in the middle of it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop.window import Window
from app.first_steps.templates import scenario_text, templates
from sim.scenario import parse
from tests.desktop.first_hour import (
    FIGURES,
    Letter,
    add_a_rule,
    add_an_arm,
    begin,
    compare,
    copy_chart,
    drag_slider,
    few_replications,
    lever,
    live_sentence,
    make_a_shop,
    open_run,
    recent_tile,
    run,
    take_the_tour,
    until,
)
from tests.desktop.first_hour_until_killed import MARK
from tests.desktop.hands import CONTROL, click, press, turn

Key = Qt.Key
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Window]]:
    """Starts the window as somebody new gets it; the second time they are known."""
    begun: list[Window] = []

    def start_one() -> Window:
        begun.append(begin(tmp_path))
        return begun[-1]

    yield start_one
    for window in begun:
        window.close_now()
        window.deleteLater()


def test_the_first_hour(
    start: Callable[[], Window], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    assert window.first_steps.welcome is not None
    assert window.first_steps.welcome.isVisible()

    assert len(take_the_tour(window)) == 8
    assert window.settings.tour_taken
    assert window.simulation.results is not None

    make_a_shop(window, FIGURES)
    asked = {figure.id: figure.answer_in(FIGURES[figure.id]) for figure in templates()["shop"].figures}
    assert window.document.text == scenario_text(templates()["shop"], asked, "My online shop")

    said = add_a_rule(window)
    rule = parse(window.document.text).scenario.rules[-1]
    assert (rule.id, rule.do) == ("thank-buyers", "new-action")
    assert said == "One day after somebody enters “Order placed”, send “Thank you” by E-mail."

    steps, before = window.document.undo_stack.count(), live_sentence(window)
    drag_slider(lever(window, "Holdout"), 0.1, 0.3, 0.9)
    assert window.document.undo_stack.count() == steps + 1
    assert parse(window.document.text).scenario.orchestration.holdout > 0.8
    until(lambda: window.live.words.endswith(" s") and live_sentence(window) != before)
    assert "As saved" in live_sentence(window)
    press(window, (Key.Key_Z, CONTROL))
    assert parse(window.document.text).scenario.orchestration.holdout == 0

    few_replications(window, 8)
    add_an_arm(window, "Easy checkout")
    file = parse(window.document.text)
    assert file.scenario.experiment.arms[-1].name == "Easy checkout"
    assert file.scenario.experiment.arms[-1].set == {"touchpoints.checkout.effort": 1}
    run(window)
    sentence, figures = compare(window)
    assert "“Easy checkout”" in sentence or '"Easy checkout"' in sentence
    assert [row[0] for row in figures] == ["Reminders", "Simpler checkout", "Easy checkout"]
    assert not window.messages.texts

    copy_chart(window)
    letter = Letter()
    qtbot.addWidget(letter)
    letter.show()
    letter.activateWindow()
    letter.setFocus()
    turn()
    QTest.keyClick(letter, Key.Key_V, CONTROL)
    assert letter.pasted.width() > 400
    colours = {letter.pasted.pixelColor(x, y).name() for x in range(0, letter.pasted.width(), 4)
               for y in range(0, letter.pasted.height(), 4)}  # fmt: skip
    assert window.results.reading is not None
    styles = [window.results.reading.style(arm, False).colour for arm in ("reminders", figures[-1][1])]
    assert {colour.lower() for colour in styles} <= colours
    letter.close()

    window.activateWindow()
    turn()
    mine = tmp_path / "our-shop.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine.with_suffix("")), ""))
    press(window, (Key.Key_S, CONTROL))
    text = window.document.text
    assert mine.read_text(encoding="utf-8") == text
    press(window, (Key.Key_Q, CONTROL))
    assert not window.isVisible()

    again = start()
    assert not again.messages.texts
    click(recent_tile(again, "our-shop.toml"))
    assert again.document.path == mine
    assert again.document.text == text
    assert again.canvas.isVisible()
    open_run(again)
    until(lambda: again.simulation.results is not None)
    assert compare(again) == (sentence, figures)


def test_killed_in_the_first_hour_nothing_is_lost(start: Callable[[], Window], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.desktop.first_hour_until_killed", str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        helpers = list(iter(process.stdout.readline, f"{MARK}\n"))
        edited = "".join(iter(process.stdout.readline, f"{MARK}\n"))
        kept = tmp_path / "unsaved"
        until(lambda: any(file.read_text(encoding="utf-8").endswith(edited) for file in kept.glob("*.toml")), 20)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert "thank-buyers" in edited
    assert "holdout" in edited

    window = start()
    (words,) = window.messages.texts
    assert "ended unexpectedly while you were editing My online shop" in words
    click(window.messages.button("Restore"))
    assert window.document.text == edited
    assert window.document.is_dirty
    assert window.canvas.isVisible()
    for pid in map(int, helpers):
        _wait_until_gone(pid)

    drag_slider(lever(window, "Holdout"), 0.3, 0.6)
    until(lambda: window.live.reading is not None)
    press(window, (Key.Key_Z, CONTROL))
    assert window.document.text == edited
    few_replications(window, 2)
    run(window)
    assert len(compare(window)[1]) == 2


def _wait_until_gone(pid: int) -> None:
    """Wait for a process that nobody here has begun."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} goes on alone")
