"""Where the panels stand and how large they are: as they were the last time, or as they suit the type."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow

from app.desktop.frame.docks import Beside, is_narrow, most_alone, size_docks, stands_as_laid_out
from app.desktop.frame.folding import Folding
from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Appearance

_VERSION = 3
"""Raised when docks change, so that a layout kept by an older version is not laid over them."""


class PanelLayout(QObject):
    """The layout of a window's panels; large type has one of its own, for its panels are larger."""

    def __init__(
        self,
        frame: QMainWindow,
        appearance: Appearance,
        settings: Settings,
        beside: Beside,
        folding: Folding,
    ) -> None:
        """Of the panels `beside` the journey, and of those below it, which fold."""
        super().__init__(frame)
        self._frame, self._appearance, self._settings = frame, appearance, settings
        self._beside, self._folding = beside, folding
        self._sized = 0.0
        """the scale of the type that the panels' sizes are meant for; 0 for none yet"""
        self._first = QByteArray()
        self._is_new = True
        """whether the window was not seen yet"""
        self._narrow: bool | None = None
        """whether the panels stand as in a narrow window; None before they are laid out"""
        frame.installEventFilter(self)
        appearance.changed.connect(self._restyle)

    def restore(self) -> None:
        """Lay the panels out as they were the last time, once all of them are there."""
        self._first = self._frame.saveState()
        geometry, docks = self._settings.layout("geometry"), self._settings.layout(self._name())
        if geometry is not None:
            self._frame.restoreGeometry(geometry)
        if docks is not None:
            self._sized = self._appearance.theme.scale if self._frame.restoreState(docks, _VERSION) else 0.0

    def keep(self) -> None:
        """Remember how the panels stand now."""
        self._settings.keep_layout("geometry", self._frame.saveGeometry())
        self._settings.keep_layout(self._name(), self._frame.saveState(_VERSION))

    def reset(self) -> None:
        """Put all panels where they were at first."""
        self._settings.forget_layout()
        self._frame.restoreState(self._first)
        self._size()

    def size_once(self) -> None:
        """Give the panels their sizes, unless they have those of the last time; nothing was run yet, so fold some."""
        if not self._sized:
            self._size()
        elif self._is_new:
            self._folding.fold()
        self._is_new = False
        self._narrow = is_narrow(self._frame, self._appearance.theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Leave the journey its room while the window gets narrower, and give back what was taken for that."""
        if isinstance(event, QResizeEvent) and self._narrow is not None and watched is self._frame:
            narrow = is_narrow(self._frame, self._appearance.theme)
            as_laid_out = stands_as_laid_out(self._frame, self._beside.right, self._narrow)
            shrinks = event.size().width() < event.oldSize().width()
            too_wide = shrinks and narrow and self._beside.upper_left.width() > most_alone(self._frame)
            if as_laid_out and (narrow != self._narrow or too_wide):
                self._narrow = narrow
                size_docks(self._frame, self._appearance.theme, self._beside)
        return False

    def show_selected(self, selected: bool) -> None:
        """Where the panel at the right stands behind others, as in a narrow window, have it in front of them."""
        right = self._beside.right
        if selected and not right.isHidden() and is_narrow(self._frame, self._appearance.theme):
            right.raise_()

    def _size(self) -> None:
        self._sized = self._appearance.theme.scale
        size_docks(self._frame, self._appearance.theme, self._beside)
        self._narrow = is_narrow(self._frame, self._appearance.theme)
        self._folding.size(folded=self._is_new or self._folding.folded)

    def _restyle(self) -> None:
        if self._sized and self._sized != self._appearance.theme.scale:
            self._size()

    def _name(self) -> str:
        return "docks-large" if self._appearance.theme.large else "docks"
