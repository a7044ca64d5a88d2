"""The curve of emotion along the stages: a line through their means, its interval, and a dot for each touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from app.desktop.journey_map.cells import Cell, Felt, signed
from app.desktop.journey_map.paint import Paint, diamond

_ROOM: Final = 24
"""above and below the axis, for what is written beside the points"""
_BAND: Final = 80
"""how much of its colour the band of the interval has, of 255"""
_FEW: Final = 3
"""fewer touchpoints have no high and low point"""
_LEAST_BAND: Final = 2.0
"""half the height that a band has at least, so that it can be seen that there is one"""


class Curve:
    """The curve over a whole row of cells, each of which is as wide as any other."""

    def __init__(self, row: QRectF, cells: Sequence[Cell], reach: float, paint: Paint) -> None:
        """`reach` is how far the axis goes, both ways."""
        self.row, self.cells, self.reach, self.paint = row, cells, reach, paint
        self.wide = row.width() / max(len(cells), 1)

    def height(self, value: float) -> float:
        """Where on the axis a feeling lies."""
        room = self.row.height() / 2 - _ROOM * self.paint.scale
        return self.row.center().y() - min(max(value / (self.reach or 1.0), -1.0), 1.0) * room

    def draw(self, painter: QPainter) -> None:
        """Draw axis, interval, line and dots."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.paint.theme.stroke), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(self.row.left(), self.height(0)), QPointF(self.row.right(), self.height(0)))
        for part in self._parts():
            if part[0][1].low is not None:
                self._draw_band(painter, part)
            self._draw_line(painter, part)
        self._name_extremes(painter)
        for number, cell in enumerate(self.cells):
            if cell.felt is not None:
                self._draw_dots(painter, number, cell.felt)
                self._draw_mean(painter, number, cell, cell.felt)
        painter.restore()

    def _middle(self, number: int) -> float:
        return self.row.left() + (number + 0.5) * self.wide

    def _parts(self) -> list[list[tuple[float, Felt]]]:
        """Stages beside one another, without those of which nothing is known: where they stand, and how they feel."""
        parts: list[list[tuple[float, Felt]]] = [[]]
        for number, cell in enumerate(self.cells):
            if cell.felt is None:
                parts.append([])
            else:
                parts[-1].append((self._middle(number), cell.felt))
        return [part for part in parts if part]

    def _draw_band(self, painter: QPainter, part: list[tuple[float, Felt]]) -> None:
        above, below = [], []
        for x, felt in part:
            low, high = (felt.mean if end is None else end for end in (felt.low, felt.high))
            middle = self.height((low + high) / 2)
            above.append(QPointF(x, min(self.height(high), middle - _LEAST_BAND)))
            below.append(QPointF(x, max(self.height(low), middle + _LEAST_BAND)))
        path = smooth(above)
        path.lineTo(below[-1])
        path.connectPath(smooth(below[::-1]))
        path.closeSubpath()
        ground = QColor(self.paint.theme.accent)
        ground.setAlpha(_BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPath(path)

    def _draw_line(self, painter: QPainter, part: list[tuple[float, Felt]]) -> None:
        counted = part[0][1].counted
        style = Qt.PenStyle.SolidLine if counted else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(self.paint.theme.accent), 2 * self.paint.scale, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(smooth([QPointF(x, self.height(felt.mean)) for x, felt in part]))

    def _name_extremes(self, painter: QPainter) -> None:
        """Say which touchpoints are the highest and the lowest point of all."""
        dots = [(dot, self._dot_at(number, cell.felt, index)) for number, cell in enumerate(self.cells) if cell.felt
                for index, dot in enumerate(cell.felt.dots)]  # fmt: skip
        if len(dots) < _FEW:
            return
        metrics, radius = QFontMetricsF(self.paint.small), 8 * self.paint.scale
        for dot, at in (max(dots, key=lambda one: one[0].mean), min(dots, key=lambda one: one[0].mean)):
            text = f"{dot.name} {signed(dot.mean)}"
            wide = metrics.horizontalAdvance(text)
            left = at.x() + radius if at.x() + radius + wide < self.row.right() else at.x() - radius - wide
            rect = QRectF(left, at.y() - metrics.height() / 2, wide + 1, metrics.height())
            self.paint.write(painter, rect, text, self.paint.small, self.paint.theme.quiet)

    def _dot_at(self, number: int, felt: Felt, index: int) -> QPointF:
        """Where the dot of a touchpoint of a stage stands."""
        step = self.wide / (len(felt.dots) + 1)
        return QPointF(self.row.left() + number * self.wide + (index + 1) * step, self.height(felt.dots[index].mean))

    def _draw_dots(self, painter: QPainter, number: int, felt: Felt) -> None:
        theme, radius = self.paint.theme, 2.5 * self.paint.scale
        for index, dot in enumerate(felt.dots):
            at = self._dot_at(number, felt, index)
            painter.setPen(QPen(QColor(theme.accent if dot.truth else theme.stroke), 1))
            painter.setBrush(QColor(theme.accent if dot.truth else theme.paper))
            if dot.truth:
                painter.drawPath(diamond(at, 2 * radius))
            else:
                painter.drawEllipse(at, radius, radius)

    def _draw_mean(self, painter: QPainter, number: int, cell: Cell, felt: Felt) -> None:
        theme, paint = self.paint.theme, self.paint
        at, radius = QPointF(self._middle(number), self.height(felt.mean)), 5 * paint.scale
        painter.setPen(QPen(QColor(theme.accent), 2 * paint.scale))
        painter.setBrush(QColor(theme.card))
        painter.drawEllipse(at, radius, radius)
        bold, small = QFontMetricsF(paint.strong), QFontMetricsF(paint.small)
        text, ends = cell.text, f"  {cell.beside}"
        wide = bold.horizontalAdvance(text) + small.horizontalAdvance(ends)
        tall = bold.height()
        # Beside the edge that is further away, so that nothing is written over the curve.
        top = self.row.top() + 2 if felt.mean < 0 else self.row.bottom() - tall - 2
        left = max(at.x() - wide / 2, self.row.left() + number * self.wide + 2)
        paint.write(painter, QRectF(left, top, self.wide, tall), text, paint.strong, theme.text)
        beside = QRectF(left + bold.horizontalAdvance(text), top + bold.ascent() - small.ascent(), self.wide, tall)
        paint.write(painter, beside, ends, paint.small, theme.quiet)


def smooth(points: Sequence[QPointF]) -> QPainterPath:
    """A line through points that is level at each of them, so that it is never beyond what they say."""
    path = QPainterPath(points[0])
    for before, after in pairwise(points):
        middle = (before.x() + after.x()) / 2
        path.cubicTo(QPointF(middle, before.y()), QPointF(middle, after.y()), after)
    return path
