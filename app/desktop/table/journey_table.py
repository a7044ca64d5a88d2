"""The journey as two tables, which can do everything that the canvas can."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desktop.canvas import Flow
from app.desktop.document import Document, editing
from app.desktop.document.drawn_journey import Touchpoint, Transition
from app.desktop.document.selection import NOTHING, Selection
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.table.changes import Changes
from app.desktop.table.delegate import CellDelegate
from app.desktop.table.drafts import TouchpointDraft, TransitionDraft
from app.desktop.table.halves import Halves
from app.desktop.table.model import RowsModel
from app.desktop.table.rows import Told, TouchpointRow, TransitionRow, told, touchpoint_rows, transition_rows
from app.desktop.table.signs import finding_sign
from app.desktop.table.steps import Steps
from app.desktop.table.touchpoint_columns import NAME, touchpoint_columns
from app.desktop.table.transition_columns import SHARE, SOURCE, TARGET, ends, transition_columns
from app.desktop.table.view import RowsView


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
        self._draft = TransitionDraft(self._steps, self._show_draft)
        self.touchpoint_model: RowsModel[TouchpointRow] = RowsModel(
            appearance,
            touchpoint_columns(document, changes),
            TouchpointDraft(self._steps, lambda: self._beside),
            self._sign,
        )
        self.transition_model: RowsModel[TransitionRow] = RowsModel(
            appearance,
            transition_columns(document, changes, self._steps),
            self._draft,
            self._sign,
            lambda: ends(document),
        )
        self.touchpoints = RowsView(appearance, self.touchpoint_model, "Touchpoints")
        self.transitions = RowsView(appearance, self.transition_model, "Transitions")
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
        for view in (self.touchpoints, self.transitions):
            view.show_after_run(flow is not None)
        if flow != before:
            self._follow()

    def shown(self) -> tuple[frozenset[Touchpoint], frozenset[Transition]]:
        """The touchpoints and transitions that the tables hold, also those that the filter hides."""
        return (
            frozenset(row.touchpoint for row in self.touchpoint_model.held()),
            frozenset(row.transition for row in self.transition_model.held()),
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
        self.halves.bring(self.touchpoints)
        self.touchpoints.edit_cell(self.touchpoint_model.index(len(self.touchpoint_model.rows), NAME))

    def add_transition(self) -> None:
        """Open the field for where a new transition leads, from the touchpoint that is selected if it is one."""
        source = next(iter(self._selected.touchpoints)) if len(self._selected.touchpoints) == 1 else None
        self._draft.begin(source)
        self.halves.bring(self.transitions)
        self.transitions.edit_cell(
            self.transition_model.index(len(self.transition_model.rows), SOURCE if source is None else TARGET)
        )

    def rename(self) -> None:
        """Open the field for the name of the touchpoint that is selected, or for the share of the transition."""
        for table, model, ids, column in (
            (self.touchpoints, self.touchpoint_model, self._selected.touchpoints, NAME),
            (self.transitions, self.transition_model, self._selected.transitions, SHARE),
        ):
            rows = [number for number, row in enumerate(model.rows) if row.id in ids]
            if rows:
                table.edit_cell(model.index(rows[0], column))
                return

    def delete(self) -> None:
        """Delete what is selected."""
        chosen = self._selected
        gone = editing.going(self._document.journey, chosen)
        self._document.once_agreed(gone, lambda: self._steps.remove(chosen))

    def duplicate(self) -> None:
        """Add what is selected once more."""
        if self._selected.touchpoints:
            self._steps.duplicate(self._selected)
        elif len(self._selected.transitions) == 1:
            self._steps.duplicate_transition(next(iter(self._selected.transitions)))

    # How

    def _build(self) -> None:
        self.setAccessibleName("Table")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter touchpoints and transitions")
        self.filter.setAccessibleName("Filter touchpoints and transitions")
        self.filter.setToolTip("Shows only rows that contain all of these words.")
        self.filter.setClearButtonEnabled(True)
        self._count = PlainLabel()
        self._count.setAccessibleName("Number of rows")
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._message = PlainLabel()
        self._message.setAccessibleName("Message")
        self._message.setForegroundRole(QPalette.ColorRole.BrightText)
        self._message.setWordWrap(True)
        self._message.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._message.hide()
        top = QHBoxLayout()
        top.setContentsMargins(GRID, GRID, GRID, GRID)
        top.setSpacing(2 * GRID)
        self.halves = Halves(self._appearance, (self.touchpoints, self.transitions))
        top.addWidget(self.halves.switch)
        top.addWidget(self.filter, 1)
        top.addWidget(self._count)
        self.halves.changed.connect(self._count.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.halves, 1)
        column.addWidget(self._message)
        self.setFocusProxy(self.halves)

    def _listen(self) -> None:
        for view, add in ((self.touchpoints, self.add_touchpoint), (self.transitions, self.add_transition)):
            delegate = CellDelegate(self._document.refused.emit, view)
            view.setItemDelegate(delegate)
            delegate.closeEditor.connect(self._closed)
            view.insert_requested.connect(add)
            view.delete_requested.connect(self.delete)
            view.duplicate_requested.connect(self.duplicate)
            view.context_requested.connect(self.context_requested)
        self.touchpoints.chosen.connect(lambda: self._chosen(Selection(touchpoints=self.touchpoints.ids)))
        self.transitions.chosen.connect(lambda: self._chosen(Selection(transitions=self.transitions.ids)))
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self.halves.setFocus)
        self._steps.made.connect(self._made)
        self._steps.structure_changed.connect(self.structure_changed)
        self._document.leaving.connect(self.filter.clear)
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
        self.touchpoint_model.show_rows(touchpoint_rows(tables, journey, self._findings, self._flow))
        self.transition_model.show_rows(transition_rows(tables, journey, self._findings, self._flow))
        self._following = False
        counted = ((len(journey.touchpoints), "touchpoint"), (len(journey.transitions), "transition"))
        self._count.setText(", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted))
        if self._draft.source is not None and journey.touchpoint(self._draft.source) is None:
            self._draft.begin(None)
        self._choose(editing.kept(self._selected, journey), go=False)

    def _show_findings(self) -> None:
        self._findings = told(self._document.reading.findings)
        self._follow()

    def _filter(self, text: str) -> None:
        self._following = True
        self.touchpoint_model.filter(text)
        self.transition_model.filter(text)
        self._following = False
        self._choose(self._selected, go=False)

    def _chosen(self, selection: Selection) -> None:
        """What a person selects in one table is all that is selected."""
        if not self._following:
            self._choose(selection, go=False)

    def _choose(self, selection: Selection, go: bool) -> None:
        before, self._selected = self._selected, selection
        if len(selection.touchpoints) == 1:
            self._beside = next(iter(selection.touchpoints))
        elif self._beside is not None and self._document.journey.touchpoint(self._beside) is None:
            self._beside = None
        if go and bool(selection.touchpoints) != bool(selection.transitions):
            self.halves.bring(self.touchpoints if selection.touchpoints else self.transitions)
        if self.touchpoints.ids != selection.touchpoints or go:
            self.touchpoints.select_ids(selection.touchpoints, go, NAME)
        if self.transitions.ids != selection.transitions or go:
            self.transitions.select_ids(selection.transitions, go, SHARE)
        if selection != before:
            self.selection_changed.emit(selection)

    def _made(self, selection: Selection) -> None:
        """Select what a step made; the keyboard goes on from a new transition, and from the draft of touchpoints."""
        editing_now = self.touchpoints.editing or self.transitions.editing
        self._choose(selection, go=not editing_now and bool(selection))
        if self.transitions.editing and len(selection.transitions) == 1:
            self._next = next(iter(selection.transitions))

    def _closed(self) -> None:
        """Go on where a field was closed: from the source of a new transition to its target, then to its share."""
        if self._next is not None:
            key, self._next = self._next, None
            rows = [number for number, row in enumerate(self.transition_model.rows) if row.id == key]
            if rows:
                self.transitions.go_to(self.transition_model.index(rows[0], SHARE))
                self.transitions.scrollTo(self.transitions.currentIndex())
            return
        current = self.transitions.currentIndex()
        if self._draft.source is not None and self.transition_model.is_draft(current) and not self.transitions.editing:
            if current.column() == SOURCE and self.transitions.hasFocus():
                self.transitions.edit_cell(self.transition_model.index(current.row(), TARGET))
            else:
                self._draft.begin(None)

    def _show_draft(self) -> None:
        self.transition_model.draft_changed()

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))

    def _sign(self, level: str) -> QIcon:
        return self._signs[level]

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._signs = {level: finding_sign(level, theme) for level in ("error", "warning")}
