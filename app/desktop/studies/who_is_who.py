"""Who is who: how well the brand recognizes customers, by each method, and what it takes one customer for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.choice import Choice
from app.desktop.studies.cluster import ClusterView
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import Found, RecordsAround, SeenAround, WhoIsWho

if TYPE_CHECKING:
    from sim.scenario import Variant

NO_IDENTITY: Final = (
    "The brand knows who is who in this journey, as nothing says what customers leave behind. To say it, add an "
    "[identity] table: Settings, Identity."
)


class WhoIsWhoWindow(Study):
    """A table of what each method finds, and the records around a customer as a picture."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        """Nothing is asked yet."""
        super().__init__(appearance, "Who is who", parent)
        self.size_for(1040, 640)
        self._arms: dict[str, Variant] = {}
        self._found: Found | None = None
        self.arm = Choice("Arm", "Under which arm: each may leave other records behind, or link them otherwise")
        self.arm.chosen.connect(self._find_out)
        self.customer = QSpinBox()
        self.customer.setPrefix("Customer ")
        self.customer.setAccessibleName("Customer")
        self.customer.setToolTip("Whose records are drawn: customers are numbered from 0")
        self.customer.valueChanged.connect(self._look)
        self.mixed = self._next("Next mixed up", "Go to the next customer who shares a profile with somebody else")
        self.mixed.clicked.connect(lambda: self._go_to_next(self._found.mixed if self._found else ()))
        self.parted = self._next("Next split up", "Go to the next customer whom the brand takes for several people")
        self.parted.clicked.connect(lambda: self._go_to_next(self._found.parted if self._found else ()))
        for each in (self.arm, self.customer, self.mixed, self.parted):
            self.controls.addWidget(each)
        self.controls.addStretch(1)
        self.table = Rows("What each method finds")
        self.cluster = ClusterView(appearance)
        self.of_customer = PlainLabel()
        self.of_customer.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addWidget(self.of_customer)
        right.addWidget(self.cluster, 1)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(right, 1)

    def look_at(self, arms: Sequence[Variant]) -> None:
        """Find out who is who under these arms, those that have identities."""
        self._arms = {arm.id: arm for arm in arms if arm.scenario.identity is not None}
        self.arm.offer((arm.id, arm.name, "") for arm in self._arms.values())
        self._find_out()

    def _find_out(self) -> None:
        self._show(None)
        if not self._arms:
            self.answer.setText(NO_IDENTITY)
            return
        self.answer.setText("")
        scenario = self._arms[self.arm.current].scenario
        self.customer.blockSignals(True)
        self.customer.setMaximum(scenario.population.size - 1)
        self.customer.blockSignals(False)
        self.ask(WhoIsWho(scenario), self._take)

    def _take(self, found: Found) -> None:
        self._show(found)
        self.answer.setText(found.words)
        self.table.show_rows(("", *found.heads), found.rows)
        self._look()

    def _show(self, found: Found | None) -> None:
        """What there is to be seen, and to be gone to."""
        self._found = found
        self.table.setVisible(found is not None)
        self.cluster.setVisible(found is not None)
        self.of_customer.setVisible(found is not None)
        for each, customers in ((self.mixed, found and found.mixed), (self.parted, found and found.parted)):
            each.setEnabled(bool(customers))
        self.customer.setEnabled(found is not None)

    def _look(self) -> None:
        if self._found is not None:
            question = RecordsAround(self._arms[self.arm.current].scenario, self.customer.value())
            self.ask(question, self._take_records)

    def _take_records(self, around: SeenAround) -> None:
        self.of_customer.setText(around.words)
        self.cluster.show_records(around)

    def _go_to_next(self, customers: Sequence[int]) -> None:
        """The next of them after the one that is shown; after the last, the first."""
        if customers:
            now = self.customer.value()
            self.customer.setValue(next((each for each in customers if each > now), customers[0]))

    def _next(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(plain_tip(tip))
        return button
