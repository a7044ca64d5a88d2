"""Tables with free names and lists of tables: entries that can be added and removed, each in fields of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from app.desktop.forms.adding import Adder
from app.desktop.forms.field import Field
from app.desktop.forms.group import Group
from app.desktop.forms.source import Parts, is_same_for_all_arms, write
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID
from sim.scenario.addresses.address import joined, label_of
from sim.scenario.renaming import ids_in, kind_at

Row = Field | Group


class Collection(Group):
    """A heading, a row for each entry that is given, each with a button that removes it."""

    def __init__(self, head: Field, make: Callable[[str], Row]) -> None:
        """`make` makes the row of an entry."""
        super().__init__(head)
        self._make = make
        self._made: dict[str, Row] = {}

    def names(self) -> list[str]:
        """What the entries are called in addresses."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def remove(self, name: str) -> None:
        """Take an entry away."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def refresh(self) -> None:
        """Show what the document says; rows of entries that stay are kept."""
        names = self.names()
        if names != list(self._made):
            self._renew(names)
        super().refresh()

    def _renew(self, names: list[str]) -> None:
        before, typing = list(self._made), QApplication.focusWidget()
        left = [name for name, row in self._made.items() if name not in names and row.isAncestorOf(typing)]
        for name in [name for name in self._made if name not in names]:
            row = self._made.pop(name)
            row.hide()
            self._inner.removeWidget(row)
            row.deleteLater()
        kept = self._made
        self._made = {name: kept.get(name) or self._row(name) for name in names}
        self.rows = list(self._made.values())
        for number, row in enumerate(self.rows, len(self.leading)):
            if self._inner.indexOf(row) != number:
                self._inner.insertWidget(number, row)
                row.show()  # else only the next turn does, too late for the keyboard to go there
        if self._arranged is not None:
            self.arrange(*self._arranged)
        if left and len(names) == len(before):  # it was given another id, and the keyboard stays
            _first_of(self.rows[before.index(left[0])]).setFocus()

    def _row(self, name: str) -> Row:
        row = self._make(name)
        head = row.head if isinstance(row, Group) else row
        button = QToolButton()
        button.setText("✕")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(f"Remove {head.key.label}")
        button.setToolTip(plain_tip(f"Remove {head.key.label}; undo brings it back"))
        button.clicked.connect(lambda: self.remove(name))
        head.grid.addWidget(button, 0, 3, Qt.AlignmentFlag.AlignTop)
        return row

    def _replace(self, value: Any) -> None:
        """Give the whole table or list anew, as a step of its own."""
        self.head.editor.begun.emit()
        self.head.editor.edited.emit(value)


class Entries(Collection):
    """A table with free names: limits by channel, values by address."""

    def __init__(self, head: Field, make: Callable[[str], Row], adder: Adder, first: Callable[[str], Any]) -> None:
        """`first` is what a new entry of that name says."""
        super().__init__(head, make)
        self.adder, self._first = adder, first
        adder.added.connect(self.put)
        self._inner.addWidget(adder)

    def arrange(self, stacked: bool, column: int, room: int) -> None:
        """The line for another entry ends where the fields do."""
        super().arrange(stacked, column, room)
        self.adder.layout().setContentsMargins(GRID, GRID // 4, self.head.context.spare, GRID // 2)

    def names(self) -> list[str]:
        """The names that are given."""
        return list(self._given())

    def put(self, name: str) -> None:
        """Add an entry, or go to the one that there is."""
        if name not in self._given():
            parts = self.head.context.addresses(self.head.path)[0]
            label = f"Add {name} to {self.head.key.label.lower()}"
            said = self.head.context.refusal_of(
                lambda: write(self.head.context.document, label, {joined((*parts, name)): self._first(name)}, key=None)
            )
            if said:
                self.head.editor.begun.emit()  # or what was done here before would be taken back
                self.head.editor.refused.emit(said)
                return
        row = self._made.get(name)
        if row is not None:
            _input_of(row).setFocus()

    def remove(self, name: str) -> None:
        """Take an entry away, once somebody agrees where others name it; where an arm is edited, in that arm alone."""
        parts = self.head.context.addresses(self.head.path)[0]
        kind = kind_at(parts)
        document = self.head.context.document
        is_last = kind is not None and ids_in(document.tables, kind).count(name) == 1
        document.once_agreed({kind: [name]} if kind is not None and is_last else {}, lambda: self._remove(parts, name))

    def _remove(self, parts: Parts, name: str) -> None:
        context = self.head.context
        address = joined((*parts, name))
        if context.document.arm is not None and not is_same_for_all_arms(address):
            self._replace({other: value for other, value in self._given().items() if other != name})
        else:
            write(context.document, f"Remove {name} from {self.head.key.label.lower()}", {address: None}, key=None)
        self.adder.setFocus()

    def _given(self) -> dict[str, Any]:
        given = self.head.context.source.at(self.head.context.addresses(self.head.path)[0])
        return given if isinstance(given, dict) else {}


class Listed(Collection):
    """A list of tables, such as the shifts of a desk."""

    def __init__(self, head: Field, make: Callable[[str], Row], what: str, first: Callable[[], dict[str, Any]]) -> None:
        """`first` is what a new item says."""
        super().__init__(head, make)
        self._first = first
        self.button = QPushButton(f"Add {what}")
        self.button.setAccessibleName(f"Add {what}")
        self.button.setToolTip(plain_tip(f"Add {what} at the end"))
        self.button.clicked.connect(self.put)
        self._inner.setSpacing(GRID // 4)
        self._inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def names(self) -> list[str]:
        """The ids of the items, or their numbers from 1."""
        return [label_of(item) or str(number) for number, item in enumerate(self._given(), 1)]

    def put(self) -> None:
        """Add an item, and go there."""
        self._replace([*self._given(), self._first()])
        names = self.names()
        if names and names[-1] in self._made:
            _input_of(self._made[names[-1]]).setFocus()

    def remove(self, name: str) -> None:
        """Take an item away."""
        gone = self.names().index(name)
        self._replace([item for at, item in enumerate(self._given()) if at != gone])
        self.button.setFocus()

    def _given(self) -> list[Any]:
        given = self.head.context.source.at(self.head.context.addresses(self.head.path)[0])
        return given if isinstance(given, list) else []


def _first_of(row: Row) -> Any:
    """Where the keyboard goes in a row whose first field is an id."""
    return row.leading[0].input if isinstance(row, Group) and row.leading else _input_of(row)


def _input_of(row: Row) -> Any:
    """Where the keyboard goes in a row: the first field below its heading, or the heading."""
    if isinstance(row, Group):
        return _input_of(row.rows[0]) if row.rows else row.head.input
    return row.input
