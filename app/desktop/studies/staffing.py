"""How many agents a desk of the run that is shown needs, half hour by half hour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.table_of_run import LEAST_NAME, TableOfRun
from app.processes.study.messages import HowManyAgents, Question

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask how many agents it takes."
NO_DESK: Final = "Customers wait at no desk in the run that is shown."
ASK: Final = "Who asked in each half hour is counted in the run; Erlang's formulas say how many agents that takes."


class StaffingWindow(TableOfRun):
    """A row for each half hour: who asks, how many are served in time, and how many agents it takes."""

    no_run, no_arm = NO_RUN, NO_DESK

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "How many agents", "How many agents each half hour takes", parent)
        self.size_for(1080, 600)
        self.desk = Choice("Desk", "At which desk")
        self.desk.setMinimumContentsLength(LEAST_NAME)
        self.desk.chosen.connect(self._begin)
        self.share = _field("serve ", " %", 80, 99.9, "Of 100 who ask, to be served in time")
        self.seconds = _field("within ", " s", 20, 86_400, "Seconds in which they are to be served")
        self.occupancy = _field("busy at most ", " %", 100, 100, "Of the agents' time, the most in which they serve")
        self.shrinkage = _field("away ", " %", 0, 95, "Of paid time, what goes to breaks, training and illness")
        self.controls.addWidget(self.desk)
        for field in (self.share, self.seconds, self.occupancy, self.shrinkage):
            field.valueChanged.connect(self._begin)
            self.controls.addWidget(field)
        self.find = self.find_out_by(self._question, "Count who asks in the run, and work out the agents")

    def concerns(self, scenario: Scenario) -> bool:
        """Whether customers wait at a desk."""
        return any(desk.enabled for desk in scenario.desks)

    def arm_chosen(self) -> None:
        """Offer the desks of the arm."""
        scenario = self.chosen_scenario()
        desks = [each for each in scenario.desks if each.enabled] if scenario is not None else []
        self.desk.offer((each.id, each.name or each.id, "") for each in desks)
        self._begin()

    def _begin(self) -> None:
        self.begin(ASK)
        self.find.setEnabled(bool(self.desk.current))

    def _question(self) -> Question:
        assert self.run is not None
        return HowManyAgents(
            self.db,
            self.run,
            self.arm.current,
            self.desk.current,
            self.share.value() / 100,
            self.seconds.value(),
            self.occupancy.value() / 100,
            self.shrinkage.value() / 100,
        )


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
