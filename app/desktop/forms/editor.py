"""What all editors of a value have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Theme

VARIOUS = "various"
"""Shown where several things are edited at once that differ."""


class Editor(QWidget):
    """Shows a value and says which one somebody wants instead; knows nothing of documents."""

    edited = Signal(object)
    """the value that is wanted; None for the default"""
    refused = Signal(str)
    """why what is typed cannot be taken"""
    begun = Signal()
    """somebody came to edit"""
    given_up = Signal()
    """somebody wants to have back what was there when they came"""

    wide = False
    """whether it needs the whole width, below its label"""
    roomy = False
    """whether more room makes it better, so that it takes all there is"""
    says_default = True
    """whether a default is called so"""
    allowed = ""
    """what may be typed, in words, where that is another value than the file's"""
    small = False
    """whether it stays beside its label as long as there is room"""
    input: QWidget
    """where the keyboard goes"""

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show what is given, or greyed what holds where nothing is; `various` where several differ."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def offered(self) -> Any:
        """What is shown beside the value, such as names to choose among; where that changed, all is shown anew."""
        return None

    def input_at(self, rest: tuple[str, ...]) -> QWidget:
        """Where the keyboard goes for what lies at `rest` below the value."""
        return self.input

    def tell(self, told: Mapping[str, tuple[str, QColor]], theme: Theme) -> set[str]:
        """Say what is wrong with parts of the value, in words and a colour by part; which were said."""
        return set()

    def name(self, name: str, description: str) -> None:
        """Tell those who listen what this is."""
        self.input.setAccessibleName(name)
        self.input.setAccessibleDescription(description)
