"""Rows under columns, sorted and filtered, brought up to date by what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.table.columns import Choice, Column, Draft, R

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, int]
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DRAFT = Qt.ItemFlag.ItemIsEnabled
_DRAFT_EDITABLE = _DRAFT | Qt.ItemFlag.ItemIsEditable
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_TICKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable


class RowsModel(QAbstractTableModel, Generic[R]):
    """The rows of one table, and below them the draft of a new one.

    Rows come, go, move and change one by one, so that selection, place and open fields survive.
    """

    def __init__(
        self,
        appearance: Appearance,
        columns: Sequence[Column[R]],
        draft: Draft,
        icons: Callable[[str], QIcon],
        choices: Callable[[], Sequence[Choice]] | None = None,
    ) -> None:
        """No rows yet; `icons` gives the sign of a level, `choices` what can be chosen in the draft."""
        super().__init__()
        self.columns = tuple(columns)
        self.draft = draft
        self._appearance, self._icons, self._draft_choices = appearance, icons, choices
        self._flags = [
            _TICKED if one.switch is not None else _EDITABLE if one.editable else _PLAIN for one in self.columns
        ]
        self._given: list[R] = []
        self._hidden: set[Key] = set()
        self._sorted_by, self._descending = -1, False
        self.rows: list[R] = []
        """those in sight, from the top"""

    # What it holds

    def held(self) -> list[R]:
        """All rows, also those that the filter hides."""
        gone = [row for row in self._given if _key(row) in self._hidden]
        return [*self.rows, *gone]

    def row_of(self, index: Index) -> R | None:
        """The row at an index; None for the draft."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def is_draft(self, index: Index) -> bool:
        """Whether that is the row of what is not there yet."""
        return index.isValid() and index.row() == len(self.rows)

    # What it is told

    def show_rows(self, rows: Iterable[R]) -> None:
        """Show these, given in reading order."""
        self._given = list(rows)
        self._hidden &= {_key(row) for row in self._given}
        self._arrange()

    def filter(self, text: str) -> None:
        """Hide the rows that have the text in no cell; what comes later is in sight until the filter changes."""
        words = text.casefold().split()
        self._hidden = {_key(row) for row in self._given if not self._has(row, words)}
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for the reading order."""
        self._sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def draft_changed(self) -> None:
        """Show the draft again."""
        last = len(self.rows)
        self.dataChanged.emit(self.index(last, 0), self.index(last, len(self.columns) - 1))

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """The rows in sight and the draft."""
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Where something can be edited or ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.row() < len(self.rows):
            return self._flags[index.column()]
        return _DRAFT_EDITABLE if self.draft.editable(index.column()) else _DRAFT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        row, column = self.row_of(index), self.columns[index.column()]
        if row is None:
            return self._draft_cell(index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            if column.on is None:
                return None
            return Qt.CheckState.Checked if column.on(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole:
            return column.written(row) if column.written is not None else column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.tipped(row) if column.tipped is not None else column.text(row)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.spoken(row)
        if column.kind == "finding" and row.findings:
            if role == Qt.ItemDataRole.DecorationRole:
                return self._icons(row.findings[0].level)
            if role == Qt.ItemDataRole.ForegroundRole:
                theme = self._appearance.theme
                return QColor(theme.error if row.findings[0].level == "error" else theme.warning)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Make the change of a cell; whether there was one."""
        row, column = self.row_of(index), self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and row is not None and column.switch is not None:
            return column.switch(row, Qt.CheckState(value) == Qt.CheckState.Checked)
        if role != Qt.ItemDataRole.EditRole:
            return False
        if row is None:
            return self.draft.change(index.column(), str(value))
        return column.change is not None and column.change(row, str(value))

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads and what they mean."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return column.tip if role == Qt.ItemDataRole.ToolTipRole else None

    def choices(self, index: Index) -> Sequence[Choice]:
        """What can be chosen in a cell; nothing for free text."""
        if self.is_draft(index):
            return self._draft_choices() if self._draft_choices is not None else ()
        column = self.columns[index.column()]
        return column.choices() if column.choices is not None else ()

    def chosen(self, index: Index) -> str:
        """The value that is chosen in a cell now."""
        row, column = self.row_of(index), self.columns[index.column()]
        return column.chosen(row) if row is not None and column.chosen is not None else ""

    # How

    def _draft_cell(self, column: int, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.draft.text(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._appearance.theme.quiet)
        return "" if role == Qt.ItemDataRole.EditRole else None

    def _has(self, row: R, words: Sequence[str]) -> bool:
        text = " ".join(column.text(row) for column in self.columns).casefold()
        return all(word in text for word in words)

    def _arrange(self) -> None:
        rows = [row for row in self._given if _key(row) not in self._hidden]
        if self._sorted_by >= 0:
            value = self.columns[self._sorted_by].sort_value
            valued = [(value(row), row) for row in rows]
            present = [pair for pair in valued if pair[0] is not None]
            present.sort(key=lambda pair: pair[0], reverse=self._descending)
            rows = [row for _, row in present] + [row for each, row in valued if each is None]
        self._become(rows)

    def _become(self, rows: list[R]) -> None:
        """Take away, put in order, put in and change, each only where it differs."""
        wanted = [_key(row) for row in rows]
        staying = set(wanted)
        for first, last in reversed(stretches(n for n, row in enumerate(self.rows) if _key(row) not in staying)):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()
        present = {_key(row): row for row in self.rows}
        kept = [key for key in wanted if key in present]
        if kept != [_key(row) for row in self.rows]:
            self._reorder([present[key] for key in kept])
        for first, last in stretches(n for n, key in enumerate(wanted) if key not in present):
            self.beginInsertRows(_NOWHERE, first, last)
            self.rows[first:first] = rows[first : last + 1]
            self.endInsertRows()
        changed = [n for n, row in enumerate(rows) if row != self.rows[n]]
        self.rows = rows
        for first, last in stretches(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _reorder(self, rows: list[R]) -> None:
        self.layoutAboutToBeChanged.emit()
        numbers = {_key(row): number for number, row in enumerate(rows)}
        before = self.persistentIndexList()
        after = [
            self.index(numbers[_key(self.rows[index.row()])], index.column()) if index.row() < len(self.rows) else index
            for index in before
        ]
        self.rows = rows
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _key(row: R) -> Key:
    return row.id, row.number


def stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each stretch of numbers without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
