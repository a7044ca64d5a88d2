"""Garbage is collected in the thread of the window alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from sim.freed import give_back

_LOOK_EVERY_MS = 250


class GarbageCollection(QObject):
    """Looks for garbage between events of the window, and keeps Python from doing so by itself.

    Python looks in whatever thread makes objects just then. Parts of Qt that it found in a thread which reads the store
    would be taken down there, which damages memory.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(collect)
        self._timer.start()

    def close(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()


def collect() -> None:
    """Collect the generations that are due, the oldest among them with all younger ones.

    With the oldest one, what was freed until then is given back to the system.
    """
    due = [
        generation
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > threshold
    ]
    if due and due[-1] == 2:
        give_back()
    elif due:
        gc.collect(due[-1])
