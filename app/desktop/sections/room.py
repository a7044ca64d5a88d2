"""Room for the settings: the inspector, which has nothing to say of them, is away while they are in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from app.desktop.frame.docks import in_front
from app.desktop.looks.theme import Appearance


class SettingsRoom(QObject):
    """Puts the inspector away with the tabs behind it, and brings all of them back as they were."""

    def __init__(
        self,
        frame: QMainWindow,
        appearance: Appearance,
        views: QTabWidget,
        settings: QWidget,
        inspector: QDockWidget,
    ) -> None:
        """Follows whether the `settings` are the view that is in front."""
        super().__init__(frame)
        self._frame, self._appearance = frame, appearance
        self._views, self._settings, self._inspector = views, settings, inspector
        self._away: list[QDockWidget] = []
        """the panels that are away, the one that was in front first"""
        self._wide = 0
        self._scale = 0.0
        views.currentChanged.connect(self._look)

    def bring_back(self) -> None:
        """Show again what was put away, as wide as it was."""
        away, self._away = self._away, []
        if not away:
            return
        for dock in away:
            dock.show()
        if self._scale == self._appearance.theme.scale:
            self._frame.resizeDocks(away[:1], [self._wide], Qt.Orientation.Horizontal)
        away[0].raise_()

    def _look(self) -> None:
        if self._views.currentWidget() is self._settings:
            self._put_away()
        else:
            self.bring_back()

    def _put_away(self) -> None:
        inspector = self._inspector
        if inspector.isHidden() or inspector.isFloating():
            return
        if self._frame.dockWidgetArea(inspector) != Qt.DockWidgetArea.RightDockWidgetArea:
            return  # as in a narrow window, where it takes no room from the settings
        tabs = [dock for dock in self._frame.tabifiedDockWidgets(inspector) if not dock.isHidden()]
        if in_front(self._frame, inspector) is not inspector:
            return  # somebody reads that, and the inspector behind it takes no room of its own
        self._away = [inspector, *tabs]
        self._wide, self._scale = inspector.width(), self._appearance.theme.scale
        for dock in reversed(self._away):
            dock.hide()
