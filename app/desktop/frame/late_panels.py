"""Panels that nobody needs until they do: made when they are first seen, below the inspector, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from app.desktop.frame.docks import PanelDock, in_front

_SHARE = 0.45
"""of its side that a panel takes at first"""
_ACROSS = 0.29
"""of the window's width, where it has the side for itself"""


class LatePanel(PanelDock):
    """A dock whose panel is made when it is first seen, so that the window need not wait for it."""

    def __init__(
        self, title: str, make: Callable[[], QWidget], frame: QMainWindow, show: Callable[[LatePanel], None]
    ) -> None:
        """A dock of that window, not in it yet; `show` shows it among the others."""
        super().__init__(title, QWidget(), frame)
        self._make, self._show = make, show
        self._panel: QWidget | None = None
        self.visibilityChanged.connect(self._fill)

    def bring(self) -> QWidget:
        """Its panel, in front of the others."""
        panel = self._fill(True)
        assert panel is not None
        if self.isHidden():
            self._show(self)
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
        panel = LatePanel(title, make, self._frame, self._show)
        self._frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        panel.hide()
        self._panels.append(panel)
        return panel

    def _show(self, dock: LatePanel) -> None:
        """Give a panel the place of the one that is there, or else the lower part of its side."""
        frame, inspector = self._frame, self._inspector
        area, right = frame.dockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        at_the_left = in_front(frame, inspector).width()
        for other in self._panels:
            if other is not dock and other.isVisible() and not other.isFloating():
                other.hide()
        dock.show()
        frame.setAnimated(False)  # so that all have their sizes at once
        if not dock.isFloating() and area(dock) == area(inspector) == right:
            whole = frame.height()
            frame.resizeDocks(
                [inspector, dock], [round(whole * (1 - _SHARE)), round(whole * _SHARE)], Qt.Orientation.Vertical
            )
        elif not dock.isFloating() and area(dock) == right:
            # In a narrow window the others are tabs at the left, whose names are to stay whole.
            widths = [at_the_left, round(frame.width() * _ACROSS)]
            frame.resizeDocks([in_front(frame, inspector), dock], widths, Qt.Orientation.Horizontal)
        layout = frame.layout()
        assert layout is not None
        layout.activate()
        frame.setAnimated(True)
