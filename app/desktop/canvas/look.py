"""Pens, colours and type of the canvas, made once for a theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from app.desktop.looks.theme import Theme

_PIXELS_A_POINT = 96 / 72


class Look:
    """What cards and transitions are drawn with; sizes at 100 %, large type enlarges the whole canvas instead."""

    def __init__(self, theme: Theme) -> None:
        """Take the colours of the theme."""
        self.theme = theme
        self.paper, self.panel, self.band = QColor(theme.paper), QColor(theme.panel), QColor(theme.band)
        self.card, self.text, self.quiet = QColor(theme.card), QColor(theme.text), QColor(theme.quiet)
        self.line, self.stroke, self.accent = QColor(theme.line), QColor(theme.stroke), QColor(theme.accent)
        self.error, self.warning = QColor(theme.error), QColor(theme.warning)
        self.name_font = sized(theme, "normal", bold=True)
        self.small_font = sized(theme, "small")
        self.share_font = sized(theme, "small", bold=True)
        self.name_metrics = QFontMetricsF(self.name_font)
        self.small_metrics = QFontMetricsF(self.small_font)
        self.share_metrics = QFontMetricsF(self.share_font)
        self.border = QPen(self.stroke, 1.0)
        self.off_border = QPen(self.stroke, 1.2, Qt.PenStyle.DashLine)
        self.lapsed_border = QPen(self.text, 1.6, Qt.PenStyle.DotLine)
        self.selected_border = QPen(self.accent, 2.5)
        self.focus_border = QPen(self.accent, 1.2, Qt.PenStyle.DashLine)
        self.lane_line = QPen(self.line, 0)
        self.backing = QColor(theme.paper)
        self.backing.setAlpha(225)


@lru_cache(maxsize=32)
def sized(theme: Theme, size: str, bold: bool = False) -> QFont:
    """The type of the theme in a size that is the same on every screen at 100 %."""
    font = QFont(Theme(theme.dark).font(size, bold))
    font.setPixelSize(round(Theme(theme.dark).points(size) * _PIXELS_A_POINT))
    return font
