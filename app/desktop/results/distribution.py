"""How an outcome, or its paired difference, is spread over the replications."""

from collections.abc import Iterable, Sequence

import numpy as np

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Chart, Row
from app.desktop.results.choice import Choice
from app.desktop.results.results_reading import ResultsReading
from app.desktop.results.rows import RowOf, RowsPlot
from sim.outcomes import DEFINITIONS
from sim.outcomes.intervals import Interval

_VIEWS = (("differences", "Differences", meaning("difference")), ("levels", "Levels", meaning("level")))


class DistributionChart(Chart):
    """A dot for each replication, with mean, simulation error and one-cohort range."""

    by_segment = True

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is drawn yet."""
        super().__init__(appearance, "Distribution")
        self.outcome = Choice("Outcome", "Which outcome is shown")
        self.view = Choice("Differences or levels", f"{meaning('difference')}\n{meaning('level')}")
        for choice in (self.outcome, self.view):
            self.controls.addWidget(choice)
            choice.chosen.connect(self.again)
        self.plot = RowsPlot(appearance, "An outcome over the replications")
        self.scroll_body(self.plot)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """Draw a row for each arm."""
        self.outcome.offer((id_, DEFINITIONS[id_].label, meaning(id_)) for id_ in reading.outcomes)
        self.view.offer(_VIEWS if reading.others else _VIEWS[1:])
        outcome, differs = self.outcome.current, self._differs
        if not outcome:
            self.plot.show_rows((), "", "ratio")
            return
        definition = DEFINITIONS[outcome]
        self.plot.setToolTip(plain_tip(f"{meaning(outcome)}\n{meaning('distribution')}"))
        rows = []
        for arm in reading.others if differs else reading.arms:
            values = self._values(reading, arm)
            interval = self._interval(reading, arm)
            say = reading.difference_words if differs else reading.level_words
            show = definition.shown_difference if differs else definition.shown
            rows.append(
                RowOf(
                    reading.name(arm),
                    say(arm, outcome) if interval else "not available",
                    reading.style(arm, self.appearance.theme.dark),
                    interval,
                    np.array(list(values.values())),
                    tuple(f"Replication {number}: {show(value, reading.currency)}" for number, value in values.items()),
                )
            )
        label = axis_label(outcome, reading.currency, f"minus {reading.name(reading.first)}" if differs else "")
        self.plot.show_rows(rows, label, definition.unit, differs=differs)

    def sentence(self, reading: ResultsReading) -> str:
        """In how many replications the arm that differs most is ahead."""
        outcome = self.outcome.current
        if not outcome:
            return "No outcome was measured."
        if not reading.others or not self._differs:
            return sentences.of_outcome(reading, outcome)
        differences = {arm: reading.differences(arm).get(outcome) for arm in reading.others}
        return sentences.of_distribution(
            reading,
            outcome,
            max(differences, key=lambda arm: abs(each.interval.mean) if (each := differences[arm]) else -1.0),
        )

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each arm and replication."""
        rows = [
            (arm, number, value)
            for arm in (reading.others if self._differs else reading.arms)
            for number, value in self._values(reading, arm).items()
        ]
        shown = f"{self.outcome.current} minus {reading.first}" if self._differs else self.outcome.current
        return ("arm", "replication", shown), rows

    @property
    def _differs(self) -> bool:
        return self.view.current == "differences" or DEFINITIONS[self.outcome.current].paired

    def _interval(self, reading: ResultsReading, arm: str) -> Interval | None:
        """What the replications come to, as the tables have it."""
        outcome = self.outcome.current
        if not self._differs:
            return reading.levels(arm).get(outcome)
        difference = reading.differences(arm).get(outcome)
        return difference.interval if difference else None

    def _values(self, reading: ResultsReading, arm: str) -> dict[int, float]:
        outcome = self.outcome.current
        return reading.changes(arm, outcome) if self._differs else reading.values(arm, outcome)


def axis_label(outcome: str, currency: str, beside: str = "") -> str:
    """What an axis shows, with its unit."""
    definition = DEFINITIONS[outcome]
    unit = {
        "share": "percentage points" if beside else "%",
        "money": currency,
        "customers": "",
        "ratio": "",
        "score": definition.axis_unit,
    }.get(definition.unit, definition.unit)
    return " ".join(part for part in (definition.label, beside, f"({unit})" if unit else "") if part)
