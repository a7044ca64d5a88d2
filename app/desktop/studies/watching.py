"""What to watch: whether scores still come true in the run that is shown, and as many respond as expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance
from app.desktop.studies.table_of_run import TableOfRun
from app.processes.study.messages import WhatToWatch
from app.shown.watching import NOTHING_TO_WATCH, expects

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then look whether scores come true."


class WatchingWindow(TableOfRun):
    """A row for each look at a score, and for each action whose responses are expected."""

    no_run, no_arm = NO_RUN, NOTHING_TO_WATCH

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "What to watch", "What is expected, and what came of it", parent)
        self.size_for(880, 480)
        self.controls.addStretch(1)

    def concerns(self, scenario: Scenario) -> bool:
        """Whether anything is expected of customers."""
        return expects(scenario)

    def arm_chosen(self) -> None:
        """Look into the run at once: it takes no longer than a story."""
        self.begin("")
        if self.run is not None and self.arm.current:
            self.ask(WhatToWatch(self.db, self.run, self.arm.current), self.take)
