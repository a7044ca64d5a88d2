"""A whole journey map on any device: what a file, a page or the clipboard gets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.desktop.journey_map.cards import draw_card
from app.desktop.journey_map.cells import Kind, Sheet
from app.desktop.journey_map.curve import Curve
from app.desktop.journey_map.heads import TITLE_WIDTH, draw_head, draw_title, head_height
from app.desktop.journey_map.paint import Paint, paint_of
from app.desktop.journey_map.personas import Persona, card_of
from app.desktop.looks.theme import Theme

_COLUMN: Final = 230
"""pixels a stage has in a picture"""
_CARD: Final = QSizeF(230, 68)


@dataclass(frozen=True)
class Picture:
    """A map as a picture: all of it, as large as it has to be."""

    title: str
    source: str
    """what the figures are of"""
    legend: str
    sheet: Sheet
    personas: tuple[Persona, ...]
    chosen: Persona | None
    theme: Theme

    def size(self) -> QSize:
        """As large as the map needs."""
        paint = paint_of(self.theme)
        return QSize(round(self._width(paint)), round(self._draw(None, paint)))

    def paint(self, painter: QPainter) -> None:
        """Draw it from the upper left corner, on the ground that is there."""
        self._draw(painter, paint_of(self.theme))

    def _width(self, paint: Paint) -> float:
        return 2 * paint.gap + (TITLE_WIDTH + _COLUMN * max(len(self.sheet.heads), 1)) * paint.scale

    def _draw(self, painter: QPainter | None, paint: Paint) -> float:
        """Draw it, or only go through it; how high it is."""
        width, top = self._width(paint), paint.gap
        inner = width - 2 * paint.gap
        tall = QFontMetricsF(paint.large).height()
        if painter is not None:
            paint.write(painter, QRectF(paint.gap, top, inner, tall), self.title, paint.large, self.theme.text)
        top += tall
        top = self._line(painter, paint, top, self.source)
        top = self._draw_personas(painter, paint, top)
        if self.chosen is not None:
            top = self._draw_sheet(painter, paint, top, card_of(self.chosen), titled=False) + paint.gap
        top = self._draw_sheet(painter, paint, top, self.sheet, titled=True)
        return self._line(painter, paint, top + paint.gap / 2, self.legend) + paint.gap

    def _line(self, painter: QPainter | None, paint: Paint, top: float, text: str) -> float:
        inner = self._width(paint) - 2 * paint.gap
        tall = paint.lines(text, paint.small, inner)
        if painter is not None:
            paint.write(painter, QRectF(paint.gap, top, inner, tall), text, paint.small, self.theme.quiet)
        return top + tall

    def _draw_personas(self, painter: QPainter | None, paint: Paint, top: float) -> float:
        """The one that is chosen, or else all, as many as there is room for in a row."""
        shown = (self.chosen,) if self.chosen is not None else self.personas
        card = _CARD * paint.scale
        step = card.width() + paint.gap
        most = max(int((self._width(paint) - paint.gap) // step), 1)
        top += paint.gap
        for number, persona in enumerate(shown):
            row, column = divmod(number, most)
            at = QPointF(paint.gap + column * step, top + row * (card.height() + paint.gap))
            if painter is not None:
                draw_card(painter, QRectF(at, card), persona, paint, chosen=False)
        rows = -(-len(shown) // most)
        return top + rows * (card.height() + paint.gap)

    def _draw_sheet(self, painter: QPainter | None, paint: Paint, top: float, sheet: Sheet, *, titled: bool) -> float:
        left = paint.gap + (TITLE_WIDTH * paint.scale if titled else 0.0)
        wide = (self._width(paint) - paint.gap - left) / max(len(sheet.heads), 1)
        tall = head_height(paint)
        for number, head in enumerate(sheet.heads):
            if painter is not None:
                draw_head(painter, QRectF(left + number * wide, top, wide, tall), head, paint)
        top += tall
        for row in sheet.rows:
            cells = [replace(cell, hint="") for cell in row.cells]  # who looks at a picture cannot be asked for more
            tall = max(paint.height(row.kind, cell, wide) for cell in cells)
            rects = [QRectF(left + number * wide, top, wide, tall) for number in range(len(row.cells))]
            if painter is not None:
                if titled:
                    title = QRectF(paint.gap, top, left - paint.gap, tall)
                    draw_title(painter, title, row, sheet.reach, paint)
                    painter.setPen(QPen(QColor(self.theme.line), 1))
                    painter.drawLine(QPointF(left, top + tall), QPointF(left + wide * len(rects), top + tall))
                if row.kind is Kind.CURVE:
                    whole = QRectF(left, top, wide * len(rects), tall)
                    Curve(whole, row.cells, sheet.reach, paint).draw(painter)
                for rect, cell in zip(rects, cells, strict=True):
                    paint.draw(painter, rect, row.kind, cell)
            top += tall
        return top
