"""Forest plots: all arms in one outcome, one arm in its chief outcomes, or several runs side by side."""

from collections.abc import Iterable, Sequence

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Chart, Row
from app.desktop.results.choice import Choice
from app.desktop.results.distribution import axis_label
from app.desktop.results.results_reading import ResultsReading
from app.desktop.results.rows import RowOf, RowsPlot
from app.shown.figures import SAME
from sim.outcomes import DEFINITIONS, MAIN
from sim.outcomes.intervals import Interval

ARMS, OUTCOMES, LEVELS, RUNS = "arms", "outcomes", "levels", "runs"
_VIEWS = {
    ARMS: ("All arms, one outcome", "How each arm differs from the first"),
    OUTCOMES: ("One arm, main outcomes", "How one arm differs from the first, each outcome on its own scale"),
    LEVELS: ("Runs side by side: levels", "Each arm of each run on its own"),
    RUNS: ("Runs side by side: differences", "In each run, how each arm differs from the run's first"),
}


class CompareChart(Chart):
    """Differences with their intervals, in units."""

    by_segment = True

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is compared yet."""
        super().__init__(appearance, "Compare")
        self.several: list[tuple[str, ResultsReading]] = []
        self.view = Choice("What is compared", meaning("forest plot"))
        self.outcome = Choice("Outcome", "Which outcome is compared")
        self.arm = Choice("Arm", meaning("arm"))
        for choice in (self.view, self.outcome, self.arm):
            self.controls.addWidget(choice)
            choice.chosen.connect(self.again)
        self.plot = RowsPlot(appearance, "Differences with their intervals")
        self.plot.setToolTip(plain_tip(meaning("forest plot")))
        self.scroll_body(self.plot)
        self.restyle()

    def show_several(self, readings: list[tuple[str, ResultsReading]]) -> None:
        """Offer these runs side by side, and show them if there are any."""
        self.several = readings
        if readings:
            self.view.ask_for(LEVELS)  # taken up as soon as it is on offer
        self.again()

    def fill(self, reading: ResultsReading) -> None:
        """Draw the rows."""
        views = [*((ARMS, OUTCOMES) if reading.others else (LEVELS,)), *((LEVELS, RUNS) if self.several else ())]
        self.view.offer((id_, *_VIEWS[id_]) for id_ in dict.fromkeys(views))
        known = [reading] if not self._side_by_side else [each for _, each in self.several]
        outcomes = dict.fromkeys(id_ for each in known for id_ in each.outcomes)
        self.outcome.offer((id_, DEFINITIONS[id_].label, meaning(id_)) for id_ in outcomes)
        self.arm.offer((arm, reading.name(arm), "") for arm in reading.others)
        by_outcome = self.view.current == OUTCOMES
        self.outcome.setVisible(not by_outcome)
        self.arm.setVisible(by_outcome and len(reading.others) > 1)
        differs = self.view.current != LEVELS
        rows = [
            RowOf(
                name,
                self._figures(outcome, arm, each, differs=differs),
                each.style(arm, self.appearance.theme.dark),
                interval,
            )
            for name, each, arm, outcome, interval in self._estimates(reading)
        ]
        outcome = self.outcome.current
        if by_outcome or not outcome:
            label = f"Each row has its own scale; {reading.name(self.arm.current)} minus {reading.name(reading.first)}"
            self.plot.show_rows(rows, label if rows else "", "ratio", differs=True, scaled=True)
            return
        reference = "the first arm" if self._side_by_side else reading.name(reading.first)
        beside = f"minus {reference}" if differs else ""
        label = axis_label(outcome, reading.currency, beside)
        self.plot.show_rows(rows, label, DEFINITIONS[outcome].unit, differs=differs)

    def sentence(self, reading: ResultsReading) -> str:
        """What the comparison comes to."""
        if not self.outcome.current:
            return "No outcome was measured."
        if self._side_by_side:
            label = DEFINITIONS[self.outcome.current].label
            return (
                f"{label} in {len(self.several)} runs side by side; runs with other seeds or customers are not paired."
            )
        if self.view.current == OUTCOMES:
            return sentences.of_outcomes(reading, self.arm.current)
        return sentences.of_outcome(reading, self.outcome.current)

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each estimate."""
        heads = ("row", "arm", "outcome", "mean", "lo", "hi", "range_lo", "range_hi", "input_lo", "input_hi")
        return (*heads, "replications"), [
            (name, arm, outcome, *(getattr(interval, part) for part in heads[3:]), interval.n)
            for name, _, arm, outcome, interval in self._estimates(reading)
        ]

    @property
    def _side_by_side(self) -> bool:
        return bool(self.several) and self.view.current in (LEVELS, RUNS)

    def _estimates(self, reading: ResultsReading) -> list[tuple[str, ResultsReading, str, str, Interval]]:
        """What is drawn: name of the row, whose it is, arm, outcome, and the figure."""
        view, outcome = self.view.current, self.outcome.current
        if view == OUTCOMES:
            differences = reading.differences(self.arm.current)
            return [
                (DEFINITIONS[id_].label, reading, self.arm.current, id_, differences[id_].interval)
                for id_ in MAIN
                if id_ in differences
            ]
        runs = self.several if self._side_by_side else [("", reading)]
        estimates = []
        for title, each in runs:
            before = f"{title}: " if title else ""
            for arm in each.arms if view == LEVELS else each.others:
                if view == LEVELS:
                    figure = each.levels(arm).get(outcome)
                else:
                    difference = each.differences(arm).get(outcome)
                    figure = difference.interval if difference else None
                if figure is not None:
                    estimates.append((f"{before}{each.name(arm)}", each, arm, outcome, figure))
        return estimates

    def _figures(self, outcome: str, arm: str, reading: ResultsReading, *, differs: bool) -> str:
        if not differs:
            return reading.level_words(arm, outcome)
        said = reading.difference_words(arm, outcome)
        alone = said == SAME or reading.differences(arm)[outcome].interval.n < 2
        return said if alone else f"{said} {reading.verdict_words(arm, outcome)}".rstrip()
