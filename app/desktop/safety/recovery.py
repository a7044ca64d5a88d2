"""What is not saved is kept while it is edited, and offered again where the program ended suddenly."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.desktop.document import Document
from app.desktop.fields.open_fields import OpenFields
from app.desktop.files.files import Files
from app.desktop.frame.messages import Answer, Messages
from app.desktop.frame.settings import Settings
from app.files.unsaved_texts import KEPT_DAYS, Slot, Unsaved, fingerprint, left_behind, now, tidy_kept

SETTLED_MS = 20_000
"""Once the program has gone on for so long with a text that was restored, that text did not end it."""


class Autosave(QObject):
    """Keeps the document's text while it is not saved; in a thread, because disks may take their time."""

    _ended = Signal(object)
    """the error with which writing ended, or None"""

    def __init__(
        self, document: Document, fields: OpenFields, messages: Messages, settings: Settings, parent: QObject
    ) -> None:
        """Keep `document`, with what stands in open `fields`, in the folder for what is not saved."""
        super().__init__(parent)
        self._fields = fields
        self._document, self._messages, self._settings = document, messages, settings
        self.folder = settings.unsaved_folder
        self._base = fingerprint(document.text)
        self._tries = 0
        self._slot: Slot | None = None
        """used in the thread only"""
        self._thread: ThreadPoolExecutor | None = None
        self._failing = False
        self._last: Unsaved | None = None
        """what was kept last; None where nothing is"""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._in_time)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        self._ended.connect(self._hear)
        document.changed.connect(self._follow)
        document.file_changed.connect(self._follow)
        self._wait()

    def write(self) -> Future[None] | None:
        """Keep the text as it is now; what comes back ends once it is written. None where all is saved."""
        document = self._document
        text, typed = self._fields.kept()
        if not document.is_dirty and not typed and text == document.text:
            self._forget()
            return None
        stack = document.undo_stack
        unsaved = Unsaved(
            name=document.name,
            text=text,
            path=None if document.path is None else str(document.path),
            base=self._base,
            changes=abs(stack.index() - max(stack.cleanIndex(), 0)) or 1,
            at=now().isoformat(timespec="seconds"),
            tries=self._tries,
            typed=typed,
        )
        self._last = unsaved
        written = self._do(lambda: self._write(unsaved))
        written.add_done_callback(self._tell)
        return written

    def restored(self, tries: int) -> bool:
        """Keep a text that was just restored for the `tries`-th time; whether it is safe now."""
        self._tries = tries
        self._settled.start()
        written = self.write()
        return written is None or written.exception() is None

    def close(self, keep: bool = False) -> None:
        """End; with `keep` what is not saved is offered at the next start."""
        self._timer.stop()
        self._settled.stop()
        if keep:
            self.write()
        if self._thread is not None:
            self._do(self._let_go if keep else self._drop)
            self._thread.shutdown()
            self._thread = None

    def _wait(self) -> None:
        self._timer.start(self._settings.autosave_seconds * 1000)

    def _in_time(self) -> None:
        """Keep what is there, unless it is kept; nobody says when something is typed into an open field."""
        last = self._last
        if last is None or (last.text, last.typed) != self._fields.kept():
            self.write()
        self._wait()

    def _follow(self) -> None:
        if self._timer.interval() != self._settings.autosave_seconds * 1000:
            self._wait()
        if not self._document.is_dirty:
            self._base = fingerprint(self._document.text)
            self._forget()

    def _forget(self) -> None:
        """Have nothing kept any longer."""
        self._last = None
        if self._thread is not None:
            self._do(self._drop)

    def _settle(self) -> None:
        self._tries = 0
        self.write()

    def _do(self, what: Callable[[], None]) -> Future[None]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "autosave")
        return self._thread.submit(what)

    def _write(self, unsaved: Unsaved) -> None:
        if self._slot is None:
            self._slot = Slot.new(self.folder)
        self._slot.write(unsaved)

    def _drop(self) -> None:
        if self._slot is not None:
            self._slot.remove()
            self._slot = None

    def _let_go(self) -> None:
        if self._slot is not None:
            self._slot.let_go()
            self._slot = None

    def _tell(self, written: Future[None]) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._ended.emit(written.exception())

    def _hear(self, error: object) -> None:
        """Say once that nothing can be kept, and once more after it could be."""
        if error is None:
            if self._failing:
                self._messages.put_away("autosave")
        elif not self._failing:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self._messages.say(
                "autosave",
                f"Unsaved changes cannot be backed up in case the program ends suddenly: {reason} ({self.folder}). "
                "Everything else works as usual; save more often.",
                "warning",
                stays=True,
            )
        self._failing = error is not None


