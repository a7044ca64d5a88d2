"""The table of outcomes: differences with their named intervals, better or worse, and each arm's level."""

import math
from collections.abc import Iterable, Sequence

from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Row
from app.desktop.results.choice import Choice
from app.desktop.results.results_reading import ResultsReading, span_text, verdict_text
from app.desktop.results.table import Cell, Head, TableChart
from sim.outcomes import DEFINITIONS, TOLD_TOGETHER
from sim.outcomes.intervals import INTERVALS, Interval

_ORDER = ("▲ better", "▼ better", "▲ higher", "▼ lower", "unclear", "same", "▲ worse", "▼ worse")


class OutcomesTable(TableChart):
    """Every outcome of the run, the chief ones first."""

    by_segment = True

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is listed yet."""
        super().__init__(appearance, "Outcomes", "Filter outcomes")
        self.arm = Choice("Arm that is compared", meaning("arm"))
        self.arm.chosen.connect(self.again)
        self.controls.insertWidget(0, self.arm)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """List them for the arm that is chosen."""
        self.arm.offer(
            (arm, f"{reading.name(arm)} minus {reading.name(reading.first)}", meaning("difference"))
            for arm in reading.others
        )
        super().fill(reading)

    def sentence(self, reading: ResultsReading) -> str:
        """How many outcomes are better."""
        if reading.others:
            return sentences.of_outcomes(reading, self.arm.current)
        chief = reading.outcomes[:1]
        return sentences.of_outcome(reading, chief[0]) if chief else "No outcome was measured."

    def cells(self, reading: ResultsReading) -> tuple[Sequence[Head], Iterable[Sequence[Cell]]]:
        """A row for each outcome."""
        intervals = [Head(f"{name[0].upper()}{name[1:]}", meaning(name)) for name in INTERVALS]
        heads = [Head("Outcome", meaning("outcome"))]
        if reading.others:
            heads += [Head("Difference", meaning("difference")), Head("Verdict", meaning("verdict")), *intervals]
            heads += [
                Head(reading.name(arm), f"{meaning('level')}\n{meaning('simulation error')}") for arm in reading.arms
            ]
        else:
            heads += [Head(reading.name(reading.first), meaning("level")), *intervals]
        return heads, [self._row(reading, outcome) for outcome in reading.outcomes]

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """Levels and differences of all arms."""
        parts = ("mean", "lo", "hi", "range_lo", "range_hi", "input_lo", "input_hi")
        heads = ["outcome", "unit", "arm", *parts, *(f"difference_{part}" for part in parts), "verdict"]
        rows: list[Row] = []
        for outcome in (*reading.outcomes, *TOLD_TOGETHER):
            for arm in reading.arms:
                level = reading.levels(arm).get(outcome)
                difference = reading.differences(arm).get(outcome) if arm != reading.first else None
                if level is None and difference is None:
                    continue
                change = difference.interval if difference else None
                figures = [
                    getattr(interval, part) if interval else None for interval in (level, change) for part in parts
                ]
                word = verdict_text(outcome, change).split(" ")[-1] if change and change.n > 1 else ""
                rows.append((outcome, DEFINITIONS[outcome].unit, arm, *figures, word))
        return heads, rows

    def _row(self, reading: ResultsReading, outcome: str) -> list[Cell]:
        row = [Cell(DEFINITIONS[outcome].label, DEFINITIONS[outcome].label, meaning(outcome))]
        if not reading.others:
            interval = reading.levels(reading.first)[outcome]
            return [*row, _level(outcome, reading.first, reading), *_spans(outcome, interval, reading, differs=False)]
        arm = self.arm.current
        difference = reading.differences(arm).get(outcome)
        if difference is None:
            row += [Cell("–", -math.inf), Cell("–", ""), *(Cell("–", -math.inf) for _ in INTERVALS)]
        else:
            interval = difference.interval
            word = reading.verdict_words(arm, outcome)
            shown = reading.difference_words(arm, outcome).split(" [")[0]
            rank = f"{_ORDER.index(word)}" if word in _ORDER else "9"
            p = "" if difference.p is None else f"p = {difference.p:.2g} (paired t-test)"
            row += [
                Cell(shown, interval.mean, meaning(outcome)),
                Cell(word, rank, p),
                *_spans(outcome, interval, reading, differs=True),
            ]
        return [*row, *(_level(outcome, each, reading) for each in reading.arms)]


def _level(outcome: str, arm: str, reading: ResultsReading) -> Cell:
    interval = reading.levels(arm).get(outcome)
    if interval is None:
        return Cell("–", -math.inf, "Not available, or only for comparisons")
    return Cell(reading.level_words(arm, outcome), interval.mean, meaning(outcome))


def _spans(outcome: str, interval: Interval, reading: ResultsReading, *, differs: bool) -> list[Cell]:
    """The named intervals."""
    return [
        Cell(
            span_text(outcome, each.lo, each.hi, reading.currency, differs=differs),
            -math.inf if each.lo is None or each.hi is None else each.hi - each.lo,
            meaning(each.name),
        )
        for each in interval.named
    ]
