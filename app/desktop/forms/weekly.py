"""The field of a weekly time: a weekday and an hour."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.desktop.forms.choosing import ChoiceEditor
from app.desktop.forms.editor import Editor
from app.desktop.forms.key import Key
from app.desktop.forms.line import LineEditor
from app.desktop.forms.numbers import UnfitError
from app.desktop.forms.subjects import WEEKDAYS
from app.desktop.looks.theme import GRID

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_USUAL = ("mon", "09:00")


class ClockEditor(LineEditor):
    """An hour and minute such as `09:00`."""

    def read(self, text: str) -> str:
        """The time with two figures each."""
        match = _CLOCK.fullmatch(text.strip())
        if match is None:
            begun = re.fullmatch(r"\d{0,2}:?\d?", text.strip()) is not None
            raise UnfitError(f'"{text.strip()}" is not a time, such as 09:00', begun)
        return f"{int(match[1]):02d}:{match[2]}"


class WeeklyEditor(Editor):
    """A weekday and a time, such as Monday 09:00."""

    def __init__(self, key: Key) -> None:
        """A weekly time for that key."""
        super().__init__()
        self._required = key.required
        self._parts = _USUAL
        self.day = ChoiceEditor(lambda: WEEKDAYS, key.required)
        self.clock = ClockEditor(required=True)
        self.input = self.day.input
        self.setFocusProxy(self.day)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.day, 3)
        layout.addWidget(self.clock, 2)
        self.day.edited.connect(self._give_day)
        self.clock.edited.connect(lambda clock: self.edited.emit(f"{self._parts[0]} {clock}"))
        self.clock.refused.connect(self.refused)
        for part in (self.day, self.clock):
            part.begun.connect(self.begun)
            part.given_up.connect(self.given_up)

    def name(self, name: str, description: str) -> None:
        """Name both parts."""
        self.day.name(f"{name}: weekday", description)
        self.clock.name(f"{name}: time", description)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show which it is."""
        day, _, clock = str(value).strip().lower().partition(" ") if value is not None else ("", "", "")
        self._parts = (day or _USUAL[0], clock.strip() or _USUAL[1])
        self.day.show_value(day or None, default, various)
        self.clock.setEnabled(value is not None)
        self.clock.show_value(clock.strip() or None, None, various)

    def _give_day(self, day: Any) -> None:
        self.edited.emit(None if day is None else f"{day} {self._parts[1]}")
