"""A study of the run that is shown, under one of its arms, whose answer is a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import Question, ToldTable

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.scenario import Scenario


LEAST_NAME = 10
"""letters of a name that are seen however narrow the window is"""


class TableOfRun(Study):
    """Those that inherit say which arms are concerned, and what to do once one is chosen."""

    no_run: ClassVar[str]
    """said while nothing has been run"""
    no_arm: ClassVar[str]
    """said where no arm is concerned"""

    def __init__(self, appearance: Appearance, db: Path, title: str, table: str, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`, and `table` says what the table is of."""
        super().__init__(appearance, title, parent)
        self.db = db
        self.run: str | None = None
        self.results: Results | None = None
        self.arm = Choice("Arm", "Under which arm")
        self.arm.setMinimumContentsLength(LEAST_NAME)
        self.arm.chosen.connect(self.arm_chosen)
        self.controls.addWidget(self.arm)
        self.table = Rows(table)
        self.body.addWidget(self.table)

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Offer the arms of that stored run that are concerned."""
        there = run is not None and results is not None and bool(results.replications)
        self.run, self.results = (run, results) if there else (None, None)
        arms = [each for each in results.variants if self.concerns(each.scenario)] if there and results else []
        self.arm.offer((each.id, each.name, "") for each in arms)
        self.arm_chosen()
        if not arms:
            self.answer.setText(self.no_arm if there else self.no_run)

    def concerns(self, scenario: Scenario) -> bool:
        """Whether there is anything to ask of an arm."""
        raise NotImplementedError  # ABC and Qt's metaclass do not go together

    def arm_chosen(self) -> None:
        """Another arm is chosen, or none."""
        raise NotImplementedError  # ABC and Qt's metaclass do not go together

    def chosen_scenario(self) -> Scenario | None:
        """That of the arm."""
        variants = self.results.variants if self.results is not None else ()
        return next((each.scenario for each in variants if each.id == self.arm.current), None)

    def find_out_by(self, asks: Callable[[], Question], tip: str) -> QPushButton:
        """A button that asks; it is the last of the controls."""

        def find_out() -> None:
            if self.run is not None:
                self.begin(self.answer.text())
                self.ask(asks(), self.take)

        button = QPushButton("Find out")
        button.setToolTip(plain_tip(tip))
        button.clicked.connect(find_out)
        self.controls.addWidget(button)
        self.controls.addStretch(1)
        return button

    def begin(self, words: str) -> None:
        """Nothing is known of what is chosen now."""
        self.asking.close()
        self.state.clear()
        self.table.hide()
        self.answer.setText(words)

    def take(self, told: ToldTable) -> None:
        """Show an answer."""
        self.answer.setText(told.words)
        self.state.setText(told.how_sure)
        self.table.setVisible(bool(told.rows))
        self.table.show_rows(told.heads, told.rows)
