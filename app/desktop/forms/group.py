"""A table inside a table: a heading with fields of its own below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.desktop.forms.choosing import Switch
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.field import Field
from app.desktop.forms.key import Key, beginning, entry_of
from app.desktop.forms.source import Parts
from app.desktop.forms.words import counted
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID
from sim.scenario.model import Part

_MOST_LABEL = 0.36
"""Share of the room that labels may take so as to stay on one line."""
_MANY = 8
"""Entries from which a table is folded up at first."""


class Fold(Editor):
    """The heading of a table: shows its fields or not, and says how much is set."""

    small = True
    unfolded = Signal(bool)
    """whether its fields are to be seen from now on"""

    def __init__(self, open_: bool = True, resets: bool = True, nothing: str = "default", entry: str = "value") -> None:
        """Open or folded up; `resets` where there is a default; `nothing` is said where no `entry` is set."""
        super().__init__()
        self._nothing, self._entry = nothing, entry
        self._resets = resets
        self.button = self.input = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setAutoRaise(True)
        self.default = QToolButton()
        self.default.setText("Reset")
        self.default.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.default.setAutoRaise(True)
        self.default.clicked.connect(lambda: self.edited.emit(None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addStretch()
        layout.addWidget(self.default)
        self.button.clicked.connect(lambda: self.unfold(not self.open))
        self.unfold(open_)

    def name(self, name: str, description: str) -> None:
        """Name both buttons."""
        self.button.setAccessibleName(f"{name}: show or hide")
        self.button.setAccessibleDescription(description)
        self.default.setAccessibleName(f"{name}: reset to default")
        self.default.setToolTip(plain_tip(f"{name}: reset to default"))

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Say how much is set, such as `1 limit set`."""
        count = len(value) if isinstance(value, dict | list) else 0
        nothing = "none" if value in ({}, []) else self._nothing
        self.button.setText(VARIOUS if various else counted(count, self._entry) + " set" if count else nothing)
        self.default.setVisible(self._resets and value is not None)

    def unfold(self, open_: bool) -> None:
        """Show the fields, or not."""
        self.open = open_
        self.unfolded.emit(open_)
        self.button.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)


class Presence(Switch):
    """Whether there is such a table at all."""

    def __init__(self, model: type[Part]) -> None:
        """Ticking makes the smallest table of that kind."""
        super().__init__()
        self._model = model

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show whether there is one."""
        there = isinstance(value, dict)
        super().show_value(there, False, various)

    def _clicked(self) -> None:
        self.box.setTristate(False)
        self.edited.emit(beginning(self._model) if self.box.isChecked() else None)


class Group(QWidget):
    """A heading and the fields of its table, a little to the right."""

    def __init__(self, head: Field) -> None:
        """A group under that heading, without fields yet."""
        super().__init__()
        self.head = head
        self.rows: list[Any] = []
        self.leading: list[Field] = []
        """what stands above the rows: the id of an entry"""
        self._arranged: tuple[bool, int, int] | None = None
        self.inside = QWidget()
        self._inner = QVBoxLayout(self.inside)
        self._inner.setContentsMargins(GRID, 0, 0, 0)
        self._inner.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.inside)
        if isinstance(head.editor, Fold):
            head.editor.unfolded.connect(self.inside.setVisible)
            self.inside.setVisible(head.editor.open)

    def add(self, rows: Iterable[Any]) -> None:
        """More fields or groups."""
        for row in rows:
            self.rows.append(row)
            self._inner.addWidget(row)
        if self._arranged is not None:
            self.arrange(*self._arranged)

    def lead(self, field: Field) -> None:
        """Another field above all rows."""
        self._inner.insertWidget(len(self.leading), field)
        self.leading.append(field)

    def clear(self) -> None:
        """Take all fields away."""
        for row in self.rows:
            row.hide()
            self._inner.removeWidget(row)
            row.deleteLater()
        self.rows.clear()

    def arrange(self, stacked: bool, column: int, room: int) -> None:
        """Put all labels above their editors, or beside them."""
        self._arranged = (stacked, column, room)
        self.head.arrange(stacked, column, room)
        inner = max(column - GRID, column_for(self._all, self.fontMetrics(), round(room * _MOST_LABEL)))
        for row in self._all:
            row.arrange(stacked, inner, room - GRID)

    def name(self) -> None:
        """Tell everybody what these are and where they stand."""
        self.head.name()
        for row in self._all:
            row.name()

    def say(self) -> None:
        """Show what is wrong here."""
        self.head.say()
        for row in self._all:
            row.say()

    def refresh(self) -> None:
        """Show what the document says."""
        self.head.refresh()
        if isinstance(self.head.editor, Presence):
            self.inside.setVisible(isinstance(self.head.given, dict))
        for row in self._all:
            row.refresh()

    def fields(self) -> list[Field]:
        """The heading and all fields inside."""
        fields = [self.head]
        for row in self._all:
            fields += row.fields() if isinstance(row, Group) else [row]
        return fields

    @property
    def _all(self) -> list[Any]:
        return [*self.leading, *self.rows]


def column_for(rows: Iterable[Any], metrics: QFontMetrics, most: int = 0) -> int:
    """How wide the column of labels is that no word of them breaks, and no label that fits into `most` pixels."""
    heads = [row.head if isinstance(row, Group) else row for row in rows]
    labels = {head.key.label for head in heads if not head.editor.wide}
    words = {word for label in labels for word in label.split()}
    wide = max(map(metrics.horizontalAdvance, words), default=0) + 2 * GRID
    whole = [length for label in labels if (length := metrics.horizontalAdvance(label) + 2 * GRID) <= most]
    return max([wide, *whole])


class Table(Group):
    """Values by names that are known: weights of channels, effects by covariate."""

    def __init__(self, head: Field, names: Callable[[], Mapping[str, str]], make: Callable[[Key, str], Field]) -> None:
        """One field for each name there is, made by `make`."""
        super().__init__(head)
        self._names, self._make = names, make
        self.default_of: Callable[[str], Any] = lambda name: None
        """what holds for a name for which nothing is given"""
        self.meanings: Mapping[str, str] = {}
        """of the names, where they need one"""
        self._made: dict[str, str] = {}

    @staticmethod
    def folded(count: int) -> bool:
        """Whether so many entries are folded up at first."""
        return count > _MANY

    def refresh(self) -> None:
        """Show what the document says; fields are made anew only where there are other names."""
        given = self.head.context.source.at(self.head.context.addresses(self.head.path)[0])
        extra = given if isinstance(given, dict) else {}
        names = {**dict(self._names()), **{name: name for name in extra if name not in self._names()}}
        if names != self._made:
            self._made = names
            self.clear()
            self.add([self._entry(name, title) for name, title in names.items()])
        super().refresh()

    def _entry(self, name: str, title: str) -> Field:
        return self._make(entry_of(self.head.key, name, meaning=self.meanings.get(name, ""), title=title), name)

    def together(self, parts: Parts) -> list[Parts]:
        """Where the entries stand, given or not, that are with one in the table."""
        return [(*parts[:-1], name) for name in self._made]
