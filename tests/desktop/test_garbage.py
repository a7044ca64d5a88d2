"""Garbage with parts of Qt in it is collected in the thread of the window, and in no other."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.safety.garbage import GarbageCollection


class Part(QObject):
    def __init__(self, ended_in: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ended_in.append(threading.current_thread().name))


def test_a_thread_that_makes_many_objects_takes_no_part_of_qt_down(qapp: QApplication, qtbot: QtBot) -> None:
    ended_in: list[str] = []
    collection = GarbageCollection()
    Part(ended_in)
    busy = threading.Thread(target=lambda: [[] for _ in range(100 * gc.get_threshold()[0])])
    busy.start()
    busy.join()
    assert ended_in == []
    made = [[] for _ in range(2 * gc.get_threshold()[0])]  # type: ignore[var-annotated]
    qtbot.waitUntil(lambda: ended_in == ["MainThread"], timeout=5_000)
    assert made
    collection.close()
    assert gc.isenabled()
