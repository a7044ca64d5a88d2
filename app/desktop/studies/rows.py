"""A table that is only read: its words at the left, its figures at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_LETTERS = 24
"""of the first column that are seen however narrow the table is"""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Rows(QTableWidget):
    """The first column takes the room that the others leave, and some in any case: then the table is scrolled."""

    def __init__(self, name: str) -> None:
        """No rows yet; `name` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these and no others."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment((_RIGHT if column else _LEFT) | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the first column what there is now, and rows the height that their words take then."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.columnCount():
            return
        others = sum(self.columnWidth(column) for column in range(1, self.columnCount()))
        least = _LETTERS * self.fontMetrics().averageCharWidth()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(0, max(self.viewport().width() - others, least))
        self.resizeRowsToContents()
