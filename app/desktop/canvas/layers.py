"""The three things that draw the journey: all transitions, all cards with the notes, and what a gesture shows."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.desktop.canvas.attention import Attention, Lit, lit
from app.desktop.canvas.cards import CardState, draw_card
from app.desktop.canvas.geometry import Box
from app.desktop.canvas.notes import draw_note
from app.desktop.canvas.pointed import Finder, Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.transitions import MARK_ARROW, TransitionFigure

_FEW_CARDS = 60
"""so many are drawn in every detail, however small"""
_STANDING_BACK = 0.22
"""how much is seen of what stands back for something else"""
_SLENDER = 5.0
"""up to that width it does not show that a curve is made of straight pieces"""
_MANY_TRANSITIONS = 300
"""more than so many are drawn with rough edges while they are small"""
_DETAIL, _NAMES = 0.55, 0.35
"""scales from which more than a few get all details, or names"""
_EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)


class _Layer(QGraphicsItem):
    def __init__(self, scene: JourneyScene, finder: Finder, attention: Attention) -> None:
        super().__init__()
        self.figures, self.finder, self.attention = scene, finder, attention
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.in_full = False
        """whether every detail is drawn, however small: for pictures, which can be enlarged"""

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Everywhere: each layer finds by itself what is to be drawn."""
        return _EVERYWHERE

    def scale_of(self, painter: QPainter, option: QStyleOptionGraphicsItem) -> float:
        """How large what is drawn will be: it decides how much detail there is."""
        return 1.0 if self.in_full else float(option.levelOfDetailFromTransform(painter.worldTransform()))


