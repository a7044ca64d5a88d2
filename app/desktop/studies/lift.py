"""What optimising brings: the customers of the run that is shown once more, with messages optimised and without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import ToldTable, WhatOptimisingBrings
from sim.scenario.resolve import optimises

if TYPE_CHECKING:
    from sim.experiment import Results

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask what optimising brings."
NOT_OPTIMISED: Final = "No message is optimised in the run that is shown: set what is on the page Policy and limits."
ASK: Final = (
    "Optimised messages are compared with others, and with those to the same customers when nothing is optimised."
)


class LiftWindow(Study):
    """A row for each lift: the apparent one, the one that a test shows, the true one."""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, "What optimising brings", parent)
        self.size_for(920, 360)
        self._db = db
        self._run: str | None = None
        self.arm = Choice("Arm", "Under which arm")
        self.arm.chosen.connect(self._begin)
        self.find = QPushButton("Find out")
        self.find.setToolTip(plain_tip("Simulate the customers of the run with messages optimised, and without"))
        self.find.clicked.connect(self._find_out)
        self.controls.addWidget(self.arm)
        self.controls.addWidget(self.find)
        self.controls.addStretch(1)
        self.table = Rows("The lifts")
        self.body.addWidget(self.table)

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Offer the arms of that stored run in which messages are optimised."""
        there = run is not None and results is not None and bool(results.replications)
        self._run = run if there else None
        arms = [each for each in results.variants if optimises(each.scenario)] if there and results else []
        self.arm.offer((each.id, each.name, "") for each in arms)
        self._begin()
        if not arms:
            self.answer.setText(NOT_OPTIMISED if there else NO_RUN)

    def _begin(self) -> None:
        """Nothing is known of what is chosen now."""
        self.asking.close()
        self.state.clear()
        self.table.hide()
        self.find.setEnabled(bool(self.arm.current))
        self.answer.setText(ASK)

    def _find_out(self) -> None:
        if self._run is not None and self.arm.current:
            self._begin()
            self.ask(WhatOptimisingBrings(self._db, self._run, self.arm.current), self._take)

    def _take(self, told: ToldTable) -> None:
        self.answer.setText(told.words)
        self.state.setText(told.how_sure)
        self.table.setVisible(bool(told.rows))
        self.table.show_rows(told.heads, told.rows)
