"""What is to be read from or written to the store while the window goes on; SQLite holds no lock of Python's."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Errand = Callable[[], Any]
Then = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Errands(QObject):
    """Does one errand after the other in a thread that lives only while there are any."""

    _done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is to be done yet."""
        super().__init__(parent)
        self._waiting: deque[tuple[Errand, Then, Failed, bool]] = deque()
        self._told: deque[tuple[Then | Failed, Any]] = deque()
        """what came of errands, and who is to be told; a signal from another thread had better carry no objects"""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def do(self, errand: Errand, then: Then, failed: Failed, kept: bool = False) -> None:
        """Do something elsewhere; `then` is told here what it gives, or `failed` what went wrong.

        What is `kept` is done also where the window ends before its turn.
        """
        with self._lock:
            self._waiting.append((errand, then, failed, kept))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="Runs of the store", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Forget what has not been begun and need not be kept, and wait for the rest."""
        with self._lock:
            self._waiting = deque(one for one in self._waiting if one[3])
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                errand, then, failed, _ = self._waiting.popleft()
            try:
                result = errand()
            except Exception as error:
                self._hand_over(failed, error)
            else:
                self._hand_over(then, result)

    def _hand_over(self, told: Then | Failed, what: Any) -> None:
        self._told.append((told, what))
        try:
            self._done.emit()
        except RuntimeError:  # the window is gone, and nobody wants to know
            return

    def _tell(self) -> None:
        while self._told:
            told, what = self._told.popleft()
            told(what)
