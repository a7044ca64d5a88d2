"""The field in which several of what there is are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStyle, QStyleOptionComboBox, QStylePainter

from app.desktop.forms.choosing import Box
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.looks.plain import caption, plain_tip
from app.desktop.looks.theme import GRID

_FEW = 3


class SeveralEditor(Editor):
    """Several of what there is, ticked in a list that stays open until somebody is done."""

    def __init__(self, choices: Callable[[], Mapping[Any, str]], nobody: str = "None") -> None:
        """Choose among what there is at that moment; `nobody` says what it means to choose none."""
        super().__init__()
        self._choices, self._nobody = choices, nobody
        self._value: list[Any] = []
        self.menu = _TickMenu(self)
        self.menu.triggered.connect(self._ticked)
        self.button = self.input = _Button(self.begun.emit, self.open_list)
        self.setFocusProxy(self.button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Say which are chosen."""
        given = value if isinstance(value, list | tuple) else default
        self._value = list(given) if isinstance(given, list | tuple) else []
        known = dict(self._choices())
        named = [known.get(each, f"{each} (missing)") for each in self._value]
        more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
        said = VARIOUS if various else ", ".join(named[:_FEW]) + more or self._nobody
        self.button.say(said)
        self.button.setAccessibleDescription(", ".join(named) or self._nobody)
        for action in self.menu.actions():
            action.setChecked(action.data() in self._value)

    def offered(self) -> Any:
        """What there is to choose from, with its names."""
        return list(self._choices().items())

    def open_list(self) -> None:
        """Open the list of what there is now."""
        self._fill()
        self.menu.setMinimumWidth(self.button.width())
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _fill(self) -> None:
        self.menu.clear()
        known = dict(self._choices())
        for value, said in {**known, **{each: f"{each} (missing)" for each in self._value}}.items():
            name = known.get(value, said)
            action = QAction(caption(name), self.menu, checkable=True)
            action.setToolTip(plain_tip(name))
            action.setData(value)
            action.setChecked(value in self._value)
            self.menu.addAction(action)

    def _ticked(self, action: QAction) -> None:
        value = action.data()
        if action.isChecked() and value not in self._value:
            self.edited.emit([*self._value, value])
        elif not action.isChecked() and value in self._value:
            self.edited.emit([each for each in self._value if each != value])


class _Button(Box):
    """Looks like a list from which one is chosen, and opens the one in which several are ticked."""

    def __init__(self, came: Callable[[], None], open_list: Callable[[], None]) -> None:
        super().__init__(came)
        self._open_list = open_list

    def say(self, text: str) -> None:
        self.clear()
        self.addItem(text)

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        self._open_list()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """End in an ellipsis where there is no room for all of them."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room - GRID // 2
        )
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class _TickMenu(QMenu):
    """A menu in which a click or the space bar ticks without closing it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)
