"""Where the parts of the window are that the tour shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QWidget

from app.desktop.frame.docks import PanelDock
from app.desktop.frame.views import Views
from app.desktop.levers import LeversPanel
from app.desktop.live import Live
from app.desktop.tour.steps import Sight


class Sights:
    """Finds parts of a window, and brings them into sight."""

    def __init__(
        self,
        frame: QMainWindow,
        views: Views,
        canvas: QWidget,
        button: Callable[[str], QWidget | None],
        live: Live,
    ) -> None:
        """Of that window; `button` finds that of a command, `live` is begun with the levers: nobody is to wait then."""
        self.frame, self.views = frame, views
        self._canvas, self._button, self._live = canvas, button, live

    def find(self, sight: Sight) -> QWidget | None:
        """That part; None where this window has no such thing."""
        if sight.kind == "canvas":
            return self._canvas
        if sight.kind == "button":
            return self._button(sight.name)
        panels = self.frame.findChildren(PanelDock)
        return next((panel for panel in panels if panel.windowTitle() == sight.name), None)

    def bring(self, part: QWidget) -> None:
        """Have that part in front."""
        if isinstance(part, PanelDock):
            part.open()
            if isinstance(part.widget(), LeversPanel):
                self._live.begin()
        elif part is self._canvas:
            self.views.bring(part)