class Recovery(QObject):
    """Offers what was not saved when the program ended suddenly, one text after the other."""

    def __init__(self, document: Document, files: Files, messages: Messages, autosave: Autosave) -> None:
        """Offer nothing yet."""
        super().__init__(files)
        self._document, self._files, self._messages, self._autosave = document, files, messages, autosave
        self._waiting: list[Slot] = []

    def offer(self) -> None:
        """Look for texts whose process is gone, and offer the last of them."""
        tidy_kept(self._autosave.folder)
        self._waiting = list(left_behind(self._autosave.folder))
        self._next()

    def close(self) -> None:
        """Leave what nobody answered for the next start."""
        for slot in self._waiting:
            slot.let_go()
        self._waiting.clear()

    def _next(self) -> None:
        while self._waiting:
            slot = self._waiting[0]
            try:
                unsaved = slot.read()
            except (OSError, ValueError):
                self._waiting.pop(0)
                with contextlib.suppress(OSError):
                    slot.keep_aside()  # for somebody who can read it
                continue
            self._say(slot, unsaved)
            return

    def _say(self, slot: Slot, unsaved: Unsaved) -> None:
        count = f"{unsaved.changes} change{'s' if unsaved.changes > 1 else ''}, {unsaved.ago(now())}"
        words = f"Journey Sandbox ended unexpectedly while you were editing {unsaved.name} ({count})."
        restore = "Restore"
        if unsaved.tries:
            words = (
                f"Journey Sandbox ended again right after restoring {unsaved.name} ({count}). "
                "Should it do so once more, start “journey desktop --safe”; the changes stay."
            )
            restore = "Restore anyway"
        answers: list[Answer] = [(restore, lambda: self._when_safe(slot, unsaved))]
        if unsaved.path is not None and Path(unsaved.path).is_file():
            answers.append(("Open saved", lambda: self._open_saved(slot, Path(unsaved.path or ""))))
        answers.append(("Skip", lambda: self._skip(slot)))
        self._messages.say("recovery", words, "warning", answers, stays=True)

    def _when_safe(self, slot: Slot, unsaved: Unsaved) -> None:
        if self._document.is_dirty:
            self._say(slot, unsaved)  # stays there in case somebody would rather not leave what is open
        self._files.once_safe(lambda: self._restore(slot, unsaved))

    def _restore(self, slot: Slot, unsaved: Unsaved) -> None:
        if slot not in self._waiting:
            return  # answered otherwise meanwhile
        self._messages.put_away("recovery")
        with contextlib.suppress(OSError):
            slot.mark_tried()
        document = self._document
        path = Path(unsaved.path) if unsaved.path is not None else None
        known = False
        if path is not None and path.is_file() and self._files.open_now(path):
            known = fingerprint(document.text) == unsaved.base
            document.apply("Restore changes", lambda _: unsaved.text)
        else:
            document.new(unsaved.text, is_kept=False)
        self._files.opened.emit()
        if self._autosave.restored(unsaved.tries + 1):
            slot.remove()
        else:
            slot.let_go()
        self._waiting.remove(slot)
        if document.path is None:
            rest = "It has never been saved: save it." if path is None else f"{path} no longer exists: save it again."
        elif known:
            rest = "Undo goes back to what is in the file."
        else:
            rest = "Another program has changed the file since: undo goes back to what is in it."
        words = f"Your changes to {unsaved.name} are back, but not saved yet. {rest}"
        if not document.is_dirty:
            words = f"{unsaved.name} is open again."
        told = " ".join(f"Into “{where}” you had typed “{text}”: copy it from here." for where, text in unsaved.typed)
        self._messages.say("restored", f"{words} {told}".strip())
        self._next()

    def _open_saved(self, slot: Slot, path: Path) -> None:
        self._files.open(path)
        self._skip(slot)

    def _skip(self, slot: Slot) -> None:
        self._waiting.remove(slot)
        try:
            kept = slot.keep_aside()
        except OSError as error:
            slot.let_go()
            self._messages.say("kept", f"The changes could not be set aside: {error}.", "warning", stays=True)
        else:
            show = ("Open folder", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(kept.parent))))
            self._messages.say(
                "kept", f"The changes are kept for {KEPT_DAYS} days as {kept}.", "note", [show], stays=True
            )
        self._next()
