"""What limits cost: the customers of the run that is shown once more, without each limit on the way to an action."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import ToldTable, WhatLimitsCost
from sim.outcomes.needs import acting

if TYPE_CHECKING:
    from sim.experiment import Results

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask what limits cost."
NO_ACTIONS: Final = "No rule sends or shows anything in the run that is shown, so no limit costs anything."
ASK: Final = (
    "Each limit and rule on the way to this action is left out in turn: the same customers, with the same luck."
)


class LimitsWindow(Study):
    """A row for each limit: how many get the action without it, and what they bring."""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, "What limits cost", parent)
        self.size_for(880, 520)
        self._db = db
        self._run: str | None = None
        self._results: Results | None = None
        self.arm = Choice("Arm", "Under which arm")
        self.arm.chosen.connect(self._offer_actions)
        self.action = Choice("Action", "The action that limits and rules keep from customers")
        self.action.chosen.connect(self._begin)
        self.find = QPushButton("Find out")
        self.find.setToolTip(plain_tip("Simulate the customers of the run without each limit"))
        self.find.clicked.connect(self._find_out)
        for each in (self.arm, self.action, self.find):
            self.controls.addWidget(each)
        self.controls.addStretch(1)
        self.table = Rows("What each limit costs")
        self.body.addWidget(self.table)

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Offer the arms and actions of that stored run."""
        there = run is not None and results is not None and bool(results.replications)
        self._run, self._results = (run, results) if there else (None, None)
        arms = [each for each in results.variants if acting(each.scenario)] if there and results else []
        self.arm.offer((each.id, each.name, "") for each in arms)
        self._offer_actions()
        if not arms:
            self.answer.setText(NO_ACTIONS if there else NO_RUN)

    def _offer_actions(self) -> None:
        variants = self._results.variants if self._results is not None else ()
        actions = [action for each in variants if each.id == self.arm.current for action in acting(each.scenario)]
        self.action.offer((each.id, each.name or each.id, "") for each in actions)
        self._begin()

    def _begin(self) -> None:
        """Nothing is known of what is chosen now."""
        self.asking.close()
        self.state.clear()
        self.table.hide()
        self.find.setEnabled(bool(self.action.current))
        self.answer.setText(ASK)

    def _find_out(self) -> None:
        if self._run is not None and self.action.current:
            self._begin()
            self.ask(WhatLimitsCost(self._db, self._run, self.arm.current, self.action.current), self._take)

    def _take(self, told: ToldTable) -> None:
        self.answer.setText(told.words)
        self.state.setText(told.how_sure)
        self.table.setVisible(bool(told.rows))
        self.table.show_rows(told.heads, told.rows)
