"""One-line fields: what is typed is taken at once where it fits, and stays where it does not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.desktop.fields.open_field import OpenField
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.numbers import UnfitError

_STEPS = {
    Qt.Key.Key_Up: (1, False),
    Qt.Key.Key_Down: (-1, False),
    Qt.Key.Key_PageUp: (1, True),
    Qt.Key.Key_PageDown: (-1, True),
}
_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Line(QLineEdit):
    """A line that says which of its keys mean more than letters."""

    entered = Signal()
    left = Signal()
    came = Signal()
    escaped = Signal()
    step = Signal(int, bool)
    """so many steps, far or near"""

    steps = False
    """whether arrow keys and the wheel step"""
    unsaved = False
    """whether there is something for Escape and undo to take back"""

    def event(self, event: QEvent) -> bool:
        """Leave undo to the document, which knows of this field's steps."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.setAccepted(self.unsaved)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what is typed, step, or give up; everything else is typing."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif (key == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Undo)) and self.unsaved:
            self.escaped.emit()
        elif key == Qt.Key.Key_Escape or _is_undo(event):
            event.ignore()
        elif self.steps and key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step.emit(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Step where the keyboard is; elsewhere the wheel scrolls."""
        if self.steps and self.hasFocus() and event.angleDelta().y():
            self.step.emit(1 if event.angleDelta().y() > 0 else -1, False)
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin."""
        super().focusInEvent(event)
        if event.reason() not in _ELSEWHERE:
            self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what is typed."""
        super().focusOutEvent(event)
        if event.reason() not in _ELSEWHERE:
            self.left.emit()


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class LineEditor(Editor, OpenField):
    """A value on one line."""

    steps = False

    def __init__(self, required: bool = False) -> None:
        """An empty line; with `required`, nothing is no answer."""
        super().__init__()
        self.required = required
        self.line = self.input = Line(self)
        self.line.steps = self.steps
        self.line.setMinimumWidth(1)
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._value: Any = None
        self._default: Any = None
        self._touched = False
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._take)
        self.line.left.connect(self._take)
        self.line.came.connect(self.begun)
        self.line.escaped.connect(self._give_up)
        self.line.step.connect(self._step)
        self.stay_known()

    # For each kind of value

    def read(self, text: str) -> Any:
        """The value that a text, which is not empty, stands for; UnfitError where there is none."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def words(self, value: Any) -> str:
        """The value as it is shown and typed."""
        return str(value)

    def stepped(self, value: Any, steps: int, far: bool) -> Any:
        """The value some steps further."""
        return value

    # What happens

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show it; what is being typed stays if it means the same."""
        self._value, self._default = value, default
        self.line.setPlaceholderText(VARIOUS if various else self._standing_in(default))
        text = "" if value is None else self._worded(value)
        if self.line.hasFocus() and self._touched and self._means(value):
            return
        self._touched = False
        self.line.unsaved = False
        if text != self.line.text():
            at = self.line.cursorPosition()
            self.line.setText(text)
            self.line.setCursorPosition(at if self.line.hasFocus() else 0)

    def _standing_in(self, default: Any) -> str:
        """What is greyed in an empty line."""
        if default is None:
            return "" if self.required else "none"
        words = self.words(default)
        return f"{words} (default)" if self.says_default and words else words

    def _worded(self, value: Any) -> str:
        try:
            return self.words(value)
        except (TypeError, ValueError, AttributeError):
            return str(value)

    def _means(self, value: Any) -> bool:
        try:
            return bool(self.read(self.line.text()) == value)
        except UnfitError:
            return False

    def _typed(self, text: str) -> None:
        """Take what fits; what is empty may only be the way to something else, so that waits."""
        self._touched = self.line.unsaved = True
        if text.strip():
            try:
                self.edited.emit(self.read(text))
            except UnfitError as unfit:
                if not unfit.unfinished:
                    self.refused.emit(str(unfit))

    def _take(self) -> None:
        if not self._touched:
            return
        text = self.line.text()
        try:
            value = self.read(text) if text.strip() else self.nothing()
        except UnfitError as unfit:
            self.refused.emit(str(unfit))
            return
        self._touched = self.line.unsaved = False
        self.edited.emit(value)
        if not self._touched and self._value is not None and self._means(self._value):
            self.line.setText(self._worded(self._value))

    def open_text(self) -> str:
        """What is typed, where the value shown is another."""
        text = self.line.text().strip()
        shown = "" if self._value is None else self._worded(self._value)
        return "" if self.isHidden() or text in ("", shown) or self._means(self._value) else text

    def where(self) -> str:
        """What the line is called."""
        return self.line.accessibleName()

    def take(self) -> None:
        """Take what is typed, also what was refused before."""
        self._touched = True
        self._take()

    def rehearse(self) -> None:
        """What fits is in the document since it was typed."""

    def drop(self) -> None:
        """Show the value again."""
        self._touched = self.line.unsaved = False
        self.line.setText("" if self._value is None else self._worded(self._value))

    def nothing(self) -> Any:
        """What an empty line stands for."""
        if self.required:
            raise UnfitError("This cannot be empty")
        return None

    def _give_up(self) -> None:
        self._touched = self.line.unsaved = False
        self.line.setText("" if self._value is None else self._worded(self._value))
        self.given_up.emit()

    def _step(self, steps: int, far: bool) -> None:
        try:
            now = self.read(self.line.text()) if self.line.text().strip() else self._default
        except UnfitError:
            return
        value = self.stepped(now, steps, far)
        self.line.setText(self._worded(value))
        self.line.selectAll()
        self._touched = self.line.unsaved = True
        self.edited.emit(value)
