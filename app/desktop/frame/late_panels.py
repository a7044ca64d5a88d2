"""Panels that nobody needs until they do: made when they are first seen, below the inspector, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from app.desktop.frame.docks import PanelDock

_SHARE = 0.45
"""of its side that a panel takes at first"""


class LatePanel(PanelDock):
    """A dock whose panel is made when it is first seen, so that the window need not wait for it."""

    brought = Signal(object)
    """it is shown again, itself"""

    def __init__(self, title: str, make: Callable[[], QWidget], frame: QMainWindow) -> None:
        """A dock of that window, not in it yet."""
        super().__init__(title, QWidget(), frame)
        self._make = make
        self._panel: QWidget | None = None
        self.visibilityChanged.connect(self._fill)

    def bring(self) -> QWidget:
        """Its panel, in front of the others."""
        panel = self._fill(True)
        assert panel is not None
        if self.isHidden():
            self.show()
            self.brought.emit(self)
        self.raise_()
        return panel

    def _fill(self, seen: bool) -> QWidget | None:
        if seen and self._panel is None:
            before = self.widget()
            self._panel = self._make()
            self.setWidget(self._panel)
            before.deleteLater()
        return self._panel


class LatePanels(QObject):
    """Late panels at the right of a window.

    They stand below the inspector, not over it: a field and what F1 says about it are seen together. One takes the
    other's place; as tabs, Qt 6.10 leaves a row of tabs behind where other panels become tabs later.
    """

    def __init__(self, frame: QMainWindow, inspector: QDockWidget) -> None:
        """None yet."""
        super().__init__(frame)
        self._frame, self._inspector = frame, inspector
        self._panels: list[LatePanel] = []

    def add(self, title: str, make: Callable[[], QWidget]) -> LatePanel:
        """Add a panel, hidden at first."""
        panel = LatePanel(title, make, self._frame)
        self._frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        panel.hide()
        panel.brought.connect(self._make_room)
        self._panels.append(panel)
        return panel

    def _make_room(self, dock: object) -> None:
        """Give a panel the place of the one that is there, or else the lower part of its side."""
        frame, inspector = self._frame, self._inspector
        area, right = frame.dockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        for other in self._panels:
            if other is not dock and other.isVisible() and not other.isFloating():
                other.hide()
        assert isinstance(dock, PanelDock)
        frame.setAnimated(False)  # so that all have their sizes at once
        if not dock.isFloating() and area(dock) == area(inspector) == right:
            whole = frame.height()
            frame.resizeDocks(
                [inspector, dock], [round(whole * (1 - _SHARE)), round(whole * _SHARE)], Qt.Orientation.Vertical
            )
        layout = frame.layout()
        assert layout is not None
        layout.activate()
        frame.setAnimated(True)
