"""What a field means, drawn beside it where there is room: no label of its own, so that forms stay quick."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.desktop.looks.theme import GRID, Theme

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


@lru_cache(maxsize=8)
def two_lines(theme: Theme) -> int:
    """The height in pixels of a field that has room for two lines beside it."""
    return 2 * QFontMetrics(theme.font("small")).lineSpacing() + GRID // 2


def draw_meaning(painter: QPainter, text: str, room: QRect, theme: Theme) -> None:
    """Write the text quietly into the room, on as many lines as fit; the rest is in the tooltip."""
    font = theme.font("small")
    painter.setFont(font)
    painter.setPen(QColor(theme.quiet))
    painter.drawText(room, _WRAPPED, _fitting(text, room.width(), room.height(), font))


@lru_cache(maxsize=1024)
def _fitting(text: str, width: int, height: int, font: QFont) -> str:
    """As much of a text as fits, in whole words."""
    metrics = QFontMetrics(font)
    text = text.replace("`", "")
    words = text.split()
    for count in range(len(words), 0, -1):
        said = text if count == len(words) else " ".join(words[:count]).rstrip(",;:") + " …"
        if metrics.boundingRect(0, 0, width, 1000, _WRAPPED, said).height() <= height:
            return said
    return ""
