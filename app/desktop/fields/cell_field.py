"""The field that opens in a cell of a list or table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from app.desktop.fields.open_field import OpenField

Index = QModelIndex | QPersistentModelIndex


class CellField(QStyledItemDelegate, OpenField):
    """Opens fields in cells, and knows the one that is open: one at a time is."""

    _open: tuple[QWidget, QPersistentModelIndex] | None = None

    def __init__(self, parent: QWidget) -> None:
        """For cells of that list or table."""
        super().__init__(parent)
        self.stay_known()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """The field of a cell."""
        field = self.make_field(parent, option, index)
        self._open = field, QPersistentModelIndex(index)
        return field

    def make_field(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that suits the cell."""
        return super().createEditor(parent, option, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show what the cell says; what is being typed survives a change of the cell."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def give(self, field: QWidget, index: Index) -> bool:
        """Give the model what the field holds; whether it took it."""
        super().setModelData(field, index.model(), index)
        return True

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Give the model what the field holds."""
        self.give(editor, index)

    def open_text(self) -> str:
        """What is typed or chosen in the field that is open, where the cell says something else."""
        opened = self._opened()
        if opened is None:
            return ""
        field, index = opened
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(field, QComboBox) and not field.isEditable():
            text = field.currentText()
        else:
            text = line.text() if isinstance(line, QLineEdit) and line.isModified() else ""
        said = (index.data(Qt.ItemDataRole.EditRole), index.data(Qt.ItemDataRole.DisplayRole))
        return "" if text in said else text.strip()

    def where(self) -> str:
        """What the field, or else the cell is called."""
        opened = self._opened()
        if opened is None:
            return ""
        field, index = opened
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        return field.accessibleName() or str(head or index.data(Qt.ItemDataRole.DisplayRole))

    def take(self) -> None:
        """Give the model what is typed, and close the field if it was taken."""
        opened = self._opened()
        if opened is not None and self.give(*opened):
            self.closeEditor.emit(opened[0])

    def rehearse(self) -> None:
        """Ask for the change of a cell; a choice is not rehearsed, as it may be half of something only."""
        opened = self._opened()
        if opened is not None and not isinstance(opened[0], QComboBox):
            self.give(*opened)

    def drop(self) -> None:
        """Close the field without the text."""
        opened = self._opened()
        if opened is not None:
            self.closeEditor.emit(opened[0], QStyledItemDelegate.EndEditHint.RevertModelCache)

    def _opened(self) -> tuple[QWidget, QPersistentModelIndex] | None:
        """The field that is open, and its cell."""
        if self._open is not None and isValid(self._open[0]) and self._open[0].isVisible() and self._open[1].isValid():
            return self._open
        return None
