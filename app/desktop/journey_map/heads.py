"""The heads of a journey map: stages above, and what the rows are about at the left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView

from app.desktop.journey_map.cells import MINUS, Kind, Row
from app.desktop.journey_map.model import SheetModel
from app.desktop.journey_map.paint import Paint, paint_of
from app.desktop.looks.spacing import ROUND
from app.desktop.looks.theme import Appearance

TITLE_WIDTH: Final = 120


def head_height(paint: Paint) -> float:
    """How much height the heads need."""
    return QFontMetricsF(paint.strong).height() + 2.5 * paint.gap


def draw_head(painter: QPainter, rect: QRectF, name: str, paint: Paint) -> None:
    """Draw the head of a column."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(paint.theme.chosen))
    plate = rect.adjusted(paint.gap / 4, paint.gap / 2, -paint.gap / 4, -paint.gap / 2)
    painter.drawRoundedRect(plate, ROUND, ROUND)
    inside = plate.adjusted(paint.gap * 0.75, 0, -paint.gap * 0.75, 0)
    shown = QFontMetricsF(paint.strong).elidedText(name, Qt.TextElideMode.ElideRight, inside.width())
    painter.setFont(paint.strong)
    painter.setPen(QColor(paint.theme.text))
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


def draw_title(painter: QPainter, rect: QRectF, row: Row, reach: float, paint: Paint) -> None:
    """Draw the title of a row; that of the curve has the ends of its axis."""
    inside = rect.adjusted(paint.gap, paint.gap, -paint.gap / 2, 0)
    painter.save()
    paint.write(painter, inside, row.title, paint.small_strong, paint.theme.quiet)
    if row.kind is Kind.CURVE:
        tall = QFontMetricsF(paint.small).height()
        wide = inside.width()
        for text, top in (
            (f"+{reach:g}", rect.top() + 24 * paint.scale - tall / 2),
            ("0", rect.center().y() - tall / 2),
            (f"{MINUS}{reach:g}", rect.bottom() - 24 * paint.scale - tall / 2),
        ):
            left = inside.left() + wide - QFontMetricsF(paint.small).horizontalAdvance(text)
            paint.write(painter, QRectF(left, top, wide, tall), text, paint.small, paint.theme.quiet)
    painter.setPen(QPen(QColor(paint.theme.line), 1))
    painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))
    painter.restore()


class Heads(QHeaderView):
    """The heads on the screen; they scroll with the cells one way, and stay in sight the other."""

    def __init__(self, orientation: Qt.Orientation, appearance: Appearance, model: SheetModel) -> None:
        """Above the columns, or at the left of the rows."""
        super().__init__(orientation)
        self._appearance, self._sheet = appearance, model
        self.setHighlightSections(False)
        self.setAccessibleName("Stages" if orientation == Qt.Orientation.Horizontal else "Rows")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As much as the heads need."""
        paint = paint_of(self._appearance.theme)
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(0, round(head_height(paint)))
        return QSize(round(TITLE_WIDTH * paint.scale), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """Draw one."""
        paint, sheet = paint_of(self._appearance.theme), self._sheet.sheet
        painter.fillRect(rect, QColor(paint.theme.panel))
        if self.orientation() == Qt.Orientation.Horizontal:
            draw_head(painter, QRectF(rect), sheet.heads[section], paint)
        else:
            draw_title(painter, QRectF(rect), sheet.rows[section], sheet.reach, paint)
