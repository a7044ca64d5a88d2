"""What the keyboard does on the canvas: everything the mouse does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.desktop.canvas.bands import band_at
from app.desktop.canvas.editing import Editing
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.surface import Surface
from app.desktop.document.selection import Selection, only

_Key = Qt.Key
_ARROWS = {_Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1)}
_NUDGE = 8.0
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Keys:
    """Keys act on the current card or note; a connection under way on the card it would end at."""

    def __init__(self, view: Surface, editing: Editing, end_gesture: Callable[[], bool]) -> None:
        """Act on that view, and by its `editing`; `end_gesture` ends what the mouse does, and says if there was any."""
        self._view, self._editing, self._end_gesture = view, editing, end_gesture
        self._space = False
        self._panned = False
        self.connecting: str | None = None
        """the touchpoint a connection is being made from"""
        self._plain: dict[int, Callable[[], None]] = {
            _Key.Key_Return: self.rename,
            _Key.Key_Enter: self.rename,
            _Key.Key_F2: self.rename,
            _Key.Key_Insert: editing.add_beside,
            _Key.Key_N: editing.add_beside,
            _Key.Key_Delete: self._delete,
            _Key.Key_Backspace: self._delete,
            _Key.Key_C: self.start_connecting,
            _Key.Key_BracketRight: lambda: self._next_transition(1),
            _Key.Key_BracketLeft: lambda: self._next_transition(-1),
            _Key.Key_Escape: self._escape,
            _Key.Key_Plus: lambda: view.zoom_by(1),
            _Key.Key_Minus: lambda: view.zoom_by(-1),
        }

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what the key stands for; whether it stands for anything."""
        key, modifiers = event.key(), event.modifiers() & _MODIFIERS
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._view.select(self._view.figures.everything())
            return True
        if key in _ARROWS:
            return self._arrow(_ARROWS[Qt.Key(key)], modifiers)
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        if self.connecting is not None and key in (_Key.Key_Return, _Key.Key_Enter):
            self._end_connection()
            return True
        if key == _Key.Key_Space:
            if not event.isAutoRepeat():
                self._space, self._panned = True, False
            return True
        action = self._plain.get(key)
        if action is not None:
            action()
        return action is not None

    def released(self, event: QKeyEvent) -> bool:
        """Space let go without panning takes the current card into the selection, or out of it."""
        if event.key() != _Key.Key_Space or event.isAutoRepeat() or not self._space:
            return False
        self._space = False
        current = self._view.attention.current
        if not self._panned and current is not None:
            self._view.select(self._view.figures.selection.toggled(current.kind, current.id))
        return True

    def begins_panning(self) -> bool:
        """Whether a press of the left button pans: while Space is held."""
        self._panned = self._panned or self._space
        return self._space

    def let_go(self) -> None:
        """The keyboard is used elsewhere."""
        self._space = False
        self.stop_connecting()

    def tab(self, forward: bool) -> bool:
        """Go to the next card or note in reading order; False after the last one."""
        order = self.reading_order()
        if self.connecting is not None:
            self._aim(self._after(order, forward, around=True))
            return True
        following = self._after(order, forward, around=False)
        if following is None:
            return False
        self.go(following)
        return True

    def reading_order(self) -> list[Pointed]:
        """All cards by stage, from left to right and down, then all notes."""
        scene = self._view.figures
        bands = {band.lane.id: number for number, band in enumerate(scene.bands)}

        def read_at(id_: str) -> tuple[float, float, float]:
            x, y = scene.cards[id_].at
            band = band_at(scene.bands, x + 88)
            return (bands[band.lane.id] if band else 0, x, y)

        notes = sorted(scene.notes, key=lambda id_: scene.notes[id_].at)
        return [Pointed("touchpoint", id_) for id_ in sorted(scene.cards, key=read_at)] + [
            Pointed("note", id_) for id_ in notes
        ]

    def go(self, to: Pointed, select: bool = True) -> None:
        """Make that the current card or note and bring it in sight."""
        self._view.attention.current = to
        if select:
            self._view.select(only(to.kind, to.id))
        scene = self._view.figures
        box = scene.cards[to.id].whole if to.kind == "touchpoint" else scene.notes[to.id].box
        if not self._view.in_sight().contains(box.rect()):
            self._view.ensureVisible(box.rect(), 48, 48)
        self._view.viewport().update()

    def middle_of_selection(self) -> QPoint:
        """The middle of what is selected, in pixels of the view."""
        rect = QRectF()
        for box in self._view.figures.boxes(self._view.figures.selection):
            rect = rect.united(box.rect())
        middle = QPointF(rect.center()) if not rect.isNull() else self._view.in_sight().center()
        return self._view.mapFromScene(middle)

    def stop_connecting(self) -> None:
        """Connect nothing after all."""
        self.connecting = None
        self._view.attention.target = None
        self._view.asks.hint("")
        self._view.viewport().update()

    def _after(self, order: list[Pointed], forward: bool, around: bool) -> Pointed | None:
        order = [item for item in order if item.kind == "touchpoint"] if around else order
        if not order:
            return None
        view = self._view
        at = Pointed("touchpoint", view.attention.target or self.connecting or "") if around else view.attention.current
        if at not in order:
            return order[0 if forward else -1]
        number = order.index(at) + (1 if forward else -1)
        if around:
            return order[number % len(order)]
        return order[number] if 0 <= number < len(order) else None

    def _arrow(self, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        view = self._view
        if modifiers == Qt.KeyboardModifier.AltModifier:
            before = view.movable(view.figures.selection)
            dx, dy = direction[0] * _NUDGE, direction[1] * _NUDGE
            view.ask_to_move({id_: (x + dx, y + dy) for id_, (x, y) in before.items()}, before)
            return True
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            return False
        start = view.attention.current
        if self.connecting is not None:
            start = Pointed("touchpoint", view.attention.target or self.connecting)
        nearest = self._nearest(start, direction)
        if self.connecting is not None:
            self._aim(nearest)
        elif nearest is not None:
            self.go(nearest, select=modifiers == Qt.KeyboardModifier.NoModifier)
        return True

    def _nearest(self, start: Pointed | None, direction: tuple[int, int]) -> Pointed | None:
        """The nearest card or note in a direction, those straight ahead before those aside."""
        scene = self._view.figures
        boxes = {Pointed("touchpoint", id_): card.box.middle for id_, card in scene.cards.items()}
        if self.connecting is None:
            boxes |= {Pointed("note", id_): note.box.middle for id_, note in scene.notes.items()}
        if start not in boxes:
            order = self.reading_order()
            return order[0] if order else None
        x, y = boxes[start]
        ahead: list[tuple[float, int, Pointed]] = []
        for number, (other, (ox, oy)) in enumerate(boxes.items()):
            along = (ox - x) * direction[0] + (oy - y) * direction[1]
            aside = abs((ox - x) * direction[1]) + abs((oy - y) * direction[0])
            if along > 4:
                ahead.append((along + 2.5 * aside, number, other))
        return min(ahead)[2] if ahead else None

    def rename(self) -> None:
        """Open the field for what is current, or for the share of the one transition selected."""
        view = self._view
        selection, current = view.figures.selection, view.attention.current
        if len(selection.transitions) == 1 and not selection.touchpoints and not selection.notes:
            self._editing.edit(Pointed("share", next(iter(selection.transitions))), (0.0, 0.0))
        elif current is not None:
            self._editing.edit(current, (0.0, 0.0))

    def _delete(self) -> None:
        if self._view.figures.selection:
            self._view.asks.delete_requested.emit(self._view.figures.selection)

    def start_connecting(self) -> None:
        """Begin a connection from the current card."""
        view, current = self._view, self._view.attention.current
        if current is None or current.kind != "touchpoint" or current.id not in view.figures.cards:
            return
        self.connecting = current.id
        name = view.figures.cards[current.id].touchpoint.name
        view.asks.hint(f"Connecting from {name}: choose the target with the arrow keys or Tab, then press Enter.")

    def _aim(self, to: Pointed | None) -> None:
        if to is None or self.connecting is None:
            return
        view = self._view
        view.attention.target = to.id
        names = [view.figures.cards[id_].touchpoint.name for id_ in (self.connecting, to.id)]
        view.asks.hint(f"Connecting from {names[0]} to {names[1]}: press Enter, or choose another target.")
        self._show(to)

    def _show(self, to: Pointed) -> None:
        """Bring a card in sight."""
        self._view.ensureVisible(self._view.figures.cards[to.id].whole.rect(), 48, 48)
        self._view.viewport().update()

    def _end_connection(self) -> None:
        source, target = self.connecting, self._view.attention.target
        if source is None or target is None:
            return
        self.stop_connecting()
        self._view.asks.connect_requested.emit(source, target)

    def _next_transition(self, step: int) -> None:
        """Select the next transition that leaves the current touchpoint."""
        view, current = self._view, self._view.attention.current
        if current is None:
            return
        leaving = [key for key, figure in view.figures.transitions.items() if figure.transition.source == current.id]
        selected = [number for number, key in enumerate(leaving) if key in view.figures.selection.transitions]
        if leaving:
            number = (selected[0] + step) % len(leaving) if selected else (0 if step > 0 else -1)
            view.select(only("transition", leaving[number]))
            view.attention.current = current

    def _escape(self) -> None:
        view = self._view
        if self._end_gesture():
            return
        if self.connecting is not None:
            self.stop_connecting()
        else:
            view.select(Selection())
