"""Texts of several lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from app.desktop.fields.open_field import OpenField
from app.desktop.forms.editor import VARIOUS, Editor

_LINES = 4


class _Page(QPlainTextEdit):
    came = Signal()
    left = Signal()
    escaped = Signal()
    before = ""
    """what stood there when the keyboard came"""

    def event(self, event: QEvent) -> bool:
        undo = isinstance(event, QKeyEvent) and (
            event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        )
        if event.type() == QEvent.Type.ShortcutOverride and undo:
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self.before:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.before = self.toPlainText()
            self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LongTextEditor(Editor, OpenField):
    """A text of several lines, taken while it is typed."""

    wide = True

    def __init__(self, required: bool = False) -> None:
        """An empty page; with `required`, an empty text is kept as one."""
        super().__init__()
        self._required = required
        self.page = self.input = _Page(self)
        self.page.setTabChangesFocus(True)
        self.page.setUndoRedoEnabled(False)  # the document undoes
        self.page.setMinimumWidth(1)
        self.setFocusProxy(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._shown = ""
        self.page.textChanged.connect(self._typed)
        self.page.came.connect(self.begun)
        self.page.left.connect(self._left)
        self.page.escaped.connect(self.given_up)
        self.stay_known()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Show as many lines at any size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show it; the cursor stays where it is."""
        self._shown = "" if value is None else str(value)
        self.page.setPlaceholderText(VARIOUS if various else str(default or ""))
        if self._shown != self.page.toPlainText():
            at = self.page.textCursor().position()
            self.page.blockSignals(True)
            self.page.setPlainText(self._shown)
            self.page.blockSignals(False)
            cursor = self.page.textCursor()
            cursor.setPosition(min(at, len(self._shown)) if self.page.hasFocus() else 0)
            self.page.setTextCursor(cursor)

    def open_text(self) -> str:
        """What is typed, where the document says another text."""
        text = self.page.toPlainText()
        return "" if self.isHidden() or text == self._shown else text.strip()

    def where(self) -> str:
        """What the page is called."""
        return self.page.accessibleName()

    def take(self) -> None:
        """Take what is typed."""
        self._left()

    def drop(self) -> None:
        """Show the value again."""
        self.page.blockSignals(True)
        self.page.setPlainText(self._shown)
        self.page.blockSignals(False)

    def _typed(self) -> None:
        text = self.page.toPlainText()
        if text != self._shown and (text or self._required):
            self.edited.emit(text)

    def _left(self) -> None:
        if self.page.toPlainText() != self._shown:
            self.edited.emit(self.page.toPlainText() or None)

    def _fit(self) -> None:
        page = getattr(self, "page", None)
        if page is not None:
            margins = 2 * (page.frameWidth() + int(page.document().documentMargin()))
            page.setFixedHeight(page.fontMetrics().lineSpacing() * _LINES + margins)
