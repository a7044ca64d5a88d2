"""What is wrong with the journey, as a list that leads to where it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.document import Document
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.table.signs import finding_sign
from app.shown.address_words import address_in_words
from sim.scenario import Finding

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEVELS = (("", "All"), ("error", "Errors"), ("warning", "Warnings"))
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.TextFlag.TextWordWrap
_NOTHING_WRONG = "No problems found in this journey."


class FindingsPanel(QWidget):
    """The findings of a document; Enter or a double click asks to go where one is."""

    go_to = Signal(str)
    """the address that a finding is about"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """List what is wrong with that document."""
        super().__init__()
        self._appearance, self._document = appearance, document
        self._findings: tuple[Finding, ...] = ()
        self.setAccessibleName("Findings")
        self.head = PlainLabel()
        self.head.setAccessibleName("Number of findings")
        self.level = QComboBox()
        for value, words in _LEVELS:
            self.level.addItem(words, value)
        self.level.setAccessibleName("Findings shown")
        self.level.setToolTip("An error prevents the journey from running; a warning does not.")
        self.model = _FindingsModel(document)
        self.list = _FindingsList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_FindingDelegate(appearance, self.list))
        top = QHBoxLayout()
        top.setContentsMargins(GRID, GRID, GRID, GRID)
        top.addWidget(self.head, 1)
        top.addWidget(self.level)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.level.currentIndexChanged.connect(self._list)
        self.list.asked.connect(self._go)
        document.read_again.connect(self._show)
        appearance.changed.connect(self._restyle)
        if "reading" in vars(document):  # looking for findings takes a while; those not found yet are told of later
            self._findings = document.reading.findings
        self._restyle()
        self._list()

    @property
    def selected(self) -> Finding | None:
        """The finding that is selected."""
        rows = self.list.selectionModel().selectedRows()
        return self.model.findings[rows[0].row()] if rows else None

    def _show(self) -> None:
        self._findings = self._document.reading.findings
        self._list()

    def _list(self) -> None:
        level = self.level.currentData()
        listed = tuple(finding for finding in self._findings if level in ("", finding.level))
        counts = [(sum(one.level == kind for one in self._findings), kind) for kind in ("error", "warning")]
        said = ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for count, kind in counts if count)
        self.head.setText(said or _NOTHING_WRONG)
        self.level.setVisible(bool(self._findings) or level != "")
        before = self.selected
        self.model.show_findings(listed)
        if before is not None:
            self._select(before)

    def in_a_line(self) -> str:
        """How many there are, or that nothing is wrong."""
        return self.head.text()

    def _select(self, before: Finding) -> None:
        """Select the same finding again, even where its line is another now."""
        for number, finding in enumerate(self.model.findings):
            if _same(finding) == _same(before):
                self.list.setCurrentIndex(self.model.index(number))
                return

    def _go(self, row: int) -> None:
        self.go_to.emit(self.model.findings[row].address)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.list.setFont(theme.font())
        self.head.setFont(theme.font(bold=True))
        self.list.doItemsLayout()


class _FindingsModel(QAbstractListModel):
    """The findings that are listed."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.findings: tuple[Finding, ...] = ()
        self._said: list[tuple[str, str]] = []

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        said = [(_heading(one, self._document.tables, self._document.path), _advice(one)) for one in findings]
        if (findings, said) != (self.findings, self._said):
            self.beginResetModel()
            self.findings, self._said = findings, said
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        finding, (heading, advice) = self.findings[index.row()], self._said[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return finding.level, heading, advice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{finding.level.capitalize()}: {heading}: {advice}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "Press Enter or double-click to go there."
        return None


class _FindingsList(QListView):
    """The list on the screen."""

    asked = Signal(int)
    """the row that is asked for"""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Findings")
        self.setAccessibleDescription("Press Enter to go to what a finding is about.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _FindingDelegate(QStyledItemDelegate):
    """Sign, level and what it is about on one line; the problem and what would be right on as many as it takes."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance, self._view = appearance, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        wide = self._view.viewport().width()
        _, _, advice = index.data(Qt.ItemDataRole.UserRole)
        _, body = self._parts(QRect(0, 0, wide, 1), advice)
        return QSize(wide, body.bottom() + 1 + GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        level, heading, advice = index.data(Qt.ItemDataRole.UserRole)
        theme = self._appearance.theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        text = theme.paper if selected else theme.text
        coloured = theme.paper if selected else theme.error if level == "error" else theme.warning
        top, body = self._parts(option.rect, advice)
        painter.save()
        if selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        side = top.height() * 3 // 4
        sign = QRect(option.rect.left() + GRID, top.center().y() - side // 2, side, side)
        mode = QIcon.Mode.Selected if selected else QIcon.Mode.Normal
        finding_sign(level, theme).paint(painter, sign, Qt.AlignmentFlag.AlignCenter, mode)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(coloured))
        word = f"{level.capitalize()}  "
        painter.drawText(top, _LINE, word)
        painter.setPen(QColor(text))
        room = top.adjusted(painter.fontMetrics().horizontalAdvance(word), 0, 0, 0)
        painter.drawText(
            room, _LINE, painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, room.width())
        )
        painter.setFont(theme.font())
        painter.drawText(body, _WRAPPED, advice)
        painter.setPen(QColor(theme.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _parts(self, rect: QRect, advice: str) -> tuple[QRect, QRect]:
        """Where the heading and the text below it go."""
        line = QFontMetrics(self._appearance.theme.font(bold=True)).height()
        left = rect.left() + GRID + line + GRID // 2
        top = QRect(left, rect.top() + GRID, rect.right() - GRID - left, line)
        below = QRect(left, top.bottom() + 1 + GRID // 4, top.width(), 10_000)
        return top, QFontMetrics(self._appearance.theme.font()).boundingRect(below, _WRAPPED, advice)


def _same(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one after an edit."""
    return finding.address, finding.problem


def _advice(finding: Finding) -> str:
    words = f"{finding.problem}; {finding.remedy}" if finding.remedy else finding.problem
    return f"{words[0].upper()}{words[1:]}" if words else ""


def _heading(finding: Finding, tables: Mapping[str, Any], path: Path | None) -> str:
    """Where a finding is, in words, with its line, and its file where that is another."""
    where = address_in_words(finding.address, tables)
    if finding.line is not None:
        where += f", line {finding.line}"
    if finding.file and path is not None and Path(finding.file).resolve() != path.resolve():
        where += f" of {Path(finding.file).name}"
    return where
