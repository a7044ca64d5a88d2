"""What optimising brings: the customers of the run that is shown once more, with messages optimised and without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance
from app.desktop.studies.table_of_run import TableOfRun
from app.processes.study.messages import Question, WhatOptimisingBrings
from sim.scenario.resolve import optimises

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask what optimising brings."
NOT_OPTIMISED: Final = "No message is optimised in the run that is shown: set what is on the page Policy and limits."
ASK: Final = (
    "Optimised messages are compared with others, and with those to the same customers when nothing is optimised."
)


class LiftWindow(TableOfRun):
    """A row for each lift: the apparent one, the one that a test shows, the true one."""

    no_run, no_arm = NO_RUN, NOT_OPTIMISED

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "What optimising brings", "The lifts", parent)
        self.size_for(920, 360)
        self.find = self.find_out_by(
            self._question, "Simulate the customers of the run with messages optimised, and without"
        )

    def concerns(self, scenario: Scenario) -> bool:
        """Whether messages are optimised."""
        return optimises(scenario)

    def arm_chosen(self) -> None:
        """Say what can be found out."""
        self.begin(ASK)
        self.find.setEnabled(bool(self.arm.current))

    def _question(self) -> Question:
        assert self.run is not None
        return WhatOptimisingBrings(self.db, self.run, self.arm.current)
