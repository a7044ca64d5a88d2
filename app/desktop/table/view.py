"""A table on the screen, and what its keys do."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from app.desktop.looks.theme import GRID, Appearance
from app.desktop.table.model import RowsModel, stretches

_Trigger = QAbstractItemView.EditTrigger
_Flag = QItemSelectionModel.SelectionFlag
_KEYS = (
    "Enter or typing edits a cell, Insert adds a row, Delete deletes what is selected, Ctrl+D duplicates it. "
    "Alt+Down sorts by the current column, Alt+Up in reverse, Alt+Home restores the usual order."
)


class RowsView(QTableView):
    """Shows the rows of a model; rows are selected, cells edited."""

    chosen = Signal()
    """a person selected other rows"""
    insert_requested = Signal()
    delete_requested = Signal()
    duplicate_requested = Signal()
    context_requested = Signal(object)
    """where on the screen a menu is asked for, as a QPoint"""

    def __init__(self, appearance: Appearance, model: RowsModel, name: str) -> None:  # type: ignore[type-arg]
        """Show that model under that name."""
        super().__init__()
        self._appearance = appearance
        self._rows = model
        self._selecting = False
        self.setModel(model)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_KEYS)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(_Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setAccessibleName(f"Columns of {name.lower()}")
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSortIndicatorClearable(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(self._tell)
        appearance.changed.connect(self.restyle)
        self.restyle()

    @property
    def ids(self) -> frozenset[str]:
        """What is selected, by id."""
        rows = self._rows.rows
        # Whole rows are selected, so that the ranges say it all; to ask row by row takes 0.1 s for a thousand rows.
        return frozenset(
            rows[number].id
            for span in self.selectionModel().selection()  # type: ignore[attr-defined]
            for number in range(span.top(), span.bottom() + 1)
            if number < len(rows)
        )

    @property
    def editing(self) -> bool:
        """Whether a field is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def select_ids(self, ids: frozenset[str], go: bool, column: int = 1) -> None:
        """Select the rows of these ids, as far as they are in sight; with `go`, the keyboard goes on from there."""
        numbers = [number for number, row in enumerate(self._rows.rows) if row.id in ids]
        selection, across = QItemSelection(), len(self._rows.columns) - 1
        for first, last in stretches(numbers):
            selection.select(self._rows.index(first, 0), self._rows.index(last, across))
        self._selecting = True
        self.selectionModel().select(selection, _Flag.ClearAndSelect)
        current = self.currentIndex()
        if go and numbers and not self.editing:
            if not current.isValid() or current.row() not in numbers:
                self.go_to(self._rows.index(numbers[0], column))
            self.scrollTo(self.currentIndex())
        self._selecting = False

    def go_to(self, index: QModelIndex) -> None:
        """Let the keyboard go on from that cell; what is selected stays."""
        self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)

    def edit_cell(self, index: QModelIndex) -> None:
        """Open the field of a cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_to(index)
        self.scrollTo(index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def show_after_run(self, shown: bool) -> None:
        """Have the columns that a run fills, or not."""
        for number, column in enumerate(self._rows.columns):
            if column.after_run:
                self.setColumnHidden(number, not shown)

    def restyle(self) -> None:
        """Take over the theme."""
        theme = self._appearance.theme
        self.setFont(theme.font())
        self.horizontalHeader().setFont(theme.font())
        side = round(self.fontMetrics().ascent() * 1.1)
        self.setIconSize(QSize(side, side))
        letter = self.fontMetrics().averageCharWidth()
        for number, column in enumerate(self._rows.columns):
            self.setColumnWidth(number, letter * column.wide + 2 * GRID)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Edit, add, delete, duplicate and sort."""
        key, current = event.key(), self.currentIndex()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and current.isValid():
            order = {Qt.Key.Key_Down: Qt.SortOrder.AscendingOrder, Qt.Key.Key_Up: Qt.SortOrder.DescendingOrder}
            if key in order:
                self.sortByColumn(current.column(), order[Qt.Key(key)])
                return
            if key == Qt.Key.Key_Home:
                self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
                return
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit()
        elif key == Qt.Key.Key_Insert:
            self.insert_requested.emit()
        elif key == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.duplicate_requested.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.editing:
            if current.isValid() and current.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a menu."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.context_requested.emit(at)

    def _tell(self) -> None:
        if not self._selecting:
            self.chosen.emit()
