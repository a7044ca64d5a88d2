"""Fields that open on the canvas itself and close with Enter or Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.desktop.fields.open_field import OpenField

_ELSEWHERE = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Accept = Callable[[str], bool]
"""Takes the text; False leaves the field open"""


class Closing:
    """Closes a field once: closing takes the focus away, which must not accept the text a second time."""

    def __init__(self, before: str, accept: Accept, close: Callable[[], None]) -> None:
        """Accept and close by calling those."""
        self._before, self._accept, self._close = before, accept, close
        self._closed = False
        self.rehearsing = False
        """whether the text is only tried, so that nobody need be told what is wrong with it"""

    def accept(self, text: str) -> None:
        """Close if the text is accepted."""
        if not self._closed and self._accept(text):
            self.give_up()

    def leave(self, text: str) -> None:
        """Accept the text if it was changed, and close in any case."""
        if not self._closed:
            self._closed = True
            if text != self._before:
                self._accept(text)
            self._close()

    def open_text(self, text: str) -> str:
        """The text, where it is another one."""
        return "" if self._closed or text == self._before else text.strip()

    def take(self, text: str) -> None:
        """Accept the text if it was changed; close unless it cannot be accepted."""
        if text == self._before:
            self.give_up()
        else:
            self.accept(text)

    def rehearse(self, text: str) -> None:
        """Ask for what the text would change, without closing."""
        self.rehearsing = True
        self._accept(text)
        self.rehearsing = False

    def give_up(self) -> None:
        """Close without the text."""
        if not self._closed:
            self._closed = True
            self._close()


class _InlineField(OpenField):
    """What fields of one line and of several share."""

    _closing: Closing

    def written(self) -> str:
        """All that stands in it."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def leave(self, event: QFocusEvent) -> None:
        """Accept what was changed, unless the focus only went to a menu or another window."""
        if event.reason() not in _ELSEWHERE and self.__dict__:
            self._closing.leave(self.written())

    def open_text(self) -> str:
        """What is typed, where it is another text than before."""
        return self._closing.open_text(self.written())

    @property
    def rehearsing(self) -> bool:
        """Whether what is typed is only tried."""
        return self._closing.rehearsing

    def take(self) -> None:
        """Accept what was changed, and close."""
        self._closing.take(self.written())

    def rehearse(self) -> None:
        """Ask for the change."""
        self._closing.rehearse(self.written())

    def drop(self) -> None:
        """Close without the text."""
        self._closing.give_up()


class LineField(QLineEdit, _InlineField):
    """One line: Enter accepts, Escape does not, leaving the field accepts what was changed."""

    def __init__(self, parent: QWidget, text: str, accept: Accept, close: Callable[[], None]) -> None:
        """Begin with that text, all of it selected."""
        super().__init__(text, parent)
        self._closing = Closing(text, accept, close)
        self.stay_known()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Accept or close; everything else is typing."""
        if event.key() in _ENTER:
            self._closing.accept(self.written())
        elif event.key() == Qt.Key.Key_Escape:
            self._closing.give_up()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Accept what was changed."""
        super().focusOutEvent(event)
        self.leave(event)

    def written(self) -> str:
        """The line."""
        return self.text()

    def where(self) -> str:
        """What the field is called."""
        return self.accessibleName()


class TextField(QPlainTextEdit, _InlineField):
    """Several lines: Ctrl+Enter or leaving the field accepts, Escape does not."""

    def __init__(self, parent: QWidget, text: str, accept: Accept, close: Callable[[], None]) -> None:
        """Begin with that text, all of it selected."""
        super().__init__(text, parent)
        self._closing = Closing(text, accept, close)
        self.stay_known()
        self.setTabChangesFocus(True)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Accept or close; everything else is typing."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._closing.accept(self.written())
        elif event.key() == Qt.Key.Key_Escape:
            self._closing.give_up()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Accept what was changed."""
        super().focusOutEvent(event)
        self.leave(event)

    def written(self) -> str:
        """All lines."""
        return self.toPlainText()

    def where(self) -> str:
        """What the field is called."""
        return self.accessibleName()
