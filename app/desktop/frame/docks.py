"""The panels around the journey: where they stand at first, and how large."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget
from shiboken6 import isValid

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Theme

LEAST: Final = QSize(960, 600)
"""so large the window has to be for everything to be usable"""
_USUAL: Final = QSize(1440, 900)
_OF_SCREEN: Final = 0.75
"""share of a large screen that the window takes at first"""
_LEFT, _RIGHT = 260, 312
"""pixels at the usual type"""
_MOST_LEFT, _MOST_RIGHT, _MOST_ALONE = 0.24, 0.29, 0.33
"""shares of the window that leave enough for the journey"""
_LEAST_MIDDLE = 60 * GRID
"""pixels at the usual type that the journey and its charts need between two panels"""
_UPPER_LEFT = 0.37
"""share of the window's height that the upper panel at the left has"""


class PanelDock(QDockWidget):
    """A panel that can be moved and closed; among tabs, which say its name, it has a grip instead of a title."""

    asked = Signal()
    """somebody wants to read it"""

    def __init__(self, title: str, content: QWidget, window: QMainWindow) -> None:
        """A dock of that window, not in it yet."""
        super().__init__(title, window)
        self.setObjectName(f"dock-{title.lower()}")
        self.setWidget(content)
        self._window = window
        self._grip = QWidget(self)
        self._grip.setFixedHeight(GRID // 2)
        self._grip.setToolTip(plain_tip(f"Drag to move the panel {title}"))
        self._grip.setCursor(Qt.CursorShape.SizeAllCursor)
        self._grip.hide()
        self.topLevelChanged.connect(self.head)
        self.dockLocationChanged.connect(self.head)
        self.visibilityChanged.connect(self._head_all)

    def open(self) -> None:
        """Have it in front, with all that it says."""
        self.show()
        self.raise_()
        self.asked.emit()

    def head(self) -> None:
        """Show the title, or the grip where a tab says the same."""
        if not isValid(self._window):
            return  # Qt hides the panels, too, while it deletes the window
        tabbed = not self.isFloating() and any(not other.isHidden() for other in self._window.tabifiedDockWidgets(self))
        if tabbed and self.titleBarWidget() is None:
            self.setTitleBarWidget(self._grip)
            self._grip.show()
        elif not tabbed and self.titleBarWidget() is not None:
            self.setTitleBarWidget(None)  # type: ignore[arg-type]
            self._grip.hide()

    def _head_all(self) -> None:
        """What stands at the top of this panel, and of those among whose tabs it came or went."""
        self.head()
        if isValid(self._window):
            for other in self._window.tabifiedDockWidgets(self):
                if isinstance(other, PanelDock):
                    other.head()


def size_docks(window: QMainWindow, theme: Theme, left: QDockWidget, right: QDockWidget) -> None:
    """Give the panels beside the journey the widths that suit the type, as far as the window has room."""
    window.setAnimated(False)  # so that all have their sizes at once
    lower = [dock for dock in _at_the_left(window) if dock not in (left, right)]
    narrow = is_narrow(window, theme)
    if narrow and lower:
        window.tabifyDockWidget(lower[0], right)
        lower[0].raise_()
    elif window.dockWidgetArea(right) == Qt.DockWidgetArea.LeftDockWidgetArea:
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, right)
    wider = (3 + theme.scale) / 4  # lines may wrap: room across need not grow as the type does
    most = _MOST_ALONE if narrow else _MOST_LEFT
    across = {left: min(round(_LEFT * wider / _MOST_LEFT * most), round(window.width() * most))}
    if not narrow:
        across[right] = min(round(_RIGHT * wider), round(window.width() * _MOST_RIGHT))
    window.resizeDocks(list(across), list(across.values()), Qt.Orientation.Horizontal)
    if lower:
        upper = round(window.height() * _UPPER_LEFT)
        window.resizeDocks([left, *lower], [upper, *[window.height() - upper] * len(lower)], Qt.Orientation.Vertical)
    window.setAnimated(True)


def in_front(window: QMainWindow, dock: QDockWidget) -> QDockWidget:
    """The panel that is seen among the tabs of that one, or itself; Qt moves panels too slowly to ask them."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    seen = {bar.tabText(bar.currentIndex()) for bar in bars}
    return next((other for other in window.tabifiedDockWidgets(dock) if other.windowTitle() in seen), dock)


def is_narrow(window: QMainWindow, theme: Theme) -> bool:
    """Whether panels at both sides would leave too little for the journey; all of them are at the left, then."""
    return window.width() * (1 - _MOST_LEFT - _MOST_RIGHT) < _LEAST_MIDDLE * theme.scale


def first_size(room: QSize) -> QSize:
    """How large a window is at first on a screen that has that room: well filled, and never beyond it."""
    if room.width() < LEAST.width() or room.height() < LEAST.height():
        return _USUAL  # no screen at all, or one on which nothing fits
    wide = min(max(_USUAL.width(), round(room.width() * _OF_SCREEN)), room.width())
    high = min(max(_USUAL.height(), round(room.height() * _OF_SCREEN)), room.height())
    return QSize(wide, high)


def _at_the_left(window: QMainWindow) -> list[PanelDock]:
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    return [dock for dock in window.findChildren(PanelDock) if window.dockWidgetArea(dock) == left]
