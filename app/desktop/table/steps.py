"""Steps that change what there is: touchpoints and transitions that come, go, or lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.desktop.canvas.bands import bands
from app.desktop.canvas.geometry import CARD_HEIGHT, GAP_ACROSS, GAP_DOWN, card_box
from app.desktop.canvas.spots import free_spot, placed
from app.desktop.document import Document, editing
from app.desktop.document.drawn_journey import Position
from app.desktop.document.selection import NOTHING, Selection
from sim.scenario import edit
from sim.scenario.addresses.address import joined

Change = Callable[[str], tuple[str, Selection]]
End = Literal["from", "to"]


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
        transition = journey.transition(key)
        if transition is None or id_ == (transition.source if end == "from" else transition.target):
            return False
        source, target = (id_, transition.target) if end == "from" else (transition.source, id_)
        others = {other.key for other in journey.transitions} - {key}
        after = key if key != f"{transition.source}/{transition.target}" else f"{source}/{target}"
        changes = {joined(("transitions", key, end)): id_}
        if after in others:
            after = editing.id_from(f"{source} {target}", others)
            changes = {joined(("transitions", key, "id")): after, joined(("transitions", after, end)): id_}
        which = "start" if end == "from" else "end"
        label = (
            f"Move the {which} of {self.name(transition.source)} → {self.name(transition.target)} to {self.name(id_)}"
        )
        return self._make(label, lambda text: (edit(text, changes), Selection(transitions=frozenset({after}))))

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
        if not selection.touchpoints:
            return False
        copy = editing.copied(document.shown, selection)
        label = f"Duplicate {self._called(Selection(selection.touchpoints))}"
        return self._make(label, lambda text: editing.paste(text, journey, copy))

    def duplicate_transition(self, key: str) -> bool:
        """Add a transition between the same two touchpoints."""
        transition = self._document.journey.transition(key)
        return transition is not None and self.join(transition.source, transition.target)

    def name(self, id_: str) -> str:
        """What a touchpoint is called."""
        touchpoint = self._document.journey.touchpoint(id_)
        return touchpoint.name if touchpoint is not None else id_

    def _called(self, selection: Selection) -> str:
        count = len(selection.touchpoints) + len(selection.transitions) + len(selection.notes)
        if count == 1 and selection.touchpoints:
            return self.name(next(iter(selection.touchpoints)))
        if count == 1 and selection.transitions:
            transition = self._document.journey.transition(next(iter(selection.transitions)))
            return (
                f"{self.name(transition.source)} to {self.name(transition.target)}"
                if transition is not None
                else "a transition"
            )
        counted = ((len(selection.touchpoints), "touchpoint"), (len(selection.transitions), "transition"))
        said = [f"{number} {word}{'s' if number > 1 else ''}" for number, word in counted if number]
        return " and ".join(said) or "selection"

    def _spot(self, beside: str | None) -> tuple[Position, str | None]:
        journey = self._document.journey
        positions = placed(journey, {})
        near = journey.touchpoint(beside) if beside is not None else None
        stage = near.stage if near is not None else journey.lanes[0].id if journey.lanes else None
        if near is not None:
            x, y = positions[near.id]
            at = (x, y + CARD_HEIGHT + GAP_DOWN)
        else:
            left = next((band.left for band in bands(journey, positions) if band.lane.id == stage), 0.0)
            tops = [positions[touchpoint.id][1] for touchpoint in journey.touchpoints]
            at = (left + GAP_ACROSS / 2, min(tops, default=0.0))
        return free_spot(at, [card_box(position) for position in positions.values()]), stage

    def _make(self, label: str, change: Change) -> bool:
        selected = [NOTHING]
        before, under_arm = self._document.tables, self._document.arm is not None

        def changed(text: str) -> str:
            text, selected[0] = change(text)
            return text

        if not self._document.apply(label, changed):
            return False
        self.made.emit(selected[0])
        if under_arm:
            self.structure_changed.emit(label, before)
        return True
