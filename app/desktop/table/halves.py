"""Two tables one above the other; where there is too little height for both, one of them and a switch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.table.view import RowsView

_BOTH: Final = 32 * GRID
"""height at the usual type from which on both tables have some rows in sight"""


class Halves(QSplitter):
    """Tables with their names as heads. The `switch` stands elsewhere, and is there only while one table is shown."""

    changed = Signal(bool)
    """whether both tables are shown now"""

    def __init__(self, appearance: Appearance, views: Sequence[RowsView]) -> None:
        """Of these tables."""
        super().__init__(Qt.Orientation.Vertical)
        self._appearance, self._views = appearance, tuple(views)
        names = [view.accessibleName() for view in self._views]
        self.setAccessibleName(" and ".join([names[0], *map(str.lower, names[1:])]))
        self.setChildrenCollapsible(False)
        self.switch = QTabBar()
        self.switch.setAccessibleName("Table shown")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.hide()
        self._heads = []
        for view, name in zip(self._views, names, strict=True):
            part, head = QWidget(), PlainLabel(name)
            head.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
            head.setBuddy(view)
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(head)
            column.addWidget(view, 1)
            self.addWidget(part)
            self._heads.append(head)
            self.switch.addTab(name)
        self.switch.currentChanged.connect(self._show)
        appearance.changed.connect(self._restyle)
        self._restyle()

    @property
    def both(self) -> bool:
        """Whether there is room for both tables."""
        return self.height() >= _BOTH * self._appearance.theme.scale

    def bring(self, view: RowsView) -> None:
        """Have that table in sight."""
        self.switch.setCurrentIndex(self._views.index(view))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Show what there is room for."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        both = self.both
        self.switch.setVisible(not both)
        self.setFocusProxy(self._views[0 if both else self.switch.currentIndex()])
        for number, head in enumerate(self._heads):
            head.setVisible(both)
            self.widget(number).setVisible(both or number == self.switch.currentIndex())
        self.changed.emit(both)

    def _restyle(self) -> None:
        for head in self._heads:
            head.setFont(self._appearance.theme.font(bold=True))
        self._show()