class TransitionsLayer(_Layer):
    """All transitions; far away, those of one kind are a single path without labels."""

    _version = -1
    _bulk: dict[tuple[float, bool], tuple[QPainterPath, QPainterPath]]

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the transitions in sight."""
        scale = self.scale_of(painter, option)
        keys = self.finder.transitions_in(_box(option.exposedRect))
        seen = lit(self.attention, self.figures)
        shown = [self.figures.transitions[key] for key in keys]
        bright = [] if seen is None else [figure for figure in shown if figure.transition.key in seen.transitions]
        if self.attention.standing_out is not None:  # who leaves stays a mark
            bright = [figure for figure in bright if not figure.leaves]
        quiet = [figure for figure in shown if not figure.leaves and figure not in bright] if bright else []
        quiet = quiet if bright else [figure for figure in shown if not figure.leaves]
        painter.setOpacity(1.0 if seen is None else _STANDING_BACK)
        look = self.figures.look
        if scale >= _DETAIL or len(quiet) <= _MANY_TRANSITIONS:
            self._draw(painter, [figure for figure in quiet if not figure.main], look.stroke, 0.0)
            self._draw(painter, [figure for figure in quiet if figure.main], look.text, 0.0)
        else:
            self._draw_bulk(painter, scale)
        self._write(painter, [figure for figure in quiet if figure.written])
        painter.setOpacity(1.0)
        selected = self.figures.selection.transitions
        self._draw(painter, [figure for figure in bright if figure.transition.key not in selected], look.accent, 0.5)
        self._draw(painter, [figure for figure in bright if figure.transition.key in selected], look.accent, 1.5)
        if self.figures.detail.shares:
            self._write(painter, [figure for figure in bright if not figure.leaves])
        self._badges(painter, [figure for figure in shown if not figure.leaves])

    def _draw(self, painter: QPainter, transitions: list[TransitionFigure], colour: QColor, wider: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (width, enabled), kind in groupby(sorted(transitions, key=_kind), _kind):
            painter.setPen(_pen(colour, width + wider, enabled))
            if enabled and width <= _SLENDER and not self.in_full:
                painter.drawLines([line for figure in kind for line in figure.lines])
            else:
                for figure in kind:  # in one piece: dashes go on, and no gaps show
                    painter.drawPath(figure.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for figure in transitions:
            painter.drawPolygon(figure.arrow)

    def _write(self, painter: QPainter, transitions: list[TransitionFigure]) -> None:
        look, detail = self.figures.look, self.figures.detail
        if not transitions:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.backing)
        painter.drawRects([QRectF(*figure.label) for figure in transitions])
        painter.setFont(look.share_type(detail.shares).font)
        painter.setPen(look.text)
        for figure in transitions:
            painter.drawText(figure.share_at, figure.share)
        if detail.is_full:
            painter.setFont(look.quiet_type(detail.small).font)
            painter.setPen(look.quiet)
            for figure in transitions:
                if figure.both:
                    painter.drawText(figure.below_at, figure.below)

    def _badges(self, painter: QPainter, transitions: list[TransitionFigure]) -> None:
        levels = self.figures.levels
        if not levels:
            return
        for figure in transitions:
            level = levels.get(f"transitions.{figure.transition.key}")
            if level:
                draw_badge(painter, figure.badge, level, self.figures)

    def _draw_bulk(self, painter: QPainter, scale: float) -> None:
        if self._version != self.figures.version:
            self._version = self.figures.version
            self._bulk = {}
            for figure in self.figures.transitions.values():
                if figure.leaves:
                    continue
                lines, heads = self._bulk.setdefault(_kind(figure), (QPainterPath(), QPainterPath()))
                lines.addPath(figure.path)
                heads.addPolygon(figure.arrow)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (width, enabled), (lines, heads) in self._bulk.items():
            pen = _pen(self.figures.look.stroke, max(1.0, float(round(width * scale))), enabled)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPath(lines)
            painter.fillPath(heads, self.figures.look.stroke)


class CardsLayer(_Layer):
    """All cards and notes; far away, cards are plain."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the cards and notes in sight."""
        scale = self.scale_of(painter, option)
        box = _box(option.exposedRect)
        current = self.attention.current if self.attention.focused else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for id_, note in self.figures.notes.items():
            if note.box.touches(box):
                selected = id_ in self.figures.selection.notes
                draw_note(
                    painter, note, selected, current == Pointed("note", id_), self.figures.look, self.figures.detail
                )
        ids = self.finder.cards_in(box)
        if scale >= _DETAIL or len(ids) <= _FEW_CARDS:
            self._draw_cards(painter, ids, current)
        else:
            self._draw_plain(painter, ids, scale >= _NAMES, current)
        self._draw_marks(painter, box)
        for address, level in self.figures.levels.items():
            kind, _, id_ = address.partition(".")
            figure = self.figures.cards.get(id_) if kind == "touchpoints" else None
            if figure is not None and figure.whole.touches(box):
                draw_badge(painter, figure.badge, level, self.figures)

    def _draw_cards(self, painter: QPainter, ids: list[str], current: Pointed | None) -> None:
        attention, selection = self.attention, self.figures.selection.touchpoints
        seen = lit(attention, self.figures)
        for id_ in ids:
            state = CardState(
                selected=id_ in selection,
                current=current == Pointed("touchpoint", id_),
                target=attention.target == id_,
                port=port_card(attention, self.figures) == id_,
            )
            faded = seen is not None and id_ not in seen.cards
            draw_card(painter, self.figures.cards[id_], state, self.figures.look, self.figures.detail, faded)

    def _draw_marks(self, painter: QPainter, box: Box) -> None:
        seen = lit(self.attention, self.figures)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for figure in self.figures.transitions.values():
            if figure.leaves and figure.written and figure.label.touches(box):
                draw_mark(painter, figure, self.figures, seen)
                level = self.figures.levels.get(f"transitions.{figure.transition.key}")
                if level:
                    draw_badge(painter, figure.badge, level, self.figures)

    def _draw_plain(self, painter: QPainter, ids: list[str], names: bool, current: Pointed | None) -> None:
        figures, look = self.figures.cards, self.figures.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        thin = QPen(look.stroke, 0)
        painter.setPen(thin)
        painter.setBrush(look.card)
        painter.drawRects([figures[id_].box.rect() for id_ in ids])
        marked = [
            id_ for id_ in ids if id_ in self.figures.selection.touchpoints or current == Pointed("touchpoint", id_)
        ]
        if marked:
            pen = QPen(look.accent, 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRects([figures[id_].box.rect() for id_ in marked])
        for id_ in ids:
            if figures[id_].dropoff > 0:
                box = figures[id_].box
                painter.fillRect(QRectF(box.left, box.bottom - 12, box.width * figures[id_].dropoff, 12), look.error)
        detail = self.figures.detail
        if names and detail.names:
            painter.setPen(look.text)
            for id_ in ids:
                at, name = figures[id_].at, figures[id_].name(detail, look)
                painter.setFont(look.name_type(name.size).font)
                for number, line in enumerate(name.lines):
                    painter.drawText(QPointF(at[0] + 6, at[1] + (number + 1) * name.size), line)


class GestureLayer(_Layer):
    """The line of a connection that is being drawn and the rubber band."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw what the gesture under way shows."""
        look = self.figures.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        pen = QPen(look.accent, 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        painter.setPen(pen)
        if self.attention.line is not None:
            painter.drawLine(self.attention.line)
        if self.attention.band is not None:
            fill = QColor(look.accent)
            fill.setAlpha(30)
            painter.setBrush(fill)
            painter.drawRect(self.attention.band)


def port_card(attention: Attention, scene: JourneyScene) -> str | None:
    """The card that shows its port: the one pointed at, else the only one selected."""
    hovered = attention.hovered
    if hovered is not None and hovered.kind in ("touchpoint", "port"):
        return hovered.id
    selected = scene.selection.touchpoints
    return next(iter(selected)) if len(selected) == 1 else None


def draw_mark(painter: QPainter, figure: TransitionFigure, scene: JourneyScene, seen: Lit | None) -> None:
    """Draw how many are lost after a touchpoint: a quiet mark at a corner of its card."""
    look, key, box = scene.look, figure.transition.key, figure.label
    painter.setOpacity(1.0 if seen is None or key in seen.transitions else _STANDING_BACK)
    chosen = key in scene.selection.transitions
    painter.setPen(QPen(look.accent if chosen else look.lost_edge, 2.0 if chosen else 1.0))
    painter.setBrush(look.lost)
    painter.drawRoundedRect(box.rect(), box.height / 2, box.height / 2)
    type_ = look.share_type(scene.detail.shares)
    painter.setFont(type_.font)
    painter.setPen(look.error if figure.transition.enabled else look.quiet)
    painter.drawText(figure.share_at, figure.share)
    size, middle = MARK_ARROW * type_.line * 0.7, box.top + box.height / 2
    tip = box.right - box.height / 3
    painter.setPen(QPen(look.error, type_.line / 12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(tip - size, middle), QPointF(tip, middle))
    painter.drawLine(QPointF(tip - size * 0.45, middle - size * 0.45), QPointF(tip, middle))
    painter.drawLine(QPointF(tip - size * 0.45, middle + size * 0.45), QPointF(tip, middle))
    painter.setOpacity(1.0)


def draw_badge(painter: QPainter, at: tuple[float, float], level: str, scene: JourneyScene) -> None:
    """Draw the sign of a finding: a round one for an error, a triangle for a warning."""
    look = scene.look
    painter.setOpacity(1.0)
    painter.setPen(QPen(look.paper, 1.5))
    painter.setBrush(look.error if level == "error" else look.warning)
    x, y = at
    if level == "error":
        painter.drawEllipse(QPointF(x, y), 9, 9)
    else:
        painter.drawPolygon(QPolygonF([QPointF(x, y - 10), QPointF(x + 10.5, y + 8), QPointF(x - 10.5, y + 8)]))
    painter.setPen(QPen(look.paper, 2))
    painter.drawLine(QPointF(x, y - 4.5), QPointF(x, y + 1.5))
    painter.drawPoint(QPointF(x, y + 5))


def _pen(colour: QColor, width: float, enabled: bool) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine if enabled else Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap)


def _box(rect: QRectF) -> Box:
    return Box(rect.x(), rect.y(), rect.width(), rect.height())


def _kind(figure: TransitionFigure) -> tuple[float, bool]:
    """Transitions of one kind are drawn with the same pen."""
    return figure.width, figure.transition.enabled
