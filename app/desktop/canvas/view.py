"""The part of the canvas that is worked on: what the mouse does, what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from app.desktop.canvas.editing import Editing
from app.desktop.canvas.gestures import Banding, Connecting, Gesture, Moving, Panning
from app.desktop.canvas.keys import Keys
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.signals import CanvasSignals
from app.desktop.canvas.surface import Surface
from app.desktop.canvas.words import tooltip
from app.desktop.document.selection import Selection, only
from app.desktop.looks.plain import plain_tip

EMPTY = "Double-click or press Insert to add the first touchpoint"


class JourneyView(Surface):
    """Takes mouse and keys; tells the window by the canvas's signals what the person at the screen wants."""

    focus_changed = Signal()

    def __init__(self, scene: JourneyScene, asks: CanvasSignals) -> None:
        """Look at that scene."""
        super().__init__(scene, asks)
        self.editing = Editing(self)
        self.keys = Keys(self, self.editing, self._end_gesture)
        self.gesture: Gesture | None = None
        self.setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setAcceptDrops(False)  # the window takes what is dropped, wherever
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.looked.connect(self.editing.follow)

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
        pointed = self.pointed(point)
        if event.button() == Qt.MouseButton.RightButton:
            self._select_for_menu(pointed)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.keys.stop_connecting()
            self._begin(pointed, at, modifiers)

    def _begin(self, pointed: Pointed | None, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if pointed is None:
            self.gesture = Banding(self, at, modifiers)
        elif pointed.kind == "port":
            self.gesture = Connecting(self, at, pointed.id, self.editing.add)
        elif pointed.kind == "finding":
            self.asks.finding_clicked.emit(self.figures.addresses[pointed.id])
        else:
            kind = "transition" if pointed.kind == "share" else pointed.kind
            self.gesture = Moving(self, at, kind, pointed.id, modifiers)

    def _select_for_menu(self, pointed: Pointed | None) -> None:
        if pointed is None:
            self.select(Selection())
        else:
            if pointed.kind == "finding":  # on the badge of a touchpoint or transition
                listed, _, id_ = pointed.id.partition(".")
                pointed = Pointed(listed.removesuffix("s"), id_)
            kind = {"share": "transition", "port": "touchpoint"}.get(pointed.kind, pointed.kind)
            if not self.figures.selection.has(kind, pointed.id):
                self.select(only(kind, pointed.id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the gesture under way, or show what is under the mouse."""
        at = event.position().toPoint()
        if self.gesture is not None:
            self.gesture.moved(at)
        else:
            point = self.mapToScene(at)
            pointed = self.pointed(point)
            self.hover(pointed)
            said = tooltip(self.figures, pointed, point.x(), point.y())
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
        self._end_gesture()
        point = self.mapToScene(event.position().toPoint())
        self.editing.edit(self.pointed(point), (point.x(), point.y()))

    def _end_gesture(self) -> bool:
        """Undo what the gesture under way showed; whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def hover(self, pointed: Pointed | None) -> None:
        """Show that the mouse is there: a card its port, and all by dimming the rest."""
        if pointed == self.attention.hovered:
            return
        self.attention.hovered = pointed
        hand = pointed is not None and pointed.kind in ("port", "finding")
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
            self.keep_fitted("")
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Zoom as fingers do on a touchpad or a screen."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position().toPoint())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                between = self.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoom_to(self.zoom * pinch.scaleFactor(), between)
                return True
        return super().viewportEvent(event)

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
