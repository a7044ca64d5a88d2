"""The bar at the top: what journey this is, its views, what is done most, and the field that opens the palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.desktop.commands.command import Commands
from app.desktop.looks.icons import ICON, icon
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance

_EDITING: Final = {
    "open": ("folder-open", "Open"),
    "save": ("save", "Save"),
    "undo": ("undo-2", "Undo"),
    "redo": ("redo-2", "Redo"),
    "tidy": ("workflow", "Tidy"),
}
"""icon and words of what stands before the views"""
_LOOKING: Final = {"zoom-out": "zoom-out", "zoom-in": "zoom-in", "zoom-fit": "scan"}
"""icons that need no words beside them; their tooltips have them"""
_RUNNING: Final = {"run": "play", "pause": "pause", "stop": "square"}
_TAKING: Final = ("take-copy", "take-png", "take-svg", "take-pdf", "take-print", "map-pdf")
"""ways to take the view in front along, in a list of their own"""
_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_NO_WORDS = Qt.ToolButtonStyle.ToolButtonIconOnly
_NAME_AT_MOST: Final = 26 * GRID
_FIELD, _NARROW_FIELD = 28 * GRID, 19 * GRID
_BRIEFEST: Final = 5
"""the level at which there is least of everything"""
_GAP: Final = " "
"""between an icon and its words: Qt leaves none where there is a sheet"""


class Toolbar(QToolBar):
    """Buttons for some commands. Where there is little room, it goes without words, the field and the name."""

    def __init__(
        self, appearance: Appearance, commands: Commands, switch: QWidget, search: Callable[[], object]
    ) -> None:
        """Buttons for commands that are declared by now, and the `switch` between views; `search` opens the palette."""
        super().__init__("Main")
        self._appearance, self._commands = appearance, commands
        self._level = -1
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.name, self.state = PlainLabel(), PlainLabel()
        self.name.setObjectName("journey-name")
        self.name.setAccessibleName("Journey")
        self.state.setAccessibleName("Whether it is saved")
        self.state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._named = [self.addWidget(self.name), self.addWidget(self.state)]
        self._add(*_EDITING, *_LOOKING)
        self.along = self._take_along()
        self._switch = switch
        self.addWidget(_space())
        self.addWidget(switch)
        self.addWidget(_space())
        self.field = _field(search)
        self._searched = (self.addWidget(self.field), self._palette(search))
        self._add(*_RUNNING)
        self.button("run").setToolButtonStyle(_WORDS)
        self.button("run").setObjectName("run")
        appearance.changed.connect(self._dress)
        self._dress()

    def button(self, command: str) -> QToolButton:
        """The button of a command."""
        found = self.widgetForAction(self._commands[command])
        assert isinstance(found, QToolButton)
        return found

    def tell(self, name: str, state: str) -> None:
        """Say what journey this is, whether it is saved, and what the commands are called now."""
        shown = self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self._most)
        for id_ in _RUNNING:
            self._commands[id_].setIconText(_GAP + self._commands[id_].text())
        if (shown, state) != (self.name.text(), self.state.text()):
            self.name.setText(shown)
            self.name.setToolTip(plain_tip(name))
            self.state.setText(state)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _most(self) -> int:
        return round(_NAME_AT_MOST * self._appearance.theme.scale)

    def _add(self, *ids: str) -> None:
        for id_ in ids:
            action = self._commands[id_]
            if id_ in _EDITING:
                action.setIconText(_GAP + _EDITING[id_][1])
            action.setIconVisibleInMenu(False)
            self.addAction(action)
            self.button(id_).setAccessibleName(action.text())

    def _take_along(self) -> QToolButton:
        """Opens the list of ways to take the view in front along."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([self._commands[id_] for id_ in _TAKING])
        menu.addSeparator()
        menu.addAction(self._commands["present"])
        button = QToolButton()
        button.setObjectName("take-along")
        button.setText("Take along")
        button.setAccessibleName("Take along")
        button.setToolTip("Copy, save or print the view in front, or present it")
        button.setToolButtonStyle(_NO_WORDS)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(menu)
        self.addWidget(button)
        return button

    def _palette(self, search: Callable[[], object]) -> QAction:
        """Opens the palette where there is no room for the field; on no menu, for those have the command itself."""
        action = QAction("Search", self)
        action.setToolTip(self._commands["palette"].toolTip())
        action.triggered.connect(lambda _=False: search())
        self.addAction(action)
        return action

    def _fit(self) -> None:
        """With all words, or with as few as are needed for everything to be in sight."""
        for level in range(_BRIEFEST + 1):
            self._be_brief(level)
            if self.sizeHint().width() <= self.width():
                return

    def _be_brief(self, level: int) -> None:
        if level == self._level:
            return
        self._level = level
        for id_ in (*_EDITING, "pause", "stop"):
            brief = level > 1 if id_ in _EDITING else level > 0
            self.button(id_).setToolButtonStyle(_NO_WORDS if brief else _WORDS)
        self.field.setFixedWidth(round((_NARROW_FIELD if level else _FIELD) * self._appearance.theme.scale))
        words = "Search" if level else "Search or command"
        self.field.setPlaceholderText(f"{words}   {self._commands.keys('palette')}")
        field, small = self._searched
        field.setVisible(level < 3)
        small.setVisible(level >= 3)
        for action in self._named:
            action.setVisible(level < 4)
        if self._switch.property("brief") != (level == _BRIEFEST):
            self._switch.setProperty("brief", level == _BRIEFEST)
            self._switch.style().polish(self._switch)  # reads the sheet anew
            QApplication.sendEvent(self._switch, QEvent(QEvent.Type.StyleChange))
        self.layout().activate()  # so that what it asks for is told anew

    def _dress(self) -> None:
        theme = self._appearance.theme
        side = round(ICON * theme.scale)
        self.setIconSize(QSize(side, side))
        self.name.setFont(theme.font("normal", bold=True))
        self.state.setFont(theme.font("small"))
        signs = {id_: sign for id_, (sign, _) in _EDITING.items()} | _LOOKING | _RUNNING
        for id_, sign in signs.items():
            self._commands[id_].setIcon(icon(sign, theme, theme.on_accent if id_ == "run" else theme.text))
        self.along.setIcon(icon("image-down", theme, theme.text))
        self._searched[1].setIcon(icon("search", theme, theme.text))
        for action in self.field.actions():
            action.setIcon(icon("search", theme, theme.quiet))
        self._level = -1
        self._fit()


def _space() -> QWidget:
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return space


def _field(search: Callable[[], object]) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName("Search or command")
    field.setReadOnly(True)
    field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    field.addAction(QAction(field), QLineEdit.ActionPosition.LeadingPosition)
    field.mousePressEvent = lambda _: search()  # type: ignore[method-assign]
    return field
