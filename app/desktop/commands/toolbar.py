"""The toolbar: what is done most, and the field that opens the palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QWidget

from app.desktop.commands.command import Commands
from app.desktop.looks.theme import GRID

_EDITING = ("open", "save", "undo", "redo", "tidy", "zoom-out", "zoom-in", "zoom-fit")
_RUNNING = {"run": "▶", "pause": "‖", "stop": "■"}
"""and what stands before their words"""


class Toolbar(QToolBar):
    """Buttons for some commands."""

    def __init__(self, commands: Commands, search: Callable[[], object]) -> None:
        """Buttons for commands that are declared by now; `search` opens the palette."""
        super().__init__("Main")
        self._commands = commands
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for id_ in _EDITING:
            self.addAction(commands[id_])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        field = QLineEdit()
        field.setPlaceholderText(f"⌕ Search or command   {commands.keys('palette')}")
        field.setAccessibleName("Search or command")
        field.setReadOnly(True)
        field.setMinimumWidth(GRID * 10)
        field.setMaximumWidth(320)
        field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.mousePressEvent = lambda _: search()  # type: ignore[method-assign]
        self.addWidget(field)
        for id_ in _RUNNING:
            self.addAction(commands[id_])

    def tell(self) -> None:
        """Show the words that the commands have now."""
        for id_, sign in _RUNNING.items():
            self._commands[id_].setIconText(f"{sign} {self._commands[id_].text()}")
