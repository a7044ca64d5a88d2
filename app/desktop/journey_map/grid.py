"""A sheet on the screen: columns as wide as one another, rows as high as they need."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from app.desktop.document import Document
from app.desktop.journey_map.cells import Kind, Sheet
from app.desktop.journey_map.field import SheetDelegate
from app.desktop.journey_map.heads import Heads
from app.desktop.journey_map.model import Index, SheetModel
from app.desktop.looks.plain import caption
from app.desktop.looks.theme import Appearance
from sim.scenario.addresses.address import joined

_Trigger = QAbstractItemView.EditTrigger
_KEYS: Final = "The arrow keys go from cell to cell; Enter or F2 opens a cell, Delete empties it."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_WIDTH: Final = 132


class Grid(QTableView):
    """Cells that are read, gone through with the keys, and typed into."""

    wanted = Signal(str)
    """the address of something that somebody wants to see elsewhere"""
    arm_wanted = Signal(str)
    """the name of an arm that somebody wants to make"""
    fitted = Signal()
    """rows have other heights than before"""

    def __init__(self, appearance: Appearance, document: Document, name: str, *, titled: bool = True) -> None:
        """An empty one; `titled`: its rows have titles."""
        super().__init__()
        self._appearance, self._titled = appearance, titled
        self.setObjectName("map")
        self.sheet_model = SheetModel(document)
        self.setModel(self.sheet_model)
        self.delegate = SheetDelegate(appearance, self)
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(Heads(Qt.Orientation.Horizontal, appearance, self.sheet_model))
        self.setVerticalHeader(Heads(Qt.Orientation.Vertical, appearance, self.sheet_model))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setVisible(titled)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_KEYS)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(_Trigger.DoubleClicked | _Trigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionDoubleClicked.connect(self._go_to_head)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.fit)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show that one; the keyboard stays in its cell."""
        at = self.currentIndex()
        before = (at.row(), at.column())
        self.sheet_model.show_sheet(sheet)
        self.fit()
        if not self.currentIndex().isValid() and sheet.rows:
            rows, columns = self.sheet_model.rowCount(), self.sheet_model.columnCount()
            row, column = (min(max(before[0], 0), rows - 1), min(max(before[1], 0), columns - 1))
            self.setCurrentIndex(self.sheet_model.index(row, column))

    def fit(self) -> None:
        """Share the width among the columns, and give each row the height that it needs."""
        columns = self.sheet_model.columnCount()
        if not columns:
            return
        scale = self._appearance.theme.scale
        wide = max(self.viewport().width() // columns, round(_LEAST_WIDTH * scale))
        for column in range(columns):
            self.setColumnWidth(column, wide)
        for row in range(self.sheet_model.rowCount()):
            hints = (self.sizeHintForIndex(self.sheet_model.index(row, column)) for column in range(columns))
            self.setRowHeight(row, max(hint.height() for hint in hints))
        self.fitted.emit()

    def needed_height(self) -> int:
        """How much height the whole needs, without scrolling."""
        bar = self.horizontalScrollBar()
        across = bar.sizeHint().height() if self.horizontalHeader().length() > self.viewport().width() else 0
        return self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + across + 2

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the new width, once it is known."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open a cell with Enter, empty it with Delete."""
        index = self.currentIndex()
        if index.isValid() and self.state() != QAbstractItemView.State.EditingState:
            if event.key() in _ENTER:
                self.open_cell(index)
                return
            editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and editable:
                self.sheet_model.setData(index, "")
                return
        super().keyPressEvent(event)

    def word(self) -> str | None:
        """The word of the glossary that the current row is about."""
        index = self.currentIndex()
        return self.sheet_model.row_at(index).word if index.isValid() else None

    def open_cell(self, index: Index) -> None:
        """Type into a cell; of touchpoints, choose which to see."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.sheet_model.index(index.row(), index.column()))
        elif self.sheet_model.row_at(index).kind is Kind.TOUCHPOINTS:
            self._offer(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to a touchpoint, or type into a cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.sheet_model.row_at(index).kind is Kind.TOUCHPOINTS:
            rect = self.visualRect(index).toRectF()
            for one, chip in self.delegate.paint_with.chips(rect, self.sheet_model.cell(index).met):
                if chip.contains(event.position()):
                    self.wanted.emit(joined(("touchpoints", one.id)))
            return
        super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of cells from the commands of the window that have the same."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            bare = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if bare and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, *_ENTER):
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with a cell."""
        pointed = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if pointed else self.currentIndex()
        if index.isValid():
            self._offer(index)

    def _offers(self, index: Index) -> list[tuple[str, Callable[[], object]]]:
        """What can be done with a cell, in words."""
        row, cell = self.sheet_model.row_at(index), self.sheet_model.cell(index)
        found: list[tuple[str, Callable[[], object]]] = []
        if cell.edit is not None:
            found.append(("Edit", lambda: self.open_cell(index)))
        for one in cell.met:
            found.append((f"Go to {one.name}", partial(self.wanted.emit, joined(("touchpoints", one.id)))))
        for item in cell.items if row.kind is Kind.CHANCES else ():
            found.append((f"Try “{item}” as an arm", partial(self.arm_wanted.emit, item)))
        return found

    def _offer(self, index: Index) -> None:
        offers = self._offers(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in offers:
            menu.addAction(caption(words)).triggered.connect(lambda _=False, act=act: act())
        if offers:
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()))

    def _go_to_head(self, column: int) -> None:
        addresses = self.sheet_model.sheet.addresses
        if addresses:
            self.wanted.emit(addresses[column])
