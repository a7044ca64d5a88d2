"""The canvas: a journey drawn as cards and arrows, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.desktop.canvas.align import aligned
from app.desktop.canvas.bands import band_at
from app.desktop.canvas.geometry import snapped
from app.desktop.canvas.lane_header import LaneHeader
from app.desktop.canvas.look import Look
from app.desktop.canvas.minimap import Minimap
from app.desktop.canvas.picture import DrawnPicture
from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.scene import JourneyScene
from app.desktop.canvas.signals import CanvasSignals
from app.desktop.canvas.values import Flow
from app.desktop.canvas.view import JourneyView
from app.desktop.canvas.words import described
from app.desktop.document.drawn_journey import DrawnJourney, Note, Position, Touchpoint, Transition
from app.desktop.document.selection import Selection
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import Appearance, Theme

_CORNER = 16


class Canvas(CanvasSignals):
    """Shows a journey and asks for changes by its signals; it never changes the journey itself."""

    def __init__(self, appearance: Appearance) -> None:
        """Begin with an empty journey."""
        super().__init__()
        self._appearance = appearance
        self._scene = JourneyScene(Look(appearance.theme))
        self.view = JourneyView(self._scene, self)
        self._header = LaneHeader(self.view, self)
        self._minimap = Minimap(self.view, self)
        self._minimap_wanted = True
        self._hint = PlainLabel(parent=self)
        self._hint.setAccessibleName("Hint")
        self._hint.setObjectName("hint")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.setAccessibleName("Canvas")
        self.view.setAccessibleName("Journey")
        self.view.looked.connect(self._place_overlays)
        self.selection_changed.connect(self._describe)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._describe()

    # What is shown

    def show_journey(self, journey: DrawnJourney) -> None:
        """Show that journey; what is equal stays as it is, and so do selection and zoom."""
        before = self._scene.selection
        self._scene.show_journey(journey)
        attention = self.view.attention
        attention.hovered = attention.hovered if self._is_shown(attention.hovered) else None
        attention.current = attention.current if self._is_shown(attention.current) else None
        if self.view.keys.connecting is not None and self.view.keys.connecting not in self._scene.cards:
            self.view.keys.stop_connecting()
        if self._scene.selection != before:
            self.selection_changed.emit(self._scene.selection)
        else:
            self._describe()
        self._header.update()
        self._place_overlays()

    def leave(self) -> None:
        """Forget the journey that is shown: ids of the next one may be the same, and mean something else."""
        self.show_journey(DrawnJourney())

    def show_findings(self, levels: Mapping[str, str]) -> None:
        """Put a badge on what has a finding: `error` or `warning` by address, such as `touchpoints.cart`."""
        self._scene.show_levels(levels)
        self._scene.update()
        self._describe()

    def show_flow(self, flow: Flow | None) -> None:
        """Show where customers went in a run; None for no longer."""
        self._scene.show_flow(flow)
        self._describe()

    @property
    def flow(self) -> Flow:
        """Where customers went in a run, as it is shown; empty where none is."""
        return self._scene.flow

    def shown(self) -> tuple[frozenset[Touchpoint], frozenset[Transition], frozenset[Note]]:
        """The touchpoints, transitions and notes that are on the canvas."""
        return self._scene.shown()

    def positions(self) -> dict[str, Position]:
        """The left upper corner of every card, also of those the file gives none."""
        return self._scene.positions()

    def sizes(self) -> dict[str, tuple[float, float]]:
        """The width and height of every card, for `tidy`."""
        return {id_: (figure.box.width, figure.box.height) for id_, figure in self._scene.cards.items()}

    def middle(self) -> Position:
        """The middle of what is in sight, on the grid."""
        centre = self.view.in_sight().center()
        return snapped(centre.x()), snapped(centre.y())

    def stage_at(self, x: float) -> str:
        """The stage that a card with that left edge would stand in; empty where there are no stages."""
        band = band_at(self._scene.bands, x + 88)
        return band.lane.id if band else ""

    def drawn(self, theme: Theme) -> DrawnPicture:
        """The journey as it is shown, in the colours of a theme, ready to be drawn anywhere."""
        return DrawnPicture(self._scene, theme)

    # Selection

    @property
    def selected(self) -> Selection:
        """What is selected."""
        return self._scene.selection

    def select(self, selection: Selection) -> None:
        """Select that, as far as it is on the canvas."""
        self.view.select(selection)

    def align(self, how: str) -> None:
        """Ask to line up what is selected: `left`, `top`, `row`, `column`, `distribute-h` or `distribute-v`."""
        chosen = Selection(self.selected.touchpoints, frozenset(), self.selected.notes)
        before = self.view.movable(chosen)
        boxes = {id_: self._scene.cards[id_].box for id_ in chosen.touchpoints}
        boxes |= {id_: self._scene.notes[id_].box for id_ in chosen.notes}
        self.view.ask_to_move(aligned({id_: boxes[id_] for id_ in before}, how), before)

    def rename(self) -> None:
        """Open the field for the name or share of what is selected."""
        self.view.keys.rename()

    def rewrite(self, note: str) -> None:
        """Open the field for the text of a note, all of it selected."""
        self.view.editing.edit(Pointed("note", note), (0.0, 0.0))

    def add_beside(self) -> None:
        """Open the field for a new touchpoint beside the current card, else in the middle of the view."""
        self.view.editing.add_beside()

    def start_connecting(self) -> None:
        """Make a connection from the current card by keyboard."""
        self.view.keys.start_connecting()

    # Zoom

    def zoom_in(self) -> None:
        """Come a step nearer."""
        self.view.zoom_by(1)

    def zoom_out(self) -> None:
        """Go a step further away."""
        self.view.zoom_by(-1)

    def zoom_actual(self) -> None:
        """Show everything at 100 %."""
        self.view.zoom_to(1.0)

    def zoom_to_fit(self) -> None:
        """Show the whole journey."""
        self.view.show_whole()

    def show_from_start(self) -> None:
        """Show the whole journey, or as much of its beginning as can be read."""
        self.view.show_from_start()

    def zoom_to_selection(self) -> None:
        """Show what is selected, or everything if nothing is."""
        rect = QRectF()
        for box in self._scene.boxes(self.selected):
            rect = rect.united(box.rect())
        if rect.isNull():
            self.view.show_whole()
        else:
            self.view.show_rect(rect)

    def centre_on(self, id_: str) -> None:
        """Bring a touchpoint, transition or note into the middle of the view."""
        scene = self._scene
        item = scene.cards.get(id_) or scene.notes.get(id_)
        if item is not None:
            self.view.look_at(QPointF(*item.box.middle))
        elif id_ in scene.transitions:
            self.view.look_at(QPointF(*scene.transitions[id_].label.middle))

    def reveal(self, id_: str) -> None:
        """Bring a touchpoint into the middle of the view if it is out of sight."""
        card = self._scene.cards.get(id_)
        if card is not None and not self.view.in_sight().contains(card.box.rect()):
            self.centre_on(id_)

    # Round it

    @property
    def minimap_shown(self) -> bool:
        """Whether there is a minimap when part of the journey is out of sight."""
        return self._minimap_wanted

    def show_minimap(self, wanted: bool) -> None:
        """Have a minimap when part of the journey is out of sight, or never."""
        self._minimap_wanted = wanted
        self._place_overlays()

    def hint(self, text: str) -> None:
        """Say that at the lower edge of the canvas; nothing for an empty text."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._place_overlays()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep minimap and hint in their corners."""
        super().resizeEvent(event)
        self._place_overlays()

    def _is_shown(self, item: Pointed | None) -> bool:
        if item is None:
            return False
        return item.id in self._scene.cards or item.id in self._scene.transitions or item.id in self._scene.notes

    def _place_overlays(self) -> None:
        area = self.view.viewport().geometry().translated(self.view.pos())
        if not self._hint.isHidden():
            wide = min(area.width() - 2 * _CORNER, 640)
            tall = self._hint.heightForWidth(wide)
            self._hint.setGeometry(area.center().x() - wide // 2, area.bottom() - tall - _CORNER, wide, tall)
            self._hint.raise_()
        room = area.width() > 3 * self._minimap.width() and area.height() > 2 * self._minimap.height()
        corner = self._free_corner(area) if self._minimap_wanted and room and self._minimap.needed() else None
        self._minimap.setVisible(corner is not None)
        if corner is not None:
            self._minimap.move(corner)

    def _free_corner(self, area: QRect) -> QPoint | None:
        """Where the minimap covers no touchpoint: where it is, else the lower right corner, else another."""
        size = self._minimap.size()
        lefts = (area.right() - size.width() - _CORNER, area.left() + _CORNER)
        tops = (area.bottom() - size.height() - _CORNER, area.top() + _CORNER)
        corners = [QPoint(left, top) for top in tops for left in lefts]
        if self._minimap.isVisible() and self._minimap.pos() in corners:
            corners.insert(0, self._minimap.pos())
        cards = [card.whole.rect() for card in self._scene.cards.values()]
        for corner in corners:
            covered = self.view.mapToScene(QRect(corner - area.topLeft(), size)).boundingRect()
            if not any(covered.intersects(card) for card in cards):
                return corner
        return None

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._scene.dress(Look(theme))
        self.view.restyle()
        self._header.restyle()
        self._hint.setFont(theme.font())
        self._place_overlays()

    def _describe(self) -> None:
        said = described(self._scene, self._scene.selection)
        self.setAccessibleDescription(said)
        if said != self.view.accessibleDescription():
            self.view.setAccessibleDescription(said)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.DescriptionChanged))
