"""The field of weights by hour, weekday, month or week: a grid that is painted, by mouse or by keyboard."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.key import Key
from app.desktop.forms.numbers import UnfitError, number_in, text_of
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from sim.scenario.shape import Shape, limit, shapes

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKS: Final = 53
_COUNTS: Final = (len(_DAYS), len(_MONTHS), 24, _WEEKS)
"""Cells of the grids with one row"""
_STEP: Final = 0.1
_MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAINTEST = 28
"""of 255: how the smallest weight above nothing is filled"""
HELP = (
    "Drag over cells to paint them with the weight below. By keyboard: arrows go from cell to cell, with Shift they "
    "select, Space paints, + and − change, a digit sets the weight, Ctrl+A selects all."
)


def hours_of(key: Key) -> tuple[int, int, Shape] | None:
    """Rows and columns of the grid that suits a list of weights by hour, weekday, month or week; None else."""
    for option in key.options:
        count = limit(option.limits, "max_length")
        if len(option.items) == 1 and count in (*_COUNTS, 168):
            item = shapes(option.items[0])[0]
            if item.plain is float:
                return (7, 24, item) if count == 168 else (1, count, item)
    return None


class HoursEditor(Editor):
    """Weights in a grid: 7 days by 24 hours, or a row of hours, days, months or weeks."""

    wide = True
    roomy = True

    def __init__(self, appearance: Appearance, rows: int, columns: int, option: Shape, required: bool) -> None:
        """A grid of that size, of weights of that kind; one that is not `required` can be taken away again."""
        super().__init__()
        self._option = option
        self._count = rows * columns
        self._value: Any = None
        self._required = required
        self._note = ""
        self.grid = self.input = HoursGrid(appearance, rows, columns)
        self.setFocusProxy(self.grid)
        self.brush = QLineEdit("1")
        self.brush.setToolTip("The weight that dragging, or Space, gives")
        self.brush.setMaximumWidth(GRID * 12)
        self.brush.setMinimumWidth(GRID * 4)
        label = PlainLabel("Paint with")
        label.setBuddy(self.brush)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("What is selected")
        self.even = QToolButton()
        self.even.setText("Reset")
        self.even.setAutoRaise(True)
        self.even.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.even.clicked.connect(lambda: self.edited.emit(None))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(GRID // 2)
        layout.addWidget(self.grid, 0, 0, 1, 4)
        layout.addWidget(label, 1, 0)
        layout.addWidget(self.brush, 1, 1)
        layout.addWidget(self.even, 1, 3)
        layout.addWidget(self.said, 2, 0, 1, 4)
        layout.setColumnStretch(2, 1)
        self.brush.textEdited.connect(self._brushed)
        self.brush.editingFinished.connect(self._brush_left)
        self.grid.painted.connect(self._painted)
        self.grid.pointed.connect(self._say)
        self.grid.came.connect(self.begun)

    def name(self, name: str, description: str) -> None:
        """Name grid and brush."""
        self.grid.setAccessibleName(name)
        self.brush.setAccessibleName(f"{name}: weight to paint with")
        self.even.setAccessibleName(f"{name}: reset")
        self.even.setToolTip(plain_tip(f"{name}: the same at all times"))
        self.grid.setToolTip(plain_tip(HELP, wraps=True))
        self._say()

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show the weights, evenly where none are given."""
        self._value = value
        if self._count == _WEEKS and isinstance(value, list) and len(value) == _WEEKS - 1:
            value = [*value, value[-1]]  # as the model takes it
        fits = isinstance(value, list) and len(value) == self._count
        numbers = fits and all(isinstance(each, int | float) and not isinstance(each, bool) for each in value)
        self.grid.show_weights([float(each) for each in value] if numbers else [1.0] * self._count, given=numbers)
        self.even.setVisible(value is not None and not self._required)
        self._note = VARIOUS if various else "" if numbers or value is None else f"not {self._count} weights"
        self._say()

    def _painted(self, weights: list[float]) -> None:
        self.begun.emit()  # each stroke is a step of its own
        self.edited.emit([int(each) if float(each).is_integer() else each for each in weights])

    def _brushed(self, text: str) -> None:
        try:
            self.grid.brush = float(number_in(text, self._option))
        except UnfitError:
            return  # said when the line is left

    def _brush_left(self) -> None:
        try:
            self.grid.brush = float(number_in(self.brush.text(), self._option))
        except UnfitError as unfit:
            self.brush.setText(text_of(self.grid.brush))
            self.refused.emit(str(unfit))

    def _say(self) -> None:
        words = self.grid.words()
        self.said.setText(self._note or words)
        self.grid.setAccessibleDescription(words)


