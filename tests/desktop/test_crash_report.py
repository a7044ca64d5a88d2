"""A failure nobody foresaw leaves the window usable, is told, and can be read about; nothing is read by --safe."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Theme
from app.desktop.safety.log import NAME, LogPanel, begin_log, end_log
from app.desktop.start import show_window
from app.desktop.window import Window
from app.files.crash_reports import LastWords, hard_crashes, report_on, without_home, write_report
from tests.desktop.conftest import Open
from tests.desktop.hands import click, turn

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Here things go wrong on purpose, and are logged."""


@pytest.fixture
def listening(window: Window) -> Iterator[Window]:
    window.safety.crashes.listen()
    yield window
    window.safety.crashes.close()


def fail() -> None:
    raise ValueError("nobody foresaw this")


def reports(window: Window) -> list[Path]:
    return sorted(window.settings.log_folder.glob("crash-*.txt"))


def told(window: Window) -> list[str]:
    return [text for text in window.messages.texts if "Something went wrong" in text]


def program(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    homes = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | homes
    command = [sys.executable, "-m", "tests.desktop.program_that", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_failure_in_a_slot_is_told_and_the_window_stays_usable(listening: Window) -> None:
    window = listening
    window.document.set("Rename", {"name": "Kept"})
    button = QPushButton("Fail", window)
    button.clicked.connect(fail)
    button.click()
    turn()
    assert told(window) == ["Problem: Something went wrong: ValueError: nobody foresaw this. Your work is kept."]
    assert window.document.tables["name"] == "Kept"
    window.commands["undo"].trigger()
    assert not window.document.is_dirty
    click(window.messages.button("Show report"))
    panel = window.safety.log.widget()
    assert isinstance(panel, LogPanel)
    assert window.safety.log.isVisible()
    assert "ValueError: nobody foresaw this" in panel.text.toPlainText()
    assert "in fail" in panel.text.toPlainText()
    (report,) = reports(window)
    assert report.read_text(encoding="utf-8") == panel.text.toPlainText()


def test_what_fails_again_and_again_is_told_and_written_once(listening: Window) -> None:
    # Not QTimer.singleShot(): in PySide6 6.10 the process ends by a fault where what it calls fails.
    timers = [QTimer(singleShot=True, interval=0) for _ in range(20)]
    for timer in timers:
        timer.timeout.connect(fail)
        timer.start()
    turn()
    assert len(told(listening)) == 1
    assert len(reports(listening)) == 1


def test_a_failure_in_a_thread_is_told(listening: Window, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail, name="reading")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told(listening)))
    assert "where: reading" in reports(listening)[0].read_text(encoding="utf-8")


def test_a_report_says_versions_and_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: ROOT)
    try:
        fail()
    except ValueError as error:
        report = report_on(error)
    assert "PySide6" in report
    assert "~" in report
    assert str(ROOT) not in report
    assert without_home(f"{ROOT}/a") == "~/a"


def test_old_reports_go(tmp_path: Path) -> None:
    for number in range(30):
        write_report(tmp_path, str(number))
    assert len(list(tmp_path.iterdir())) == 20


def test_last_words_of_a_process_that_lives_are_not_taken(tmp_path: Path) -> None:
    words = LastWords.new(tmp_path)
    words.file.write(b"Fatal Python error: Segmentation fault\n")
    words.file.flush()
    assert not hard_crashes(tmp_path)
    words.file.close()
    (report,) = hard_crashes(tmp_path)
    assert "Segmentation fault" in report
    assert not hard_crashes(tmp_path)


def test_a_report_on_a_fault_is_offered_at_the_next_start(tmp_path: Path, open_window: Open) -> None:
    ended = program(tmp_path / "home", "fault")
    assert ended.returncode != 0
    assert (ended.stdout, ended.stderr) == ("", "")
    (words,) = (tmp_path / "home").rglob("last-words-*.txt")
    log = tmp_path / "log"
    log.mkdir()
    words.rename(log / words.name)
    window = open_window()
    assert any("crashed last time" in text for text in window.messages.texts)
    click(window.messages.button("Copy report"))
    assert "Fatal Python error" in QGuiApplication.clipboard().text()
    window.close_now()
    assert not open_window().messages.texts


def test_the_program_prints_nothing_and_logs_what_goes_wrong(tmp_path: Path) -> None:
    ended = program(tmp_path, "fail")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    (log,) = tmp_path.rglob(NAME)
    assert "ValueError: nobody foresaw this" in log.read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("last-words-*"))


def test_safe_neither_reads_nor_changes_what_was_kept(tmp_path: Path) -> None:
    file = tmp_path / "desktop.ini"
    before = Settings(file)
    before.theme = Theme(dark=True)
    before.remember(tmp_path / "a.toml")
    before.save()
    kept = file.read_bytes()
    unsaved = tmp_path / "unsaved"
    unsaved.mkdir()
    (unsaved / "one.toml").write_text("broken")
    window = show_window(None, tmp_path / "runs.sqlite", Settings.safe(file))
    try:
        assert not window.appearance.theme.dark
        assert not window.settings.live
        assert window.settings.recent == []
        window.commands["dark"].trigger()
        window.settings.remember(tmp_path / "b.toml")
        assert window.settings.recent == [tmp_path / "b.toml"]
    finally:
        window.close_now()
        window.deleteLater()
        turn()
    assert file.read_bytes() == kept
    assert [path.name for path in unsaved.iterdir()] == ["one.toml"]


def test_the_program_starts_safely(tmp_path: Path) -> None:
    ended = program(tmp_path, "quit", "--safe")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert not list(tmp_path.rglob("desktop.ini"))


def test_the_log_takes_what_qt_says_and_shows_its_end(listening: Window) -> None:
    handler = begin_log(listening.settings.log_folder)
    qWarning("a word from Qt")
    end_log(handler)
    listening.commands["log"].trigger()
    panel = listening.safety.log.widget()
    assert isinstance(panel, LogPanel)
    assert "a word from Qt" in panel.text.toPlainText()
    assert str(listening.settings.log_folder) in panel.heading.text()


def test_without_a_place_for_the_log_the_program_starts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    before = list(logging.getLogger().handlers)
    handler = begin_log(tmp_path / "log")
    end_log(handler)
    assert handler is None
    assert logging.getLogger().handlers == before
