"""The views of a journey in the middle of the window: canvas, table and settings, one of them in front."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from app.desktop.looks.theme import GRID


class Views(QTabWidget):
    """The views as pages. Their tabs are the `switch`, which stands in the bar at the top of the window."""

    wanted = Signal()
    """somebody wants to see a view, whatever is shown instead of them"""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("Journey")
        self.setMinimumHeight(GRID * 16)
        self.switch = QTabBar()
        self.switch.setObjectName("switch")
        self.switch.setAccessibleName("Views of the journey")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        super().tabBar().hide()
        self.switch.tabBarClicked.connect(lambda _: self.wanted.emit())
        self.switch.currentChanged.connect(self.setCurrentIndex)
        self.currentChanged.connect(self.switch.setCurrentIndex)

    def tabBar(self) -> QTabBar:  # noqa: N802 (Qt's name)
        """The tabs that people see."""
        return self.switch

    def tabInserted(self, index: int) -> None:  # noqa: N802 (Qt's name)
        """Have a tab for it."""
        super().tabInserted(index)
        self.switch.insertTab(index, self.tabText(index))

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
