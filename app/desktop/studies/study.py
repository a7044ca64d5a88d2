"""A window beside the journey's: what is asked above, then the answer, what it is made of, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.studies.asking import Asking, Then
from app.processes.study.messages import Question


class Study(QWidget):
    """Those that inherit fill `controls` and `body`, and ask."""

    def __init__(self, appearance: Appearance, title: str, parent: QWidget) -> None:
        """An empty window of that title, beside its parent."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(title)
        self.appearance = appearance
        self.asking = Asking(self)
        self.asking.doing.connect(self._tell_what_is_done)
        self.asking.failed.connect(self._tell_failure)
        self.answer = PlainLabel()
        self.answer.setWordWrap(True)
        self.answer.setAccessibleName(f"{title}: the answer")
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = PlainLabel()
        self.state.setWordWrap(True)
        self.state.setAccessibleName("How far it is")
        self.controls = QHBoxLayout()
        self.controls.setSpacing(GRID)
        self.body = QHBoxLayout()
        self.body.setSpacing(GRID)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(self.controls)
        whole.addWidget(self.answer)
        whole.addLayout(self.body, 1)
        whole.addWidget(self.state)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Be as the theme of now."""
        self.answer.setFont(self.appearance.theme.font("normal", bold=True))

    def size_for(self, wide: int, high: int) -> None:
        """Be that large at the usual type, larger at large type, and no larger than the screen."""
        room, scale = self.screen().availableSize(), self.appearance.theme.scale
        self.resize(min(round(wide * scale), room.width()), min(round(high * scale), room.height()))

    def ask(self, question: Question, then: Then) -> None:
        """Have something looked into; `then` is told the answer."""
        self.asking.ask(question, then)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """End what is under way."""
        self.asking.close()
        self.state.clear()
        super().closeEvent(event)

    def _tell_what_is_done(self, words: str) -> None:
        self.state.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.state.setText(f"{words} …" if words else "")

    def _tell_failure(self, words: str) -> None:
        self.state.setForegroundRole(self.palette().ColorRole.BrightText)
        self.state.setText(words)
