"""Personas as cards, one of which is chosen: whose journey the map shows."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from app.desktop.journey_map.paint import Paint, paint_of
from app.desktop.journey_map.personas import Persona, tip_of
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.spacing import GRID, ROUND
from app.desktop.looks.theme import Appearance
from sim.outcomes import ALL

_WIDTH: Final = 184
_WIDEST: Final = 300
"""where what they say is longer"""
_FRAME: Final = 1
EVERYBODY: Final = "Everybody"


class Card(QAbstractButton):
    """A persona that can be chosen; without one, everybody."""

    def __init__(self, appearance: Appearance, persona: Persona | None) -> None:
        """A card with name, share and quote."""
        super().__init__()
        self._appearance, self.persona = appearance, persona
        self.id = persona.id if persona is not None else ALL
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        said = " ".join(persona.said("quote")) if persona is not None else ""
        self.setAccessibleName(f"{self.title()}, {self.under()}")
        self.setAccessibleDescription(said)
        self.setToolTip(plain_tip(tip_of(persona) if persona is not None else "The journey of all customers together"))

    def title(self) -> str:
        """Who it is."""
        return self.persona.name if self.persona is not None else EVERYBODY

    def under(self) -> str:
        """How many they are."""
        return f"{self.persona.share * 100:.0f} % of customers" if self.persona is not None else "all customers"

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for three lines."""
        paint = paint_of(self._appearance.theme)
        tall = QFontMetricsF(paint.strong).height() + 2 * QFontMetricsF(paint.small).height() + 2 * paint.gap
        if self.persona is None:
            return QSize(round(0.72 * _WIDTH * paint.scale), round(tall))
        said = QFontMetricsF(paint.small).horizontalAdvance(_quoted(self.persona)) + 2 * paint.gap + 2 * _FRAME
        wide = min(max(said, _WIDTH * paint.scale), _WIDEST * paint.scale)
        return QSize(ceil(wide), round(tall))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        painter, paint = QPainter(self), paint_of(self._appearance.theme)
        rect = QRectF(self.rect()).adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
        draw_card(painter, rect, self.persona, paint, chosen=self.isChecked(), near=self.underMouse())
        if self.hasFocus():
            painter.setPen(QPen(QColor(paint.theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, ROUND, ROUND)


def draw_card(
    painter: QPainter, rect: QRectF, persona: Persona | None, paint: Paint, *, chosen: bool, near: bool = False
) -> None:
    """Draw a persona: a disc with initials, name, share, and what they say."""
    theme, gap = paint.theme, paint.gap
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent if chosen else theme.line), 1.5 if chosen else 1))
    painter.setBrush(QColor(theme.chosen if chosen else theme.near if near else theme.card))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    inside = rect.adjusted(gap, gap, -gap, -gap)
    strong, small = QFontMetricsF(paint.strong), QFontMetricsF(paint.small)
    name = persona.name if persona is not None else EVERYBODY
    under = f"{persona.share * 100:.0f} % of customers" if persona is not None else "all customers"
    side = strong.height() + small.height() - 2
    disc = QRectF(inside.left(), inside.top() + 1, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(disc)
    painter.setFont(paint.small_strong)
    painter.setPen(QColor(theme.on_accent))
    painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), initials(name))
    beside = inside.adjusted(side + gap, 0, 0, 0)
    elide = Qt.TextElideMode.ElideRight
    paint.write(painter, beside, strong.elidedText(name, elide, beside.width()), paint.strong, theme.text)
    below = beside.adjusted(0, strong.height(), 0, 0)
    paint.write(painter, below, small.elidedText(under, elide, below.width()), paint.small, theme.quiet)
    if persona is not None:
        last = inside.adjusted(0, strong.height() + small.height(), 0, 0)
        paint.write(painter, last, small.elidedText(_quoted(persona), elide, last.width()), paint.small, theme.text)


def _quoted(persona: Persona) -> str:
    """What they say, in quotes; nothing where they say nothing."""
    said = " ".join(persona.said("quote"))
    return f"“{said}”" if said else ""


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "–"


class Cards(QScrollArea):
    """All cards in a row."""

    chosen = Signal()
    """somebody chose another persona"""
    more_wanted = Signal()
    """somebody wants a persona that there is not"""

    def __init__(self, appearance: Appearance) -> None:
        """Everybody alone."""
        super().__init__()
        self._appearance = appearance
        self._personas: tuple[Persona, ...] = ()
        self.current = ALL
        """the id of the segment that is chosen, or ALL"""
        self._gone = ALL
        """the one that was chosen until it was no longer there"""
        self.setAccessibleName("Personas")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons: list[Card] = []
        self._fill()

    def show_personas(self, personas: tuple[Persona, ...]) -> None:
        """Show these; who is chosen stays so while there."""
        if personas == self._personas:
            return
        self._personas = personas
        if self.current not in {ALL, *(one.id for one in personas)}:
            self._gone, self.current = self.current, ALL
        self._fill()

    def follow_id(self, old: str, new: str) -> None:
        """A segment has another id; it stays chosen."""
        if old in (self.current, self._gone):
            self._gone = ALL
            self.choose(new)

    def choose(self, id_: str) -> None:
        """Choose that one."""
        if id_ != self.current:
            self.current = id_
            for card in self.buttons:
                card.setChecked(card.id == id_)
            self.chosen.emit()

    def restyle(self) -> None:
        """Draw all of it in the theme of now."""
        self._fill()

    def _fill(self) -> None:
        kept = next((card.id for card in self.buttons if card.hasFocus()), None)
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(GRID, GRID, GRID, GRID // 2)
        across.setSpacing(GRID)
        group = QButtonGroup(inside)
        self.buttons = [Card(self._appearance, persona) for persona in (None, *self._personas)]
        for card in self.buttons:
            group.addButton(card)
            across.addWidget(card)
            card.setChecked(card.id == self.current)
            card.clicked.connect(lambda _=False, id_=card.id: self.choose(id_))
        self.more = QPushButton("New persona …")
        self.more.setFlat(True)
        self.more.setToolTip("A persona is a segment with a card: add one in the settings")
        self.more.clicked.connect(lambda: self.more_wanted.emit())
        across.addWidget(self.more)
        across.addStretch(1)
        self.setWidget(inside)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(inside.sizeHint().height() + bar)
        for card in self.buttons:
            if card.id == kept:
                card.setFocus()