class HoursGrid(QWidget):
    """The grid itself; the fuller a cell, the larger its weight."""

    painted = Signal(object)
    """all weights after a stroke"""
    pointed = Signal()
    """another cell is looked at"""
    came = Signal()
    """the keyboard came"""

    def __init__(self, appearance: Appearance, rows: int, columns: int) -> None:
        """A grid with the same weight everywhere."""
        super().__init__()
        self._appearance, self._rows, self._columns = appearance, rows, columns
        self.weights = [1.0] * (rows * columns)
        self.brush = 1.0
        self.at = (0, 0)
        """column and row of the cell where the keyboard is"""
        self._from = (0, 0)
        self._given = False
        self._stroke: list[float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def show_weights(self, weights: list[float], given: bool) -> None:
        """Show these; paler where they are only what holds by default."""
        if self._stroke is None:
            self.weights, self._given = list(weights), given
            self.update()

    def cell(self, column: int, row: int) -> QRect:
        """Where a cell is drawn."""
        left, top = self._margins()
        wide = max(self.width() - left - 1, self._columns)
        x0, x1 = (left + wide * each // self._columns for each in (column, column + 1))
        return QRect(x0, top + row * self._tall(), x1 - x0, self._tall())

    def words(self) -> str:
        """What is selected, and how much weight it has."""
        (left, top), (right, bottom) = self._selected()
        weights = [self.weights[row * self._columns + column] for column, row in self._cells()]
        same = len(set(weights)) == 1
        weight = f"weight {text_of(weights[0])}" if same else f"weights {min(weights):g} to {max(weights):g}"
        if (left, top) == (right, bottom):
            return f"{self._cell_name(left, top)}: {weight}"
        return f"{self._cell_name(left, top)} to {self._cell_name(right, bottom)}: {weight}"

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for the rows and the hours above them."""
        return QSize(240, self._margins()[1] + self._rows * self._tall() + 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw cells, names of days and hours, and what is selected."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(theme.quiet))
        left, top = self._margins()
        if self._rows > 1:
            for row in range(self._rows):
                box = QRect(0, self.cell(0, row).top(), left - GRID, self._tall())
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _DAYS[row][:3])
        every = self._columns_a_name(narrow=self.width() < 72 * GRID * theme.scale)
        for column in range(0, self._columns, every):
            words = self._short(column)
            box = QRect(self.cell(column, 0).left(), 0, self.cell(0, 0).width() * every, top)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        most = max([*self.weights, 1e-12])
        for row in range(self._rows):
            for column in range(self._columns):
                self._draw(painter, self.cell(column, row), self.weights[row * self._columns + column] / most)
        if self.hasFocus():
            (c0, r0), (c1, r1) = self._selected()
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(c0, r0).united(self.cell(c1, r1)).adjusted(1, 1, -1, -1))
        painter.end()

    def _draw(self, painter: QPainter, box: QRect, share: float) -> None:
        theme = self._appearance.theme
        inside = box.adjusted(0, 0, -1, -1)
        painter.fillRect(inside, QColor(theme.band))
        if share > 0:
            colour = QColor(theme.accent if self._given else theme.stroke)
            colour.setAlpha(round(_FAINTEST + (200 - _FAINTEST) * share))
            tall = max(round(inside.height() * share), 1)  # the height says it too, not the colour alone
            painter.fillRect(QRect(inside.left(), inside.bottom() + 1 - tall, inside.width(), tall), colour)
        painter.setPen(QColor(theme.line))
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Go, select, paint."""
        key, text = Qt.Key(event.key()), event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _MOVES and not control:
            self._move(_MOVES[key], shift)
        elif control and key == Qt.Key.Key_A:
            self._from, self.at = (0, 0), (self._columns - 1, self._rows - 1)
            self._told()
        elif control:
            event.ignore()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._set(lambda _: self.brush)
        elif text in ("+", "-", "−"):
            step = _STEP if text == "+" else -_STEP
            self._set(lambda weight: max(round(weight + step, 6), 0.0))
        elif text.isdecimal():
            self._set(lambda _: float(text))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._stroke = list(self.weights)
            self.at = self._from = self._cell_at(event.position().toPoint())
            self._paint_cell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Go on with it."""
        if self._stroke is not None:
            target, begin = self._cell_at(event.position().toPoint()), self.at
            steps = max(abs(target[0] - begin[0]), abs(target[1] - begin[1]), 1)
            for step in range(1, steps + 1):  # no cell is left out where the hand is quick
                self.at = self._from = (
                    begin[0] + round((target[0] - begin[0]) * step / steps),
                    begin[1] + round((target[1] - begin[1]) * step / steps),
                )
                self._paint_cell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """End it: one step of the document."""
        if event.button() == Qt.MouseButton.LeftButton and self._stroke is not None:
            weights, before, self._stroke = list(self.weights), self._stroke, None
            if weights != before or not self._given:
                self.painted.emit(weights)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.came.emit()
        self.update()

    def _move(self, by: tuple[int, int], select: bool) -> None:
        column, row = self.at[0] + by[0], self.at[1] + by[1]
        self.at = (min(max(column, 0), self._columns - 1), min(max(row, 0), self._rows - 1))
        if not select:
            self._from = self.at
        self._told()

    def _set(self, change: Any) -> None:
        weights = list(self.weights)
        for column, row in self._cells():
            weights[row * self._columns + column] = change(weights[row * self._columns + column])
        self.painted.emit(weights)
        self._told()

    def _paint_cell(self) -> None:
        self.weights[self.at[1] * self._columns + self.at[0]] = self.brush
        self._told()

    def _told(self) -> None:
        self.update()
        self.pointed.emit()

    def _selected(self) -> tuple[tuple[int, int], tuple[int, int]]:
        (c0, r0), (c1, r1) = self._from, self.at
        return (min(c0, c1), min(r0, r1)), (max(c0, c1), max(r0, r1))

    def _cells(self) -> list[tuple[int, int]]:
        (c0, r0), (c1, r1) = self._selected()
        return [(column, row) for row in range(r0, r1 + 1) for column in range(c0, c1 + 1)]

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        left, top = self._margins()
        column = (point.x() - left) * self._columns // max(self.width() - left, 1)
        return min(max(column, 0), self._columns - 1), min(max((point.y() - top) // self._tall(), 0), self._rows - 1)

    def _cell_name(self, column: int, row: int) -> str:
        if self._columns == _WEEKS:
            return f"Week {column + 1}"
        if self._columns in (len(_DAYS), len(_MONTHS)):
            return (_DAYS if self._columns == len(_DAYS) else _MONTHS)[column]
        return f"{_DAYS[row]} {column}:00" if self._rows > 1 else f"{column}:00"

    def _short(self, column: int) -> str:
        """The name above a column."""
        name = self._cell_name(column, 0)
        if self._columns == _WEEKS:
            return str(column + 1)
        return name[:3] if self._columns in (len(_DAYS), len(_MONTHS)) else f"{column}:00"

    def _columns_a_name(self, narrow: bool) -> int:
        """How many columns share a name, so that names have room."""
        if self._columns == len(_DAYS):
            return 1
        if self._columns == len(_MONTHS):
            return 2 if narrow else 1
        return 6 if narrow else 3

    def _tall(self) -> int:
        return round(3 * GRID * self._appearance.theme.scale)

    def _margins(self) -> tuple[int, int]:
        """Room for the names of days on the left, and of hours above."""
        scale = self._appearance.theme.scale
        return (round(5 * GRID * scale) if self._rows > 1 else 0), round(2.5 * GRID * scale)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
