"""A chart in other colours for a moment: what leaves a dark window for paper is light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance, Theme, wear


@contextmanager
def in_look(appearance: Appearance, part: QWidget, restyle: Callable[[], object], theme: Theme) -> Iterator[None]:
    """Have that part of the window in the colours of that theme, once `restyle` has drawn it again.

    Nobody sees that: nothing is drawn on the screen meanwhile.
    """
    seen = appearance.theme
    if theme == seen:
        yield
        return
    appearance.theme = theme
    wear(part, theme)
    try:
        restyle()
        yield
    finally:
        appearance.theme = seen
        wear(part, None)
        restyle()
