"""A window of its own for each test; whatever it leaves behind fails the test."""

import gc
import logging
import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Appearance
from app.desktop.sections import SettingsView
from app.desktop.start import show_window
from app.desktop.window import Window
from tests.desktop.everything import EVERYTHING

Open = Callable[..., Window]


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing may be logged that a person would have to look at."""
    yield
    loud = [record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)
            if record.levelno >= logging.WARNING]  # fmt: skip
    assert not loud, loud


@pytest.fixture(autouse=True)
def _collected(qapp: QApplication) -> Iterator[None]:
    """Garbage with parts of Qt in it is collected in this thread alone, as in the window.

    What is left of a test is not looked through again after each of those that follow.
    """
    gc.disable()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # here, for until now the test before held what it was given
    gc.freeze()
    yield
    gc.enable()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens windows with settings and a store of their own; sees that they end with everything they began."""
    opened: list[Window] = []
    before = multiprocessing.active_children()  # workers that another test keeps warm

    def open_one(file: Path | None = None) -> Window:
        window = show_window(file, tmp_path / "runs.sqlite", Settings(tmp_path / "desktop.ini"))
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.close_now()
        window.deleteLater()
    opened.clear()
    QApplication.clipboard().clear()  # without a screen, Qt deletes what is left there when Python is gone, and crashes
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # outside an event loop only when it is asked for
    gc.collect()
    running = [one for one in gc.get_objects() if isinstance(one, QTimer) and _is_active(one)]
    assert not running, [timer.parent() for timer in running]
    assert not [process for process in multiprocessing.active_children() if process not in before]


@pytest.fixture
def window(open_window: Open) -> Window:
    """One window with a blank journey."""
    return open_window()


def _is_active(timer: QTimer) -> bool:
    try:
        return timer.isActive()
    except RuntimeError:  # its C++ half is gone
        return False


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    """A scenario with one of everything."""
    made = Document()
    made.new(EVERYTHING)
    yield made
    made.close()


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> SettingsView:
    """Its settings, on the screen."""
    made = SettingsView(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made
