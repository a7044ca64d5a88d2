"""The ground of a journey: the bands of its stages, and their names above them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.desktop.canvas.bands import Band
from app.desktop.canvas.geometry import Box
from app.desktop.canvas.look import Look
from app.desktop.canvas.scene import JourneyScene

STRIP: Final = 32.0
"""how high the strip with the names is, at 100 %"""
_PAD, _GAP = 12.0, 8.0


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
        if is_upright(band, font, 1.0):
            continue
        room = QRectF(band.left + _PAD, top, band.right - band.left - 2 * _PAD, STRIP)
        name = metrics.elidedText(band.lane.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)


def is_upright(band: Band, font: QFont, scale: float) -> bool:
    """Whether a stage is too narrow at that scale for its name, and nothing of it is below where that can stand."""
    wide = (band.right - band.left) * scale - 2 * _PAD
    return band.unused and QFontMetricsF(font).horizontalAdvance(band.lane.name) > wide


def draw_upright_names(painter: QPainter, rect: QRectF, scene: JourneyScene, font: QFont, scale: float) -> None:
    """Write the names of stages that are too narrow for them downwards, from the top of that part of the canvas.

    The type keeps its size at any scale. No name reaches to the label of a transition.
    """
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(scene.look.quiet)
    for band in scene.bands:
        if not is_upright(band, font, scale) or (band.right - band.left) * scale < metrics.height():
            continue
        middle, half = (band.left + band.right) / 2, metrics.height() / scale / 2
        room = Box(middle - half, rect.top(), 2 * half, rect.height())
        labels = [one.label.top for one in scene.transitions.values() if one.written and one.label.touches(room)]
        tall = (min([*labels, rect.bottom()]) - rect.top()) * scale - 2 * _GAP
        name = metrics.elidedText(band.lane.name, Qt.TextElideMode.ElideRight, tall)
        painter.save()
        painter.translate(middle, rect.top())
        painter.scale(1 / scale, 1 / scale)
        painter.rotate(90)
        painter.drawText(QPointF(_GAP, (metrics.ascent() - metrics.descent()) / 2), name)
        painter.restore()
