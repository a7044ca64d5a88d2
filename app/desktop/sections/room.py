"""Room for the settings: the inspector, which has nothing to say of them, is away while they are in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar

if TYPE_CHECKING:
    from app.desktop.window import Window


class SettingsRoom(QObject):
    """Puts the inspector away with the tabs behind it, and brings all of them back as they were."""

    def __init__(self, window: Window) -> None:
        """Follows which view of the window is in front."""
        super().__init__(window)
        self._window = window
        self._away: list[QDockWidget] = []
        """the panels that are away, the one that was in front first"""
        self._wide = 0
        self._scale = 0.0
        window.views.currentChanged.connect(self._look)
        window.closing.connect(self.bring_back)

    def bring_back(self) -> None:
        """Show again what was put away, as wide as it was."""
        away, self._away = self._away, []
        if not away:
            return
        window = self._window
        for dock in away:
            dock.show()
        if self._scale == window.appearance.theme.scale:
            window.resizeDocks(away[:1], [self._wide], Qt.Orientation.Horizontal)
        away[0].raise_()

    def _look(self) -> None:
        if self._window.views.currentWidget() is self._window.sections:
            self._put_away()
        else:
            self.bring_back()

    def _put_away(self) -> None:
        inspector = next(dock for dock in self._window.docks() if dock.widget() is self._window.inspector)
        if inspector.isHidden() or inspector.isFloating():
            return
        tabs = [dock for dock in self._window.tabifiedDockWidgets(inspector) if not dock.isHidden()]
        if any(self._is_in_front(dock) for dock in tabs):
            return  # somebody reads that, and the inspector behind it takes no room of its own
        self._away = [inspector, *tabs]
        self._wide, self._scale = inspector.width(), self._window.appearance.theme.scale
        for dock in reversed(self._away):
            dock.hide()

    def _is_in_front(self, dock: QDockWidget) -> bool:
        """Whether the panel is the one among its tabs that is seen; Qt moves panels too slowly to ask them."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return any(bar.tabText(bar.currentIndex()) == dock.windowTitle() for bar in bars)
