"""A block: a heading and what belongs together below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance


class Block(QWidget):
    """A quiet sheet with a heading and a line about it."""

    def __init__(self, appearance: Appearance, title: str, about: str, tip: str = "") -> None:
        """A block without anything on it yet."""
        super().__init__()
        self._appearance = appearance
        self.title = PlainLabel(title)
        self.title.setToolTip(plain_tip(tip))
        self.about = PlainLabel(about)
        self.about.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self.rows.setSpacing(GRID // 2)
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.about)
        self.setAccessibleName(title)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the sheet."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1, Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(theme.band))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), GRID / 2, GRID / 2)
        painter.end()

    def _restyle(self) -> None:
        self.title.setFont(self._appearance.theme.font("normal", bold=True))
        self.about.setFont(self._appearance.theme.font("small"))
        self.update()
