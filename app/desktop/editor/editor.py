"""What is asked for on the canvas and in the table becomes steps of the document; both show the same selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.desktop.canvas import Canvas, QuickAdd, tidy
from app.desktop.document import NOTHING, Document, Selection, clip, editing
from app.desktop.document.editing import Moved
from app.desktop.editor.structure import structural_overrides
from app.desktop.forms.shares import UnfitShareError, transition_changes
from app.desktop.frame.messages import Messages
from app.desktop.inspector import Inspector
from app.desktop.table import JourneyTable
from sim.scenario import edit
from sim.scenario.addresses.address import joined, parts_of

_KEEP = "kept-as-arm"

Change = Callable[[str], tuple[str, Selection]]


class Editor(QObject):
    """Canvas, table and inspector on one document."""

    selection_changed = Signal(object)
    """what is selected now"""
    elsewhere = Signal(str)
    """an address that somebody wants to see of what canvas and table do not show"""
    drawn = Signal()
    """somebody wants to see something that canvas and table show"""

    def __init__(
        self, document: Document, canvas: Canvas, table: JourneyTable, inspector: Inspector, messages: Messages
    ) -> None:
        """Join them."""
        super().__init__(canvas)
        self.selection: Selection = NOTHING
        self._document, self._canvas, self._table, self._inspector = document, canvas, table, inspector
        self._messages = messages
        document.changed.connect(self._show)
        document.read_again.connect(self._show_findings)
        document.asked.connect(lambda words, answers: messages.say("delete", words, "warning", answers))
        document.id_changed.connect(self._follow_id)
        document.refused.connect(lambda words: messages.say("refused", words, "error"))
        canvas.selection_changed.connect(self.select)
        canvas.moved.connect(self.move)
        canvas.connect_requested.connect(self.connect_touchpoints)
        canvas.quick_add_requested.connect(self.quick_add)
        canvas.delete_requested.connect(self.delete)
        canvas.share_edit_requested.connect(self.set_share)
        canvas.rename_requested.connect(self.rename)
        canvas.note_changed.connect(self.set_note)
        table.selection_changed.connect(self.select)
        table.structure_changed.connect(self.offer_arm_since)
        inspector.selection_requested.connect(self.select)
        self._show()

    def select(self, selection: Selection) -> None:
        """Select that everywhere, as far as it is there."""
        kept = editing.kept(selection, self._document.journey)
        if kept == self.selection:
            return
        self.selection = kept
        if self._canvas.selected != kept:
            self._canvas.select(kept)
        if self._table.selected != kept:
            self._table.select(kept)
        self._inspector.show_selection(kept)
        self.selection_changed.emit(kept)

    def go_to(self, address: str) -> None:
        """Select what an address is about, and bring it into view; what is not drawn is shown in the settings."""
        try:
            kind, *rest = parts_of(address)
        except ValueError:
            kind, rest = "", []
        if not rest or kind not in ("touchpoints", "transitions", "annotations"):
            self.select(NOTHING)
            self.elsewhere.emit(address)
            return
        name = "notes" if kind == "annotations" else kind
        self.drawn.emit()
        self.select(Selection(**{name: frozenset({rest[0]})}))
        if kind == "touchpoints":
            self._canvas.reveal(rest[0])
        if len(rest) > 1:
            self._inspector.reveal((kind, *rest))

    # Steps

    def quick_add(self, new: QuickAdd) -> None:
        """Add a touchpoint where it was asked for."""
        journey = self._document.journey
        self._make(
            f"Add {new.name}",
            lambda text: editing.add_touchpoint(text, journey, new.name, new.stage or None, new.at, new.source),
            structural=True,
        )

    def connect_touchpoints(self, source: str, target: str) -> None:
        """Add a transition."""
        journey = self._document.journey
        self._make(
            f"Connect {self._name(source)} to {self._name(target)}",
            lambda text: editing.connect(text, journey, source, target),
            structural=True,
        )

    def delete(self, selection: Selection | None = None) -> None:
        """Delete what is selected."""
        chosen = selection or self.selection
        journey = self._document.journey
        if chosen:
            label = self._name(next(iter(chosen.touchpoints))) if len(chosen.touchpoints) == 1 else "selection"

            def delete() -> None:
                self._make(
                    f"Delete {label}", lambda text: (editing.remove(text, journey, chosen), NOTHING), structural=True
                )

            self._document.once_agreed(editing.going(journey, chosen), delete)

    def move(self, moved: Moved) -> None:
        """Put touchpoints and notes where they were dropped; in another stage's lane, into that stage."""
        journey = self._document.journey
        stages = {}
        for id_, x, _ in moved:
            touchpoint, stage = journey.touchpoint(id_), self._canvas.stage_at(x)
            if touchpoint is not None and stage and stage != touchpoint.stage:
                stages[joined(("touchpoints", id_, "stage"))] = stage
        if moved:
            self._document.apply("Move", lambda text: edit(editing.move(text, journey, moved), stages))

    def tidy(self) -> None:
        """Lay the whole journey out anew, as one step."""
        journey = self._document.journey
        placed = tidy(journey, self._canvas.sizes())
        moved = [(id_, x, y) for id_, (x, y) in placed.items()]
        if moved:
            self._document.apply("Tidy", lambda text: editing.move(text, journey, moved))
            self._canvas.zoom_to_fit()

    def set_share(self, key: str, share: float) -> None:
        """Have a transition take that share of those who go on from its touchpoint."""
        transition = self._document.journey.transition(key)
        called = f"{self._name(transition.source)} to {self._name(transition.target)}" if transition else key
        one_value = self._document.arm is not None
        try:
            changes = transition_changes(self._document.shown, key, share, one_value)
        except UnfitShareError as error:
            self._document.refused.emit(f"{error}.")
            return
        self._document.set(f"Share of {called}", changes)

    def rename(self, touchpoint: str, name: str) -> None:
        """Give a touchpoint another name; its id stays."""
        self._document.set(f"Rename {self._name(touchpoint)}", {joined(("touchpoints", touchpoint, "name")): name})

    def add_note(self) -> None:
        """Put a note into the middle of the view."""
        taken = [note.id for note in self._document.journey.notes]
        at = self._canvas.middle()
        self._make("Add note", lambda text: editing.add_note(text, taken, "Note", at))
        if self._canvas.isVisible() and len(self.selection.notes) == 1:
            self._canvas.rewrite(next(iter(self.selection.notes)))

    def set_note(self, note: str, words: str) -> None:
        """Write another text into a note; an empty one takes it away."""
        value: Any = words.strip() or None
        address = joined(("annotations", note, "text") if value else ("annotations", note))
        self._document.apply("Edit note", lambda text: edit(text, {address: value}))

    # Clipboard

    def copy(self) -> None:
        """Copy what is selected, also for other windows and programs."""
        if not self.selection:
            return
        QApplication.clipboard().setMimeData(clip.written(editing.copied(self._document.shown, self.selection)))

    def cut(self) -> None:
        """Copy what is selected, and delete it."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Add what was copied, a little aside; say why where that cannot be."""
        mime = QApplication.clipboard().mimeData()
        if not mime.formats():
            return
        try:
            copied = clip.read(mime)
        except clip.ClipError as error:
            self._messages.say("refused", f"What was copied cannot be pasted here: {error}.", "error")
            return
        self._add_copy("Paste", copied)

    def duplicate(self) -> None:
        """Add what is selected once more, without touching the clipboard."""
        if self.selection:
            self._add_copy("Duplicate", editing.copied(self._document.shown, self.selection))

    def select_all(self) -> None:
        """Select everything."""
        journey = self._document.journey
        self.select(
            Selection(
                frozenset(touchpoint.id for touchpoint in journey.touchpoints),
                frozenset(transition.key for transition in journey.transitions),
                frozenset(note.id for note in journey.notes),
            )
        )

    def _add_copy(self, label: str, copy: dict[str, Any]) -> None:
        journey = self._document.journey
        self._make(label, lambda text: editing.paste(text, journey, copy), structural=True)

    def _make(self, label: str, change: Change, structural: bool = False) -> None:
        """Make a step and select what it made."""
        made = [NOTHING]

        def changed(text: str) -> str:
            text, made[0] = change(text)
            return text

        before, arm = self._document.tables, self._document.arm
        if not self._document.apply(label, changed):
            return
        self._messages.put_away("refused")
        self.select(made[0])
        if structural and arm is not None:
            self.offer_arm_since(label, before)

    def offer_arm_since(self, label: str, before: Mapping[str, Any]) -> None:
        """Offer to make what was just done to the journey of all arms an arm of its own instead."""
        overrides = structural_overrides(before, self._document.tables)
        step = self._document.undo_stack.index()
        if not overrides:
            return

        def keep() -> None:
            if self._document.undo_stack.index() == step:
                made = self.selection
                self._document.undo_stack.undo()
                self._document.add_arm(label, overrides)
                self.select(made)

        self._messages.say(
            _KEEP,
            f"“{label}” changed the journey of all arms.",
            answers=[("Keep as a new arm", keep), ("Change all arms", lambda: None)],
        )

    def _follow_id(self, kind: str, old: str, new: str) -> None:
        """Select what has another id now, where it is drawn."""
        if kind in ("touchpoints", "transitions"):
            self.select(Selection(**{kind: frozenset({new})}))

    def _show(self) -> None:
        self._canvas.show_journey(self._document.journey)
        kept = editing.kept(self.selection, self._document.journey)
        if kept != self.selection:
            self.select(kept)

    def _show_findings(self) -> None:
        levels: dict[str, str] = {}
        for finding in self._document.reading.findings:
            parts = parts_of(finding.address) if finding.address else ()
            if len(parts) >= 2:
                about = joined(parts[:2])
                levels[about] = "error" if "error" in (finding.level, levels.get(about)) else "warning"
        self._canvas.show_findings(levels)

    def _name(self, touchpoint: str) -> str:
        known = self._document.journey.touchpoint(touchpoint)
        return known.name if known else touchpoint
