"""Touchpoints as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from app.desktop.canvas.detail import Detail
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, Box, card_box
from app.desktop.canvas.icons import ICON, channel_kind, icon
from app.desktop.canvas.look import Look
from app.desktop.canvas.transitions import percent
from app.desktop.document.drawn_journey import Position, Touchpoint

_PAD = 12.0
_LINE, _TIGHT = 1.28, 0.97
"""from one line of a name to the next, in its size: with signs below it, and where the card is too small for them"""
_ICONS_TOP = CARD_HEIGHT - ICON - 8
_MOST_ICONS = 4
_BAR = 4.0
_SMALL = 16
"""from larger type on, relative to the card, there is room for the name alone"""
_BELOW = 16.0
"""the room below a card for the mark of those who leave"""


@dataclass(frozen=True)
class CardState:
    """What the person at the screen does with a card."""

    selected: bool = False
    current: bool = False
    target: bool = False
    """a connection would end here"""
    port: bool = False


@dataclass(frozen=True)
class Name:
    """A name, set."""

    size: int
    """of its type, in pixels at 100 %"""
    lines: tuple[str, ...]


@dataclass
class CardFigure:
    """A touchpoint, ready to be drawn."""

    touchpoint: Touchpoint
    at: Position
    icons: tuple[QPainterPath, ...]
    more: str
    """what stands beside them: how many channels are not drawn, such as `+2`, or that all are meant"""
    marks: tuple[str, ...]
    visits: float | None
    dropoff: float
    caption: str
    """both in words; empty before a run"""
    _names: dict[tuple[int, int], Name] = field(default_factory=dict, compare=False)

    @property
    def box(self) -> Box:
        """The card itself."""
        return card_box(self.at)

    @property
    def whole(self) -> Box:
        """The card with its port, its badge and its mark of those who leave."""
        return Box(self.at[0] - 12, self.at[1] - 12, CARD_WIDTH + 28, CARD_HEIGHT + 20 + _BELOW)

    @property
    def port(self) -> tuple[float, float]:
        """Where a connection is dragged from."""
        return self.at[0] + CARD_WIDTH, self.at[1] + CARD_HEIGHT / 2

    def name(self, detail: Detail, look: Look) -> Name:
        """Its name in type of that size; smaller where it is whole only then."""
        sizes = detail.names, detail.least or detail.names
        if sizes not in self._names:
            alone = detail.names > _SMALL
            room = CARD_WIDTH - 2 * (_PAD / 2 if alone else _PAD)
            for size in range(sizes[0], sizes[1] - 1, -1):
                most = int((CARD_HEIGHT - 2) / (size * _TIGHT)) if alone else 2
                name = Name(size, wrapped(self.touchpoint.name, look.name_type(size).metrics, room, most))
                if " ".join(name.lines) == " ".join(self.touchpoint.name.split()):
                    break
            self._names[sizes] = name
        return self._names[sizes]

    @property
    def badge(self) -> tuple[float, float]:
        """Where the sign of a finding goes."""
        return self.at[0] + CARD_WIDTH - 4, self.at[1] + 4


def card_figure(touchpoint: Touchpoint, at: Position, visits: float | None, dropoff: float) -> CardFigure:
    """A touchpoint at that position, with its visits and drop-off once there are any."""
    channels = touchpoint.channels or ()
    shown = channels[:_MOST_ICONS]
    return CardFigure(
        touchpoint,
        at,
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


def draw_card(painter: QPainter, figure: CardFigure, state: CardState, look: Look, detail: Detail, faded: bool) -> None:
    """Draw a card with everything on it that can be read."""
    touchpoint, (x, y) = figure.touchpoint, figure.at
    painter.setOpacity(0.35 if faded else 1.0)
    rect = QRectF(x, y, CARD_WIDTH, CARD_HEIGHT)
    painter.setPen(_border(touchpoint, state, look))
    painter.setBrush(look.card)
    painter.drawRoundedRect(rect, 8, 8)
    if not touchpoint.enabled:
        painter.setOpacity(0.3 if faded else 0.6)
    if figure.dropoff > 0:
        painter.fillRect(
            QRectF(x + 6, y + CARD_HEIGHT - _BAR - 1, (CARD_WIDTH - 12) * figure.dropoff, _BAR), look.error
        )
    if detail.names > _SMALL:
        _draw_name_alone(painter, figure, figure.name(detail, look), look)
    elif detail.names:
        _draw_name(painter, figure, figure.name(detail, look), look)
        _draw_row(painter, figure, detail, look)
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


def _draw_name(painter: QPainter, figure: CardFigure, name: Name, look: Look) -> None:
    type_ = look.name_type(name.size)
    painter.setPen(look.text)
    painter.setFont(type_.font)
    baseline = figure.at[1] + 7 + type_.metrics.ascent()
    for number, line in enumerate(name.lines):
        painter.drawText(QPointF(figure.at[0] + _PAD, baseline + number * name.size * _LINE), line)


def _draw_name_alone(painter: QPainter, figure: CardFigure, name: Name, look: Look) -> None:
    """Draw the name over the whole card, and the visits of a run where there is room for one more line."""
    line_height = name.size * _TIGHT
    rows = [(line, look.text, look.name_type(name.size).font) for line in name.lines]
    if figure.visits is not None and (len(rows) + 1) * line_height <= CARD_HEIGHT - 4:
        rows.append((amount(figure.visits), look.quiet, look.quiet_type(name.size).font))
    top = figure.at[1] + (CARD_HEIGHT - len(rows) * line_height) / 2
    for number, (words, colour, font) in enumerate(rows):
        painter.setPen(colour)
        painter.setFont(font)
        painter.drawText(QPointF(figure.at[0] + _PAD / 2, top + (number + 0.8) * line_height), words)


def _border(touchpoint: Touchpoint, state: CardState, look: Look) -> QPen:
    if state.selected or state.target:
        return look.selected_border
    if not touchpoint.enabled:
        return look.off_border
    return look.lapsed_border if touchpoint.lapsed else look.border


def _draw_row(painter: QPainter, figure: CardFigure, detail: Detail, look: Look) -> None:
    """Draw what stands at the foot of a card: its channels, after a run its visits, and what it is."""
    x, y = figure.at
    left, top, right = x + _PAD, y + _ICONS_TOP, x + CARD_WIDTH - _PAD
    for mark in reversed(figure.marks):
        right -= ICON
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.error if mark == "churn" else look.text, 1.6))
        painter.translate(right, top)
        painter.drawPath(icon(mark))
        painter.translate(-right, -top)
        right -= 6
    words = figure.more
    painter.setPen(QPen(look.quiet, 1.2))
    if figure.visits is not None:
        words = f"{amount(figure.visits)} visits"
    else:
        for path in figure.icons:
            painter.translate(left, top)
            painter.drawPath(path)
            painter.translate(-left, -top)
            left += ICON + 6
    if words:
        type_ = look.quiet_type(detail.small or detail.names)
        painter.setFont(type_.font)
        painter.drawText(
            QPointF(left, top + 13), type_.metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - left)
        )


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
