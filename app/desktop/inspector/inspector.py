"""The inspector: what is selected, every value of it in a field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.document import NOTHING, Document, Selection
from app.desktop.document.editing import kept
from app.desktop.forms import Field
from app.desktop.forms.revealing import reveal
from app.desktop.forms.source import Parts
from app.desktop.inspector.page import Page
from app.desktop.inspector.pages import NotePage, ScenarioPage, SeveralPage, TouchpointPage, TransitionPage
from app.desktop.looks.theme import Appearance


class Inspector(QWidget):
    """Shows what is selected, or the scenario where nothing is; every edit is a step of the document."""

    selection_requested = Signal(object)
    """a Selection that somebody wants to see"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Begin with the scenario."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self.selection = NOTHING
        self.setAccessibleName("Inspector")
        self._scrolls: dict[Page, QScrollArea] = {}
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.scenario = ScenarioPage(appearance, document)
        self.touchpoint = TouchpointPage(appearance, document)
        self.transition = TransitionPage(appearance, document)
        self.note = NotePage(appearance, document)
        self.several = SeveralPage(appearance, document)
        self.page: Page = self.scenario
        for page in (self.scenario, self.touchpoint, self.transition, self.note, self.several):
            self._add(page)
        for page in (self.touchpoint, self.transition):
            page.selection_requested.connect(self._go)
        document.changed.connect(self._follow)
        self.show_selection(NOTHING)

    def show_selection(self, selection: Selection) -> None:
        """Show what is selected of what there is."""
        selection = kept(selection, self.document.journey)
        page = self._page_for(selection)
        another = page is not self.page or selection != self.selection
        self.selection, self.page = selection, page
        page.show_selection(selection)
        scroll = self._scrolls[page]
        self._stack.setCurrentWidget(scroll)
        if another:
            scroll.verticalScrollBar().setValue(0)

    def fields(self) -> dict[str, Field]:
        """The fields that are shown, by address."""
        return self.page.fields()

    def reveal(self, parts: Parts) -> None:
        """Bring the field of an address into view among those that are shown, and the keyboard to it."""
        dock = self.parentWidget()
        if isinstance(dock, QDockWidget):
            dock.raise_()
        reveal(self.fields(), parts)

    def _page_for(self, selection: Selection) -> Page:
        count = len(selection.touchpoints) + len(selection.transitions) + len(selection.notes)
        if count != 1:
            return self.several if count else self.scenario
        return self.touchpoint if selection.touchpoints else self.transition if selection.transitions else self.note

    def _add(self, page: Page) -> None:
        scroll = _Scroll()
        scroll.setWidget(page)
        self._scrolls[page] = scroll
        self._stack.addWidget(scroll)

    def _go(self, selection: Selection) -> None:
        self.show_selection(selection)
        self.selection_requested.emit(selection)

    def _follow(self) -> None:
        """Keep up with the document; what is gone is no longer selected."""
        if kept(self.selection, self.document.journey) != self.selection:
            self.show_selection(self.selection)
        else:
            self.page.refresh()


class _Scroll(QScrollArea):
    """Scrolls up and down only: a page is as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
