"""Where things to try are shown: among the tabs beside the inspector, while an example is open that has any."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from app.desktop.frame.docks import PanelDock, in_front
from app.desktop.help import set_help
from app.desktop.welcome.things_panel import ThingsPanel

_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


class ThingsDock(PanelDock):
    """The dock of that panel; in the window from the first time on, for Qt leaves the tabs of hidden docks behind."""

    def __init__(self, panel: ThingsPanel, frame: QMainWindow, inspector: QDockWidget) -> None:
        """Not in sight yet."""
        super().__init__("Things to try", panel, frame)
        self.panel, self._frame, self._inspector = panel, frame, inspector
        self.hide()
        frame.setTabPosition(_RIGHT, QTabWidget.TabPosition.North)
        set_help(panel, "arm")

    def bring(self) -> None:
        """Show what is worth trying, in front and with the keyboard."""
        self._add()
        self.raise_()
        (self.panel.buttons[0] if self.panel.buttons else self.panel).setFocus()

    def offer(self) -> None:
        """Be among the tabs while there is something to try; the one in front of them stays there."""
        there = bool(self.panel.things)
        if there == self.isHidden():
            if there:
                seen = in_front(self._frame, self._inspector)
                self._add()
                seen.raise_()
            else:
                self.hide()

    def _add(self) -> None:
        new = self._frame.dockWidgetArea(self) == Qt.DockWidgetArea.NoDockWidgetArea
        if new:
            self._frame.addDockWidget(_RIGHT, self)
        self.show()
        if new:
            self._frame.tabifyDockWidget(self._inspector, self)
