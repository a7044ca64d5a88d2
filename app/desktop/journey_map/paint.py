"""Cells of a journey map on any device: the table on the screen and a picture of the whole draw them with this."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from app.desktop.journey_map.cells import Cell, Kind, Met
from app.desktop.looks.spacing import FINE, GRID, ROUND
from app.desktop.looks.theme import Theme

_PIXELS_A_POINT: Final = 96 / 72
_TINT: Final = {False: 22, True: 40}
"""how much of a colour the ground of a card has, of 255, on light and on dark"""
CURVE_HEIGHT: Final = 160
_EDGE: Final = 130
"""how much of its colour the edge of a touchpoint has, of 255: it is no more than a frame"""
_BAR: Final = 6
_STAR: Final = "★"


class Paint:
    """Fonts and colours of a theme, and how each kind of cell is measured and drawn."""

    def __init__(self, theme: Theme) -> None:
        """Take them from the theme."""
        self.theme, self.scale = theme, theme.scale
        self.normal, self.strong = self.font("normal"), self.font("normal", bold=True)
        self.small, self.small_strong = self.font("small"), self.font("small", bold=True)
        self.large = self.font("large", bold=True)

    def font(self, size: str, bold: bool = False) -> QFont:
        """The type in pixels, so that it is as large on paper, beside lengths in pixels, as on the screen."""
        font = self.theme.font(size, bold)
        font.setPixelSize(round(self.theme.points(size) * _PIXELS_A_POINT))
        return font

    @property
    def gap(self) -> float:
        """Room beside and between what stands in cells."""
        return GRID * self.scale

    def tinted(self, colour: str) -> QColor:
        """The ground of a card in that colour."""
        tint = QColor(colour)
        tint.setAlpha(_TINT[self.theme.dark])
        return tint

    # Measuring

    def height(self, kind: Kind, cell: Cell, width: float) -> float:
        """How much height a cell needs at that width."""
        inner = width - 2 * self.gap
        if kind is Kind.CURVE:
            return CURVE_HEIGHT * self.scale
        if kind is Kind.TOUCHPOINTS and cell.met:
            return self.gap + sum(self._chip_height(one, width) + self.gap / 2 for one in cell.met) + self.gap / 2
        if kind in (Kind.PAINS, Kind.CHANCES, Kind.TRUTHS) and (cell.items or cell.beside):
            return self.gap + sum(tall + self.gap / 2 for _, tall in self._cards(cell, inner)) + self.gap / 2
        if kind is Kind.LIST and cell.items:
            return 2 * self.gap + sum(self.lines(f"• {item}", self.normal, inner) for item in cell.items)
        if kind is Kind.SHARE and cell.share is not None:
            return (
                2 * self.gap + self.lines(cell.text, self.strong, inner) + (_BAR + 4) * self.scale + self._small(cell)
            )
        text = cell.text or cell.instead
        font = self.strong if kind is Kind.FIGURES and cell.text else self.normal
        return 2 * self.gap + self.lines(text, font, inner) + (self._small(cell) if cell.text else 0.0)

    def lines(self, text: str, font: QFont, width: float) -> float:
        """The height of a text that is wrapped at that width."""
        return _laid_out(text, font, width).boundingRect().height()

    def _small(self, cell: Cell) -> float:
        return QFontMetricsF(self.small).height() if cell.beside else 0.0

    def _chip_height(self, one: Met, width: float) -> float:
        """The height of a touchpoint in a cell of that width; names and channels are wrapped, so that all is read."""
        inner = width - 3 * self.gap
        name = self.lines(_name_of(one), self.small_strong, inner)
        channels = self.lines(one.channels, self.small, inner) if one.channels else 0.0
        return name + channels + self.gap * 0.75

    def _cards(self, cell: Cell, inner: float) -> list[tuple[str, float]]:
        """The texts of a cell's cards, with their heights; what is said beside them comes last, without a ground."""
        cards = [(item, self.lines(item, self.small, inner - self.gap) + self.gap) for item in cell.items]
        if cell.beside:
            first, _, rest = cell.beside.partition("\n")
            below = self.lines(rest, self.small, inner) if rest else 0.0
            cards.append(("", self.lines(first, self.small_strong, inner) + below + 2))
        return cards

    # Drawing

    def draw(self, painter: QPainter, rect: QRectF, kind: Kind, cell: Cell) -> None:
        """Draw a cell; its part of a curve is drawn apart."""
        painter.save()
        inner = rect.adjusted(self.gap, self.gap, -self.gap, -self.gap)
        if kind is Kind.TOUCHPOINTS and cell.met:
            seen = painter.clipBoundingRect() if painter.hasClipping() else rect
            for one, chip in self.chips(rect, cell.met):
                if chip.intersects(seen):
                    self._draw_chip(painter, chip, one)
        elif kind in (Kind.PAINS, Kind.CHANCES, Kind.TRUTHS) and (cell.items or cell.beside):
            self._draw_cards(painter, inner, kind, cell)
        elif kind is Kind.LIST and cell.items:
            for item in cell.items:
                tall = self.lines(f"• {item}", self.normal, inner.width())
                self.write(painter, inner, f"• {item}", self.normal, self.theme.text)
                inner.setTop(inner.top() + tall)
        elif kind is Kind.SHARE and cell.share is not None:
            self._draw_share(painter, inner, cell)
        elif kind is not Kind.CURVE:
            self._draw_text(painter, inner, kind, cell)
        painter.restore()

    def write(self, painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str) -> None:
        """A text from the upper left corner of a rectangle, wrapped to its width."""
        painter.setPen(QColor(colour))
        _laid_out(text, font, rect.width()).draw(painter, rect.topLeft())

    def chips(self, rect: QRectF, met: Sequence[Met]) -> list[tuple[Met, QRectF]]:
        """Where each touchpoint of a cell stands."""
        top, found = rect.top() + self.gap, []
        for one in met:
            tall = self._chip_height(one, rect.width())
            found.append((one, QRectF(rect.left() + self.gap / 2, top, rect.width() - self.gap, tall)))
            top += tall + self.gap / 2
        return found

    def _draw_text(self, painter: QPainter, inner: QRectF, kind: Kind, cell: Cell) -> None:
        if not cell.text:
            self.write(painter, inner, cell.instead, self.normal, self.theme.quiet)
            return
        font = self.strong if kind is Kind.FIGURES else self.normal
        self.write(painter, inner, cell.text, font, self.theme.text)
        if cell.beside:
            below = inner.adjusted(0, self.lines(cell.text, font, inner.width()), 0, 0)
            self.write(painter, below, cell.beside, self.small, self.theme.quiet)

    def _draw_chip(self, painter: QPainter, chip: QRectF, one: Met) -> None:
        edge = QColor(self.theme.line if one.quiet else self.theme.stroke)
        edge.setAlpha(_EDGE)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(QColor(self.theme.card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        inside = chip.adjusted(self.gap, self.gap * 0.375, -self.gap, 0)
        name = _name_of(one)
        self.write(painter, inside, name, self.small_strong, self.theme.quiet if one.quiet else self.theme.text)
        if one.channels:
            below = inside.adjusted(0, self.lines(name, self.small_strong, inside.width()), 0, 0)
            self.write(painter, below, one.channels, self.small, self.theme.quiet)

    def _draw_cards(self, painter: QPainter, inner: QRectF, kind: Kind, cell: Cell) -> None:
        colour = {Kind.PAINS: self.theme.error, Kind.CHANCES: self.theme.good}.get(kind, self.theme.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = inner.top()
        for text, tall in self._cards(cell, inner.width()):
            card = QRectF(inner.left(), top, inner.width(), tall)
            if text:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.tinted(colour))
                painter.drawRoundedRect(card.adjusted(-self.gap / 2, 0, self.gap / 2, 0), FINE, FINE)
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(card.left() - self.gap / 2, card.top(), 3, tall), 1.5, 1.5)
                inside = card.adjusted(self.gap / 2, self.gap / 2, -self.gap / 2, 0)
                self.write(painter, inside, text, self.small, self.theme.text)
            else:
                first, _, rest = cell.beside.partition("\n")
                self.write(painter, card, first, self.small_strong, colour)
                below = card.adjusted(0, self.lines(first, self.small_strong, card.width()), 0, 0)
                self.write(painter, below, rest, self.small, self.theme.quiet)
            top += tall + self.gap / 2

    def _draw_share(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        self.write(painter, inner, cell.text, self.strong, self.theme.text)
        top = inner.top() + self.lines(cell.text, self.strong, inner.width()) + 2 * self.scale
        bar = QRectF(inner.left(), top, inner.width(), _BAR * self.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(QColor(self.theme.error))
        wide = bar.width() * min(cell.share or 0.0, 1.0)
        if wide:
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(wide, _BAR), bar.height()), _BAR / 2, _BAR / 2)
        self.write(
            painter, inner.adjusted(0, bar.bottom() + 2 - inner.top(), 0, 0), cell.beside, self.small, self.theme.quiet
        )


def _name_of(one: Met) -> str:
    return f"{_STAR} {one.name}" if one.truth else one.name


@lru_cache(maxsize=4)
def paint_of(theme: Theme) -> Paint:
    """What a theme draws with, made once."""
    return Paint(theme)


def _laid_out(text: str, font: QFont, width: float) -> QTextLayout:
    """A text in lines of that width; words that are longer are broken, so that none stands in the next cell."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def diamond(middle: QPointF, radius: float) -> QPainterPath:
    """A diamond that marks a moment of truth on the curve."""
    path = QPainterPath(QPointF(middle.x(), middle.y() - radius))
    for dx, dy in ((radius, 0), (0, radius), (-radius, 0)):
        path.lineTo(middle.x() + dx, middle.y() + dy)
    path.closeSubpath()
    return path
