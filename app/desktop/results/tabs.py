"""Tabs that are never cut: those without room stand in a list behind a button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QTabBar, QTabWidget, QWidget


class ChartTabs(QTabWidget):
    """Pages with tabs, as many as there is room for; `more` lists the others."""

    def __init__(self, beside: QWidget) -> None:
        """None yet; the tabs leave room for what stands `beside` them."""
        super().__init__()
        self._bar = _Bar()
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        self._bar.setUsesScrollButtons(False)
        self.more = QPushButton("More")
        self.more.setFlat(True)
        self.more.setAccessibleName("More results")
        self.more.setToolTip("Charts and tables whose tabs have no room here")
        self.more.setMenu(QMenu(self.more))
        self._corner = QWidget()
        across = QHBoxLayout(self._corner)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.more)
        across.addWidget(beside)
        self.setCornerWidget(self._corner)
        self._fitting = False
        self.currentChanged.connect(self.fit)

    def tabInserted(self, index: int) -> None:  # noqa: N802 (Qt's name)
        """Find room for it."""
        super().tabInserted(index)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Measure the tabs anew where their type changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Show the first tabs, as many as fit, and the one in front in any case; list the others."""
        if self._fitting or not self.count():
            return
        self._fitting = True
        hidden = self._without_room()
        self.more.setVisible(bool(hidden))
        for number in sorted(range(self.count()), key=lambda number: number != self.currentIndex()):
            # The one in front first: as long as it is out of sight Qt brings any that comes into sight to the front.
            self.setTabVisible(number, number not in hidden)
        menu = self.more.menu()
        for action in menu.actions():  # now, for under X11 a menu that changes while it opens may not open again
            menu.removeAction(action)
            action.deleteLater()
        for number in hidden:
            action = QAction(self.tabText(number), menu)
            action.setEnabled(self.isTabEnabled(number))
            action.triggered.connect(partial(self.setCurrentIndex, number))
            menu.addAction(action)
        self._fitting = False

    def _without_room(self) -> list[int]:
        widths = [self._bar.wanted(number) for number in range(self.count())]
        beside = self._corner.layout().sizeHint().width()
        more = self.more.sizeHint().width()
        room = self.width() - beside + (0 if self.more.isHidden() else more)
        if sum(widths) <= room:
            return []
        room -= more + widths[self.currentIndex()]
        hidden = []
        for number, width in enumerate(widths):
            if number == self.currentIndex():
                continue
            room -= width
            if room < 0:
                hidden.append(number)
        return hidden


class _Bar(QTabBar):
    def wanted(self, number: int) -> int:
        """The width of a tab, shown or not."""
        return self.tabSizeHint(number).width()
