"""The field for one of the figures that a template asks for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines
from app.desktop.looks.theme import GRID, Appearance
from app.first_steps.templates import Figure, written

_WIDTH = 12
"""so many digits fit"""


class FigureField(QWidget):
    """A label, a line to type into, the unit, and below it what is meant or what is wrong."""

    changed = Signal()
    accepted = Signal()
    """Enter was pressed"""

    def __init__(self, appearance: Appearance, figure: Figure) -> None:
        """Holds the default at first."""
        super().__init__()
        self._appearance = appearance
        self.figure = figure
        self.label = PlainLabel(figure.label)
        self.label.setWordWrap(True)
        self.line = QLineEdit(written(figure.default))
        self.line.setAccessibleName(f"{figure.label} ({figure.unit})")
        self.line.setToolTip(plain_tip(in_lines(f"{figure.help} {figure.allowed.capitalize()}.")))
        self.label.setBuddy(self.line)
        self.unit = PlainLabel(figure.unit)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        beside = QHBoxLayout()
        beside.setSpacing(GRID)
        beside.addWidget(self.line)
        beside.addWidget(self.unit)
        beside.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, GRID)
        rows.setSpacing(GRID // 4)
        rows.addWidget(self.label)
        rows.addLayout(beside)
        rows.addWidget(self.note)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.accepted)
        appearance.changed.connect(self.dress)
        self.dress()

    @property
    def answer(self) -> float | None:
        """The figure, or None where what is typed does not fit."""
        try:
            return self.figure.answer_in(self.line.text())
        except ValueError:
            return None

    @property
    def problem(self) -> str:
        """What is wrong with what is typed; empty where nothing is."""
        try:
            self.figure.answer_in(self.line.text())
        except ValueError as error:
            return str(error)
        return ""

    def dress(self) -> None:
        """Take type and colours of the theme, and say what is meant or what is wrong."""
        theme = self._appearance.theme
        self.line.setFixedWidth(self.line.fontMetrics().averageCharWidth() * _WIDTH + 3 * GRID)
        self.note.setFont(theme.font("small"))
        problem = self.problem
        self.note.setText(f"⚠ {problem}" if problem else self.figure.help)
        palette = self.note.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.error if problem else theme.quiet))
        self.note.setPalette(palette)
        self.line.setAccessibleDescription(problem or self.figure.help)

    def _typed(self) -> None:
        self.dress()
        self.changed.emit()
