"""Everything that can be done, declared once: menus, toolbar, shortcuts and the command palette all read it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from app.desktop.commands.listed_menu import ListedMenu
from app.desktop.looks.plain import plain_tip

MENUS = ("File", "Edit", "View", "Journey", "Run", "Analyse", "Help")
"""The menus, from left to right."""


@dataclass(frozen=True)
class Command:
    """Something that can be done."""

    id: str
    menu: str
    """one of MENUS, or another word for what only the palette offers"""
    text: str
    """what it is called, with no mark for a key"""
    run: Callable[[], object]
    shortcut: str = ""
    tip: str = ""
    """what it does, in a sentence"""
    group: int = 0
    """a line is drawn between groups of a menu"""
    checkable: bool = False
    within: QWidget | None = None
    """what it acts on, where it cannot be chosen while that is out of sight"""


class Commands(QObject):
    """All commands of a window as its actions."""

    def __init__(self, window: QWidget) -> None:
        """None yet."""
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, command: Command) -> QAction:
        """Declare a command."""
        action = QAction(command.text, self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        key = f" ({QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(plain_tip((command.tip or command.text) + (key if command.shortcut else "")))
        action.setStatusTip(command.tip)
        action.triggered.connect(lambda *_: command.run())
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._window.addAction(action)
        if command.within is not None:
            action.setEnabled(command.within.isVisible())
            command.within.installEventFilter(self)
        return action

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let commands be chosen only while what they act on is seen."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            acting = [id_ for id_, command in self._commands.items() if command.within is watched]
            self.enable(event.type() == QEvent.Type.Show, *acting)
        return False

    def __getitem__(self, id_: str) -> QAction:
        """The action of a command."""
        return self._actions[id_]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        """All commands with their actions, in the order in which they were declared."""
        return iter([(command, self._actions[id_]) for id_, command in self._commands.items()])

    def keys(self, id_: str) -> str:
        """The keys of a command, as this system writes them; empty where it has none."""
        return self._actions[id_].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def enable(self, on: bool, *ids: str) -> None:
        """Let commands be chosen, or not."""
        for id_ in ids:
            self._actions[id_].setEnabled(on)

    def fill(self, bar: QMenuBar, within: Mapping[str, ListedMenu]) -> None:
        """Make the menus; `within` holds those that stand below a command of that id."""
        for title in MENUS:
            chosen = [(command, action) for command, action in self if command.menu == title]
            if not chosen:
                continue
            menu = bar.addMenu(f"&{title}")
            menu.setObjectName(f"menu-{title.lower()}")
            menu.setToolTipsVisible(True)
            group = chosen[0][0].group
            for command, action in chosen:
                if command.group != group:
                    menu.addSeparator()
                    group = command.group
                menu.addAction(action)
                if command.id in within:
                    menu.addMenu(within[command.id])
                    menu.aboutToShow.connect(within[command.id].fill)
