"""Texts shown as they are written, whatever they look like.

Qt takes a text that looks like HTML for HTML: it hides the tags, loads the pictures that it names and offers the links.
Names and notes come from files that other people wrote, so no label and no tooltip may do that with them.
"""

import re
from html import escape
from typing import Final

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget

_MARK_OF_A_KEY: Final = re.compile("&(.?)", re.DOTALL)


class PlainLabel(QLabel):
    """A label that shows its text as written; the only kind that the window has."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """A label with that text."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def looks_like_html(text: str) -> bool:
    """Whether Qt would take it for HTML where nobody says what it is."""
    return Qt.mightBeRichText(text)


def plain_tip(text: str, *, wraps: bool = False) -> str:
    """What a tooltip is given to show a text as written; Qt breaks the lines of those that it `wraps`.

    A tooltip has no format to be set, so what Qt would take for HTML is made into HTML that reads like the text. The
    rest stays as it is: Qt would show an escaped `&` with its `amp;` where nothing else looks like HTML.
    """
    if not (wraps and text) and not looks_like_html(text):
        return text
    return f'<qt><p style="margin:0; white-space:pre-wrap">{escape(text, quote=False)}</p></qt>'


def caption(text: str) -> str:
    """What a button, a tab or an entry of a menu is given to show a text as written: there, a single & marks a key."""
    return text.replace("&", "&&")


def shown_caption(text: str) -> str:
    """How a button, a tab or an entry of a menu shows what it was given: without the signs that mark a key."""
    return _MARK_OF_A_KEY.sub(r"\1", text)
