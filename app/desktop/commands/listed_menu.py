"""A menu of what there is just now, such as files that were opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from app.desktop.looks.plain import caption, plain_tip

Entries = Callable[[], Sequence[tuple[str, Callable[[], object]]]]
"""What each entry is called, and what it does."""


class ListedMenu(QMenu):
    """Filled anew before the menu that it is part of opens.

    Never while it opens itself: under X11 a menu whose entries change in its own `aboutToShow` may not open again.
    """

    def __init__(self, title: str, entries: Entries, nothing: str, parent: QWidget) -> None:
        """A menu of those `entries`; where there are none it says `nothing`."""
        super().__init__(title, parent)
        self.setObjectName(title.lower().replace(" ", "-"))
        self._entries, self._nothing = entries, nothing
        self.fill()

    def fill(self) -> None:
        """List what there is now."""
        self.clear()
        for text, act in self._entries():
            entry = self.addAction(caption(text))
            entry.setToolTip(plain_tip(text))
            entry.triggered.connect(lambda _=False, act=act: act())
        if self.isEmpty():
            self.addAction(self._nothing).setEnabled(False)
