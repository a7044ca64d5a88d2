"""What goes wrong unforeseen: written into log and report, told without stopping anybody, never sent anywhere."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from app.desktop.frame.messages import Answer, Messages
from app.files.crash_reports import LastWords, hard_crashes, report_on, signature, write_report

_log = logging.getLogger("app.desktop")
_AGAIN_AFTER = 5.0
"""seconds within which the same failure is told only once: drawing may fail with every frame"""
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Crashes(QObject):
    """Hears of failures that nobody foresaw, wherever they happen in this process."""

    _failed = Signal(object, str)
    """an exception, and the thread it ended; in this object's own thread from here on"""

    def __init__(self, folder: Path, messages: Messages, show_report: Callable[[str, str], object]) -> None:
        """Write reports into `folder`; `show_report` takes a title and the report's text."""
        super().__init__(messages)
        self._folder, self._messages, self._show_report = folder, messages, show_report
        self._told: dict[str, float] = {}
        self._last_words: LastWords | None = None
        self._before: tuple[object, object] | None = None
        self._failed.connect(self._tell)

    def listen(self) -> None:
        """Hear of everything from now on, until `close`."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread
        qInstallMessageHandler(_hear_qt)
        try:
            self._last_words = LastWords.new(self._folder)
        except OSError as error:
            _log.warning("no report can be written should the program be ended by a fault: %s", error)
        else:
            faulthandler.enable(self._last_words.file)

    def offer(self) -> None:
        """Offer the report on a process that was ended by a fault since the last time."""
        crashes = hard_crashes(self._folder)
        if not crashes:
            return
        report = "\n\n".join(crashes)
        with contextlib.suppress(OSError):
            write_report(self._folder, report)
        _log.error("an earlier process was ended by a fault:\n%s", report)
        self._messages.say(
            "crash-report",
            "Journey Sandbox crashed last time. There is a report; it is not sent anywhere.",
            "warning",
            [*self._answers("What happened last time", report), ("Dismiss", lambda: None)],
            stays=True,
        )

    def close(self) -> None:
        """Hear no more."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before  # type: ignore[assignment]
            qInstallMessageHandler(None)  # type: ignore[arg-type]
            self._before = None
        if self._last_words is not None:
            faulthandler.disable()
            self._last_words.close()
            self._last_words = None

    def _hear(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._failed.emit(error.with_traceback(trace), "")

    def _hear_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            with contextlib.suppress(RuntimeError):
                self._failed.emit(args.exc_value, args.thread.name if args.thread is not None else "")

    def _tell(self, error: BaseException, thread: str) -> None:
        key, moment = signature(error), time.monotonic()
        first = key not in self._told
        if not first and moment - self._told[key] < _AGAIN_AFTER:
            return
        self._told[key] = moment
        _log.error("something went wrong%s", f" in {thread}" if thread else "", exc_info=error)
        report = report_on(error, thread)
        if first:
            with contextlib.suppress(OSError):
                write_report(self._folder, report)
        said = " ".join(str(error).split())
        words = f"{type(error).__name__}: {said}" if said else type(error).__name__
        if words[-1] not in ".!?":
            words += "."
        self._messages.say(
            "crash",
            f"Something went wrong: {words} Your work is kept.",
            "error",
            self._answers("What went wrong", report)[:1],
            stays=True,
        )

    def _answers(self, title: str, report: str) -> list[Answer]:
        return [
            ("Show report", lambda: self._show_report(title, report)),
            ("Copy report", lambda: QGuiApplication.clipboard().setText(report)),
        ]


def _hear_qt(kind: QtMsgType, where: QMessageLogContext, text: str) -> None:
    category = where.category or "default"
    logging.getLogger(f"qt.{category}").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
