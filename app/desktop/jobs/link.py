"""A process that simulates, seen from the window: started, told what to do, heard without waiting, ended."""

import atexit
import contextlib
import sys
import threading
from collections import deque
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from app.processes.runner.messages import Close, Ready

_CLOSING_SECONDS: Final = 6.0
"""After its own time to store what is finished, the process is ended from outside."""
_POLLING_MILLISECONDS: Final = 50


class Link(QObject):
    """One process and the connection to it."""

    heard = Signal(object)
    """what the process says"""
    broken = Signal()
    """the process is gone though nobody closed it"""

    def __init__(self, work: Callable[..., None], arguments: tuple[object, ...], name: str, parent: QObject) -> None:
        """Start a process that does `work(connection, *arguments)`; nobody waits until it answers.

        It says Ready once it listens, and ends when told to Close.
        """
        super().__init__(parent)
        self._connection, theirs = Pipe()
        self._process: BaseProcess | None = None
        # What that needs is loaded with the first process, which takes as long as showing the window does; and where
        # processes are forked, the first one waits until the engine is loaded.
        self._starting = threading.Thread(target=self._start, args=(theirs, work, arguments, name), daemon=True)
        self._starting.start()
        # Otherwise Python would wait at its end for a process that waits for Python.
        atexit.register(self.close)
        self._ready = False
        self._open = True
        self._unsent: deque[object] = deque()
        """what it is told once it listens; a pipe takes only so much before that"""
        if sys.platform == "win32":
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._listen)
            self._timer.start(_POLLING_MILLISECONDS)
        else:
            self._notifier = QSocketNotifier(self._connection.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._listen)

    def _start(self, theirs: Connection, work: Callable[..., None], arguments: tuple[object, ...], name: str) -> None:
        from sim.experiment.starting import start_helper

        with theirs:  # where it does not start, nobody has that end any more, and this one hears so
            self._process = start_helper(work, (theirs, *arguments), name)

    @property
    def process_id(self) -> int | None:
        """The process as the operating system calls it; None while it is being started."""
        return self._process.pid if self._process is not None else None

    @property
    def process(self) -> BaseProcess | None:
        """The process itself; None while it is being started."""
        return self._process

    def tell(self, order: object) -> None:
        """Send an order as soon as the process listens."""
        self._unsent.append(order)
        self._send()

    def close(self) -> None:
        """End the process and see that it has ended; a run under way is interrupted, and what is finished is kept."""
        if not self._open:
            return
        self._unsent = deque([Close()])
        self._ready = True
        self._send()
        self._stop_listening()
        self._starting.join()
        if self._process is not None:
            self._process.join(_CLOSING_SECONDS)
        self._kill()
        with contextlib.suppress(EOFError, OSError):
            while self._connection.poll():
                self.heard.emit(self._connection.recv())
        self._release()

    def end(self) -> None:
        """End the process at once, whatever it is at; only for one that leaves nothing half done."""
        if self._open:
            self._stop_listening()
            self._kill()
            self._release()

    def _send(self) -> None:
        with contextlib.suppress(OSError):  # the end of the connection is heard of by reading
            while self._ready and self._unsent:
                self._connection.send(self._unsent.popleft())

    def _listen(self) -> None:
        try:
            while self._open and self._connection.poll():
                news = self._connection.recv()
                if isinstance(news, Ready):
                    self._ready = True
                    self._send()
                else:
                    self.heard.emit(news)
        except (EOFError, OSError):
            self._stop_listening()
            self._kill()  # where only the connection broke
            self._release()
            self.broken.emit()

    def _kill(self) -> None:
        self._starting.join()
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def _stop_listening(self) -> None:
        if sys.platform == "win32":
            self._timer.stop()
        else:
            self._notifier.setEnabled(False)

    def _release(self) -> None:
        self._open = False
        self._connection.close()
        atexit.unregister(self.close)
        if self._process is not None:
            self._process.close()
