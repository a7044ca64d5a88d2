"""How many agents a desk of the run that is shown needs, half hour by half hour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDoubleSpinBox, QPushButton, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import HowManyAgents, ToldTable

if TYPE_CHECKING:
    from sim.experiment import Results

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask how many agents it takes."
NO_DESK: Final = "Customers wait at no desk in the run that is shown."
ASK: Final = "Who asked in each half hour is counted in the run; Erlang's formulas say how many agents that takes."


class StaffingWindow(Study):
    """A row for each half hour: who asks, how many are served in time, and how many agents it takes."""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, "How many agents", parent)
        self.size_for(980, 600)
        self._db = db
        self._run: str | None = None
        self._results: Results | None = None
        self.arm = Choice("Arm", "Under which arm")
        self.arm.chosen.connect(self._offer_desks)
        self.desk = Choice("Desk", "At which desk")
        self.desk.chosen.connect(self._begin)
        self.share = _field("serve ", " %", 80, 99.9, "Of 100 who ask, to be served in time")
        self.seconds = _field("within ", " s", 20, 86_400, "Seconds in which they are to be served")
        self.occupancy = _field("busy at most ", " %", 100, 100, "Of the agents' time, the most in which they serve")
        self.shrinkage = _field("away ", " %", 0, 95, "Of paid time, what goes to breaks, training and illness")
        self.find = QPushButton("Find out")
        self.find.setToolTip(plain_tip("Count who asks in the run, and work out the agents"))
        self.find.clicked.connect(self._find_out)
        fields = (self.share, self.seconds, self.occupancy, self.shrinkage)
        for field in fields:
            field.valueChanged.connect(self._begin)
        for each in (self.arm, self.desk, *fields, self.find):
            self.controls.addWidget(each)
        self.controls.addStretch(1)
        self.table = Rows("How many agents each half hour takes")
        self.body.addWidget(self.table)

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Offer the arms and desks of that stored run."""
        there = run is not None and results is not None and bool(results.replications)
        self._run, self._results = (run, results) if there else (None, None)
        variants = results.variants if there and results else ()
        self.arm.offer((each.id, each.name, "") for each in variants)
        self._offer_desks()
        if not there:
            self.answer.setText(NO_RUN)

    def _offer_desks(self) -> None:
        variants = self._results.variants if self._results is not None else ()
        desks = [desk for each in variants if each.id == self.arm.current for desk in each.scenario.desks]
        self.desk.offer((each.id, each.name or each.id, "") for each in desks if each.enabled)
        self._begin()

    def _begin(self) -> None:
        """Nothing is known of what is chosen now."""
        self.asking.close()
        self.state.clear()
        self.table.hide()
        self.find.setEnabled(bool(self.desk.current))
        self.answer.setText(ASK if self.desk.current else NO_DESK)

    def _find_out(self) -> None:
        if self._run is None or not self.desk.current:
            return
        self._begin()
        share, seconds, occupancy, shrinkage = (
            each.value() for each in (self.share, self.seconds, self.occupancy, self.shrinkage)
        )
        where = (self._db, self._run, self.arm.current, self.desk.current)
        self.ask(HowManyAgents(*where, share / 100, seconds, occupancy / 100, shrinkage / 100), self._take)

    def _take(self, told: ToldTable) -> None:
        self.answer.setText(told.words)
        self.table.setVisible(bool(told.rows))
        self.table.show_rows(told.heads, told.rows)


def _field(prefix: str, suffix: str, usual: float, most: float, tip: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(1 if suffix == " %" else 0)
    field.setRange(0.0 if usual == 0 else 1.0, most)
    field.setValue(usual)
    field.setPrefix(prefix)
    field.setSuffix(suffix)
    field.setAccessibleName(tip)
    field.setToolTip(plain_tip(tip))
    field.setKeyboardTracking(False)  # a number is asked about once it is typed
    return field
