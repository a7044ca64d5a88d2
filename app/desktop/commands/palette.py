"""The command palette: type a few letters of what is wanted, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QMainWindow, QVBoxLayout, QWidget

from app.desktop.commands.matching import fits
from app.desktop.looks.theme import GRID

_MOST = 60


@dataclass(frozen=True)
class Entry:
    """Something that can be chosen."""

    text: str
    kind: str
    """what it is, such as `Run` or `Touchpoint`"""
    note: str
    """its key or id, where it has one"""
    choose: Callable[[], object]
    about: str = ""
    """what it is found by, too, such as a sentence about it"""


class Palette(QFrame):
    """A field with a list below it, in the upper middle of the window; Esc puts it away."""

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        """`entries` is asked each time that it opens."""
        super().__init__(window)
        self._ask = entries
        self._entries: Sequence[Entry] = ()
        self.setObjectName("palette")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Search or command")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Search commands, touchpoints, rules, arms …")
        self.field.setAccessibleName("Search or command")
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Search results")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _: self._choose())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.hide()

    def open(self) -> None:
        """Show it, empty."""
        self._entries = self._ask()
        window = self.parentWidget()
        width = min(window.width() - 4 * GRID, 640)
        top = window.centralWidget().y() if isinstance(window, QMainWindow) else 6 * GRID
        self.setGeometry((window.width() - width) // 2, top, width, min(window.height() - top - 6 * GRID, 400))
        self.field.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let the arrow keys go through the list while the field has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                last = self.list.count() - 1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self.list.clear()
        matching = sorted(
            (rank, number) for number, entry in enumerate(self._entries) if (rank := _rank(entry, text)) is not None
        )
        if not matching:
            nothing = QListWidgetItem(f"Nothing matches “{text.strip()}”. Try another word for it.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
            return
        for _, number in matching[:_MOST]:
            entry = self._entries[number]
            item = QListWidgetItem(f"{entry.text}   ·   {entry.kind}" + (f"   ·   {entry.note}" if entry.note else ""))
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._close()
            self._entries[item.data(Qt.ItemDataRole.UserRole)].choose()

    def _close(self) -> None:
        self.hide()
        self.parentWidget().setFocus()


def _rank(entry: Entry, text: str) -> int | None:
    """How well an entry fits, best first; None if it does not. An id that is typed whole is what is meant."""
    if entry.note and entry.note.lower() == text.strip().lower():
        return -1
    return fits(text, entry.text, f"{entry.kind} {entry.note} {entry.about}")
