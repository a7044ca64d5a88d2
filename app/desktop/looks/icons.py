"""Icons of commands, in the colours of the theme."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.desktop.looks.theme import Theme
from app.files.shipped import shipped

ICON: Final = 16
"""side of an icon in pixels, at the usual type"""
_SHARPNESS: Final = (1, 2, 3)
"""pixels of the screen to one of the window's, each with a picture of its own"""


@cache
def icon(name: str, theme: Theme, colour: str) -> QIcon:
    """The icon of that name in that colour; fainter where its command is disabled."""
    drawing = (shipped("assets") / "icons" / "lucide" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, pen in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, theme.stroke)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", pen).encode()))
        for sharpness in _SHARPNESS:
            made.addPixmap(_drawn(renderer, round(ICON * theme.scale), sharpness), mode)
    return made


def _drawn(renderer: QSvgRenderer, side: int, sharpness: int) -> QPixmap:
    picture = QPixmap(side * sharpness, side * sharpness)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side * sharpness, side * sharpness))
    painter.end()
    picture.setDevicePixelRatio(sharpness)
    return picture
