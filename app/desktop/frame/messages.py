"""Messages above the canvas: told without stopping anybody, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID

Level = Literal["note", "warning", "error"]
Answer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""

_WORDS = {"note": "", "warning": "Note: ", "error": "Problem: "}


class Messages(QWidget):
    """Messages one below the other; one about the same thing takes the place of the last."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self._shown: dict[str, _Message] = {}
        self._staying: set[str] = set()
        """what messages are about that outlast the document"""
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setAccessibleName("Messages")

    def say(
        self, about: str, text: str, level: Level = "note", answers: Sequence[Answer] = (), *, stays: bool = False
    ) -> None:
        """Show a message with buttons; an answer puts it away, and so does another document unless it `stays`."""
        self.put_away(about)
        if stays:
            self._staying.add(about)
        message = _Message(_WORDS[level] + text, level, answers, lambda: self.put_away(about))
        self._shown[about] = message
        self._rows.addWidget(message)

    def change(self, about: str, text: str) -> None:
        """Say a note in other words, unless it was put away meanwhile."""
        message = self._shown.get(about)
        if message is not None:
            message.label.setText(text)
            message.setAccessibleName(text)

    def put_away(self, about: str) -> None:
        """Take the message about that off, if there is one."""
        message = self._shown.pop(about, None)
        self._staying.discard(about)
        if message is not None:
            self._rows.removeWidget(message)
            message.hide()
            message.deleteLater()

    def leave_document(self) -> None:
        """Take off what was said about the document that is left."""
        for about in self._shown.keys() - self._staying:
            self.put_away(about)

    @property
    def texts(self) -> list[str]:
        """What is being said, from the top."""
        return [message.label.text() for message in self._shown.values()]

    def button(self, text: str) -> QPushButton:
        """The button of that name; KeyError where no message has one."""
        for message in self._shown.values():
            for button in message.buttons:
                if button.text() == text:
                    return button
        raise KeyError(text)


class _Message(QFrame):
    def __init__(self, text: str, level: Level, answers: Sequence[Answer], put_away: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setProperty("level", level)  # by which the sheet knows the colour of its edge
        self.label = PlainLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.addWidget(self.label, 1)
        self.buttons = []
        for words, act in answers:
            button = QPushButton(words)
            button.clicked.connect(lambda _=False, act=act: (put_away(), act()))
            self.buttons.append(button)
            row.addWidget(button)
        close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip("Dismiss this message")
        close.setAccessibleName("Dismiss this message")
        close.clicked.connect(put_away)
        row.addWidget(close)
        self.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Insist on room for all lines: panels below would else take it."""
        super().resizeEvent(event)
        self.label.setMinimumHeight(max(0, self.label.heightForWidth(self.label.width())))
