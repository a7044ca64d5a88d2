"""Room for views that need it: the inspector is away while one is in front of which it has nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from app.desktop.frame.docks import in_front
from app.desktop.frame.folding import Folding
from app.desktop.looks.theme import Appearance


class ViewRoom(QObject):
    """Puts the inspector away with the tabs behind it, folds what is below, and brings all of it back as it was."""

    def __init__(
        self,
        frame: QMainWindow,
        appearance: Appearance,
        views: QTabWidget,
        wide: Sequence[QWidget],
        high: Sequence[QWidget],
        inspector: QDockWidget,
        folding: Folding,
    ) -> None:
        """Follows which view is in front: `wide` ones have the inspector's room, `high` ones that of what folds."""
        super().__init__(frame)
        self._frame, self._appearance = frame, appearance
        self._views, self._inspector, self._folding = views, inspector, folding
        self._wide_views, self._high_views = tuple(wide), tuple(high)
        self._away: list[QDockWidget] = []
        """the panels that are away, the one that was in front first"""
        self._wide = 0
        self._scale = 0.0
        self._folded = False
        """whether what is below was folded for a view"""
        views.currentChanged.connect(self._look)

    def bring_back(self) -> None:
        """Show again what was put away, as wide as it was."""
        if self._folded:
            self._folded = False
            self._folding.open_for_results()
        away, self._away = self._away, []
        if not away:
            return
        for dock in away:
            dock.show()
        if self._scale == self._appearance.theme.scale:
            self._frame.resizeDocks(away[:1], [self._wide], Qt.Orientation.Horizontal)
        away[0].raise_()

    def open_for_results(self) -> None:
        """Open what is below, now or once the view that needs its room is left."""
        if self._views.currentWidget() in self._high_views:
            self._folded = True
        else:
            self._folding.open_for_results()

    def _look(self) -> None:
        self.bring_back()
        if self._views.currentWidget() in self._wide_views:
            self._put_away()
        if self._views.currentWidget() in self._high_views and not self._folding.folded:
            self._folding.fold()
            self._folded = True

    def _put_away(self) -> None:
        inspector = self._inspector
        if inspector.isHidden() or inspector.isFloating():
            return
        if self._frame.dockWidgetArea(inspector) != Qt.DockWidgetArea.RightDockWidgetArea:
            return  # as in a narrow window, where it takes no room from the journey
        tabs = [dock for dock in self._frame.tabifiedDockWidgets(inspector) if not dock.isHidden()]
        if in_front(self._frame, inspector) is not inspector:
            return  # somebody reads that, and the inspector behind it takes no room of its own
        self._away = [inspector, *tabs]
        self._wide, self._scale = inspector.width(), self._appearance.theme.scale
        focused = QApplication.focusWidget()
        if focused is not None and any(dock.isAncestorOf(focused) for dock in self._away):
            self._views.currentWidget().setFocus()  # else Qt gives the keyboard to whatever comes next
        for dock in reversed(self._away):
            dock.hide()
