"""Touchpoints as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, Box, card_box
from app.desktop.canvas.icons import ICON, channel_kind, icon
from app.desktop.canvas.look import Look
from app.desktop.canvas.transitions import percent
from app.desktop.document.drawn_journey import Position, Touchpoint

_PAD = 12.0
_LINE = 18.0
_ICONS_TOP = CARD_HEIGHT - ICON - 8
_MOST_ICONS = 4
_BAR = 4.0
CAPTION = 18.0
"""height of the figures below a card after a run"""


@dataclass(frozen=True)
class CardState:
    """What the person at the screen does with a card."""

    selected: bool = False
    current: bool = False
    target: bool = False
    """a connection would end here"""
    port: bool = False


@dataclass
class CardFigure:
    """A touchpoint, ready to be drawn."""

    touchpoint: Touchpoint
    at: Position
    lines: tuple[str, ...]
    """its name, at most two lines"""
    icons: tuple[QPainterPath, ...]
    more: str
    """what stands beside them: how many channels are not drawn, such as `+2`, or that all are meant"""
    marks: tuple[str, ...]
    visits: float | None
    dropoff: float
    caption: str
    """both in words; empty before a run"""

    @property
    def box(self) -> Box:
        """The card itself."""
        return card_box(self.at)

    @property
    def whole(self) -> Box:
        """The card with its port, badge and figures."""
        return Box(self.at[0] - 12, self.at[1] - 12, CARD_WIDTH + 28, CARD_HEIGHT + 20 + CAPTION)

    @property
    def port(self) -> tuple[float, float]:
        """Where a connection is dragged from."""
        return self.at[0] + CARD_WIDTH, self.at[1] + CARD_HEIGHT / 2

    @property
    def badge(self) -> tuple[float, float]:
        """Where the sign of a finding goes."""
        return self.at[0] + CARD_WIDTH - 4, self.at[1] + 4


def card_figure(touchpoint: Touchpoint, at: Position, visits: float | None, dropoff: float, look: Look) -> CardFigure:
    """A touchpoint at that position, with its visits and drop-off once there are any."""
    channels = touchpoint.channels or ()
    shown = channels[:_MOST_ICONS]
    return CardFigure(
        touchpoint,
        at,
        wrapped(touchpoint.name, look.name_metrics, CARD_WIDTH - 2 * _PAD),
        tuple(icon(channel_kind(channel)) for channel in shown),
        _more(touchpoint.channels),
        tuple(_marks(touchpoint)),
        visits,
        dropoff,
        f"{amount(visits)} visits · {percent(dropoff)} leave" if visits is not None else "",
    )


def _more(channels: tuple[str, ...] | None) -> str:
    if channels is None:
        return "all channels"
    return f"+{len(channels) - _MOST_ICONS}" if len(channels) > _MOST_ICONS else ""


def amount(number: float) -> str:
    """A number of visits: whole from 100 on, with digits below, since it may be a mean per arrival."""
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.3g}"


def _marks(touchpoint: Touchpoint) -> list[str]:
    marks = ["start"] if touchpoint.start > 0 else []
    marks += ["desk"] if touchpoint.desk else []
    marks += ["goal"] if touchpoint.goal else []
    return marks + ([touchpoint.exit] if touchpoint.exit in ("churn", "completed") else [])


def wrapped(text: str, metrics: QFontMetricsF, wide: float, most: int = 2) -> tuple[str, ...]:
    """The text in lines no wider than that, the last one shortened if there is more."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= wide:
            line = f"{line} {words.pop(0)}"
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, wide))
    if words:
        lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, wide))
    return tuple(lines)


def draw_card(painter: QPainter, figure: CardFigure, state: CardState, look: Look, faded: bool) -> None:
    """Draw a card with everything on it."""
    touchpoint, (x, y) = figure.touchpoint, figure.at
    painter.setOpacity(0.45 if faded else 1.0)
    rect = QRectF(x, y, CARD_WIDTH, CARD_HEIGHT)
    painter.setPen(_border(touchpoint, state, look))
    painter.setBrush(look.card)
    painter.drawRoundedRect(rect, 6, 6)
    if not touchpoint.enabled:
        painter.setOpacity(0.3 if faded else 0.6)
    if figure.dropoff > 0:
        painter.fillRect(
            QRectF(x + 6, y + CARD_HEIGHT - _BAR - 1, (CARD_WIDTH - 12) * figure.dropoff, _BAR), look.error
        )
    painter.setPen(look.text)
    painter.setFont(look.name_font)
    baseline = y + 8 + look.name_metrics.ascent()
    for number, line in enumerate(figure.lines):
        painter.drawText(QPointF(x + _PAD, baseline + number * _LINE), line)
    _draw_icons(painter, figure, look)
    if figure.caption:
        _draw_caption(painter, figure, look)
    if state.current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.focus_border)
        painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), 9, 9)
    if state.port:
        painter.setPen(QPen(look.paper, 2))
        painter.setBrush(look.accent)
        painter.drawEllipse(QPointF(*figure.port), 8, 8)
        painter.setPen(QPen(look.paper, 1.6))
        px, py = figure.port
        painter.drawLine(QPointF(px - 4, py), QPointF(px + 4, py))
        painter.drawLine(QPointF(px, py - 4), QPointF(px, py + 4))
    painter.setOpacity(1.0)


def _border(touchpoint: Touchpoint, state: CardState, look: Look) -> QPen:
    if state.selected or state.target:
        return look.selected_border
    if not touchpoint.enabled:
        return look.off_border
    return look.lapsed_border if touchpoint.lapsed else look.border


def _draw_icons(painter: QPainter, figure: CardFigure, look: Look) -> None:
    x, y = figure.at
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.quiet, 1.2))
    left, top = x + _PAD, y + _ICONS_TOP
    for path in figure.icons:
        painter.translate(left, top)
        painter.drawPath(path)
        painter.translate(-left, -top)
        left += ICON + 6
    if figure.more:
        painter.setFont(look.small_font)
        painter.drawText(QPointF(left, top + 12), figure.more)
    right = x + CARD_WIDTH - _PAD - ICON
    for mark in reversed(figure.marks):
        painter.setPen(QPen(look.error if mark == "churn" else look.text, 1.6))
        painter.translate(right, top)
        painter.drawPath(icon(mark))
        painter.translate(-right, -top)
        right -= ICON + 6


def _draw_caption(painter: QPainter, figure: CardFigure, look: Look) -> None:
    x, y = figure.at
    painter.setFont(look.small_font)
    wide = look.small_metrics.horizontalAdvance(figure.caption)
    painter.fillRect(QRectF(x, y + CARD_HEIGHT + 2, wide + 8, CAPTION - 2), look.backing)
    painter.setPen(look.quiet)
    painter.drawText(QPointF(x + 4, y + CARD_HEIGHT + 2 + look.small_metrics.ascent()), figure.caption)


def icon_at(figure: CardFigure, x: float, y: float) -> str | None:
    """The sign under a point of the card: `channels`, a mark, or None."""
    top = figure.at[1] + _ICONS_TOP
    if not top - 4 <= y <= top + ICON + 4:
        return None
    left = figure.at[0] + _PAD
    words = 72.0 if figure.touchpoint.channels is None else 22.0 * (len(figure.icons) + bool(figure.more))
    if left <= x <= left + words:
        return "channels"
    right = figure.at[0] + CARD_WIDTH - _PAD
    number = int((right - x) // (ICON + 6)) if x <= right else -1
    return tuple(reversed(figure.marks))[number] if 0 <= number < len(figure.marks) else None
