"""What is on the canvas: figures of its touchpoints, transitions and notes, brought up to date by difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene

from app.desktop.canvas.bands import Band, bands
from app.desktop.canvas.cards import CardFigure, card_figure
from app.desktop.canvas.detail import FULL, Detail, detail_at
from app.desktop.canvas.geometry import CARD_HEIGHT, Box
from app.desktop.canvas.label_spots import LabelSpots
from app.desktop.canvas.look import Look
from app.desktop.canvas.main_way import main_way
from app.desktop.canvas.notes import NoteFigure, note_figure
from app.desktop.canvas.router import Router
from app.desktop.canvas.spots import placed
from app.desktop.canvas.transitions import TransitionFigure, labels, put_label, put_mark, widths
from app.desktop.canvas.values import Flow
from app.desktop.document.drawn_journey import DrawnJourney, Note, Position, Touchpoint, Transition
from app.desktop.document.selection import Selection
from sim.scenario.addresses.address import parts_of

_MARGIN = 480.0
_EMPTY = Flow()
_MANY_TRANSITIONS = 150
"""more than so many have no labels until they are drawn nearly as large as they are"""
_NEAR = 16
"""the size of type up to which that is so"""


class JourneyScene(QGraphicsScene):
    """The figures and where they are; what is selected or pointed at is kept beside them."""

    def __init__(self, look: Look) -> None:
        """Begin empty."""
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.look = look
        self.journey = DrawnJourney()
        self.flow = _EMPTY
        self.levels: dict[str, str] = {}
        """`error` or `warning` by kind and id, such as `touchpoints.cart`"""
        self.addresses: dict[str, str] = {}
        """the address of the finding by the same"""
        self.selection = Selection()
        self.cards: dict[str, CardFigure] = {}
        self.transitions: dict[str, TransitionFigure] = {}
        self.notes: dict[str, NoteFigure] = {}
        self.bands: tuple[Band, ...] = ()
        self.version = 0
        """grows whenever a figure changes, so that whoever made something of them knows"""
        self._extent = QRectF()
        self._loose: dict[str, Transition] = {}
        self.detail = FULL
        """what is drawn at the scale at which the scene is shown"""
        self._router = Router()
        self._resting: dict[str, Position] = {}
        """where the last map put the cards; only dragged ones are elsewhere"""
        self._dragged: set[str] = set()

    def show_journey(self, journey: DrawnJourney, rebuilt: bool = False) -> None:
        """Show that journey; figures whose values are equal stay, unless all are to be rebuilt."""
        if rebuilt:
            self.cards, self.transitions, self.notes = {}, {}, {}
        positions = placed(journey, self._resting)
        self.journey = journey
        moved = self._update_cards(positions)
        self._update_notes()
        if self._update_transitions() or moved:
            self._put_labels()
        self._dragged = set()
        self.bands = bands(journey, positions)
        self.selection = self.existing(self.selection)
        self._changed()

    def show_levels(self, levels: Mapping[str, str]) -> None:
        """Show which addresses have a finding; an id with a dot is quoted in an address, but not here."""
        plain = {address: ".".join(parts_of(address)[:2]) for address in levels}
        self.levels = {plain[address]: level for address, level in levels.items()}
        self.addresses = {name: address for address, name in plain.items()}

    def show_flow(self, flow: Flow | None) -> None:
        """Show where customers went, or no longer."""
        before, self.flow = self.flow, flow or _EMPTY
        if self.flow != before:
            self.show_journey(self.journey)

    def dress(self, look: Look) -> None:
        """Draw everything with another look."""
        self.look = look
        self.show_journey(self.journey, rebuilt=True)

    def show_at(self, zoom: float, readable: float | None = None) -> None:
        """Draw what can be read at that zoom, and no more; large type stays as much larger than usual.

        Names that would be cut are smaller, as far as can be read at the zoom `readable`.
        """
        before, self.detail = self.detail, detail_at(zoom, readable)
        if (self.detail.shares, self.detail.small) != (before.shares, before.small):
            self._put_labels()
        if self.detail != before:
            self._changed()

    def drag(self, positions: Mapping[str, Position]) -> None:
        """Show cards and notes at those positions until the next map arrives."""
        for id_, at in positions.items():
            if id_ in self.cards:
                self.cards[id_].at = at
                self._dragged.add(id_)
            elif id_ in self.notes:
                self.notes[id_].at = at
        changed = self._router.follow(self._boxes(), self._dragged & positions.keys())
        for key in changed & self.transitions.keys():
            self.transitions[key] = replace(self.transitions[key], route=self._router.routes[key])
        self._put_labels(changed)
        self._changed()

    def positions(self) -> dict[str, Position]:
        """The left upper corner of every card, also of those the file gives no position."""
        return {id_: figure.at for id_, figure in self.cards.items()}

    def shown(self) -> tuple[frozenset[Touchpoint], frozenset[Transition], frozenset[Note]]:
        """The values of what is on the canvas."""
        return (
            frozenset(figure.touchpoint for figure in self.cards.values()),
            frozenset(figure.transition for figure in self.transitions.values()) | frozenset(self._loose.values()),
            frozenset(figure.note for figure in self.notes.values()),
        )

    def existing(self, selection: Selection) -> Selection:
        """The part of a selection that is on the canvas."""
        return Selection(
            selection.touchpoints & self.cards.keys(),
            selection.transitions & self.transitions.keys(),
            selection.notes & self.notes.keys(),
        )

    def everything(self) -> Selection:
        """The selection of all there is."""
        return Selection(frozenset(self.cards), frozenset(self.transitions), frozenset(self.notes))

    def boxes(self, selection: Selection) -> list[Box]:
        """Where what is selected lies."""
        boxes = [self.cards[id_].box for id_ in selection.touchpoints]
        boxes += [self.notes[id_].box for id_ in selection.notes]
        return boxes + [self.transitions[key].box for key in selection.transitions]

    def extent(self) -> QRectF:
        """What holds all cards, notes, labels and the bands."""
        return QRectF(self._extent)

    def _measured(self) -> QRectF:
        rect = QRectF()
        for box in [*(figure.whole for figure in self.cards.values()), *(note.box for note in self.notes.values())]:
            rect = rect.united(box.rect())
        lines = [point for figure in self.transitions.values() if not figure.leaves for point in figure.route.points]
        if lines:  # they go round the cards
            left, right = min(x for x, _ in lines), max(x for x, _ in lines)
            top, bottom = min(y for _, y in lines), max(y for _, y in lines)
            rect = rect.united(QRectF(left, top, right - left, bottom - top).adjusted(-8, -8, 8, 8))
        for band in self.bands:
            tall = 1.0 if self.cards or self.notes else 5 * CARD_HEIGHT
            rect = rect.united(QRectF(band.left, rect.top(), band.right - band.left, tall))
        return rect

    def _update_cards(self, positions: Mapping[str, Position]) -> bool:
        """Bring the cards up to date; returns whether some are new, gone or elsewhere."""
        moved = self.cards.keys() != positions.keys()
        cards: dict[str, CardFigure] = {}
        for touchpoint in self.journey.touchpoints:
            at, figure = positions[touchpoint.id], self.cards.get(touchpoint.id)
            visits, dropoff = self.flow.visits.get(touchpoint.id), self.flow.dropoff.get(touchpoint.id, 0.0)
            moved = moved or figure is None or figure.at != at or touchpoint.id in self._dragged
            if (
                figure is None
                or figure.touchpoint != touchpoint
                or (figure.visits, figure.dropoff) != (visits, dropoff)
            ):
                figure = card_figure(touchpoint, at, visits, dropoff)
            figure.at = at
            cards[touchpoint.id] = figure
        self.cards = cards
        self._resting = dict(positions)
        return moved

    def _update_transitions(self) -> bool:
        """Bring the transitions up to date; returns whether any has changed."""
        drawn = {
            transition.key: transition
            for transition in self.journey.transitions
            if transition.source in self.cards and transition.target in self.cards
        }
        self._loose = {
            transition.key: transition for transition in self.journey.transitions if transition.key not in drawn
        }
        self._router.take(self._boxes(), self._groups())
        main = main_way(self.journey, self.flow.visits, self.flow.chosen)
        written = labels(self.journey.transitions, self.flow.chosen)
        wide = widths(self.journey.transitions, self.flow.chosen, main)
        before, self.transitions = self.transitions, {}
        changed = before.keys() != drawn.keys()
        for key, transition in drawn.items():
            wanted = TransitionFigure(
                transition,
                self._router.routes[key],
                *written[key],
                wide[key],
                main=key in main,
                leaves=self._leaves(transition),
            )
            figure = before.get(key)
            if figure is None or not figure.is_like(wanted):
                figure, changed = wanted, True
            self.transitions[key] = figure
        return changed

    def _leaves(self, transition: Transition) -> bool:
        """Whether customers are lost on that transition, so that a mark on the card says so instead of a line."""
        target = self.cards[transition.target].touchpoint
        return target.exit == "churn" and transition.source != transition.target

    def _boxes(self) -> dict[str, Box]:
        return {id_: figure.box for id_, figure in self.cards.items()}

    def _groups(self) -> tuple[list[Transition], list[Transition]]:
        """The transitions that are lines, and those that are lines only while somebody points at them."""
        lines: list[Transition] = []
        leaving: list[Transition] = []
        for transition in self.journey.transitions:
            if transition.source in self.cards and transition.target in self.cards:
                (leaving if self._leaves(transition) else lines).append(transition)
        return lines, leaving

    def _put_labels(self, only: set[str] | None = None) -> None:
        """Find the places of all labels, or of those few, at the scale at which the scene is shown."""
        detail = self.detail
        if len(self.transitions) > _MANY_TRANSITIONS and detail.shares > _NEAR:
            detail = Detail(detail.names, 0, 0)
        figures = [figure for key, figure in self.transitions.items() if only is None or key in only]
        lines = {figure.transition.key: figure.route for figure in self.transitions.values() if not figure.leaves}
        notes = [note.box for note in self.notes.values()]
        spots = LabelSpots([*self._boxes().values(), *notes] if detail.shares else (), lines if detail.shares else {})
        marks: dict[str, int] = {}
        for figure in self.transitions.values() if only is not None else ():
            if figure.written and figure.transition.key not in only:
                spots.take(figure.label)
        for figure in figures:
            if figure.leaves:
                source = figure.transition.source
                put_mark(figure, self.cards[source].box, marks.get(source, 0), spots, detail, self.look)
                marks[source] = marks.get(source, 0) + 1
        for figure in sorted(figures, key=_order):
            if not figure.leaves:
                put_label(figure, spots, detail, self.look)

    def _update_notes(self) -> None:
        notes = {}
        for note in self.journey.notes:
            figure = self.notes.get(note.id)
            if figure is None or figure.note != note or figure.at != note.at:
                figure = note_figure(note, note.at, self.look)
            notes[note.id] = figure
        self.notes = notes

    def _changed(self) -> None:
        self.version += 1
        self._extent = self._measured()
        self.setSceneRect(self._extent.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        self.update()


def _order(figure: TransitionFigure) -> tuple[bool, float, float]:
    """Which labels take their places first: those that matter most, then those with the least choice."""
    return not figure.main, -figure.width, figure.route.length
