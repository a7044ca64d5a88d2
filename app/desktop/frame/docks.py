"""The panels around the journey: where they stand at first, and how large."""

from __future__ import annotations

from typing import Final, NamedTuple

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
_TITLE_BAR: Final = 40
"""pixels that the system's title bar takes at most, of which nobody knows before the window is there"""
_LEFT, _RIGHT, _ALONE = 260, 312, 300
"""pixels at the usual type; alone are panels of which there are none at the right"""
_MOST_LEFT, _MOST_RIGHT, _MOST_ALONE = 0.24, 0.29, 0.33
"""shares of the window that leave enough for the journey"""
_LEAST_MIDDLE = 90 * GRID
"""pixels at the usual type between two panels in which the whole of a large journey can be read"""
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


class Beside(NamedTuple):
    """The panels beside the journey."""

    upper_left: QDockWidget
    lower_left: QDockWidget
    right: QDockWidget


def size_docks(window: QMainWindow, theme: Theme, panels: Beside) -> None:
    """Give the panels beside the journey the widths that suit the type, as far as the window has room."""
    window.setAnimated(False)  # so that all have their sizes at once
    narrow = is_narrow(window, theme)
    _stand(window, panels, narrow)
    wide_left, wide_right = _beside(window, theme)
    if narrow:
        wide_left = min(round(_ALONE * _stretch(theme)), most_alone(window))
    left, lower, right = panels
    across = {left: wide_left} if narrow else {left: wide_left, right: wide_right}
    window.resizeDocks(list(across), list(across.values()), Qt.Orientation.Horizontal)
    if window.dockWidgetArea(left) == window.dockWidgetArea(lower):
        upper = round(window.height() * _UPPER_LEFT)
        window.resizeDocks([left, lower], [upper, window.height() - upper], Qt.Orientation.Vertical)
    window.setAnimated(True)


def stands_as_laid_out(window: QMainWindow, right: QDockWidget, narrow: bool) -> bool:
    """Whether the panel at the right is where a window that wide has it, so that nobody has put it elsewhere."""
    area = Qt.DockWidgetArea.LeftDockWidgetArea if narrow else Qt.DockWidgetArea.RightDockWidgetArea
    return not right.isHidden() and not right.isFloating() and window.dockWidgetArea(right) == area


def in_front(window: QMainWindow, dock: QDockWidget) -> QDockWidget:
    """The panel that is seen among the tabs of that one, or itself; Qt moves panels too slowly to ask them."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    seen = {bar.tabText(bar.currentIndex()) for bar in bars}
    return next((other for other in window.tabifiedDockWidgets(dock) if other.windowTitle() in seen), dock)


def is_narrow(window: QMainWindow, theme: Theme) -> bool:
    """Whether panels at both sides would leave too little for the journey; all of them are at the left, then."""
    return window.width() - sum(_beside(window, theme)) < _LEAST_MIDDLE * theme.scale


def first_size(room: QSize) -> QSize:
    """How large a window is at first on a screen that has that room: well filled, and never beyond it."""
    if room.width() < LEAST.width() or room.height() < LEAST.height():
        return _USUAL  # no screen at all, or one on which nothing fits
    wide = min(max(_USUAL.width(), round(room.width() * _OF_SCREEN)), room.width())
    high = min(max(_USUAL.height(), round(room.height() * _OF_SCREEN)), room.height() - _TITLE_BAR)
    return QSize(wide, max(high, LEAST.height()))


def most_alone(window: QMainWindow) -> int:
    """As wide as panels at the left alone may be."""
    return round(window.width() * _MOST_ALONE)


def _beside(window: QMainWindow, theme: Theme) -> tuple[int, ...]:
    """The widths of the panels at the left and at the right of the journey."""
    wide, stretch = window.width(), _stretch(theme)
    left, right = (_LEFT, _MOST_LEFT), (_RIGHT, _MOST_RIGHT)
    return tuple(min(round(usual * stretch), round(wide * most)) for usual, most in (left, right))


def _stretch(theme: Theme) -> float:
    """Lines may wrap: room across need not grow as the type does."""
    return (3 + theme.scale) / 4


def _stand(window: QMainWindow, panels: Beside, narrow: bool) -> None:
    """Have the panel at the right, and what stands among its tabs, where there is room for it."""
    _, lower, right = panels
    tabs = window.tabifiedDockWidgets(right)
    at_the_left = window.dockWidgetArea(right) == Qt.DockWidgetArea.LeftDockWidgetArea
    if narrow and not at_the_left:
        for dock in (right, *tabs):
            window.tabifyDockWidget(lower, dock)
        lower.raise_()
    elif at_the_left and not narrow:
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, right)
        for dock in tabs:
            if dock is not lower:
                window.tabifyDockWidget(right, dock)
        right.raise_()
