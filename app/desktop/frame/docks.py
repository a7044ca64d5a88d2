"""The panels around the journey: where they stand at first, and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Theme

_LEFT, _RIGHT, _BELOW = 260, 320, 336
"""pixels at the usual type"""
_MOST_LEFT, _MOST_RIGHT, _MOST_BELOW = 0.24, 0.29, 0.5
"""shares of the window that leave enough for the journey"""
_UPPER_LEFT = 0.32
"""share of the window's height that the upper panel at the left has"""


class PanelDock(QDockWidget):
    """A panel that can be moved and closed; among tabs, which say its name, it has a grip instead of a title."""

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


def size_docks(window: QMainWindow, theme: Theme, left: QDockWidget, right: QDockWidget, below: QDockWidget) -> None:
    """Give the panels the sizes that suit the type, as far as the window has room."""
    wider = (3 + theme.scale) / 4  # lines may wrap: room across need not grow as the type does
    across = [
        min(round(_LEFT * wider), round(window.width() * _MOST_LEFT)),
        min(round(_RIGHT * wider), round(window.width() * _MOST_RIGHT)),
    ]
    down = min(round(_BELOW * theme.scale), round(window.height() * _MOST_BELOW))
    window.resizeDocks([left, right], across, Qt.Orientation.Horizontal)
    window.resizeDocks([below], [down], Qt.Orientation.Vertical)
    lower = [
        dock
        for dock in window.findChildren(PanelDock)
        if dock is not left and window.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
    ]
    if lower:
        upper = round(window.height() * _UPPER_LEFT)
        window.resizeDocks([left, *lower], [upper, *[window.height() - upper] * len(lower)], Qt.Orientation.Vertical)
