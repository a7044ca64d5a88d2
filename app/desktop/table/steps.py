"""Steps that change what there is: touchpoints and transitions that come, go, or lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.desktop.canvas.bands import bands
from app.desktop.canvas.geometry import CARD_HEIGHT, GAP_ACROSS, GAP_DOWN, card_box
from app.desktop.canvas.placing import free_spot, placed
from app.desktop.document import Document, editing
from app.desktop.document.journey_map import Position
from app.desktop.document.selection import NOTHING, Selection
from sim.scenario import edit
from sim.scenario.addresses import joined

Change = Callable[[str], tuple[str, Selection]]
End = Literal["from", "to"]
_ENDS = {"from": "leave", "to": "lead to"}


class Steps(QObject):
    """Makes such steps in the document, each of which can be undone."""

    made = Signal(object)
    """the `Selection` of what a step made"""
    structure_changed = Signal(str, object)
    """a step was made while an arm was selected: its label, and the scenario's tables before it"""

    def __init__(self, document: Document, parent: QObject) -> None:
        """Make steps in that document."""
        super().__init__(parent)
        self._document = document

    def add_touchpoint(self, name: str, beside: str | None) -> bool:
        """Add a touchpoint in the stage of another, below it; in the first stage where there is no other."""
        journey = self._document.journey
        at, stage = self._spot(beside)
        return self._make(
            f"Add {name.strip()}", lambda text: editing.add_touchpoint(text, journey, name.strip(), stage, at)
        )

    def join(self, source: str, target: str) -> bool:
        """Add a transition."""
        journey = self._document.journey
        label = f"Connect {self.name(source)} to {self.name(target)}"
        return self._make(label, lambda text: editing.connect(text, journey, source, target))

    def lead(self, key: str, end: End, id_: str) -> bool:
        """Let a transition leave or lead to another touchpoint; it gets an id where there is one between those two."""
        journey = self._document.journey
        way = journey.way(key)
        if way is None or id_ == (way.source if end == "from" else way.target):
            return False
        source, target = (id_, way.target) if end == "from" else (way.source, id_)
        others = {other.key for other in journey.ways} - {key}
        after = key if key != f"{way.source}/{way.target}" else f"{source}/{target}"
        changes = {joined(("transitions", key, end)): id_}
        if after in others:
            after = editing.id_from(f"{source} {target}", others)
            changes = {joined(("transitions", key, "id")): after, joined(("transitions", after, end)): id_}
        label = f"Let {self.name(way.source)} to {self.name(way.target)} {_ENDS[end]} {self.name(id_)}"
        return self._make(label, lambda text: (edit(text, changes), Selection(ways=frozenset({after}))))

    def remove(self, selection: Selection) -> bool:
        """Delete what is selected, with the transitions of touchpoints that go."""
        journey = self._document.journey
        if not selection:
            return False
        label = f"Delete {self._called(selection)}"
        return self._make(label, lambda text: (editing.remove(text, journey, selection), NOTHING))

    def duplicate(self, selection: Selection) -> bool:
        """Add what is selected once more."""
        journey, document = self._document.journey, self._document
        if not selection.places:
            return False
        copy = editing.copied(document.shown, selection)
        label = f"Duplicate {self._called(Selection(selection.places))}"
        return self._make(label, lambda text: editing.paste(text, journey, copy))

    def duplicate_way(self, key: str) -> bool:
        """Add a transition between the same two touchpoints."""
        way = self._document.journey.way(key)
        return way is not None and self.join(way.source, way.target)

    def name(self, id_: str) -> str:
        """What a touchpoint is called."""
        place = self._document.journey.place(id_)
        return place.name if place is not None else id_

    def _called(self, selection: Selection) -> str:
        count = len(selection.places) + len(selection.ways) + len(selection.notes)
        if count == 1 and selection.places:
            return self.name(next(iter(selection.places)))
        if count == 1 and selection.ways:
            way = self._document.journey.way(next(iter(selection.ways)))
            return f"{self.name(way.source)} to {self.name(way.target)}" if way is not None else "a transition"
        counted = ((len(selection.places), "touchpoint"), (len(selection.ways), "transition"))
        said = [f"{number} {word}{'s' if number > 1 else ''}" for number, word in counted if number]
        return " and ".join(said) or "selection"

    def _spot(self, beside: str | None) -> tuple[Position, str | None]:
        journey = self._document.journey
        positions = placed(journey, {})
        near = journey.place(beside) if beside is not None else None
        stage = near.stage if near is not None else journey.lanes[0].id if journey.lanes else None
        if near is not None:
            x, y = positions[near.id]
            at = (x, y + CARD_HEIGHT + GAP_DOWN)
        else:
            left = next((band.left for band in bands(journey, positions) if band.lane.id == stage), 0.0)
            tops = [positions[place.id][1] for place in journey.places]
            at = (left + GAP_ACROSS / 2, min(tops, default=0.0))
        return free_spot(at, [card_box(place) for place in positions.values()]), stage

    def _make(self, label: str, change: Change) -> bool:
        found = [NOTHING]
        before, under_arm = self._document.tables, self._document.arm is not None

        def changed(text: str) -> str:
            text, found[0] = change(text)
            return text

        if not self._document.apply(label, changed):
            return False
        self.made.emit(found[0])
        if under_arm:
            self.structure_changed.emit(label, before)
        return True
