"""Opening, saving and leaving the document, and what to do when its file changes under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desktop.document import Document
from app.desktop.document.blank import BLANK
from app.desktop.messages import Messages
from app.desktop.open_fields import OpenFields, in_words
from app.desktop.settings import Settings
from sim.scenario import ScenarioError, open_scenario

_KINDS = "Scenarios (*.toml);;All files (*)"


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

    def new(self) -> None:
        """Begin a blank journey, once what is there is safe."""
        self.once_safe(self._begin)

    def open(self, path: Path | None = None) -> None:
        """Open a file, asking for one where none is given, once what is there is safe."""
        chosen = path or self._choose(QFileDialog.getOpenFileName, "Open scenario")
        if chosen is not None:
            self.once_safe(lambda: self.open_now(chosen))

    def open_now(self, path: Path) -> bool:
        """Open a file whatever is there; whether that could be done. What is there stays if not."""
        from sim.store import at_home

        try:
            self._document.open(at_home(path).resolve())
        except ScenarioError as error:
            self._messages.say("open", str(error), "error")
            return False
        self._messages.put_away("open")
        self._settings.remember(at_home(path).resolve())
        self.opened.emit()
        return True

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

        def begin() -> None:
            self._document.new(text)
            self.opened.emit()

        self.once_safe(begin)

    def save(self) -> bool:
        """Save into the document's file, asking for one where it has none; whether it is saved."""
        return self.save_to(self._document.path) if self._document.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Save into another file; whether it is saved."""
        chosen = self._choose(QFileDialog.getSaveFileName, "Save scenario as")
        if chosen is None:
            return False
        return self.save_to(chosen if chosen.suffix else chosen.with_suffix(".toml"))

    def save_to(self, path: Path) -> bool:
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
                [("Save as …", self.save_as)],
            )
            return False
        for about in ("save", "disk", "unsaved"):
            self._messages.put_away(about)
        self._settings.remember(path)
        return True

    def is_safe(self, closing: bool = False) -> bool:
        """Whether nothing would be lost by opening another document, or by `closing` the window."""
        return not self._fields.take(own=closing) and not self._document.is_dirty

    def once_safe(self, go_on: Callable[[], object], closing: bool = False) -> None:
        """Go on at once where nothing would be lost, else once somebody says what to do with the changes."""
        left = self._fields.take(own=closing)
        if not left and not self._document.is_dirty:
            go_on()
            return
        discard, stay = ("Discard changes", go_on), ("Stay here", self._fields.go_there)
        if not self._document.is_dirty:
            self._messages.say("unsaved", f"{in_words(left)}, and would be lost.", "warning", [discard, stay])
            return

        def save_first() -> None:
            if self.save():
                go_on()

        self._messages.say(
            "unsaved",
            f"{self._document.name} has changes that are not saved."
            + (f" {in_words(left)}, and would be lost." if left else ""),
            "warning",
            [("Save", save_first), discard, stay],
        )

    def _begin(self) -> None:
        self._document.new(BLANK)
        self.opened.emit()

    def _ask_whose(self) -> None:
        if not self._document.is_dirty and not self._fields.typed():
            self._document.reload()
            self._messages.say("disk", f"{self._document.name} was changed by another program and read again.")
            return
        self._document.ignore_disk()
        self._messages.say(
            "disk",
            f"{self._document.name} was changed by another program, and you have changes here.",
            "warning",
            [("Read the file again", self._document.reload), ("Keep mine", lambda: None)],
        )

    def _choose(self, ask: Callable[..., tuple[str, str]], title: str) -> Path | None:
        beside = self._document.path or (Path.home() / f"{self._document.tables.get('id', 'journey')}.toml")
        name, _ = ask(self._window, title, str(beside), _KINDS)
        return Path(name) if name else None
