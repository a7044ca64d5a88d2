"""Asks the process that looks into things, which is started with the first question and ended with the window."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.desktop.jobs.link import Link
from app.processes.study.messages import Answered, Asked, Doing, Question, Unanswered
from app.processes.study.process import work

DIED: Final = "The process that looked into this ended unexpectedly. Ask again to start another one."

Then = Callable[[Any], None]


class Asking(QObject):
    """One question at a time: a newer one takes the place of the one before, whose answer nobody wants any more."""

    doing = Signal(str)
    """what is done at the moment; nothing once there is an answer"""
    failed = Signal(str)
    """why there is no answer"""

    def __init__(self, parent: QObject) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._link: Link | None = None
        self._number = 0
        self._then: Then | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._then is not None

    @property
    def process(self) -> BaseProcess | None:
        """The process that answers; None while there is none."""
        return self._link.process if self._link else None

    def ask(self, question: Question, then: Then) -> None:
        """Ask; `then` is told the answer."""
        if self.busy:
            self.close()  # what is under way cannot be stopped otherwise
        if self._link is None:
            self._link = Link(work, (), "study", self)
            self._link.heard.connect(self._hear)
            self._link.broken.connect(self._lose)
        self._number += 1
        self._then = then
        self.doing.emit("Looking into it")
        self._link.tell(Asked(self._number, question))

    def close(self) -> None:
        """End the process, and with it what it is at."""
        link, self._link, self._then = self._link, None, None
        if link is not None:
            link.end()
            link.deleteLater()

    def _hear(self, news: Doing | Answered | Unanswered) -> None:
        if self._then is None or news.number != self._number:
            return
        if isinstance(news, Doing):
            self.doing.emit(news.words)
            return
        then, self._then = self._then, None
        self.doing.emit("")
        if isinstance(news, Answered):
            then(news.answer)
        else:
            self.failed.emit(news.words)

    def _lose(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.deleteLater()
        if self._then is not None:
            self._then = None
            self.doing.emit("")
            self.failed.emit(DIED)
