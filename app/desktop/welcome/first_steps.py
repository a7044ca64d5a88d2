"""The first hour in a window: which page stands in the middle, the tour, and things to try."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.desktop.commands.command import Command
from app.desktop.frame.docks import PanelDock
from app.desktop.help import set_help
from app.desktop.tour import Tour
from app.desktop.welcome.new_page import NewPage
from app.desktop.welcome.page import WelcomePage
from app.desktop.welcome.things_panel import ThingsPanel

if TYPE_CHECKING:
    from app.desktop.window import Window


class FirstSteps(QObject):
    """Shows the pages instead of the journey, and puts them away once there is one to be seen."""

    def __init__(self, window: Window) -> None:
        """The pages are made when they are first shown."""
        super().__init__(window)
        self._window = window
        self.welcome: WelcomePage | None = None
        self.new: NewPage | None = None
        self._before = ""
        """the text of the document when a page came"""
        self._panels: QByteArray | None = None
        """how the panels stood when they were put away"""
        self.pages = QStackedWidget()
        self.pages.hide()
        self.pages.installEventFilter(self)
        middle = window.centralWidget().layout()
        assert isinstance(middle, QVBoxLayout)
        middle.addWidget(self.pages, 1)
        self.tour = Tour(window)
        self.things = ThingsPanel(window.appearance, window.document)
        self.things_dock = PanelDock("Things to try", self.things, window)
        self.things_dock.hide()
        window.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        set_help(self.pages, "window")
        set_help(self.things, "arm")
        window.installEventFilter(self)
        window.files.opened.connect(self._opened)
        window.document.changed.connect(self._changed)
        window.editor.selection_changed.connect(self.put_away)
        window.views.currentChanged.connect(self.put_away)

    def commands(self) -> list[Command]:
        """What the menus have of this."""
        return [
            Command("welcome", "Help", "Welcome", self.show_welcome, "", "Examples, templates and recent files"),
            Command("tour", "Help", "Two-minute tour", self.start_tour, "", "Shows the window with an example"),
            Command("things", "Help", "Things to try", self.show_things, "", "What is worth trying with this example"),
        ]

    def begin(self, welcome: bool) -> None:
        """The window is there: show the `welcome`, or what is open."""
        self._offer_things()
        if welcome:
            self.show_welcome()

    def show_welcome(self) -> None:
        """Show ways to begin."""
        if self.welcome is None:
            files = self._window.files
            self.welcome = page = WelcomePage(self._window.appearance)
            page.blank_wanted.connect(files.new)
            page.open_wanted.connect(lambda: files.open())
            page.tour_wanted.connect(self.start_tour)
            page.template_wanted.connect(self.show_new)
            page.shipped_wanted.connect(lambda path: files.open_shipped(Path(path)))
            page.recent_wanted.connect(lambda path: files.open(Path(path)))
            self.pages.addWidget(page)
        self.welcome.show_recent(self._window.settings.recent)
        self.welcome.show_whether_toured(self._window.settings.tour_taken)
        self._show(self.welcome, self.welcome.tour)

    def show_new(self, template: str = "") -> None:
        """Ask what kind of journey to begin, and for the figures of that `template`."""
        if self.new is None:
            self.new = page = NewPage(self._window.appearance)
            page.blank_wanted.connect(self._window.files.new)
            page.left.connect(self.put_away)
            page.made.connect(self._make)
            self.pages.addWidget(page)
        if template:
            self.new.choose(template)
        self._show(self.new, self.new.fields[0].line if template else self.new.list)

    def put_away(self, *_: object) -> None:
        """Show the journey again."""
        if self.pages.isHidden():
            return
        self.pages.hide()
        self._window.views.show()
        self._show_panels()
        self._let_draw(True)
        self._window.views.currentWidget().setFocus()

    def show_things(self) -> None:
        """Show what is worth trying with the example that is open."""
        self._add_things()
        self.things_dock.raise_()
        (self.things.buttons[0] if self.things.buttons else self.things).setFocus()

    def start_tour(self) -> None:
        """Take somebody round, once what is there is safe."""
        self._window.files.once_safe(self.tour.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Esc puts a page away; whatever is open when the window closes, its panels are remembered as they were."""
        if watched is self._window:
            if event.type() == QEvent.Type.Close:
                self._show_panels()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return True
        return super().eventFilter(watched, event)

    def _show(self, page: QWidget, first: QWidget) -> None:
        self._before = self._window.document.text
        self.pages.setCurrentWidget(page)
        self._window.views.hide()
        self._hide_panels()
        self._let_draw(False)
        self.pages.show()
        first.setFocus()

    def _hide_panels(self) -> None:
        """Put all panels away while a page is there: they have nothing to say of it."""
        panels = [
            dock for dock in self._window.findChildren(QDockWidget) if not dock.isHidden() and not dock.isFloating()
        ]
        if panels:
            self._panels = self._window.saveState()
            for dock in panels:
                dock.hide()

    def _show_panels(self) -> None:
        """Have the panels again that were there before a page."""
        if self._panels is not None:
            self._window.restoreState(self._panels)
            self._panels = None
            for dock in self._window.findChildren(PanelDock):
                dock.head()  # which of them are tabs is known only now

    def _let_draw(self, on: bool) -> None:
        """Have the commands that draw, or not: nobody draws what cannot be seen."""
        self._window.commands.enable(
            on, *[command.id for command, _ in self._window.commands if command.menu == "Journey"]
        )

    def _make(self, text: str) -> None:
        window = self._window

        def begin() -> None:
            window.document.new(text, is_kept=False)
            window.files.opened.emit()

        window.files.once_safe(begin)

    def _opened(self) -> None:
        self.put_away()
        self._offer_things()

    def _changed(self) -> None:
        if not self.pages.isHidden() and self._window.document.text != self._before:
            self.put_away()

    def _offer_things(self) -> None:
        """Have the panel among the tabs while an example is open; the one in front of it stays there."""
        there = bool(self.things.things)
        if there == self.things_dock.isHidden():
            if there:
                self._add_things()
                self._window.docks()[1].raise_()
            else:
                self.things_dock.hide()

    def _add_things(self) -> None:
        """Show the panel; among the tabs only now, for Qt leaves the tabs of panels behind that are hidden at first."""
        new = self._window.dockWidgetArea(self.things_dock) == Qt.DockWidgetArea.NoDockWidgetArea
        if new:
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.things_dock)
        self.things_dock.show()
        if new:
            self._window.tabifyDockWidget(self._window.docks()[1], self.things_dock)
