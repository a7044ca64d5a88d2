"""What to watch: whether scores still come true in the run that is shown, and as many respond as expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import ToldTable, WhatToWatch
from app.shown.watching import NOTHING_TO_WATCH, expects

if TYPE_CHECKING:
    from sim.experiment import Results

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then look whether scores come true."


class WatchingWindow(Study):
    """A row for each look at a score, and for each action whose responses are expected."""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, "What to watch", parent)
        self.size_for(880, 480)
        self._db = db
        self._run: str | None = None
        self.arm = Choice("Arm", "Under which arm")
        self.arm.chosen.connect(self._ask)
        self.controls.addWidget(self.arm)
        self.controls.addStretch(1)
        self.table = Rows("What is expected, and what came of it")
        self.body.addWidget(self.table)

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Look into that stored run."""
        there = run is not None and results is not None and bool(results.replications)
        self._run = run if there else None
        arms = [each for each in results.variants if expects(each.scenario)] if there and results else []
        self.arm.offer((each.id, each.name, "") for each in arms)
        self._ask()
        if not arms:
            self.answer.setText(NOTHING_TO_WATCH if there else NO_RUN)

    def _ask(self) -> None:
        self.asking.close()
        self.table.hide()
        self.answer.setText("")
        if self._run is not None and self.arm.current:
            self.ask(WhatToWatch(self._db, self._run, self.arm.current), self._take)

    def _take(self, told: ToldTable) -> None:
        self.answer.setText(told.words)
        self.table.setVisible(bool(told.rows))
        self.table.show_rows(told.heads, told.rows)
