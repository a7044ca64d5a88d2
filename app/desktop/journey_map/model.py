"""A sheet as a table of Qt's: what cells show, say and do when something is typed into them."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.desktop.document import Document
from app.desktop.journey_map.cells import Cell, Row, Sheet
from app.desktop.journey_map.changing import change
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE: Final = QModelIndex()


class SheetModel(QAbstractTableModel):
    """Shows a sheet; what is typed becomes a step of the document."""

    def __init__(self, document: Document) -> None:
        """An empty one."""
        super().__init__()
        self._document = document
        self.sheet = Sheet()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show that one; what is selected and typed stays where it has as many rows and columns."""
        if sheet == self.sheet:
            return
        alike = self.rowCount() == len(sheet.rows) and self.sheet.heads == sheet.heads
        if alike:
            self.sheet = sheet
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            return
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def row_at(self, index: Index) -> Row:
        """The row of a cell."""
        return self.sheet.rows[index.row()]

    def cell(self, index: Index) -> Cell:
        """A cell."""
        return self.row_at(index).cells[index.column()]

    def name(self, index: Index) -> str:
        """What a cell is called."""
        return f"{self.row_at(index).title}, {self.sheet.heads[index.column()]}"

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many rows."""
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many columns."""
        return 0 if parent.isValid() else len(self.sheet.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be typed into."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.cell(index).edit else usual

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == _Role.EditRole:
            return cell.text
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return cell.spoken() if role == _Role.DisplayRole else f"{self.name(index)}: {cell.spoken()}"
        if role == _Role.AccessibleDescriptionRole:
            return cell.hint if cell.edit is not None else ""
        if role == _Role.ToolTipRole and cell.tip:
            return plain_tip(cell.tip, wraps=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:  # noqa: N802
        """The heads, and the titles of rows with what they mean."""
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if across else self.rowCount()):
            return None
        if role == _Role.DisplayRole:
            return self.sheet.heads[section] if across else self.sheet.rows[section].title
        if role == _Role.ToolTipRole and across and self.sheet.addresses:
            return plain_tip(f"{self.sheet.heads[section]}: a double click leads to its settings")
        if role == _Role.ToolTipRole and not across:
            return plain_tip(meaning(self.sheet.rows[section].word))
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Make a step of what was typed; True where it is taken."""
        at = self.cell(index).edit
        if role != _Role.EditRole or at is None:
            return False
        row, head = self.row_at(index).title, self.sheet.heads[index.column()]
        return change(self._document, f"{row}: {head}", at, str(value))
