"""What every field can do in which a text may stand that is not part of the document yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class OpenField:
    """A field that is typed into before the document hears of it; all of them are found by this."""

    own = False
    """whether what is typed belongs to no document: it may stay while one is saved, run or left for another"""

    why = "does not fit there yet"
    """why it is left where it is typed"""

    def stay_known(self) -> None:
        """Be found from now on, for as long as the field is there; to be called once it is made."""
        _KNOWN[next(_NUMBERS)] = self

    def open_text(self) -> str:
        """What stands there and was not taken over yet; empty where that is nothing."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def where(self) -> str:
        """Where it stands, in words."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def take(self) -> None:
        """Take it over as Enter does; what does not fit stays where it is."""

    def rehearse(self) -> None:
        """Ask the document for the change and nothing else: what is typed stays as it is."""

    def drop(self) -> None:
        """Forget what is typed: it was meant for a document that goes."""


_KNOWN: Final[WeakValueDictionary[int, OpenField]] = WeakValueDictionary()
"""All of them in the order in which they were made. To look through all of a window's objects would take longer, and
make a Python object of each."""
_NUMBERS: Final = count()


def fields_in(window: QWidget) -> Iterator[OpenField]:
    """Those that are in that window, or in a panel of it that floats beside it."""
    for field in list(_KNOWN.values()):
        if isinstance(field, QObject) and isValid(field):
            at = field if isinstance(field, QWidget) else field.parent()
            top = at.window() if isinstance(at, QWidget) else None
            while top is not None and top is not window:
                around = top.parentWidget()
                top = around.window() if around is not None else None
            if top is not None:
                yield field
