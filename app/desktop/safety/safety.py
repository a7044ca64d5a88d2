"""What keeps people safe in the window: autosave and recovery, reports, the log, preferences, and help on F1."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QScrollArea

from app.desktop.commands.command import Command
from app.desktop.document import Document
from app.desktop.fields.open_fields import OpenFields
from app.desktop.files.files import Files
from app.desktop.frame.late_panels import LatePanels
from app.desktop.frame.messages import Messages
from app.desktop.frame.settings import Settings
from app.desktop.help import HelpPanel, Topic, help_for, help_on_action
from app.desktop.looks.theme import Appearance
from app.desktop.safety.crashes import Crashes
from app.desktop.safety.log import LogPanel
from app.desktop.safety.preferences import Preferences
from app.desktop.safety.recovery import Autosave, Recovery


class Safety(QObject):
    """The part of a window that nobody needs until something is not as it should be."""

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        document: Document,
        fields: OpenFields,
        files: Files,
        messages: Messages,
        panels: LatePanels,
        make_preferences: Callable[[], Preferences],
    ) -> None:
        """Begin to keep what is not saved; its own panels are made when they are first seen."""
        super().__init__(panels)
        self._settings = settings
        self.autosave = Autosave(document, fields, messages, settings, self)
        self.recovery = Recovery(document, files, messages, self.autosave)
        self.crashes = Crashes(settings.log_folder, messages, self.show_report)
        self.glossary = panels.add("Glossary", lambda: HelpPanel(appearance))
        self.preferences = panels.add("Preferences", make_preferences)
        self.log = panels.add("Log", lambda: LogPanel(appearance, settings.log_folder))

    def commands(self) -> list[Command]:
        """What the menus have of this."""
        return [
            Command(
                "preferences",
                "Edit",
                "Preferences …",
                self.show_preferences,
                "Ctrl+,",
                "How the window looks, and where files are kept",
                group=4,
            ),
            Command("help", "Help", "Help on this", self.show_help, "F1", "Explain what has the focus"),
            Command("glossary", "Help", "Glossary", self.show_glossary, "Shift+F1", "What the words mean"),
            Command("log", "Help", "Log", self.show_log, "", "Show the log and reports", group=1),
        ]

    def listen_to_menus(self, menus: QMenuBar) -> None:
        """Let F1 in an open menu explain what is chosen there; once the menus are there."""
        for menu in menus.findChildren(QMenu):
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
        focused = QApplication.focusWidget()
        self.show_topic(help_for(focused))
        around = focused
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(focused)

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
        if not self._settings.is_safe:
            self.recovery.offer()
        self.crashes.offer()

    def close(self, keep: bool = False) -> None:
        """End with the window; with `keep` what is not saved is offered at the next start."""
        self.autosave.close(keep)
        self.recovery.close()
        self.crashes.close()
