"""The fields that open in cells: a line to type in, a list to choose from, or a list that is found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.desktop.fields.cell_field import CellField, Index
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID
from app.desktop.table.columns import Choice
from app.desktop.table.model import RowsModel

_BORDER, _TICK = QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Text
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellDelegate(CellField):
    """Opens the field that suits a cell; Enter accepts, Escape does not, Tab goes on to the next."""

    def __init__(self, refuse: Callable[[str], None], parent: QWidget) -> None:
        """Say with `refuse` why something cannot be chosen."""
        super().__init__(parent)
        self._refuse = refuse

    def make_field(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field of a cell."""
        model = index.model()
        assert isinstance(model, RowsModel)
        column, choices = model.columns[index.column()], model.choices(index)
        field: QComboBox | QLineEdit
        if not choices:
            field = QLineEdit(parent)
            field.setFrame(False)
        elif column.completed:
            field = self._completed(parent, choices)
        else:
            field = self._listed(parent, choices)
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        field.setToolTip(plain_tip(column.tip))
        field.setAutoFillBackground(True)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Begin with what is there, all of it selected."""
        model = index.model()
        assert isinstance(model, RowsModel)
        if isinstance(editor, QLineEdit):
            if not editor.isModified():  # what is being typed survives a change of the cell
                editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
                editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(model.chosen(index)))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()

    def give(self, field: QWidget, index: Index) -> bool:
        """Have what was typed or chosen; False where that cannot be."""
        model = index.model()
        if isinstance(field, QLineEdit):
            return not field.isModified() or model.setData(index, field.text())
        assert isinstance(field, QComboBox)
        meant = _meant(field)
        if meant is not None:
            return model.setData(index, meant)
        if field.currentText().strip():
            self._refuse(f"There is no touchpoint called {field.currentText().strip()}.")
        return False

    def finish(self, editor: QWidget) -> None:
        """Accept what a field holds, and close it."""
        if editor.isVisible():
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        """Leave out the style's own box, which cannot be seen on dark ground."""
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, with a box where something is switched on or off."""
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        rect, colours = option.rect, option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        side = option.fontMetrics.ascent()
        box = QRectF(rect.left() + GRID, rect.center().y() - side / 2 + 0.5, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText if selected else _BORDER), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
        if Qt.CheckState(state) == Qt.CheckState.Checked:
            painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText if selected else _TICK), side / 7))
            corners = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))
            painter.drawPolyline([QPointF(box.left() + side * x, box.top() + side * y) for x, y in corners])
        painter.restore()

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Switch on or off with a click or the space bar."""
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return super().editorEvent(event, model, option, index)
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        )
        if clicked or (isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)):
            on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            other = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)
        return False

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the keys that are typed in a field from the shortcuts of the window; accept with Enter."""
        if isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if event.type() == QEvent.Type.ShortcutOverride and plain and event.key() != Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and isinstance(editor, QWidget):
                self.finish(editor)
                return True
        return super().eventFilter(editor, event)

    def _listed(self, parent: QWidget, choices: Sequence[Choice]) -> QComboBox:
        field = _ListField(parent)
        for value, words in choices:
            field.addItem(words, value)
        field.activated.connect(lambda _: self.finish(field) if field.from_list else None)
        return field

    def _completed(self, parent: QWidget, choices: Sequence[Choice]) -> QComboBox:
        field = self._listed(parent, choices)
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(field.model(), field)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        popup, line = completer.popup(), field.lineEdit()
        assert popup is not None
        assert line is not None
        popup.setAccessibleName("Touchpoints that match")
        line.returnPressed.connect(lambda: self.finish(field))
        completer.activated.connect(lambda _: self.finish(field))
        return field


class _ListField(QComboBox):
    """Knows whether a choice was made in the open list, which is final, or by going through it with the keys."""

    from_list = False

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        self.from_list = True
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.from_list = False
        super().keyPressEvent(event)


def _meant(field: QComboBox) -> str | None:
    """The value that is chosen, or the first that what was typed is part of; None where there is none."""
    typed = field.currentText().strip().casefold()
    if not field.isEditable() or field.itemText(field.currentIndex()).casefold() == typed:
        value = field.currentData()
        return str(value) if value is not None else None
    choices = [(field.itemText(number).casefold(), str(field.itemData(number))) for number in range(field.count())]
    for fits in (
        lambda words, id_: typed in (words, id_),
        lambda words, _: words.startswith(typed),
        lambda words, _: typed in words,
    ):
        matching = [id_ for words, id_ in choices if typed and fits(words, id_)]
        if matching:
            return matching[0]
    return None
