"""A picture: what is drawn, with its title above and what it is made of below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.desktop.looks.spacing import GRID
from app.desktop.looks.theme import Theme

_MARGIN: Final = 2 * GRID
_LEAST: Final = 60 * GRID
"""no picture is narrower, so that its title need not stand in a column of single words"""
_WRAPPED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class Picture:
    """Anything that can be drawn, as large as it is at 100 %."""

    name: str
    """what a file of it is called"""
    drawn: QSizeF
    """the room that `draw` needs, in pixels of the screen"""
    draw: Callable[[QPainter], None]
    """draws it from the upper left corner"""
    theme: Theme
    title: str = ""
    """empty where the drawing has its own"""
    source: str = ""
    """what it is made of; empty where the drawing says so itself"""

    def size(self) -> QSize:
        """The size of all of it, in pixels of the screen."""
        head, foot = self._lines()
        tall = self.drawn.height() + sum(height + GRID for height in (head, foot) if height) + 2 * _MARGIN
        return QSizeF(self._width() + 2 * _MARGIN, tall).toSize()

    def paint(self, painter: QPainter) -> None:
        """Draw all of it from the upper left corner, on a ground of its own."""
        theme, size = self.theme, self.size()
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(theme.panel))
        head, foot = self._lines()
        self._write(painter, QRectF(_MARGIN, _MARGIN, self._width(), head), self.title, self._title_font, theme.text)
        painter.save()
        painter.translate(self.corner)
        self.draw(painter)
        painter.restore()
        below = QRectF(_MARGIN, self.corner.y() + self.drawn.height() + GRID, self._width(), foot)
        self._write(painter, below, self.source, self._source_font, theme.quiet)

    @property
    def corner(self) -> QPointF:
        """Where the upper left corner of what is drawn lies."""
        head, _ = self._lines()
        return QPointF(_MARGIN, _MARGIN + (head + GRID if head else 0))

    @property
    def _title_font(self) -> QFont:
        return self.theme.font("large", bold=True)

    @property
    def _source_font(self) -> QFont:
        return self.theme.font("small")

    def _width(self) -> float:
        return max(self.drawn.width(), _LEAST)

    def _lines(self) -> tuple[float, float]:
        """How high title and source are."""
        return self._height(self.title, self._title_font), self._height(self.source, self._source_font)

    def _height(self, text: str, font: QFont) -> float:
        if not text:
            return 0.0
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, self._width(), 1e4), int(_WRAPPED), text).height() + 1

    @staticmethod
    def _write(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str) -> None:
        if not text:
            return
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(box, int(_WRAPPED), text)
