"""What limits cost: the customers of the run that is shown once more, without each limit on the way to an action."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.table_of_run import TableOfRun
from app.processes.study.messages import Question, WhatLimitsCost
from sim.outcomes.needs import acting

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask what limits cost."
NO_ACTIONS: Final = "No rule sends or shows anything in the run that is shown, so no limit costs anything."
ASK: Final = (
    "Each limit and rule on the way to this action is left out in turn: the same customers, with the same luck."
)


class LimitsWindow(TableOfRun):
    """A row for each limit: how many get the action without it, and what they bring."""

    no_run, no_arm = NO_RUN, NO_ACTIONS

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "What limits cost", "What each limit costs", parent)
        self.size_for(880, 520)
        self.action = Choice("Action", "The action that limits and rules keep from customers")
        self.action.chosen.connect(self._begin)
        self.controls.addWidget(self.action)
        self.find = self.find_out_by(self._question, "Simulate the customers of the run without each limit")

    def concerns(self, scenario: Scenario) -> bool:
        """Whether a rule sends or shows anything."""
        return bool(acting(scenario))

    def arm_chosen(self) -> None:
        """Offer the actions of the arm."""
        scenario = self.chosen_scenario()
        actions = acting(scenario) if scenario is not None else []
        self.action.offer((each.id, each.name or each.id, "") for each in actions)
        self._begin()

    def _begin(self) -> None:
        self.begin(ASK)
        self.find.setEnabled(bool(self.action.current))

    def _question(self) -> Question:
        assert self.run is not None
        return WhatLimitsCost(self.db, self.run, self.arm.current, self.action.current)
