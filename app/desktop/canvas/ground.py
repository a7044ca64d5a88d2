"""The ground of a journey: the bands of its stages, and their names above them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from app.desktop.canvas.bands import Band
from app.desktop.canvas.look import Look

STRIP: Final = 32.0
"""how high the strip with the names is, at 100 %"""
_PAD: Final = 12.0


def draw_bands(painter: QPainter, rect: QRectF, bands: Iterable[Band], look: Look) -> None:
    """Draw the part of the bands that lies in that rectangle."""
    painter.fillRect(rect, look.paper)
    painter.setPen(look.lane_line)
    for number, band in enumerate(bands):
        if number % 2:
            painter.fillRect(QRectF(band.left, rect.top(), band.right - band.left, rect.height()), look.band)
        for x in (band.left, band.right):
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def draw_stage_names(painter: QPainter, top: float, bands: Iterable[Band], look: Look, size: int) -> None:
    """Write the name of each stage over its band, in that size of type, in a strip that begins at `top`."""
    font = look.share_type(size).font
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.quiet)
    for band in bands:
        room = QRectF(band.left + _PAD, top, band.right - band.left - 2 * _PAD, STRIP)
        name = metrics.elidedText(band.lane.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
