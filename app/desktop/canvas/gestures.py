"""Each gesture of the mouse is an object that lives from press to release."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from app.desktop.canvas.geometry import Box, snapped
from app.desktop.canvas.surface import Surface
from app.desktop.document.drawn_journey import Position
from app.desktop.document.selection import Selection, only

_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Gesture:
    """Something done with the mouse: begun by a press, followed while it moves, ended by a release or Escape."""

    def __init__(self, view: Surface, at: QPoint) -> None:
        """Begin where the button was pressed, in pixels of the view."""
        self.view = view
        self.pressed = at
        self.begun = False

    def moved(self, at: QPoint) -> None:
        """The mouse moves; the gesture begins once it has gone further than a shaking hand."""
        if not self.begun and (at - self.pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.begun = True
        self.follow(at)

    def follow(self, at: QPoint) -> None:
        """Show what would come of a release here."""

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Do it."""

    def cancel(self) -> None:
        """Undo what was shown."""


class Panning(Gesture):
    """Moves the view over the canvas."""

    def __init__(self, view: Surface, at: QPoint) -> None:
        """Begin where the button was pressed."""
        super().__init__(view, at)
        self._last = at
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def follow(self, at: QPoint) -> None:
        """Keep the same point of the canvas under the mouse."""
        self.view.pan(self._last - at)
        self._last = at

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Stay here."""
        self.view.viewport().unsetCursor()

    def cancel(self) -> None:
        """Stay here."""
        self.view.viewport().unsetCursor()


class Moving(Gesture):
    """Drags the selected cards and notes; a click without dragging selects."""

    def __init__(self, view: Surface, at: QPoint, kind: str, id_: str, modifiers: Qt.KeyboardModifier) -> None:
        """Begin on that card, note or transition."""
        super().__init__(view, at)
        self._kind, self._id = kind, id_
        self._toggles = bool(modifiers & _ADDING)
        scene = view.figures
        self._was_selected = scene.selection.has(kind, id_)
        if not self._toggles and not self._was_selected:
            view.select(only(kind, id_))
        self._from: dict[str, tuple[float, float]] = {}

    def follow(self, at: QPoint) -> None:
        """Show the cards where they would be dropped."""
        scene = self.view.figures
        if not self._from:
            if not scene.selection.has(self._kind, self._id):
                self.view.select(scene.selection.toggled(self._kind, self._id))
            self._from = self.view.movable(scene.selection)
        if self._from:
            scene.drag(self._positions(at))

    def _positions(self, at: QPoint) -> dict[str, tuple[float, float]]:
        by = self.view.mapToScene(at) - self.view.mapToScene(self.pressed)
        return {id_: (snapped(x + by.x()), snapped(y + by.y())) for id_, (x, y) in self._from.items()}

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Ask for the new positions, or select."""
        if self._from:
            self.view.ask_to_move(self._positions(at), self._from)
        elif self._toggles:
            self.view.select(self.view.figures.selection.toggled(self._kind, self._id))
        elif self._was_selected:
            self.view.select(only(self._kind, self._id))

    def cancel(self) -> None:
        """Put the cards back."""
        if self._from:
            self.view.figures.show_journey(self.view.figures.journey)


class Banding(Gesture):
    """Draws a rubber band; what it touches is selected."""

    def __init__(self, view: Surface, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Begin on empty canvas."""
        super().__init__(view, at)
        self._start = view.mapToScene(at)
        self._before = view.figures.selection if modifiers & _ADDING else Selection()
        self._selected_before = view.figures.selection

    def follow(self, at: QPoint) -> None:
        """Select what the band touches."""
        rect = QRectF(self._start, self.view.mapToScene(at)).normalized()
        self.view.attention.band = rect
        self.view.select(self._before.joined(self._touched(rect)))
        self.view.viewport().update()

    def _touched(self, rect: QRectF) -> Selection:
        scene = self.view.figures
        box = Box(rect.x(), rect.y(), rect.width(), rect.height())
        touchpoints = frozenset(id_ for id_, card in scene.cards.items() if card.box.touches(box))
        transitions = frozenset(key for key, figure in scene.transitions.items() if rect.contains(figure.box.rect()))
        return Selection(
            touchpoints, transitions, frozenset(id_ for id_, note in scene.notes.items() if note.box.touches(box))
        )

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Take the band away; a click without a band selects nothing."""
        if not self.begun:
            self.view.select(self._before)
        self._end()

    def cancel(self) -> None:
        """Select what was selected before."""
        self.view.select(self._selected_before)
        self._end()

    def _end(self) -> None:
        self.view.attention.band = None
        self.view.viewport().update()


class Connecting(Gesture):
    """Draws a connection from a card's port to another card, or to empty canvas for a new touchpoint."""

    def __init__(self, view: Surface, at: QPoint, source: str, add: Callable[[str, Position], object]) -> None:
        """Begin on the port of that touchpoint; `add` asks for a new one, reached from it."""
        super().__init__(view, at)
        self._source, self._add = source, add

    def follow(self, at: QPoint) -> None:
        """Show the line and the card it would end at."""
        point = self.view.mapToScene(at)
        self.view.attention.line = QLineF(QPointF(*self.view.figures.cards[self._source].port), point)
        self.view.attention.target = self.view.card_under(point)
        self.view.viewport().update()

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Ask for the transition, or for the new touchpoint."""
        self.cancel()
        if not self.begun:
            return
        point = self.view.mapToScene(at)
        target = self.view.card_under(point)
        if target is not None:
            self.view.asks.connect_requested.emit(self._source, target)
        else:
            self._add(self._source, (snapped(point.x()), snapped(point.y() - 36)))

    def cancel(self) -> None:
        """Take the line away."""
        self.view.attention.line = None
        self.view.attention.target = None
        self.view.viewport().update()
