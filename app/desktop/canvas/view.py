"""The part of the canvas that is looked through: zoom, pan, and what the mouse does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from app.desktop.canvas.editing import Editing
from app.desktop.canvas.gestures import Banding, Connecting, Gesture, Moving, Panning
from app.desktop.canvas.keys import Keys
from app.desktop.canvas.layers import Attention, CardsLayer, GestureLayer, WaysLayer, port_card
from app.desktop.canvas.pointed import Finder, Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.signals import CanvasSignals
from app.desktop.canvas.words import tooltip
from app.desktop.document.journey_map import Position
from app.desktop.document.selection import Selection, only
from app.desktop.looks.plain import plain_tip

_LEAST, _MOST = 0.08, 4.0
_STEP = 1.2
_FIT_MARGIN = 24.0
_BEARABLE, _READABLE = 0.5, 0.6
"""the least scale at which a whole journey is shown at first, and that at which its beginning is shown instead"""
EMPTY = "Double-click or press Insert to add the first touchpoint"


class JourneyView(QGraphicsView):
    """Shows the scene; tells the window by the canvas's signals what the person at the screen wants."""

    looked = Signal()
    """another part of the canvas is in sight, or at another scale"""
    focus_changed = Signal()

    def __init__(self, scene: JourneyScene, asks: CanvasSignals) -> None:
        """Look at that scene."""
        super().__init__(scene, asks)
        self.figures, self.asks = scene, asks
        self.finder = Finder(scene)
        self.attention = Attention()
        self._layers = [layer(scene, self.finder, self.attention) for layer in (WaysLayer, CardsLayer, GestureLayer)]
        for depth, layer in enumerate(self._layers):
            layer.setZValue(depth)
            scene.addItem(layer)
        self.editing = Editing(self)
        self.keys = Keys(self)
        self.gesture: Gesture | None = None
        self._zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        self.editing.follow()
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
        single = [*(("place", id_) for id_ in selection.places), *(("note", id_) for id_ in selection.notes)]
        if len(single) == 1:
            self.attention.current = Pointed(*single[0])
        self.viewport().update()
        self.asks.selection_changed.emit(selection)

    def movable(self, selection: Selection) -> dict[str, Position]:
        """Where the selected cards and notes are."""
        cards = {id_: figure.at for id_, figure in self.figures.cards.items() if id_ in selection.places}
        return cards | {id_: figure.at for id_, figure in self.figures.notes.items() if id_ in selection.notes}

    def ask_to_move(self, to: Mapping[str, Position], before: Mapping[str, Position]) -> None:
        """Ask for new positions; whatever the answer, show the map's afterwards."""
        moves = tuple((id_, x, y) for id_, (x, y) in to.items() if before[id_] != (x, y))
        if moves:
            self.asks.moved.emit(moves)
        self.figures.show_map(self.figures.journey)

    def card_under(self, point: QPointF) -> str | None:
        """The touchpoint whose card is at that point of the canvas."""
        found = self.pointed(point)
        return found.id if found is not None and found.kind in ("place", "port") else None

    def pointed(self, point: QPointF) -> Pointed | None:
        """What is at that point of the canvas."""
        port = port_card(self.attention, self.figures)
        return self.finder.under(point.x(), point.y(), self.transform().m11(), port)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin the gesture that suits what is under the mouse."""
        at, point, modifiers = (
            event.position().toPoint(),
            self.mapToScene(event.position().toPoint()),
            event.modifiers(),
        )
        if self.gesture is not None:
            return
        if event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and self.keys.begins_panning()
        ):
            self.gesture = Panning(self, at)
            return
        found = self.pointed(point)
        if event.button() == Qt.MouseButton.RightButton:
            self._select_for_menu(found)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.keys.stop_connecting()
            self._begin(found, at, modifiers)

    def _begin(self, found: Pointed | None, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if found is None:
            self.gesture = Banding(self, at, modifiers)
        elif found.kind == "port":
            self.gesture = Connecting(self, at, found.id)
        elif found.kind == "finding":
            self.asks.finding_clicked.emit(self.figures.addresses[found.id])
        else:
            kind = "way" if found.kind == "share" else found.kind
            self.gesture = Moving(self, at, kind, found.id, modifiers)

    def _select_for_menu(self, found: Pointed | None) -> None:
        if found is None:
            self.select(Selection())
        elif found.kind != "finding":
            kind = {"share": "way", "port": "place"}.get(found.kind, found.kind)
            if not self.figures.selection.has(kind, found.id):
                self.select(only(kind, found.id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the gesture under way, or show what is under the mouse."""
        at = event.position().toPoint()
        if self.gesture is not None:
            self.gesture.moved(at)
        else:
            point = self.mapToScene(at)
            found = self.pointed(point)
            self.hover(found)
            said = tooltip(self.figures, found, point.x(), point.y())
            if said != self.viewport().toolTip():
                self.viewport().setToolTip(plain_tip(said))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the gesture under way."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.release(event.position().toPoint(), event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Edit what is under the mouse, or add a touchpoint there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.gesture is not None:
            self.gesture.cancel()
            self.gesture = None
        point = self.mapToScene(event.position().toPoint())
        self.editing.edit(self.pointed(point), (point.x(), point.y()))

    def hover(self, found: Pointed | None) -> None:
        """Show that the mouse is there: a card its port, a transition by dimming the rest."""
        if found == self.attention.hovered:
            return
        self.attention.hovered = found
        self.attention.dimmed_but = found.id if found is not None and found.kind in ("way", "share") else None
        hand = found is not None and found.kind in ("port", "finding")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is under the mouse any more."""
        if self.gesture is None:
            self.hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom with Ctrl, else scroll; across with Shift."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120, event.position().toPoint())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.pixelDelta().isNull():
            self.pan(QPoint(-round(event.angleDelta().y() / 2), 0))
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a menu where the mouse is, or at what is selected."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.keys.middle_of_selection())
        self.asks.context_requested.emit(at)
        event.accept()

    # Keys and the rest

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key stands for."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space has a meaning when let go."""
        if not self.keys.released(event):
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the cards, and leaves the canvas after the last."""
        # Qt asks this, too, when a field on the canvas is hidden: then nobody has pressed Tab here.
        return (self.hasFocus() and self.keys.tab(forward)) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show what keys act on."""
        self.attention.focused = True
        self.viewport().update()
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keys act elsewhere."""
        super().focusOutEvent(event)
        if not self.__dict__:
            return  # Qt takes the focus away while it deletes the widget, whose Python half is gone by then
        self.attention.focused = False
        self.keys.let_go()
        self.viewport().update()
        self.focus_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another part is in sight; an empty canvas is shown whole."""
        super().resizeEvent(event)
        if self.figures.cards or self.figures.notes:
            self._look()
        else:
            self.show_from_start(self.figures.extent())

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

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802 - Qt's name
        """On an empty canvas, say how to begin."""
        if self.figures.cards or self.figures.notes or self.editing.active:
            return
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.figures.look.border)
        painter.setBrush(self.figures.look.card)
        painter.setFont(self.figures.look.theme.font("normal"))
        box = self.viewport().rect().adjusted(40, 24, -40, -24)
        how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawRoundedRect(painter.boundingRect(box, how, EMPTY).adjusted(-16, -12, 16, 12), 6, 6)
        painter.setPen(self.figures.look.text)
        painter.drawText(box, how, EMPTY)
        painter.restore()
