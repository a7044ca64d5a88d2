"""The open scenario: the one place in the window that holds what is edited."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from app.desktop.document import editing
from app.desktop.document.blank import BLANK
from app.desktop.document.drawn_journey import DrawnJourney, drawn_journey
from app.desktop.document.on_disk import FileOnDisk
from app.desktop.document.saving import write_whole
from app.desktop.document.step import Step
from app.desktop.document.text_reading import (
    Tables,
    TextReading,
    arms_in,
    override_address,
    overrides_in,
    read,
    tables_in,
    under_arm,
)
from app.desktop.document.used_by import used_by
from sim.scenario import Finding, ScenarioError, edit
from sim.scenario.addresses.address import joined
from sim.scenario.renaming import renamed_address, with_id
from sim.scenario.toml.text import read_text

BASE: Final = None
"""Stands for the scenario itself where an arm could be selected."""

ARMS: Final = "experiment.arms"
"""The kind of arms, as ids are renamed by kind."""
_PROVISIONAL: Final = re.compile(r"new-arm-\d+")
"""The id of an arm that nobody has named yet."""

_READ_AFTER_MS = 350
"""So long after the last change the findings are looked for: they take longer than a frame in large journeys, and
curves that follow a lever go first."""


class Document(QObject):
    """A scenario's text with undo and redo, the arm that is edited, and the file it belongs to.

    Whatever is edited becomes a new text; who shows something reads it again when `changed` is emitted.
    """

    leaving = Signal()
    """another text takes the place of this one: whoever holds something for it forgets it"""
    turning = Signal()
    """another arm is about to be shown: what is typed for this one is to be taken over first"""
    changed = Signal()
    """the text, or the arm that is shown, is another"""
    read_again = Signal()
    """the findings are those of the present text"""
    file_changed = Signal()
    """another file, or it was saved or changed since"""
    changed_on_disk = Signal()
    """somebody else changed the file"""
    refused = Signal(str)
    """a change that cannot be made, in plain words"""
    asked = Signal(str, object)
    """a question, and the answers that there are to it"""
    id_changed = Signal(str, str, str)
    """an item has another id: its kind, such as `touchpoints`, the id before and after"""
    addresses_changed = Signal(object)
    """values have other addresses: a function from the one before to the one after"""
    lever_wanted = Signal(str)
    """somebody wants the value at this address among the levers"""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with a blank journey that belongs to no file."""
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self._tell_clean)
        self.disk = FileOnDisk(self)
        self.disk.says_otherwise.connect(self._written_by_others)
        self.disk.gone.connect(self.file_changed)
        self.disk.back.connect(self.file_changed)
        self._timer = QTimer(self, singleShot=True, interval=_READ_AFTER_MS)
        self._timer.timeout.connect(self._read_now)
        self.path: Path | None = None
        self.arm: str | None = BASE
        self.text = BLANK
        self._saved = ""
        self._agreed = ""
        """what is in the file as far as whoever edits has agreed to it"""
        self._rehearsal: str | None = None
        """the text so far while a change is only tried"""
        self._begin(BLANK, None)

    # What it says

    @cached_property
    def tables(self) -> Tables:
        """What the text says; empty where it is no TOML."""
        return tables_in(self.text, self.path)

    @cached_property
    def shown(self) -> Tables:
        """What the text says under the arm that is selected."""
        return under_arm(self.tables, self.arm) if self.arm is not None else self.tables

    @cached_property
    def journey(self) -> DrawnJourney:
        """What canvas and table show."""
        return drawn_journey(self.shown)

    @cached_property
    def reading(self) -> TextReading:
        """The scenario and everything that is wrong with it, found now if need be."""
        return read(self.text, self.path)

    @property
    def is_read(self) -> bool:
        """Whether the findings of the present text are known already."""
        return "reading" in self.__dict__

    @property
    def arms(self) -> list[Mapping[str, Any]]:
        """The arms that the text says."""
        return arms_in(self.tables)

    @property
    def overrides(self) -> dict[str, Any]:
        """What the selected arm sets, by address."""
        return overrides_in(self.tables, self.arm) if self.arm is not None else {}

    @property
    def name(self) -> str:
        """What the window calls it."""
        if self.path is not None:
            return self.path.name
        return str(self.tables.get("name") or self.tables.get("id") or "New journey")

    @property
    def saved_text(self) -> str:
        """The text as it was saved, opened or begun last."""
        return self._saved

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost by closing."""
        return self.disk.is_gone or not self.undo_stack.isClean()

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether the file says something that somebody else wrote and nobody here has agreed to lose."""
        if self.path is None or not self.path.exists():
            return False
        try:
            return read_text(self.path) not in (self._agreed, self.text)
        except ScenarioError:
            return True

    # Changing it

    def apply(self, label: str, change: Callable[[str], str], key: str | None = None) -> bool:
        """Make a change as one step that can be undone; steps in a row with the same `key` become one.

        False if it cannot be made; `refused` then says why, and nothing is changed. False, too, in a rehearsal.
        """
        if self._rehearsal is not None:
            with contextlib.suppress(ScenarioError):
                self._rehearsal = change(self._rehearsal)
            return False
        try:
            after = change(self.text)
        except ScenarioError as error:
            self.refused.emit(_words(error.findings))
            return False
        if after != self.text:
            self.undo_stack.push(Step(self.show_text, label, self.text, after, key))
        return True

    @property
    def rehearsing(self) -> bool:
        """Whether changes are only tried."""
        return self._rehearsal is not None

    def rehearsed(self, act: Callable[[], object], text: str) -> str:
        """What `act` would make of a text like this one: nothing is changed, and nobody hears of anything."""
        self._rehearsal = text
        self.blockSignals(True)
        try:
            act()
        finally:
            self.blockSignals(False)
            after, self._rehearsal = self._rehearsal, None
        return after

    def set(self, label: str, changes: Mapping[str, Any], key: str | None = None) -> bool:
        """Set values by address, of the scenario or of the arm that is selected; None goes back to the default."""
        if self.arm is None:
            return self.apply(label, lambda text: edit(text, changes), key)
        arm = self.arm
        moved = {override_address(arm, address): value for address, value in changes.items()}
        return self.apply(f"{label} under {arm}", lambda text: edit(text, moved), key)

    def once_agreed(self, gone: Mapping[str, Collection[str]], delete: Callable[[], object]) -> None:
        """Delete items by kind, such as `touchpoints`; where rules, arms or others name them, once somebody agrees."""
        used = used_by(self.tables, gone)
        if not used:
            delete()
            return
        count = next(filter(None, map(len, gone.values())))  # transitions go with their touchpoint
        what = "This is" if count == 1 else "Some of this is"
        words = f"{what} used by {used}, which will have to be changed then."
        self.asked.emit(words, [("Delete it all the same", delete), ("Keep it", lambda: None)])

    def rename_id(self, kind: str, old: str, new: str) -> bool:
        """Give an item of a kind another id wherever it stands, under all arms, as one step."""
        before, tables = self.arm, self.tables
        if (kind, old) == (ARMS, self.arm):
            self.arm = new  # before the text, which knows no other
        done = self.apply(f"Rename {old} to {new} everywhere", lambda text: with_id(text, kind, old, new))
        if done:
            self.id_changed.emit(kind, old, new)
            self.addresses_changed.emit(lambda address: renamed_address(tables, kind, old, new, address))
        else:
            self.arm = before
        return done

    def revert(self, address: str) -> bool:
        """Let the selected arm have the scenario's own value again."""
        assert self.arm is not None
        override = override_address(self.arm, address)
        return self.apply("Back to the scenario's value", lambda text: edit(text, {override: None}))

    def add_arm(self, name: str, overrides: Mapping[str, Any] | None = None) -> str:
        """A new arm, selected; beside the first one, an arm that changes nothing to compare with. Its id."""
        ids = [str(arm["id"]) for arm in self.arms]
        id_ = editing.id_from(name, {*ids, "base"}, "arm")
        item = {"id": id_, "name": name, "set": dict(overrides or {})}

        def change(text: str) -> str:
            if not ids:
                text = edit(text, {"experiment.arms": [{"id": "base", "name": "Base"}]})
            return edit(text, {joined(("experiment", "arms", id_)): item})

        if self.apply(f"Add arm {name}", change):
            self.select_arm(id_)
        return id_

    def id_of_named_arm(self, arm: str, name: str) -> str:
        """The id of an arm once it is called that: the first name that is typed makes it, later ones change nothing."""
        others = {str(other["id"]) for other in self.arms} - {arm}
        return editing.id_from(name, others, "arm") if _PROVISIONAL.fullmatch(arm) else arm

    def rename_arm(self, arm: str, name: str) -> None:
        """Call an arm otherwise; it stays selected."""
        id_, own = self.id_of_named_arm(arm, name), ("experiment", "arms", arm)
        changes = {joined((*own, "name")): name} | ({joined((*own, "id")): id_} if id_ != arm else {})
        before = self.arm
        if self.arm == arm:
            self.arm = id_  # before the text, which knows no other
        if not self.apply(f"Rename arm {arm}", lambda text: edit(text, changes)):
            self.arm = before

    def select_arm(self, arm: str | None) -> None:
        """Show and edit that arm, or the scenario itself."""
        if arm != self.arm:
            self.turning.emit()
            self.arm = arm
            self._forget("shown", "journey")
            self.changed.emit()

    # Its file

    def new(self, text: str = BLANK, is_kept: bool = True) -> None:
        """Begin with another text that belongs to no file; unless it `is_kept` elsewhere it counts as not saved."""
        self._begin(text, None)
        if not is_kept:
            self.undo_stack.resetClean()

    def open(self, path: Path) -> None:
        """Open a file, also one with something wrong in it; ScenarioError if it cannot be read at all."""
        self._begin(read_text(path), path)

    def save(self, path: Path | None = None) -> None:
        """Write the text into its file, or into another that it belongs to from now on; OSError if that fails.

        What was in the file stays there until all of the new text is written.
        """
        to = path or self.path
        assert to is not None
        write_whole(to, self.text.encode())
        self._saved = self._agreed = self.text
        if to != self.path:
            self.path = to
            self._forget("tables", "shown", "journey", "reading")
            self._timer.start()
        self.disk.watch(to, self.text)
        self.undo_stack.setClean()
        self.file_changed.emit()

    def reload(self) -> None:
        """Take over what somebody else wrote into the file, as a step that can be undone."""
        assert self.path is not None
        text = read_text(self.path)
        self._saved = self._agreed = text
        self.disk.watch(self.path, text)
        self.apply("Reload from disk", lambda _: text)
        self.undo_stack.setClean()
        self.file_changed.emit()

    def ignore_disk(self) -> None:
        """Keep on editing what is in the window, which is not what the file says."""
        self.file_changed.emit()

    def agree_to_overwrite(self) -> None:
        """Let what is in the file now be lost when this is saved."""
        self._agreed = self._saved

    def show_text(self, text: str) -> None:
        """Take over a text: what undo and redo do."""
        self.text = text
        self._forget("tables", "shown", "journey", "reading")
        if self.arm is not None and self.arm not in {str(arm["id"]) for arm in self.arms}:
            self.arm = BASE
        self._timer.start()
        self.changed.emit()

    def close(self) -> None:
        """Stop looking at the file and at the text."""
        self._timer.stop()
        self.disk.stop()

    def _begin(self, text: str, path: Path | None) -> None:
        self.leaving.emit()
        self.path, self.arm = path, BASE
        self._saved = self._agreed = text
        self.undo_stack.clear()
        self.disk.watch(path, text)
        self.show_text(text)
        self.file_changed.emit()

    def _written_by_others(self, text: str) -> None:
        self._saved = text
        self.changed_on_disk.emit()

    def _tell_clean(self, _clean: bool) -> None:
        self.file_changed.emit()

    def _read_now(self) -> None:
        _ = self.reading
        self.read_again.emit()

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)


def _words(findings: tuple[Finding, ...]) -> str:
    first = findings[0]
    return f"{first.problem}; {first.remedy}" if first.remedy else first.problem
