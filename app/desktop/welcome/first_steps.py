"""The first hour in a window: which page stands in the middle, the tour, and things to try."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.commands.command import Command, Commands
from app.desktop.document import Document
from app.desktop.files.files import Files
from app.desktop.frame.docks import PanelDock
from app.desktop.frame.settings import Settings
from app.desktop.frame.views import Views
from app.desktop.help import set_help
from app.desktop.looks.theme import Appearance
from app.desktop.tour import Tour
from app.desktop.welcome.new_page import NewPage
from app.desktop.welcome.page import WelcomePage
from app.desktop.welcome.things_dock import ThingsDock


class FirstSteps(QObject):
    """Shows the pages instead of the journey, and puts them away once there is one to be seen."""

    def __init__(
        self,
        frame: QMainWindow,
        appearance: Appearance,
        settings: Settings,
        document: Document,
        files: Files,
        views: Views,
        commands: Commands,
        tour: Tour,
        things: ThingsDock,
    ) -> None:
        """The pages are made when they are first shown."""
        super().__init__(frame)
        self._frame, self._appearance, self._settings = frame, appearance, settings
        self._document, self._files, self._views, self._commands = document, files, views, commands
        self.tour, self.things_dock, self.things = tour, things, things.panel
        self.welcome: WelcomePage | None = None
        self.new: NewPage | None = None
        self._before = ""
        """the text of the document when a page came"""
        self._panels: QByteArray | None = None
        """how the panels stood when they were put away"""
        self.pages = QStackedWidget()
        self.pages.hide()
        self.pages.installEventFilter(self)
        middle = frame.centralWidget().layout()
        assert isinstance(middle, QVBoxLayout)
        middle.addWidget(self.pages, 1)
        set_help(self.pages, "window")
        frame.installEventFilter(self)
        files.opened.connect(self._opened)
        document.changed.connect(self._changed)
        views.wanted.connect(self.put_away)
        views.currentChanged.connect(self.put_away)

    def commands(self) -> list[Command]:
        """What the menus have of this."""
        return [
            Command("welcome", "Help", "Welcome", self.show_welcome, "", "Examples, templates and recent files"),
            Command("tour", "Help", "Two-minute tour", self.start_tour, "", "Shows the window with an example"),
            Command("things", "Help", "Things to try", self.show_things, "", "Ideas to try with this example"),
        ]

    def begin(self, welcome: bool) -> None:
        """The window is there: show the `welcome`, or what is open."""
        self.things_dock.offer()
        if welcome:
            self.show_welcome()

    def show_welcome(self) -> None:
        """Show ways to begin."""
        if self.welcome is None:
            files = self._files
            self.welcome = page = WelcomePage(self._appearance)
            page.blank_wanted.connect(files.new)
            page.open_wanted.connect(lambda: files.open())
            page.tour_wanted.connect(self.start_tour)
            page.template_wanted.connect(self.show_new)
            page.shipped_wanted.connect(lambda path: files.open_shipped(Path(path)))
            page.recent_wanted.connect(lambda path: files.open(Path(path)))
            self.pages.addWidget(page)
        self.welcome.show_recent(self._settings.recent)
        self.welcome.show_whether_toured(self._settings.tour_taken)
        self._show(self.welcome, self.welcome.tour)

    def show_new(self, template: str = "") -> None:
        """Ask what kind of journey to begin, and for the figures of that `template`."""
        if self.new is None:
            self.new = page = NewPage(self._appearance)
            page.blank_wanted.connect(self._files.new)
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
        self._views.show()
        self._show_panels()
        self._let_draw(True)
        self._views.currentWidget().setFocus()

    def show_things(self) -> None:
        """Show what is worth trying with the example that is open."""
        self.things_dock.bring()

    def start_tour(self) -> None:
        """Take somebody round, once what is there is safe."""
        self._files.once_safe(self.tour.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Esc puts a page away; whatever is open when the window closes, its panels are remembered as they were."""
        if watched is self._frame:
            if event.type() == QEvent.Type.Close:
                self._show_panels()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return True
        return super().eventFilter(watched, event)

    def _show(self, page: QWidget, first: QWidget) -> None:
        self._before = self._document.text
        self.pages.setCurrentWidget(page)
        self._views.hide()
        self._hide_panels()
        self._let_draw(False)
        self.pages.show()
        first.setFocus()

    def _hide_panels(self) -> None:
        """Put all panels away while a page is there: they have nothing to say of it."""
        docks = self._frame.findChildren(QDockWidget)
        panels = [dock for dock in docks if not dock.isHidden() and not dock.isFloating()]
        if panels:
            self._panels = self._frame.saveState()
            for dock in panels:
                dock.hide()

    def _show_panels(self) -> None:
        """Have the panels again that were there before a page."""
        if self._panels is not None:
            self._frame.restoreState(self._panels)
            self._panels = None
            for dock in self._frame.findChildren(PanelDock):
                dock.head()  # which of them are tabs is known only now

    def _let_draw(self, on: bool) -> None:
        """Have the commands that draw, or not: nobody draws what cannot be seen."""
        drawing = [one.id for one, _ in self._commands if one.menu == "Journey" and one.within is None]
        self._commands.enable(on, *drawing)

    def _make(self, text: str) -> None:
        self._files.once_safe(lambda: self._files.begin(text, is_kept=False))

    def _opened(self) -> None:
        self.put_away()
        self.things_dock.offer()

    def _changed(self) -> None:
        if not self.pages.isHidden() and self._document.text != self._before:
            self.put_away()
