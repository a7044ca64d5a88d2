"""The signs of findings: a cross in a circle for an error, a mark in a triangle for a warning."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from app.desktop.looks.theme import Theme

_SIDE = 16
_SHARP = 3
"""pixels of the picture for each of the sign, so that it stays sharp on fine screens and in large type"""


def finding_sign(level: str, theme: Theme) -> QIcon:
    """The sign of an error or a warning."""
    icon = QIcon()
    icon.addPixmap(_drawn(level, theme.error if level == "error" else theme.warning, theme.paper))
    icon.addPixmap(_drawn(level, theme.paper, theme.accent), QIcon.Mode.Selected)
    return icon


def _drawn(level: str, colour: str, ground: str) -> QPixmap:
    pixmap = QPixmap(_SIDE * _SHARP, _SIDE * _SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARP, _SHARP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    pen = QPen(QColor(ground), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    if level == "error":
        painter.drawEllipse(QRectF(1, 1, 14, 14))
        painter.setPen(pen)
        painter.drawLine(QPointF(5.5, 5.5), QPointF(10.5, 10.5))
        painter.drawLine(QPointF(10.5, 5.5), QPointF(5.5, 10.5))
    else:
        painter.drawPolygon(QPolygonF([QPointF(8, 1), QPointF(15.5, 14.5), QPointF(0.5, 14.5)]))
        painter.setPen(pen)
        painter.drawLine(QPointF(8, 6), QPointF(8, 9.5))
        painter.drawPoint(QPointF(8, 12.2))
    painter.end()
    return pixmap
