"""Opening, saving and leaving the document, and what to do when its file changes under it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desktop.document import Document
from app.desktop.document.blank import BLANK
from app.desktop.document.saving import ask_where, replaces, with_ending
from app.desktop.fields.open_fields import OpenFields, in_words
from app.desktop.frame.messages import Messages
from app.desktop.frame.settings import Settings
from sim.scenario import ScenarioError, open_scenario

_ALL = "All files (*)"
_KINDS = f"Scenarios (*.toml);;{_ALL}"


def _real(path: Path) -> Path:
    """Where a file lies; unlike with `resolve`, links that lead round in a ring are no failure here."""
    from sim.store import at_home

    return Path(os.path.realpath(at_home(path)))


def _nothing() -> None:
    """What is done where nothing is to be done."""


class Files(QObject):
    """The document and its file."""

    opened = Signal()
    """another document is there"""

    def __init__(
        self, window: QWidget, document: Document, messages: Messages, settings: Settings, fields: OpenFields
    ) -> None:
        """Look after the document of a window, with what stands in its open `fields`."""
        super().__init__(window)
        self._window, self._document, self._messages, self._settings = window, document, messages, settings
        self._fields = fields
        document.changed_on_disk.connect(self._ask_whose)
        document.disk.gone.connect(self._tell_gone)
        document.disk.protected.connect(self._tell_protected)

    def new(self) -> None:
        """Begin a blank journey, once what is there is safe."""
        self.once_safe(lambda: self.begin(BLANK))

    def open(self, path: Path | None = None) -> None:
        """Open a file, asking for one where none is given, once what is there is safe."""
        name = str(path or "") or QFileDialog.getOpenFileName(self._window, "Open scenario", self._beside(), _KINDS)[0]
        if name:
            self.once_safe(lambda: self.open_now(Path(name)))

    def open_now(self, path: Path) -> bool:
        """Open a file whatever is there; whether that could be done. What is there stays if not."""
        try:
            self._document.open(_real(path))
        except ScenarioError as error:
            self._messages.say("open", str(error), "error")
            return False
        self._messages.put_away("open")
        self._settings.remember(_real(path))
        self.opened.emit()
        return True

    def begin(self, text: str, is_kept: bool = True) -> None:
        """Begin with a text that belongs to no file, whatever is there; it counts as not saved unless it `is_kept`."""
        self._document.new(text, is_kept)
        self.opened.emit()

    def choose_others(self) -> list[Path]:
        """Ask for other scenario files; empty where none is chosen."""
        beside = self._document.path or Path.home()
        names, _ = QFileDialog.getOpenFileNames(self._window, "Compare with", str(beside), _KINDS)
        return [Path(name) for name in names]

    def open_shipped(self, path: Path) -> None:
        """Open a copy of a scenario that ships, once what is there is safe; what ships stays as it is."""
        self.open_text(open_scenario(path).text)

    def open_text(self, text: str) -> None:
        """Show a text that belongs to no file, such as the scenario of a stored run, once what is there is safe."""

        self.once_safe(lambda: self.begin(text))

    def save(self, then: Callable[[], object] = _nothing) -> bool:
        """Save into the document's file, asking for one where it has none; whether it is saved by now.

        `then` is done once it is saved, also where something has to be asked before.
        """
        path, document = self._document.path, self._document
        if path is None:
            return self.save_as(then)
        if document.is_changed_elsewhere:
            self._messages.say(
                "save",
                f"{path.name} was changed by another program since you opened or saved it. "
                "Saving would overwrite those changes.",
                "warning",
                [
                    ("Save anyway", lambda: self.save_to(path, then)),
                    ("Reload from disk", self._reload),
                    ("Save as …", lambda: self.save_as(then)),
                ],
            )
            return False
        return self.save_to(path, then)

    def save_as(self, then: Callable[[], object] = _nothing) -> bool:
        """Save into another file, asking before one is replaced; whether it is saved by now."""
        self._fields.take()  # the name that is proposed may be open
        name, kind = ask_where(self._window, "Save scenario as", self._beside(), _KINDS)
        if not name:
            return False
        chosen = Path(name) if kind == _ALL and Path(name).suffix else with_ending(name, ".toml")
        own = self._document.path
        if own is not None and _real(chosen) == _real(own):
            return self.save(then)
        if not chosen.exists():
            return self.save_to(chosen, then)
        self._messages.say(
            "save",
            replaces(chosen),
            "warning",
            [
                ("Replace it", lambda: self.save_to(chosen, then)),
                ("Save as …", lambda: self.save_as(then)),
                ("Keep it", _nothing),
            ],
        )
        return False

    def save_to(self, path: Path, then: Callable[[], object] = _nothing) -> bool:
        """Save into that file; whether it is saved. Nothing is lost where it is not."""
        self._fields.take_for("what is saved")
        try:
            self._document.save(path)
        except OSError as error:
            reason = error.strerror or str(error)
            self._messages.say(
                "save",
                f"{path.name} was not saved: {reason}. Your changes are still here; save them somewhere else.",
                "error",
                [("Save as …", lambda: self.save_as(then))],
            )
            return False
        for about in ("save", "disk", "unsaved"):
            self._messages.put_away(about)
        self._settings.remember(path)
        then()
        return True

    def is_safe(self, closing: bool = False) -> bool:
        """Whether nothing would be lost by opening another document, or by `closing` the window."""
        self._document.disk.look()
        return not self._fields.take(own=closing) and not self._document.is_dirty

    def once_safe(self, go_on: Callable[[], object], closing: bool = False) -> None:
        """Go on at once where nothing would be lost, else once somebody says what to do with the changes."""
        self._document.disk.look()
        left = self._fields.take(own=closing)
        if not left and not self._document.is_dirty:
            go_on()
            return
        discard, stay = ("Discard changes", go_on), ("Stay here", self._fields.go_there)
        if not self._document.is_dirty:
            self._messages.say("unsaved", f"{in_words(left)}, and would be lost.", "warning", [discard, stay])
            return

        document = self._document
        words = f"{document.name} has unsaved changes."
        if document.disk.is_gone:
            words = f"{document.name} was deleted or moved by another program: this window has the only copy."
        words += f" {in_words(left)}, and would be lost." if left else ""
        self._messages.say("unsaved", words, "warning", [("Save", lambda: self.save(go_on)), discard, stay])

    def _ask_whose(self) -> None:
        document = self._document
        if not document.is_dirty and not self._fields.typed():
            if self._reload():
                self._messages.say("disk", f"{document.name} was changed by another program and has been reloaded.")
            return
        document.ignore_disk()
        self._messages.say(
            "disk",
            f"{document.name} was changed by another program, and you have unsaved changes.",
            "warning",
            [("Reload from disk", self._reload), ("Keep mine", document.agree_to_overwrite)],
        )

    def _tell_gone(self) -> None:
        self._messages.say(
            "disk",
            f"{self._document.name} was deleted or moved by another program. This window has the only copy.",
            "warning",
            [("Save it again", self.save), ("Save as …", self.save_as)],
        )

    def _tell_protected(self) -> None:
        name = self._document.name
        words = f"{name} was write-protected by another program. You can save your changes somewhere else."
        self._messages.say("disk", words, "warning", [("Save as …", self.save_as)])

    def _reload(self) -> bool:
        """Reload from disk; whether that could be done."""
        self._fields.drop()
        try:
            self._document.reload()
        except ScenarioError as error:
            self._messages.say("disk", str(error), "error")
            return False
        return True

    def _beside(self) -> str:
        return str(self._document.path or Path.home() / f"{self._document.tables.get('id', 'journey')}.toml")
