"""The field that opens in a cell of a journey map."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QStyleOptionViewItem, QTableView, QWidget

from app.desktop.fields.cell_field import CellField, Index
from app.desktop.journey_map.cells import Kind
from app.desktop.journey_map.curve import Curve
from app.desktop.journey_map.model import SheetModel
from app.desktop.journey_map.paint import Paint, paint_of
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.spacing import FINE, GRID
from app.desktop.looks.theme import Appearance

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_LINES = 3


class SheetDelegate(CellField):
    """Draws cells, and opens fields in them: Enter accepts, Shift+Enter begins a line, Escape gives up."""

    def __init__(self, appearance: Appearance, view: QTableView) -> None:
        """For the cells of that view."""
        super().__init__(view)
        self._appearance, self._view = appearance, view

    @property
    def paint_with(self) -> Paint:
        """Fonts and colours of now."""
        return paint_of(self._appearance.theme)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, and a frame round the current one."""
        model, paint = _model(index), self.paint_with
        row, rect = model.row_at(index), QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect.intersected(QRectF(self._view.viewport().rect())))
        if row.kind is Kind.CURVE:
            left = rect.left() - index.column() * rect.width()
            whole = QRectF(left, rect.top(), rect.width() * len(row.cells), rect.height())
            Curve(whole, row.cells, model.sheet.reach, paint).draw(painter)
        else:
            paint.draw(painter, rect, row.kind, row.cells[index.column()])
        painter.setPen(QPen(QColor(paint.theme.line), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(paint.theme.focus), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), FINE, FINE)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """How much room a cell needs at the width that its column has."""
        wide = self._view.columnWidth(index.column())
        row = _model(index).row_at(index)
        return QSize(wide, round(self.paint_with.height(row.kind, row.cells[index.column()], wide)) + 1)

    # The field

    def make_field(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field of several lines."""
        model, field = _model(index), QPlainTextEdit(parent)
        cell = model.cell(index)
        field.setAccessibleName(model.name(index))
        at = cell.edit
        lines = "Enter takes it over, Shift+Enter begins a new line, Escape gives up."
        hint = cell.hint
        if at is not None and at.touchpoints:
            hint = f"{at.touchpoints[0][1]}: why it decides"
        field.setPlaceholderText(hint)
        many = at is not None and at.many
        field.setToolTip(plain_tip(f"One per line. {lines}" if many else lines))
        field.setTabChangesFocus(True)
        field.setFont(self._appearance.theme.font())
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Let the field fill its cell, with room for some lines."""
        least = editor.fontMetrics().lineSpacing() * _LEAST_LINES + 2 * GRID
        rect = option.rect.adjusted(1, 1, -1, -1)
        rect.setHeight(max(rect.height(), least))
        over = rect.bottom() - self._view.viewport().height()
        if over > 0 and rect.height() <= self._view.viewport().height():
            rect.translate(0, -over)
        editor.setGeometry(rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Begin with what is there; what is being typed survives a change of the cell."""
        if isinstance(editor, QPlainTextEdit) and not editor.document().isModified():
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def give(self, field: QWidget, index: Index) -> bool:
        """Give the model what was typed; False where it cannot be taken."""
        assert isinstance(field, QPlainTextEdit)
        if not field.document().isModified():
            return True
        return _model(index).setData(index, field.toPlainText())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Give the model what was typed."""
        self.give(editor, index)

    def open_text(self) -> str:
        """What is typed, where the cell says something else."""
        opened = self._opened()
        if opened is None:
            return ""
        field, index = opened
        assert isinstance(field, QPlainTextEdit)
        text = field.toPlainText()
        return "" if not field.document().isModified() or text == index.data(Qt.ItemDataRole.EditRole) else text.strip()

    def where(self) -> str:
        """What the cell is called."""
        opened = self._opened()
        return opened[0].accessibleName() if opened is not None else ""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the keys that are typed from the shortcuts of the window; take the text over with Enter."""
        if isinstance(event, QKeyEvent) and isinstance(editor, QPlainTextEdit):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if event.type() == QEvent.Type.ShortcutOverride and plain and event.key() != Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and not shift:
                opened = self._opened()
                if opened is not None and self.give(*opened):
                    self.closeEditor.emit(editor)
                return True
        return super().eventFilter(editor, event)


def _model(index: Index) -> SheetModel:
    model = index.model()
    assert isinstance(model, SheetModel)
    return model
