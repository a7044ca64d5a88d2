"""The settings of a scenario: sections on the left, the page of one of them on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.document import Document
from app.desktop.forms import Field
from app.desktop.forms.source import Source
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.sections.editors import editor_of
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.page import Page, Parts, TablePage
from app.desktop.sections.sections import SECTIONS, Section, section_of
from app.desktop.table.signs import finding_sign

_ID = Qt.ItemDataRole.UserRole
_MOST_LIST = 0.36
"""share of the view that the list of sections may take"""


class SettingsView(QWidget):
    """Everything that the scenario's file can say, but what is drawn."""

    structure_changed = Signal(str, object)
    """items of a list came, went or moved: what was done, and the tables before"""
    go_requested = Signal(str)
    """the address of something else that somebody wants to see"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The settings of that document; pages are made when they are first opened."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self.source = Source(document)
        self.pages: dict[str, Page] = {}
        self.setAccessibleName("Settings")
        self.list = QTreeWidget()
        self.list.setObjectName("sections")
        self.list.setAccessibleName("Sections")
        self.list.setToolTip("Sections of the scenario, each with its number of items")
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(False)
        self.list.header().setMinimumSectionSize(1)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.stack = QStackedWidget()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._heads: list[QTreeWidgetItem] = []
        self._fill()
        self._splitter = QSplitter()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._dragged)
        self._by_hand = False
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.stack)
        self._splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.setFocusProxy(self.list)
        self.list.currentItemChanged.connect(self._chosen)
        document.changed.connect(self.refresh)
        document.read_again.connect(self.refresh)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    @property
    def section(self) -> str:
        """The id of the section that is open; empty where none is yet."""
        item = self.list.currentItem()
        return str(item.data(0, _ID)) if item is not None else ""

    @property
    def page(self) -> Page:
        """The page that is open."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def open(self, section: str) -> Page:
        """Open a section."""
        self.list.setCurrentItem(self._items[section])
        return self.page

    def go_to(self, parts: Parts) -> Field | None:
        """Open the section, item and field of an address; the scenario itself where none is about it."""
        section = section_of(parts)
        return self.open(section.id if section is not None else "scenario").reveal(parts)

    def fields(self) -> dict[str, Field]:
        """The fields that are shown, by address."""
        return self.page.fields()

    def refresh(self) -> None:
        """Say how many items each section has, and where something was found."""
        levels = self._levels()
        for section in SECTIONS:
            item, level = self._items[section.id], levels.get(section.id)
            count = section.count(self.document.shown if section.id != "arms" else self.document.tables)
            item.setText(1, "" if count is None else str(count))
            item.setIcon(1, finding_sign(level[0], self.appearance.theme) if level else QIcon())
            counted = "" if count is None else f", {count}"
            findings = f", {level[1]} finding{'s' if level[1] != 1 else ''}" if level else ""
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{section.title}{counted}{findings}")
            item.setToolTip(1, plain_tip(findings.removeprefix(", ")))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Open the first section, unless another was opened before."""
        super().showEvent(event)
        if not self.section:
            self.open(SECTIONS[0].id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Share the room out."""
        super().resizeEvent(event)
        self._arrange()

    def _fill(self) -> None:
        group = ""
        for section in SECTIONS:
            if section.group != group:
                group = section.group
                head = QTreeWidgetItem(self.list, [group])
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFirstColumnSpanned(True)
                self._heads.append(head)
            item = QTreeWidgetItem(self.list, [section.title, ""])
            item.setData(0, _ID, section.id)
            item.setToolTip(0, plain_tip(f"{section.title}: {section.what}"))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[section.id] = item

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is None or not item.data(0, _ID):
            return
        section = next(each for each in SECTIONS if each.id == item.data(0, _ID))
        if section.id not in self.pages:
            self.pages[section.id] = self._page(section)
            self.stack.addWidget(self.pages[section.id])
        self.stack.setCurrentWidget(self.pages[section.id])

    def _page(self, section: Section) -> Page:
        make = editor_of(section)
        if not section.one:
            return TablePage(self.appearance, self.document, section, make)
        page = ItemsPage(self.appearance, self.document, section, make)
        page.structure_changed.connect(self.structure_changed)
        page.go_requested.connect(self.go_requested)
        return page

    def _levels(self) -> dict[str, tuple[str, int]]:
        """The worst that was found in each section, and how often something was."""
        reading = vars(self.document).get("reading")
        levels: dict[str, tuple[str, int]] = {}
        for finding in reading.findings if reading is not None else ():
            section = section_of(self.source.parts_of_finding(finding))
            if section is not None:
                worst, count = levels.get(section.id, ("warning", 0))
                levels[section.id] = ("error" if "error" in (worst, finding.level) else "warning", count + 1)
        return levels

    def _restyle(self) -> None:
        theme = self.appearance.theme
        side = round(14 * theme.scale)
        self.list.setIconSize(QSize(side, side))
        for head in self._heads:
            head.setFont(0, theme.font("small", bold=True))
            head.setForeground(0, QColor(theme.quiet))
        self._by_hand = False
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        """Give list and page their room, unless somebody did."""
        if not self._by_hand:
            first = min(self._list_width(), round(self.width() * _MOST_LIST))
            self._splitter.setSizes([first, self.width() - first])

    def _list_width(self) -> int:
        """So much room does the list need for all names and numbers."""
        metrics = self.list.fontMetrics()
        longest = max(metrics.horizontalAdvance(section.title) for section in SECTIONS)
        bar = self.list.verticalScrollBar().sizeHint().width()
        return longest + metrics.horizontalAdvance("000") + self.list.iconSize().width() + bar + 4 * GRID

    def _dragged(self) -> None:
        self._by_hand = True
