"""Editing in place: names, shares, notes, and new touchpoints."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt

from app.desktop.canvas.bands import band_at
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, GAP_ACROSS, Box, snapped
from app.desktop.canvas.inline import Accept, LineField, TextField
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.spots import free_spot
from app.desktop.canvas.surface import Surface
from app.desktop.canvas.transitions import percent
from app.desktop.canvas.values import QuickAdd
from app.desktop.document.drawn_journey import Position
from app.typed_share import allowed_share, share_typed

_FIELD_HEIGHT = 32.0
_SHARE_WIDTH = 88.0


class Editing:
    """Opens a field on the canvas, keeps it in its place, and asks for the change when it is accepted."""

    def __init__(self, view: Surface) -> None:
        """Open fields in that view."""
        self._view = view
        self._field: LineField | TextField | None = None
        self._box = Box(0, 0, 0, 0)

    @property
    def active(self) -> bool:
        """Whether a field is open."""
        return self._field is not None

    def edit(self, pointed: Pointed | None, at: Position) -> None:
        """Edit what was found; where nothing was, add a touchpoint at that position."""
        if pointed is None:
            self.add(None, (snapped(at[0] - CARD_WIDTH / 2), snapped(at[1] - CARD_HEIGHT / 2)))
        elif pointed.kind in ("touchpoint", "port"):
            self._rename(pointed.id)
        elif pointed.kind == "note":
            self._rewrite(pointed.id)
        elif pointed.kind in ("share", "transition"):
            self._weigh(pointed.id)

    def add(self, source: str | None, at: Position) -> None:
        """Ask for the name of a new touchpoint there, reached from the source if there is one."""

        def accept(name: str) -> bool:
            if name.strip():
                band = band_at(self._view.figures.bands, at[0] + CARD_WIDTH / 2)
                stage = band.lane.id if band else ""
                self._view.asks.quick_add_requested.emit(QuickAdd(source, at, name.strip(), stage))
            return bool(name.strip())

        field = LineField(self._view.viewport(), "", accept, self.close)
        field.setPlaceholderText("Name of the touchpoint")
        self._open(field, Box(at[0], at[1] + 20, CARD_WIDTH, _FIELD_HEIGHT), "Name of the new touchpoint")

    def add_beside(self) -> None:
        """Ask for a new touchpoint beside the current card, to which that leads; else in the middle of the view."""
        view, current = self._view, self._view.attention.current
        figures = view.figures
        middle = view.in_sight().center()
        at = (snapped(middle.x() - CARD_WIDTH / 2), snapped(middle.y() - CARD_HEIGHT / 2))
        source = None
        if current is not None and current.kind == "touchpoint" and current.id in figures.cards:
            card = figures.cards[current.id]
            source = current.id if card.touchpoint.exit is None else None  # nobody goes on from there
            x, y = card.at
            at = (x + CARD_WIDTH + GAP_ACROSS, y)
        elif not figures.cards and figures.bands:
            at = (figures.bands[0].left + GAP_ACROSS / 2, at[1])
        taken = [card.box for card in figures.cards.values()] + [note.box for note in figures.notes.values()]
        at = free_spot(at, taken)
        view.ensureVisible(Box(*at, CARD_WIDTH, CARD_HEIGHT).rect(), 48, 48)
        self.add(source, at)

    def follow(self) -> None:
        """Keep the field in its place when another part of the canvas is in sight."""
        if self._field is None:
            return
        view = self._view
        corner = view.mapFromScene(QPointF(self._box.left, self._box.top))
        scale = view.figures.look.theme.scale
        wide = max(self._box.width * view.transform().m11(), min(self._box.width, 176.0) * scale)
        tall = max(self._box.height * view.transform().m11(), _FIELD_HEIGHT * scale)
        self._field.setGeometry(QRect(corner.x(), corner.y(), round(wide), round(tall)))

    def close(self) -> None:
        """Close the field."""
        field, self._field = self._field, None
        if field is not None:
            self._view.asks.hint("")
            had_focus = field.hasFocus()
            field.hide()
            field.deleteLater()
            if had_focus:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.viewport().update()

    def _open(self, field: LineField | TextField, box: Box, name: str) -> None:
        self.close()
        self._field, self._box = field, box
        field.setAccessibleName(name)
        field.setFont(self._view.figures.look.theme.font())
        self.follow()
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.viewport().update()

    def _rename(self, id_: str) -> None:
        figure = self._view.figures.cards[id_]
        name = figure.touchpoint.name

        def accept(text: str) -> bool:
            if text.strip() and text.strip() != name:
                self._view.asks.rename_requested.emit(id_, text.strip())
            return bool(text.strip())

        x, y = figure.at
        field = LineField(self._view.viewport(), name, accept, self.close)
        self._open(field, Box(x, y, CARD_WIDTH, _FIELD_HEIGHT), f"Name of {name}")

    def _rewrite(self, id_: str) -> None:
        figure = self._view.figures.notes[id_]

        def accept(text: str) -> bool:
            if text != figure.note.text:
                self._view.asks.note_changed.emit(id_, text)
            return True

        field = TextField(self._view.viewport(), figure.note.text, accept, self.close)
        self._open(field, figure.box, "Text of the note")

    def _weigh(self, key: str) -> None:
        figure = self._view.figures.transitions[key]
        transition = figure.transition
        others = sum(
            other.share
            for other in self._view.figures.journey.transitions
            if other.source == transition.source and other.key != key and other.enabled
        )
        shown = percent(transition.share / (transition.share + others)) if transition.share + others > 0 else "0 %"

        def accept(text: str) -> bool:
            if text.strip() == shown:
                return True
            share = share_typed(text, alone=others <= 0)
            if share is None:
                if self._field is None or not self._field.rehearsing:
                    self._view.asks.hint(allowed_share(alone=others <= 0))
                return False
            self._view.asks.share_edit_requested.emit(key, share)
            return True

        self._open_share(shown, accept, figure.label, transition.source, transition.target)

    def _open_share(self, shown: str, accept: Accept, label: Box, source: str, target: str) -> None:
        cards = self._view.figures.cards
        field = LineField(self._view.viewport(), shown, accept, self.close)
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        x, y = label.middle
        box = Box(x - _SHARE_WIDTH / 2, y - _FIELD_HEIGHT / 2, _SHARE_WIDTH, _FIELD_HEIGHT)
        names = cards[source].touchpoint.name, cards[target].touchpoint.name
        self._open(field, box, f"Percentage that goes from {names[0]} to {names[1]}")
