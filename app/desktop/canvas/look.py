"""Pens, colours and type of the canvas, made once for a theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from app.desktop.looks.theme import Theme

_PIXELS_A_POINT = 96 / 72


@dataclass(frozen=True)
class Type:
    """A font and its measures."""

    font: QFont
    metrics: QFontMetricsF

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.metrics.height()


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
        self.backing.setAlpha(235)
        self.lost, self.lost_edge = _between(theme.error, theme.card, 0.12), _between(theme.error, theme.card, 0.4)
        self._types: dict[tuple[str, int], Type] = {}

    def name_type(self, size: int) -> Type:
        """The type of names in that size, in pixels at 100 %."""
        return self._type("name", self.name_font, size)

    def share_type(self, size: int) -> Type:
        """The type of shares in that size, in pixels at 100 %."""
        return self._type("share", self.share_font, size)

    def quiet_type(self, size: int) -> Type:
        """The type of what may be read in that size, in pixels at 100 %."""
        return self._type("quiet", self.small_font, size)

    def _type(self, role: str, like: QFont, size: int) -> Type:
        if (role, size) not in self._types:
            font = QFont(like)
            font.setPixelSize(size)
            self._types[role, size] = Type(font, QFontMetricsF(font))
        return self._types[role, size]


def _between(colour: str, ground: str, share: float) -> QColor:
    """That share of a colour over a ground."""
    top, below = QColor(colour), QColor(ground)
    return QColor.fromRgbF(
        *(
            share * a + (1 - share) * b
            for a, b in zip(top.getRgbF()[:3], below.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )


@lru_cache(maxsize=32)
def sized(theme: Theme, size: str, bold: bool = False) -> QFont:
    """The type of the theme in a size that is the same on every screen at 100 %."""
    font = QFont(Theme(theme.dark).font(size, bold))
    font.setPixelSize(round(Theme(theme.dark).points(size) * _PIXELS_A_POINT))
    return font
