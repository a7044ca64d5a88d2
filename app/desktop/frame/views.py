"""The views of a journey in the middle of the window: canvas, table and settings, one of them in front."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from app.desktop.looks.theme import GRID


class Views(QTabWidget):
    """The views as tabs."""

    wanted = Signal()
    """somebody wants to see a view, whatever is shown instead of them"""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("Journey")
        self.setMinimumHeight(GRID * 24)  # less than the table asks for: in large type charts need the room

    def bring(self, view: QWidget) -> None:
        """Show that view; the keyboard stays where it is."""
        self.wanted.emit()
        self.setCurrentWidget(view)

    def go_to(self, view: QWidget) -> None:
        """Show that view, and give it the keyboard."""
        self.bring(view)
        view.setFocus()

    def leave(self, view: QWidget) -> None:
        """Show the first view where that one is in front."""
        if self.currentWidget() is view:
            self.setCurrentIndex(0)
