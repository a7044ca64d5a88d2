"""What stands in open fields is part of the document whenever all of it counts: saved, run, left or kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from app.desktop.document import Document
from app.desktop.fields.open_field import OpenField, fields_in
from app.desktop.frame.messages import Messages

_ABOUT = "typed"
_LONGEST = 60
"""so many characters of what is typed are repeated"""


class Typed(NamedTuple):
    """Something that is typed and not taken over."""

    where: str
    """where it stands, in words"""
    text: str
    why: str
    """why it was not taken over, where that was tried"""


class OpenFields:
    """The fields of one window in which something stands that the document does not say yet."""

    def __init__(self, window: QMainWindow, document: Document, messages: Messages) -> None:
        """Look for them in that window; none holds anything over to another document."""
        self._window, self._document, self._messages = window, document, messages
        document.leaving.connect(self.drop)
        document.turning.connect(self.take)

    def typed(self, own: bool = False) -> list[Typed]:
        """What stands in them now; with `own` also what belongs to no document."""
        return [Typed(field.where(), field.open_text(), field.why) for field in self._open(own)]

    def take(self, own: bool = False) -> list[Typed]:
        """Take all of it over; what does not fit there stays, and is given back."""
        for field in list(self._open(own)):
            if isValid(field):  # taking one over may have rebuilt the others
                field.take()
        return self.typed(own)

    def take_for(self, what: str) -> None:
        """Take all of it over before something is done with the whole document; say what could not be part of it."""
        self._messages.put_away(_ABOUT)
        left = self.take()
        if left:
            self._messages.say(
                _ABOUT, f"{in_words(left)}, so it is not part of {what}.", "warning", [("Go there", self.go_there)]
            )

    def drop(self) -> None:
        """Forget what is typed for a document that goes."""
        self._messages.put_away(_ABOUT)
        for field in list(self._open()):
            field.drop()

    def kept(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text as it were if all was taken over now, and what would not fit where; nothing is changed by it."""
        text, left = self._document.text, []
        for field in list(self._open(own=True)):
            after = self._document.rehearsed(field.rehearse, text)
            if after == text:
                left.append((field.where(), field.open_text()))
            text = after
        return text, tuple(left)

    def go_there(self) -> None:
        """Bring the keyboard to the first of them."""
        for field in self._open(own=True):
            if isinstance(field, QWidget):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _open(self, own: bool = False) -> Iterator[OpenField]:
        for each in fields_in(self._window):
            if (own or not each.own) and each.open_text():
                yield each


def in_words(left: Sequence[Typed]) -> str:
    """What was typed where and does not fit there."""
    where, text, why = left[0]
    line = " ".join(text.split())
    line = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    more = f" (and {len(left) - 1} more)" if len(left) > 1 else ""
    return f"“{line}” in “{where}”{more} {why}"
