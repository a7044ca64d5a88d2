"""A lever that is one of a few values: buttons side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from app.desktop.forms import words
from app.desktop.levers.offered import Lever
from app.desktop.levers.row import LeverRow
from app.desktop.levers.writing import Writer
from app.desktop.looks.plain import caption, plain_tip
from app.desktop.looks.theme import GRID, Appearance


class ChoiceRow(LeverRow):
    """One button is pressed; that of the baseline is underlined."""

    def __init__(self, appearance: Appearance, writer: Writer, lever: Lever) -> None:
        """A lever without a value yet."""
        super().__init__(appearance, writer, lever)
        values = lever.key.literals or (False, True)
        self.choice = Segments([(value, self.words(value)) for value in values], lever.label)
        self.choice.group.idClicked.connect(self._choose)
        self.body.addWidget(self.choice)

    def show_value(self) -> None:
        """Press the button of the value."""
        self.choice.show_choice(self.value, self.baseline)

    def words(self, value: Any) -> str:
        """The value as people say it."""
        if value is None:
            return "none"
        # A file may say anything here, such as a table; a finding tells of it.
        return words.choice(value) if isinstance(value, str | bool) else "not one of these"

    def set_tip(self, tip: str) -> None:
        """Explain the lever."""
        self.label.setToolTip(plain_tip(tip, wraps=True))
        for button in self.choice.buttons:
            button.setToolTip(plain_tip(tip, wraps=True))

    def _choose(self, number: int) -> None:
        self.writer.begin()
        self.put(self.choice.values[number])
        self.writer.release()


class Segments(QWidget):
    """Buttons of which one is pressed; in as many columns as there is room for. Arrow keys go from one to the next."""

    def __init__(self, options: list[tuple[Any, str]], name: str) -> None:
        """A button for each value with its words."""
        super().__init__()
        self.values = [value for value, _ in options]
        self.group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GRID // 4, 0, GRID // 4)
        self._grid.setSpacing(GRID // 4)
        for number, (_, said) in enumerate(options):
            button = QPushButton(caption(said))
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {said}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.group.addButton(button, number)
            self.buttons.append(button)
        self._columns = 0
        self._arrange(len(options))

    def show_choice(self, value: Any, baseline: Any) -> None:
        """Press the button of a value, underline that of the baseline."""
        for number, button in enumerate(self.buttons):
            button.setChecked(self.values[number] == value)
            font = button.font()
            font.setUnderline(self.values[number] == baseline)
            button.setFont(font)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Use the room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Larger type needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as one column."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose the one before or after with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = min(max(self.group.checkedId() + step, 0), len(self.buttons) - 1)
        self.buttons[number].setFocus()
        self.buttons[number].click()

    def _widest(self) -> int:
        return max(button.fontMetrics().horizontalAdvance(button.text()) for button in self.buttons) + 2 * GRID

    def _fit(self) -> None:
        room = self.width() + self._grid.spacing()
        fitting = max(room // (self._widest() + self._grid.spacing()), 1)
        count = len(self.buttons)
        if fitting < count:  # rows of the same length look calmer
            fitting = next((columns for columns in range(fitting, 1, -1) if count % columns == 0), min(fitting, 2))
        self._arrange(min(fitting, count))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()
