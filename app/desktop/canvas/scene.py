"""What is on the canvas: figures of its touchpoints, transitions and notes, brought up to date by difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene

from app.desktop.canvas.bands import Band, bands
from app.desktop.canvas.cards import CAPTION, CardFigure, card_figure
from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH, Box, card_box
from app.desktop.canvas.look import Look
from app.desktop.canvas.notes import NoteFigure, note_figure
from app.desktop.canvas.spots import placed
from app.desktop.canvas.transitions import Labels, Router, TransitionFigure, labels, transition_figure, widths
from app.desktop.canvas.values import Flow
from app.desktop.document.drawn_journey import DrawnJourney, Note, Position, Touchpoint, Transition
from app.desktop.document.selection import Selection
from sim.scenario.addresses.address import parts_of

_MARGIN = 480.0
_EMPTY = Flow()


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
        self._router = Router()
        self._room = Labels(())
        self._resting: dict[str, Position] = {}
        """where the last map put the cards; only dragged ones are elsewhere"""
        self._dragged: set[str] = set()

    def show_journey(self, journey: DrawnJourney, rebuilt: bool = False) -> None:
        """Show that journey; figures whose values are equal stay, unless all are to be rebuilt."""
        if rebuilt:
            self.cards, self.transitions, self.notes, self._room = {}, {}, {}, Labels(())
        positions = placed(journey, self._resting)
        self.journey = journey
        disturbed = self._update_cards(positions) | self._dragged
        self._update_transitions(disturbed)
        self._update_notes()
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

    def drag(self, positions: Mapping[str, Position]) -> None:
        """Show cards and notes at those positions until the next map arrives."""
        moved = []
        for id_, at in positions.items():
            if id_ in self.cards:
                self.cards[id_].at = at
                self._router.boxes[id_] = card_box(at)
                moved.append(id_)
            elif id_ in self.notes:
                self.notes[id_].at = at
        self._dragged.update(moved)
        self._reroute(moved)
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
        labels = [figure.label for figure in self.transitions.values()]
        if labels:  # bows reach beyond the cards
            left, right = min(box.left for box in labels), max(box.right for box in labels)
            top, bottom = min(box.top for box in labels), max(box.bottom for box in labels)
            rect = rect.united(QRectF(left, top, right - left, bottom - top))
        for band in self.bands:
            tall = 1.0 if self.cards or self.notes else 5 * CARD_HEIGHT
            rect = rect.united(QRectF(band.left, rect.top(), band.right - band.left, tall))
        return rect

    def _update_cards(self, positions: Mapping[str, Position]) -> set[str]:
        """Bring the cards up to date; returns those that are new, gone or elsewhere."""
        disturbed = self.cards.keys() - positions.keys()
        for id_ in disturbed:
            self._room.drop(_kept_clear(self._resting[id_]))
        cards: dict[str, CardFigure] = {}
        for touchpoint in self.journey.touchpoints:
            at, figure = positions[touchpoint.id], self.cards.get(touchpoint.id)
            visits, dropoff = self.flow.visits.get(touchpoint.id), self.flow.dropoff.get(touchpoint.id, 0.0)
            if figure is None or figure.at != at or touchpoint.id in self._dragged:
                disturbed.add(touchpoint.id)
                if figure is not None:
                    self._room.drop(_kept_clear(self._resting[touchpoint.id]))
                self._room.take(_kept_clear(at))
            if (
                figure is None
                or figure.touchpoint != touchpoint
                or (figure.visits, figure.dropoff) != (visits, dropoff)
            ):
                figure = card_figure(touchpoint, at, visits, dropoff, self.look)
            figure.at = at
            cards[touchpoint.id] = figure
        self.cards = cards
        self._resting = dict(positions)
        return disturbed

    def _update_transitions(self, disturbed: set[str]) -> None:
        transitions = self.journey.transitions
        drawn = {
            transition.key: transition
            for transition in transitions
            if transition.source in self.cards and transition.target in self.cards
        }
        self._loose = {transition.key: transition for transition in transitions if transition.key not in drawn}
        before = {key: (figure.transition.source, figure.transition.target) for key, figure in self.transitions.items()}
        after = {key: (transition.source, transition.target) for key, transition in drawn.items()}
        for _, ends in before.items() ^ after.items():
            disturbed.update(ends)
        boxes = {id_: figure.box for id_, figure in self.cards.items()}
        self._router.take(boxes, drawn.values())
        around = self._router.around(disturbed)
        self._router.arrange(around)
        written, wide = labels(transitions, self.flow.chosen), widths(transitions, self.flow.chosen)
        kept, stale = {}, []
        for key, transition in drawn.items():
            figure = self.transitions.get(key)
            if (
                figure is not None
                and figure.transition == transition
                and (figure.share, figure.below) == written[key]
                and figure.width == wide[key]
                and (
                    not (transition.source in around or transition.target in around)
                    or figure.curve == self._router.curve(transition)
                )
                and transition.source not in self._dragged
                and transition.target not in self._dragged
            ):
                kept[key] = figure
            else:
                stale.append(transition)
        for key, figure in self.transitions.items():
            if key not in kept:
                self._room.drop(figure.label)
        # Short transitions have the least choice where their label goes.
        for transition, line in sorted(
            ((transition, self._router.curve(transition)) for transition in stale), key=lambda pair: pair[1].reach
        ):
            kept[transition.key] = transition_figure(
                transition, line, written[transition.key], wide[transition.key], self._room, self.look
            )
        self.transitions = {key: kept[key] for key in drawn}

    def _reroute(self, cards: Iterable[str]) -> None:
        """Let the transitions of dragged cards follow; their labels take free spots once the card is dropped."""
        free = Labels(())
        for transition in {
            transition.key: transition for card in cards for transition in self._router.ends.get(card, ())
        }.values():
            old = self.transitions[transition.key]
            self._room.drop(old.label)
            self.transitions[transition.key] = transition_figure(
                transition, self._router.curve(transition), (old.share, old.below), old.width, free, self.look
            )

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


def _kept_clear(at: Position) -> Box:
    """What no label may cover: a card with the figures below it."""
    return Box(at[0], at[1], CARD_WIDTH, CARD_HEIGHT + CAPTION)
