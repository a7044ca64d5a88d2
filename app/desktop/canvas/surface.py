"""The surface of the canvas: which part of it is in sight, what is selected on it, and what is at a point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from app.desktop.canvas.attention import Attention
from app.desktop.canvas.detail import LEAST_SCALE
from app.desktop.canvas.ground import draw_bands, draw_upright_names
from app.desktop.canvas.layers import CardsLayer, GestureLayer, TransitionsLayer, port_card
from app.desktop.canvas.pointed import Finder, Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.signals import CanvasSignals
from app.desktop.document.drawn_journey import Position
from app.desktop.document.selection import Selection

_LEAST, _MOST = 0.08, 4.0
_STEP = 1.2
_FIT_MARGIN = 24.0
_READABLE = 0.6
"""the scale, at most, at which the beginning of a journey is shown that is too large to be read as a whole"""


class _Scale(NamedTuple):
    wide: float
    tall: float


class Surface(QGraphicsView):
    """Shows the scene, as far and as near as asked; hands on what is selected and where things are to go."""

    looked = Signal()
    """another part of the canvas is in sight, or at another scale"""

    def __init__(self, scene: JourneyScene, asks: CanvasSignals) -> None:
        """Look at that scene."""
        super().__init__(scene, asks)
        self.figures, self.asks = scene, asks
        self.finder = Finder(scene)
        self.attention = Attention()
        self._layers = [
            layer(scene, self.finder, self.attention) for layer in (TransitionsLayer, CardsLayer, GestureLayer)
        ]
        for depth, layer in enumerate(self._layers):
            layer.setZValue(depth)
            scene.addItem(layer)
        self._zoom = 1.0
        self._fitted = "start"
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._look)
            bar.actionTriggered.connect(self._let_go)
        scene.sceneRectChanged.connect(self._choose_bars)
        self._choose_bars()
        self._apply_zoom()

    # What is in sight

    @property
    def zoom(self) -> float:
        """The scale; 1 is 100 %, at large type too."""
        return self._zoom

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Show the canvas at that scale; what is at the anchor, or in the middle, stays there."""
        self.keep_fitted("")
        self._zoom_to(zoom, anchor)

    def _zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        at = anchor if anchor is not None else self.viewport().rect().center()
        before = self.mapToScene(at)
        self._zoom = min(max(zoom, _LEAST), _MOST)
        self._apply_zoom()
        self._scroll(self.mapFromScene(before) - at)

    def zoom_by(self, steps: float, anchor: QPoint | None = None) -> None:
        """Come nearer by so many steps, or go further away."""
        self.zoom_to(self._zoom * _STEP**steps, anchor)

    def show_rect(self, rect: QRectF) -> None:
        """Show that part of the canvas, at 100 % at most."""
        self.keep_fitted("")
        self._show_rect(rect)

    def show_whole(self) -> None:
        """Show the whole journey, and go on doing so when the view gets another size."""
        self.keep_fitted("whole")
        self._fit()

    def show_from_start(self) -> None:
        """Show the whole journey, and go on doing so; if it would be too small to read, its beginning."""
        self.keep_fitted("start")
        self._fit()

    def keep_fitted(self, how: str) -> None:
        """Keep the `whole` journey in sight, or its `start` where it is too large; with an empty text, neither."""
        self._fitted = how
        self._choose_bars()

    def _choose_bars(self) -> None:
        """None where all is in sight, nor where there is nothing to look for."""
        off = self._fitted or not (self.figures.cards or self.figures.notes)
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if off else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if bars != self.verticalScrollBarPolicy():  # else Qt would lay all out anew with each step of a drag
            self.setHorizontalScrollBarPolicy(bars)
            self.setVerticalScrollBarPolicy(bars)

    def look_at(self, at: QPointF) -> None:
        """Bring that point into the middle."""
        self.keep_fitted("")
        self.centerOn(at)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep in sight what was in sight, unless somebody chose another part."""
        super().resizeEvent(event)
        if self._fitted:
            self._fit()
        self._look()

    def _fit(self) -> None:
        rect = self.figures.extent()
        self._show_rect(rect)
        if self._fitted == "start" and self._zoom < LEAST_SCALE and not rect.isEmpty():
            self._zoom_to(max(LEAST_SCALE, min(self._scale_of(rect).tall, _READABLE)))
            sight = self.in_sight()
            first = min((card.box.left for card in self.figures.cards.values()), default=rect.left())
            self.centerOn(first - 2 * _FIT_MARGIN + sight.width() / 2, rect.center().y())

    def _show_rect(self, rect: QRectF) -> None:
        if rect.isEmpty():
            return
        self._zoom_to(min(*self._scale_of(rect), 1.0))
        self.centerOn(rect.center())

    def _scale_of(self, rect: QRectF) -> _Scale:
        """At which scale it is as wide as the view, and at which as tall."""
        size, scale = self.viewport().size(), self.figures.look.theme.scale
        wide, tall = rect.width() + 2 * _FIT_MARGIN, rect.height() + 2 * _FIT_MARGIN
        return _Scale(size.width() / wide / scale, size.height() / tall / scale)

    def in_sight(self) -> QRectF:
        """The part of the canvas that is shown."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def pan(self, by: QPoint) -> None:
        """Look at what is so many pixels further right and down."""
        self.keep_fitted("")
        self._scroll(by)

    def _scroll(self, by: QPoint) -> None:
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        bars[0].setValue(bars[0].value() + by.x())
        bars[1].setValue(bars[1].value() + by.y())

    def restyle(self) -> None:
        """Draw in the colours and size of the scene's look."""
        self._apply_zoom()
        if self._fitted:
            self._fit()
        self.viewport().update()

    def _apply_zoom(self) -> None:
        scale = self._zoom * self.figures.look.theme.scale
        transform = self.transform()
        transform.reset()
        self.setTransform(transform.scale(scale, scale))
        self.figures.show_at(self._zoom, scale)
        self._look()

    def _let_go(self) -> None:
        self.keep_fitted("")

    def _look(self) -> None:
        self.looked.emit()

    # What is selected and asked for

    def select(self, selection: Selection) -> None:
        """Select that, as far as it is on the canvas."""
        selection = self.figures.existing(selection)
        if selection == self.figures.selection:
            return
        self.figures.selection = selection
        current = self.attention.current
        if current is not None and selection and not selection.has(current.kind, current.id):
            self.attention.current = None
        single = [*(("touchpoint", id_) for id_ in selection.touchpoints), *(("note", id_) for id_ in selection.notes)]
        if len(single) == 1:
            self.attention.current = Pointed(*single[0])
        self.viewport().update()
        self.asks.selection_changed.emit(selection)

    def movable(self, selection: Selection) -> dict[str, Position]:
        """Where the selected cards and notes are."""
        cards = {id_: figure.at for id_, figure in self.figures.cards.items() if id_ in selection.touchpoints}
        return cards | {id_: figure.at for id_, figure in self.figures.notes.items() if id_ in selection.notes}

    def ask_to_move(self, to: Mapping[str, Position], before: Mapping[str, Position]) -> None:
        """Ask for new positions; whatever the answer, show the journey's afterwards."""
        moves = tuple((id_, x, y) for id_, (x, y) in to.items() if before[id_] != (x, y))
        if moves:
            self.asks.moved.emit(moves)
        self.figures.show_journey(self.figures.journey)

    def card_under(self, point: QPointF) -> str | None:
        """The touchpoint whose card is at that point of the canvas."""
        pointed = self.pointed(point)
        return pointed.id if pointed is not None and pointed.kind in ("touchpoint", "port") else None

    def pointed(self, point: QPointF) -> Pointed | None:
        """What is at that point of the canvas."""
        port = port_card(self.attention, self.figures)
        return self.finder.under(point.x(), point.y(), self.transform().m11(), port)

    # What is behind the cards

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802 - Qt's name
        """Draw the bands of the stages, and the names that have no room above them."""
        figures, scale = self.figures, self.transform().m11()
        draw_bands(painter, QRectF(rect), figures.bands, figures.look)
        names = figures.look.theme.font("small", bold=True)
        draw_upright_names(painter, self.in_sight(), figures, names, scale)
