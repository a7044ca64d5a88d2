"""The journey as two tables, which can do everything that the canvas can."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.desktop.canvas import Flow
from app.desktop.document import Document, editing
from app.desktop.document.journey_map import Place, Way
from app.desktop.document.selection import NOTHING, Selection
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.table.changes import Changes
from app.desktop.table.delegate import CellDelegate
from app.desktop.table.drafts import PlaceDraft, WayDraft
from app.desktop.table.model import RowsModel
from app.desktop.table.place_columns import NAME, place_columns
from app.desktop.table.rows import PlaceRow, Told, WayRow, place_rows, told, way_rows
from app.desktop.table.signs import finding_sign
from app.desktop.table.steps import Steps
from app.desktop.table.view import RowsView
from app.desktop.table.way_columns import SHARE, SOURCE, TARGET, touchpoints, way_columns


class JourneyTable(QWidget):
    """Touchpoints above, transitions below; whatever is edited is a step of the document."""

    selection_changed = Signal(object)
    """the new `Selection`"""
    structure_changed = Signal(str, object)
    """the journey of all arms was changed while an arm was selected: the step's label, the scenario's tables before"""
    context_requested = Signal(object)
    """where on the screen a menu is asked for, as a QPoint"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Show that document's journey."""
        super().__init__()
        self._appearance, self._document = appearance, document
        self._selected: Selection = NOTHING
        self._beside: str | None = None
        self._flow: Flow | None = None
        self._findings: Told = {}
        self._following = False
        self._next: str | None = None
        self._signs: dict[str, QIcon] = {}
        self._steps, changes = Steps(document, self), Changes(document)
        self._draft = WayDraft(self._steps, self._show_draft)
        self.place_model: RowsModel[PlaceRow] = RowsModel(
            appearance, place_columns(document, changes), PlaceDraft(self._steps, lambda: self._beside), self._sign
        )
        self.way_model: RowsModel[WayRow] = RowsModel(
            appearance,
            way_columns(document, changes, self._steps),
            self._draft,
            self._sign,
            lambda: touchpoints(document),
        )
        self.places = RowsView(appearance, self.place_model, "Touchpoints")
        self.ways = RowsView(appearance, self.way_model, "Transitions")
        self._build()
        self._listen()
        self.show_flow(None)
        self._follow()
        if "reading" in vars(document):  # looking for findings takes a while; those not found yet are told of later
            self._show_findings()
        self._restyle()

    # What is shown

    def show_flow(self, flow: Flow | None) -> None:
        """Show where customers went in a run; None for no longer."""
        before, self._flow = self._flow, flow
        for view in (self.places, self.ways):
            view.show_after_run(flow is not None)
        if flow != before:
            self._follow()

    def shown(self) -> tuple[frozenset[Place], frozenset[Way]]:
        """The touchpoints and transitions that the tables hold, also those that the filter hides."""
        return (
            frozenset(row.place for row in self.place_model.held()),
            frozenset(row.way for row in self.way_model.held()),
        )

    def find(self, text: str = "") -> None:  # type: ignore[override]
        """Show only rows with that text in them, and let the filter be typed on."""
        self.filter.setText(text)
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # Selection

    @property
    def selected(self) -> Selection:
        """What is selected, also what the filter hides."""
        return self._selected

    def select(self, selection: Selection) -> None:
        """Select that, as far as it is there."""
        self._choose(editing.kept(selection, self._document.journey), go=True)

    # Steps

    def add_touchpoint(self) -> None:
        """Open the field for the name of a new touchpoint."""
        self.places.edit_cell(self.place_model.index(len(self.place_model.rows), NAME))

    def add_transition(self) -> None:
        """Open the field for where a new transition leads, from the touchpoint that is selected if it is one."""
        source = next(iter(self._selected.places)) if len(self._selected.places) == 1 else None
        self._draft.begin(source)
        self.ways.edit_cell(self.way_model.index(len(self.way_model.rows), SOURCE if source is None else TARGET))

    def delete(self) -> None:
        """Delete what is selected."""
        self._steps.remove(self._selected)

    def duplicate(self) -> None:
        """Add what is selected once more."""
        if self._selected.places:
            self._steps.duplicate(self._selected)
        elif len(self._selected.ways) == 1:
            self._steps.duplicate_way(next(iter(self._selected.ways)))

    # How

    def _build(self) -> None:
        self.setAccessibleName("Table")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter touchpoints and transitions")
        self.filter.setAccessibleName("Filter touchpoints and transitions")
        self.filter.setToolTip("Only rows that have all of these words in them are shown.")
        self.filter.setClearButtonEnabled(True)
        self._count = PlainLabel()
        self._count.setAccessibleName("How many there are")
        self._message = PlainLabel()
        self._message.setAccessibleName("Message")
        self._message.setWordWrap(True)
        self._message.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._message.hide()
        top = QHBoxLayout()
        top.setContentsMargins(GRID, GRID, GRID, GRID)
        top.setSpacing(2 * GRID)
        top.addWidget(self.filter, 1)
        top.addWidget(self._count)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setAccessibleName("Touchpoints and transitions")
        self.splitter.setChildrenCollapsible(False)
        self._heads = []
        for view in (self.places, self.ways):
            part, head = QWidget(), PlainLabel(view.accessibleName())
            head.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
            head.setBuddy(view)
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(head)
            column.addWidget(view, 1)
            self.splitter.addWidget(part)
            self._heads.append(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.splitter, 1)
        column.addWidget(self._message)
        self.setFocusProxy(self.places)

    def _listen(self) -> None:
        for view, add in ((self.places, self.add_touchpoint), (self.ways, self.add_transition)):
            delegate = CellDelegate(self._document.refused.emit, view)
            view.setItemDelegate(delegate)
            delegate.closeEditor.connect(self._closed)
            view.insert_requested.connect(add)
            view.delete_requested.connect(self.delete)
            view.duplicate_requested.connect(self.duplicate)
            view.context_requested.connect(self.context_requested)
        self.places.chosen.connect(lambda: self._chosen(Selection(places=self.places.ids)))
        self.ways.chosen.connect(lambda: self._chosen(Selection(ways=self.ways.ids)))
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self.places.setFocus)
        self._steps.made.connect(self._made)
        self._steps.structure_changed.connect(self.structure_changed)
        self._document.changed.connect(self._follow)
        self._document.read_again.connect(self._show_findings)
        self._document.refused.connect(self._say)
        self._appearance.changed.connect(self._restyle)

    def _follow(self) -> None:
        """Bring both tables up to date with the document."""
        document = self._document
        tables, journey = document.shown, document.journey
        self._say("")
        self._following = True
        self.place_model.show_rows(place_rows(tables, journey, self._findings, self._flow))
        self.way_model.show_rows(way_rows(tables, journey, self._findings, self._flow))
        self._following = False
        places, ways = len(journey.places), len(journey.ways)
        self._count.setText(
            f"{places} touchpoint{'' if places == 1 else 's'}, {ways} transition{'' if ways == 1 else 's'}"
        )
        if self._draft.source is not None and journey.place(self._draft.source) is None:
            self._draft.begin(None)
        self._choose(editing.kept(self._selected, journey), go=False)

    def _show_findings(self) -> None:
        self._findings = told(self._document.reading.findings)
        self._follow()

    def _filter(self, text: str) -> None:
        self._following = True
        self.place_model.filter(text)
        self.way_model.filter(text)
        self._following = False
        self._choose(self._selected, go=False)

    def _chosen(self, selection: Selection) -> None:
        """What a person selects in one table is all that is selected."""
        if not self._following:
            self._choose(selection, go=False)

    def _choose(self, selection: Selection, go: bool) -> None:
        before, self._selected = self._selected, selection
        if len(selection.places) == 1:
            self._beside = next(iter(selection.places))
        elif self._beside is not None and self._document.journey.place(self._beside) is None:
            self._beside = None
        if self.places.ids != selection.places or go:
            self.places.select_ids(selection.places, go, NAME)
        if self.ways.ids != selection.ways or go:
            self.ways.select_ids(selection.ways, go, SHARE)
        if selection != before:
            self.selection_changed.emit(selection)

    def _made(self, selection: Selection) -> None:
        """Select what a step made; the keyboard goes on from a new transition, and from the draft of touchpoints."""
        editing_now = self.places.editing or self.ways.editing
        self._choose(selection, go=not editing_now and bool(selection))
        if self.ways.editing and len(selection.ways) == 1:
            self._next = next(iter(selection.ways))

    def _closed(self) -> None:
        """Go on where a field was closed: from the source of a new transition to its target, then to its share."""
        if self._next is not None:
            key, self._next = self._next, None
            rows = [number for number, row in enumerate(self.way_model.rows) if row.id == key]
            if rows:
                self.ways.go_to(self.way_model.index(rows[0], SHARE))
                self.ways.scrollTo(self.ways.currentIndex())
            return
        current = self.ways.currentIndex()
        if self._draft.source is not None and self.way_model.is_draft(current) and not self.ways.editing:
            if current.column() == SOURCE and self.ways.hasFocus():
                self.ways.edit_cell(self.way_model.index(current.row(), TARGET))
            else:
                self._draft.begin(None)

    def _show_draft(self) -> None:
        self.way_model.draft_changed()

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))

    def _sign(self, level: str) -> QIcon:
        return self._signs[level]

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._signs = {level: finding_sign(level, theme) for level in ("error", "warning")}
        self._message.setStyleSheet(f"color: {theme.error}; background: {theme.panel};")
        for head in self._heads:
            head.setFont(theme.font(bold=True))
        self._count.setStyleSheet(f"color: {theme.quiet};")
