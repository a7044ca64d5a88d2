"""A customer's story: what happened, what the brand considered and did, and what it knew then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.study import Study
from app.processes.study.messages import CustomerStory, ToldMoment, ToldStory
from app.shown.stories import NOTHING_KNOWN

if TYPE_CHECKING:
    from sim.experiment import Results

_LEAST_NAME: Final = 10
"""letters of an arm's name that are seen however narrow the window is"""
NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask for a customer's story."


class StoryWindow(Study):
    """Moments in the order of time; what the brand knew at the one that is selected stands beside."""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, "A customer's story", parent)
        self.size_for(980, 640)
        self._db = db
        self._run: str | None = None
        self._story: ToldStory | None = None
        self.arm = Choice("Arm", "Under which arm: customers are the same in all of them")
        self.arm.setMinimumContentsLength(_LEAST_NAME)
        self.arm.chosen.connect(self._tell)
        self.replication = _number("Replication ", "Which replication of the run: each has other luck")
        self.customer = _number("Customer ", "Whose story: customers are numbered from 0 and are the same in all arms")
        self.replication.valueChanged.connect(self._tell)
        self.customer.valueChanged.connect(self._tell)
        self.decisions = QCheckBox("Only decisions")
        self.decisions.setToolTip(plain_tip("Leave out what customers do, and show what was considered and sent"))
        self.decisions.toggled.connect(self._fill)
        self.another = QPushButton("Next customer")
        self.another.clicked.connect(lambda: self.customer.setValue(self.customer.value() + 1))
        for each in (self.arm, self.replication, self.customer, self.another, self.decisions):
            self.controls.addWidget(each)
        self.controls.addStretch(1)
        self.moments = _table("What happened", ("When", "What happened"), wide=1)
        self.moments.itemSelectionChanged.connect(self._show_known)
        self.knew = _table("What the brand knew", ("What it knew", "Value"), wide=0)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.moments)
        halves.addWidget(self.knew)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves)

    def tell_of(self, run: str | None, results: Results | None) -> None:
        """Tell of the customers of that stored run."""
        self._run = run
        if run is None or results is None or not results.replications:
            self._run = None
            self.answer.setText(NO_RUN)
            self._show(None)
            return
        chosen = self.arm.current
        self.arm.offer((variant.id, variant.name, "") for variant in results.variants)
        if chosen:
            self.arm.ask_for(chosen)
        numbers = [replication.number for replication in results.replications]
        self._quietly(self.replication, min(numbers), max(numbers))
        self._quietly(self.customer, 0, results.scenario.population.size - 1)
        self._tell()

    def _quietly(self, field: QSpinBox, least: int, most: int) -> None:
        field.blockSignals(True)
        field.setRange(least, most)
        field.blockSignals(False)

    def _tell(self) -> None:
        if self._run is not None:
            of = CustomerStory(self._db, self._run, self.arm.current, self.replication.value(), self.customer.value())
            self.ask(of, self._show)

    def _show(self, story: ToldStory | None) -> None:
        self._story = story
        if story is not None:
            self.answer.setText(story.words)
            self.state.setText(story.elsewhere)
        self._fill()

    def _fill(self) -> None:
        moments = self._shown()
        self.moments.setRowCount(len(moments))
        for row, moment in enumerate(moments):
            for column, text in enumerate((f"{moment.date:%a %d %b %Y, %H:%M}", moment.words)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text, wraps=True))
                self.moments.setItem(row, column, item)
        self.moments.resizeRowsToContents()
        self.moments.clearSelection()
        self._show_known()

    def _shown(self) -> Sequence[ToldMoment]:
        moments = self._story.moments if self._story else ()
        return [each for each in moments if each.decided] if self.decisions.isChecked() else moments

    def _show_known(self) -> None:
        chosen = self.moments.selectionModel().selectedRows()
        moments = self._shown()
        lines: Sequence[tuple[str, str]] = ()
        if chosen and chosen[0].row() < len(moments):
            lines = moments[chosen[0].row()].known or [(NOTHING_KNOWN, "")]
        self.knew.clearSpans()
        self.knew.setRowCount(len(lines))
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                self.knew.setItem(row, column, QTableWidgetItem(text))
        if len(lines) == 1 and lines[0][0] == NOTHING_KNOWN:
            self.knew.setSpan(0, 0, 1, 2)
        self.knew.resizeRowsToContents()


def _number(prefix: str, tip: str) -> QSpinBox:
    field = QSpinBox()
    field.setPrefix(prefix)
    field.setAccessibleName(prefix.strip())
    field.setToolTip(plain_tip(tip))
    field.setKeyboardTracking(False)  # a number is asked about once it is typed
    return field


def _table(name: str, heads: Sequence[str], wide: int) -> QTableWidget:
    """A table to be read, whose column `wide` takes the room that the others leave."""
    table = QTableWidget(0, len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(heads)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    header.sectionResized.connect(lambda *_: table.resizeRowsToContents())  # words wrap otherwise, then
    return table
