"""The surface of the canvas: which part of it is in sight, what is selected on it, and what is at a point."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import (
    QPainter,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from app.desktop.canvas.layers import Attention, CardsLayer, GestureLayer, TransitionsLayer, port_card
from app.desktop.canvas.pointed import Finder, Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.signals import CanvasSignals
from app.desktop.document.drawn_journey import Position
from app.desktop.document.selection import Selection

_LEAST, _MOST = 0.08, 4.0
_STEP = 1.2
_FIT_MARGIN = 24.0
_BEARABLE, _READABLE = 0.5, 0.6
"""the least scale at which a whole journey is shown at first, and that at which its beginning is shown instead"""


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
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.horizontalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self._apply_zoom()

    # What is in sight

    @property
    def zoom(self) -> float:
        """The scale; 1 is 100 %, at large type too."""
        return self._zoom

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Show the canvas at that scale; what is at the anchor, or in the middle, stays there."""
        at = anchor if anchor is not None else self.viewport().rect().center()
        before = self.mapToScene(at)
        self._zoom = min(max(zoom, _LEAST), _MOST)
        self._apply_zoom()
        shift = self.mapFromScene(before) - at
        self.pan(shift)

    def zoom_by(self, steps: float, anchor: QPoint | None = None) -> None:
        """Come nearer by so many steps, or go further away."""
        self.zoom_to(self._zoom * _STEP**steps, anchor)

    def show_rect(self, rect: QRectF, most: float = 1.0) -> None:
        """Show that part of the canvas, no larger than that scale."""
        if rect.isEmpty():
            return
        size = self.viewport().size()
        scale = self.figures.look.theme.scale
        wide, tall = rect.width() + 2 * _FIT_MARGIN, rect.height() + 2 * _FIT_MARGIN
        self.zoom_to(min(size.width() / wide / scale, size.height() / tall / scale, most))
        self.centerOn(rect.center())

    def show_from_start(self, rect: QRectF) -> None:
        """Show that part of the canvas; if it would be too small to read, its beginning."""
        self.show_rect(rect)
        if self._zoom < _BEARABLE and not rect.isEmpty():
            self.zoom_to(_READABLE)
            sight = self.in_sight()
            self.centerOn(rect.left() - _FIT_MARGIN + sight.width() / 2, rect.center().y())

    def in_sight(self) -> QRectF:
        """The part of the canvas that is shown."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def pan(self, by: QPoint) -> None:
        """Look at what is so many pixels further right and down."""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        bars[0].setValue(bars[0].value() + by.x())
        bars[1].setValue(bars[1].value() + by.y())

    def restyle(self) -> None:
        """Draw in the colours and size of the scene's look."""
        self._apply_zoom()
        self.viewport().update()

    def _apply_zoom(self) -> None:
        scale = self._zoom * self.figures.look.theme.scale
        transform = self.transform()
        transform.reset()
        self.setTransform(transform.scale(scale, scale))
        self._look()

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
        """Draw the bands of the stages."""
        look = self.figures.look
        rect = QRectF(rect)
        painter.fillRect(rect, look.paper)
        painter.setPen(look.lane_line)
        for number, band in enumerate(self.figures.bands):
            if number % 2:
                painter.fillRect(QRectF(band.left, rect.top(), band.right - band.left, rect.height()), look.band)
            for x in (band.left, band.right):
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
