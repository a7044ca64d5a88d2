"""What keeps people safe in the window: autosave and recovery, reports, the log, preferences, and help on F1."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget

from app.desktop.commands.command import Command
from app.desktop.frame.docks import PanelDock, size_docks
from app.desktop.help import HelpPanel, Topic, help_for, help_on_action, set_help, topic
from app.desktop.preferences.preferences import Preferences
from app.desktop.safety.crashes import Crashes
from app.desktop.safety.log import LogPanel
from app.desktop.safety.recovery import Autosave, Recovery

if TYPE_CHECKING:
    from app.desktop.window import Window

_SHARE = 0.45
"""of its side that a panel takes at first"""


class Safety(QObject):
    """The part of a window that nobody needs until something is not as it should be."""

    def __init__(self, window: Window) -> None:
        """Begin to keep what is not saved; the panels are made when they are first seen."""
        super().__init__(window)
        self._window = window
        settings = window.settings
        self.autosave = Autosave(window.document, window.fields, window.messages, settings, self)
        self.recovery = Recovery(window.document, window.files, window.messages, self.autosave)
        self.crashes = Crashes(settings.log_folder, window.messages, self.show_report)
        self._first_layout = QByteArray()
        self.glossary = _LatePanel("Glossary", lambda: HelpPanel(window.appearance), window)
        self.preferences = _LatePanel("Preferences", self._make_preferences, window)
        self.log = _LatePanel("Log", lambda: LogPanel(window.appearance, settings.log_folder), window)
        # Below the inspector, not over it: a field and what F1 says about it are seen together. One takes the other's
        # place; as tabs, Qt 6.10 leaves a row of tabs behind where other panels become tabs later.
        self._late = (self.glossary, self.preferences, self.log)
        for dock in self._late:
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.hide()
            dock.brought.connect(self._make_room)
        set_help(window.canvas, self._selected)
        set_help(window.table, self._selected)
        set_help(window.messages, "messages")
        set_help(window.palette_box, "search")

    def commands(self) -> list[Command]:
        """What the menus have of this."""
        return [
            Command(
                "preferences", "Edit", "Preferences …", self.show_preferences, "Ctrl+,", "How the window is", group=4
            ),
            Command("help", "Help", "Help on this", self.show_help, "F1", "Explain what has the keyboard"),
            Command("glossary", "Help", "Glossary", self.show_glossary, "Shift+F1", "What the words mean"),
            Command("log", "Help", "Log", self.show_log, "", "Show what the program wrote down about itself", group=1),
        ]

    def listen_to_menus(self) -> None:
        """Let F1 in an open menu explain what is chosen there; once the menus are there."""
        self._first_layout = self._window.saveState()
        set_help(self._window.bar, "toolbar")
        for menu in self._window.menuBar().findChildren(QMenu):
            menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Explain the entry of a menu on F1."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F1
            and isinstance(watched, QMenu)
            and watched.activeAction() is not None
        ):
            about = help_on_action(watched.activeAction())
            while isinstance(popup := QApplication.activePopupWidget(), QMenu):
                popup.close()
            self.show_topic(about)
            return True
        return super().eventFilter(watched, event)

    def show_help(self) -> None:
        """Explain what has the keyboard, which stays in sight."""
        asked = QApplication.focusWidget()
        self.show_topic(help_for(asked))
        around = asked
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(asked)

    def show_topic(self, about: Topic) -> None:
        """Show that in the glossary; the keyboard stays where it is."""
        panel = self.glossary.bring()
        assert isinstance(panel, HelpPanel)
        panel.explain(about)

    def show_glossary(self) -> None:
        """Show the glossary, to search in it."""
        panel = self.glossary.bring()
        assert isinstance(panel, HelpPanel)
        panel.browse()

    def show_preferences(self) -> None:
        """Show what can be set."""
        self.preferences.bring().setFocus()

    def show_log(self) -> None:
        """Show what was written down last."""
        panel = self.log.bring()
        assert isinstance(panel, LogPanel)
        panel.show_log()
        panel.setFocus()

    def show_report(self, title: str, text: str) -> None:
        """Show a report on what went wrong."""
        panel = self.log.bring()
        assert isinstance(panel, LogPanel)
        panel.show_report(title, text)

    def offer(self) -> None:
        """Offer what an earlier start left behind: what was not saved, and a report."""
        if not self._window.settings.is_safe:
            self.recovery.offer()
        self.crashes.offer()

    def close(self, keep: bool = False) -> None:
        """End with the window; with `keep` what is not saved is offered at the next start."""
        self.autosave.close(keep)
        self.recovery.close()
        self.crashes.close()

    def reset_layout(self) -> None:
        """Put all panels where they were at first."""
        window = self._window
        window.settings.forget_layout()
        window.restoreState(self._first_layout)
        size_docks(window, window.appearance.theme, *window.docks()[:3])
        self.show_preferences()

    def _make_room(self, dock: object) -> None:
        """Give a panel the place of the one that is there, or else the lower part of its side."""
        window = self._window
        area, right = window.dockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        before = [other for other in self._late if other is not dock and other.isVisible() and not other.isFloating()]
        for other in before:
            other.hide()
        assert isinstance(dock, PanelDock)
        inspector = window.docks()[1]
        window.setAnimated(False)  # so that all have their sizes at once
        if not dock.isFloating() and area(dock) == area(inspector) == right:
            whole = window.height()
            window.resizeDocks(
                [inspector, dock], [round(whole * (1 - _SHARE)), round(whole * _SHARE)], Qt.Orientation.Vertical
            )
        layout = window.layout()
        assert layout is not None
        layout.activate()
        window.setAnimated(True)

    def _make_preferences(self) -> Preferences:
        from sim.store.opening import default_path

        window = self._window
        return Preferences(
            window.appearance,
            window.settings,
            window.simulation.runner.db or default_path(),
            [window.commands["dark"], window.commands["large"]],
            self.reset_layout,
        )

    def _selected(self) -> Topic | None:
        """The topic of what is selected in the journey; None where that is nothing or several things."""
        selection, journey = self._window.editor.selection, self._window.document.journey
        if len(selection.places) + len(selection.ways) != 1:
            return None
        if selection.places:
            (id_,) = selection.places
            name = next((place.name for place in journey.places if place.id == id_), id_)
            return _one_of("touchpoint", name, f"touchpoints.{id_}")
        (key,) = selection.ways
        return _one_of("transition", key, f"transitions.{key}")


class _LatePanel(PanelDock):
    """A dock whose panel is made when it is first seen, so that the window need not wait for it."""

    brought = Signal(object)
    """it is shown again, itself"""

    def __init__(self, title: str, make: Callable[[], QWidget], window: Window) -> None:
        super().__init__(title, QWidget(), window)
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


def _one_of(word: str, name: str, address: str) -> Topic:
    meaning = topic(word)
    assert meaning is not None
    return Topic(
        key="",
        title=name,
        kind=meaning.title,
        text=meaning.text,
        facts=(("Address", address),),
        see=(word, "inspector"),
        page=f"reference/scenario.md#{word}s",
    )
