"""The table on the screen: what its keys do, how wide its columns are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.desktop.fields.cell_field import CellField
from app.desktop.looks.theme import GRID, Theme
from app.desktop.runs.table import COLUMNS, NAME, NOTE, RunTable


class _RunField(CellField):
    """A run's name or note: of the store, not of the document that is open."""

    own = True

    def rehearse(self) -> None:
        pass


class RunView(QTableView):
    """Rows are selected whole; Enter and double-click choose, F2 edits, Delete asks to delete."""

    chosen = Signal()
    delete_pressed = Signal()

    def __init__(self, table: RunTable) -> None:
        """Show that table, the run that was started last on top."""
        super().__init__()
        self.setModel(table)
        self.setItemDelegate(_RunField(self))
        self.setAccessibleName("Runs")
        self.setAccessibleDescription("Enter opens the results of a run, F2 renames it, Delete removes it.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda _: self.chosen.emit())

    def dress(self, theme: Theme) -> None:
        """Give rows and columns the sizes that suit the type."""
        metrics = QFontMetrics(theme.font())
        self.setFont(theme.font())
        self.horizontalHeader().setFont(theme.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + GRID)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, metrics.horizontalAdvance(column.width) + 3 * GRID)

    def edit_name(self) -> None:
        """Edit the name of the current run where it stands."""
        self._edit(NAME)

    def edit_note(self) -> None:
        """Edit the note of the current run where it stands."""
        self._edit(NOTE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, F2 and Delete; Qt knows the other keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_F2:
            self._edit(NOTE if self.currentIndex().column() == NOTE else NAME)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _edit(self, column: int) -> None:
        current = self.currentIndex()
        if current.isValid():
            index = self.model().index(current.row(), column)
            self.setCurrentIndex(index)
            self.edit(index)
