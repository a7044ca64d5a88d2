"""The preferences: how the window looks, how often it keeps what is not saved, and where it keeps what."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.desktop.frame.settings import Settings
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.safety.log import NAME as LOG_NAME

_LONGEST_WAIT = 60
_SEPARATOR = re.compile(r"(?<=[/\\])")
_BREAK = "\u200b"
"""a space without width, at which a long path may go on in the next line"""


class Preferences(QScrollArea):
    """A panel of what holds for the program, not for a scenario; every change holds at once."""

    def __init__(
        self, appearance: Appearance, settings: Settings, store: Path, looks: list[QAction], reset: Callable[[], object]
    ) -> None:
        """`looks` are the commands that change the look, `reset` puts the panels where they were at first."""
        super().__init__()
        self._appearance, self._settings = appearance, settings
        self._titles: list[QLabel] = []
        self.setAccessibleName("Preferences")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(GRID, GRID, GRID, GRID)
        self._rows.setSpacing(GRID)
        if settings.is_safe:
            self._say("Started with --safe: changes made here are not remembered.")
        self._title("Look")
        self.looks = [self._tick(action) for action in looks]
        self._title("Unsaved changes")
        self.seconds = self._wait()
        self._add_path("Kept in", settings.unsaved_folder)
        self._title("Panels and files")
        self.reset = self._button("Reset layout", "Put all panels back in their original places", reset)
        self.forget = self._button("Forget recent files", "Clear the list of recent files", self._forget)
        self._title("Where files are kept")
        self._add_path("Runs", store)
        self._add_path("Preferences", settings.path)
        self._add_path("Log and reports", settings.log_folder / LOG_NAME)
        self._rows.addStretch(1)
        self.setWidget(page)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _title(self, words: str) -> None:
        title = PlainLabel(words)
        title.setContentsMargins(0, GRID if self._titles else 0, 0, 0)
        self._titles.append(title)
        self._rows.addWidget(title)

    def _say(self, words: str) -> QLabel:
        label = PlainLabel(words)
        label.setWordWrap(True)
        self._rows.addWidget(label)
        return label

    def _tick(self, action: QAction) -> QCheckBox:
        """A box that follows a command, and the command it."""
        box = QCheckBox(action.text())
        box.setAccessibleName(action.text())
        box.setToolTip(action.toolTip())
        box.setChecked(action.isChecked())
        box.clicked.connect(lambda _=False: action.trigger())
        action.toggled.connect(box.setChecked)
        self._rows.addWidget(box)
        return box

    def _wait(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, _LONGEST_WAIT)
        box.setSuffix(" s")
        box.setValue(self._settings.autosave_seconds)
        box.setAccessibleName("Back up changes after so many seconds")
        box.setToolTip("How soon after a change it is backed up, in case the program ends suddenly")
        box.valueChanged.connect(self._set_wait)
        label = PlainLabel("Back up changes after")
        label.setBuddy(box)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(box)
        row.addStretch(1)
        self._rows.addLayout(row)
        return box

    def _set_wait(self, seconds: int) -> None:
        self._settings.autosave_seconds = seconds

    def _button(self, words: str, tip: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setToolTip(plain_tip(tip))
        button.clicked.connect(lambda _=False: act())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._rows.addLayout(row)
        return button

    def _forget(self) -> None:
        self._settings.forget_recent()
        self.forget.setEnabled(False)

    def _add_path(self, words: str, path: Path) -> None:
        label = self._say(f"{words}: {_SEPARATOR.sub(_BREAK, str(path))}")
        label.setToolTip(plain_tip(str(path)))
        label.setAccessibleName(f"{words}: {path}")
        folder = path if not path.suffix else path.parent
        button = self._button("Open folder", f"Show {folder}", lambda: _open(folder))
        button.setAccessibleName(f"Open the folder of: {words.lower()}")

    def _restyle(self) -> None:
        for title in self._titles:
            title.setFont(self._appearance.theme.font("normal", bold=True))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
