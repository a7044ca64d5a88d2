"""The log: what the program writes down about itself, and a panel that shows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance

NAME = "desktop.log"
_LARGEST = 500_000
_FILES = 3
_SHOWN = 100_000
"""characters of the log's end that the panel shows"""


def begin_log(folder: Path) -> logging.Handler | None:
    """Write what is logged into a file in `folder`, old parts of which go; None where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / NAME, maxBytes=_LARGEST, backupCount=_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("app").setLevel(logging.INFO)
    return handler


def end_log(handler: logging.Handler | None) -> None:
    """Write no more into it."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()


class LogPanel(QWidget):
    """The end of the log, or a report on what went wrong."""

    def __init__(self, appearance: Appearance, folder: Path) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self._appearance, self._folder = appearance, folder
        self.setAccessibleName("Log")
        self.heading = PlainLabel()
        self.heading.setWordWrap(True)
        self.heading.setAccessibleName("Log or report")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("Log")
        self.refresh_button = _button("Log", "Show the latest entries of the log", self.show_log)
        self.copy_button = _button("Copy", "Copy the whole text", self._copy)
        self.folder_button = _button("Open folder", f"Show the folder of the files: {folder}", self._open)
        across = QHBoxLayout()
        across.setSpacing(GRID)
        for button in (self.refresh_button, self.copy_button, self.folder_button):
            across.addWidget(button)
        across.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID)
        rows.addWidget(self.heading)
        rows.addWidget(self.text, 1)
        rows.addLayout(across)
        self.setFocusProxy(self.text)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_log(self) -> None:
        """Show the end of the log."""
        path = self._folder / NAME
        try:
            text = path.read_text(encoding="utf-8", errors="replace")[-_SHOWN:]
        except OSError:
            text = ""
        self.show_report(f"The end of {path}", text or "The log is still empty.")
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def show_report(self, title: str, text: str) -> None:
        """Show a text with a title."""
        self.heading.setText(title)
        self.text.setPlainText(text)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.points("small"))
        self.text.setFont(font)
        self.heading.setFont(theme.font("small"))


def _button(text: str, tip: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(text)
    button.clicked.connect(lambda _=False: act())
    return button
