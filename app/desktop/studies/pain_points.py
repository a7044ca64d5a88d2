"""Pain points: the customers of the run that is shown once more, without each thing that makes their journey hard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desktop.looks.theme import Appearance
from app.desktop.studies.table_of_run import TableOfRun
from app.processes.study.messages import Question, ToldTable, WhatIsHard

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask for the pain points."
ASK: Final = (
    "Each thing that makes customers wait, try hard, feel bad or leave is taken away in turn: the same customers, "
    "with the same luck. Choose a row to see where it is."
)


class PainPointsWindow(TableOfRun):
    """A row for each pain point, the one that costs most first; a row that is chosen shows where it is."""

    no_run, no_arm = NO_RUN, NO_RUN
    pointed = Signal(str)
    """the address of what a chosen row is about"""

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "Pain points", "What makes the journey hard", parent)
        self.size_for(1100, 620)
        self._addresses: tuple[str, ...] = ()
        self.find = self.find_out_by(self._question, "Simulate the customers of the run without each pain point")
        self.table.itemSelectionChanged.connect(self._point)

    def concerns(self, scenario: Scenario) -> bool:
        """Any arm may have some."""
        return True

    def arm_chosen(self) -> None:
        """Say what can be found out."""
        self.begin(ASK)
        self.find.setEnabled(bool(self.arm.current))

    def take(self, told: ToldTable) -> None:
        """Show an answer."""
        self._addresses = ()  # nothing is chosen while rows are put in
        super().take(told)
        self.table.clearSelection()
        self._addresses = told.addresses

    def _point(self) -> None:
        row = self.table.currentRow()
        if self.table.selectedItems() and 0 <= row < len(self._addresses):
            self.pointed.emit(self._addresses[row])

    def _question(self) -> Question:
        assert self.run is not None
        return WhatIsHard(self.db, self.run, self.arm.current)
