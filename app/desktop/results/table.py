"""A table of figures that can be sorted and filtered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTableView, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance, wear
from app.desktop.results.chart import Chart, Row
from app.desktop.results.results_reading import ResultsReading

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """What is read, and what is sorted by."""

    text: str
    value: float | int | str
    tip: str = ""


@dataclass(frozen=True)
class Head:
    """A column."""

    text: str
    tip: str


class CellsModel(QAbstractTableModel):
    """Cells under heads."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.heads: tuple[Head, ...] = ()
        self.cells: tuple[tuple[Cell, ...], ...] = ()

    def show_cells(self, heads: Sequence[Head], cells: Iterable[Sequence[Cell]]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.heads, self.cells = tuple(heads), tuple(tuple(row) for row in cells)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, sorting value or tooltip."""
        cell = self.cells[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.UserRole:
            return cell.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(cell.value, str):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A head's text or tooltip."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.heads):
            return None
        head = self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numbers = bool(self.cells) and not isinstance(self.cells[0][section].value, str)
            side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return {Qt.ItemDataRole.DisplayRole: head.text, Qt.ItemDataRole.ToolTipRole: plain_tip(head.tip) or None}.get(
            Qt.ItemDataRole(role)
        )


class TableChart(Chart):
    """A table with a filter; those that inherit give heads and cells."""

    def __init__(self, appearance: Appearance, title: str, placeholder: str) -> None:
        """An empty table; `asked` stands in the empty filter."""
        super().__init__(appearance, title)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(placeholder)
        self.filter.setAccessibleName(placeholder)
        self.filter.setClearButtonEnabled(True)
        self.controls.addWidget(self.filter)
        self.model = CellsModel()
        self.sorted = QSortFilterProxyModel()
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(Qt.ItemDataRole.UserRole)
        self.sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = _view(self.sorted, title)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.filter.textChanged.connect(self.sorted.setFilterFixedString)
        self.body.addWidget(self.view, 1)

    def fill(self, reading: ResultsReading) -> None:
        """Show the cells; sorting, filter and where one stands stay."""
        at = self.view.verticalScrollBar().value()
        self.view.setFont(self.appearance.theme.font("normal"))
        self.model.show_cells(*self.cells(reading))
        _fit(self.view)
        self.view.verticalScrollBar().setValue(at)

    def cells(self, reading: ResultsReading) -> tuple[Sequence[Head], Iterable[Sequence[Cell]]]:
        """Heads and rows."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def picture_size(self) -> QSize:
        """All rows and columns, though the window may show fewer."""
        size = _whole(self.view)
        return QSize(max(size.width(), GRID * 60), size.height() + self.answer.height() + GRID)

    def paint_picture(self, painter: QPainter) -> None:
        """Draw the answer and the whole table."""
        size = self.picture_size()
        self.answer.render(painter, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
        table = _view(self.sorted, self.title)
        wear(table, self.appearance.theme)  # else it would be in the colours of the program
        table.setFont(self.view.font())
        table.horizontalHeader().setFont(self.view.horizontalHeader().font())
        _fit(table)
        table.resize(size.width(), size.height() - self.answer.height() - GRID)
        table.render(painter, QPoint(0, self.answer.height() + GRID), renderFlags=QWidget.RenderFlag.DrawChildren)

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """The table with all digits."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's


def _view(model: QSortFilterProxyModel, title: str) -> QTableView:
    view = QTableView()
    view.setAccessibleName(title)
    view.setModel(model)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.horizontalHeader().setHighlightSections(False)
    return view


def _fit(view: QTableView) -> None:
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + GRID)
    view.resizeColumnsToContents()


def _whole(view: QTableView) -> QSize:
    across, down = view.horizontalHeader(), view.verticalHeader()
    rows = view.model().rowCount()
    return QSize(across.length() + GRID, across.sizeHint().height() + rows * down.defaultSectionSize() + GRID)
