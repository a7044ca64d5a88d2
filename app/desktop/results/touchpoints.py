"""The table of touchpoints: visits, drop-off and how it felt, for one arm and against the first."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Row
from app.desktop.results.choice import Choice
from app.desktop.results.results_reading import ResultsReading
from app.desktop.results.table import Cell, Head, TableChart
from app.shown.figures import bare
from sim.outcomes.intervals import Interval

_FIGURES: Final = {
    "visits": ("Visits", "visit"),
    "dropoff": ("Drop-off", "drop-off"),
    "at_stake": ("At stake", "at stake"),
    "present": ("Still there at the end", "still there"),
    "goals": ("Goals reached", "goal"),
    "value": ("Value of goals", "goal"),
    "days": ("Days per visit", "days per visit"),
    "lost": ("Lost context", "lost context"),
    "emotion": ("Emotion", "emotion"),
    "effort": ("Effort", "effort"),
    "bad": ("Bad experiences", "bad experience"),
    "wait": ("Wait", "wait"),
}
"""Column and glossary word of each figure."""
_SHARES: Final = ("dropoff", "lost", "bad")
_COUNTS: Final = ("visits", "present", "goals", "value", "at_stake")
_MONEY: Final = ("value", "at_stake")
_UNITS: Final = {"days": " d", "wait": " min"}
_COMPARED: Final = ("visits", "dropoff")


class TouchpointsTable(TableChart):
    """A row for each touchpoint of an arm."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is listed yet."""
        super().__init__(appearance, "Touchpoints", "Filter touchpoints")
        self.arm = Choice("Arm", meaning("arm"))
        self.arm.chosen.connect(self.again)
        self.controls.insertWidget(0, self.arm)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """List those of the arm that is chosen."""
        self.arm.offer((arm, reading.name(arm), "") for arm in reading.arms)
        super().fill(reading)

    def sentence(self, reading: ResultsReading) -> str:
        """Where most visits are lost."""
        return sentences.of_touchpoints(reading, self.arm.current, _names(reading, self.arm.current))

    def cells(self, reading: ResultsReading) -> tuple[Sequence[Head], Iterable[Sequence[Cell]]]:
        """The figures that any touchpoint has; those of other arms also against the first."""
        arm = self.arm.current
        table, changes, names = reading.table(arm, "touchpoints"), {}, _names(reading, arm)
        if arm != reading.first:
            changes = reading.table_differences(arm, "touchpoints")
        shown = [figure for figure in _FIGURES if any(figure in figures for figures in table.values())]
        heads = [Head("Touchpoint", meaning("touchpoint"))]
        for figure in shown:
            name, word = _FIGURES[figure]
            if changes and figure in _COMPARED:
                against = f"Minus {reading.name(reading.first)}"
                heads.append(Head(f"{name}: difference", f"{against}. {meaning('difference')}"))
            heads.append(Head(name, f"{meaning(word)}\n{meaning('simulation error')}"))
        rows = []
        for id_, figures in table.items():
            row = [Cell(names.get(id_, id_), names.get(id_, id_), id_)]
            for figure in shown:
                if changes and figure in _COMPARED:
                    row.append(_cell(figure, changes.get(id_, {}).get(figure), reading.currency, differs=True))
                row.append(_cell(figure, figures.get(figure), reading.currency))
            rows.append(row)
        return heads, rows

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """All figures of all arms."""
        rows = [
            (arm, id_, figure, interval.mean, interval.lo, interval.hi, interval.range_lo, interval.range_hi)
            for arm in reading.arms
            for id_, figures in reading.table(arm, "touchpoints").items()
            for figure, interval in figures.items()
        ]
        return ("arm", "touchpoint", "figure", "mean", "lo", "hi", "range_lo", "range_hi"), rows


def _cell(figure: str, interval: Interval | None, currency: str, *, differs: bool = False) -> Cell:
    if interval is None:
        return Cell("–", -math.inf)
    show = _shown_difference if differs else _shown
    text = show(figure, interval.mean, currency)
    if interval.lo is None or interval.hi is None:
        return Cell(f"{text} (no interval)", interval.mean)
    return Cell(
        f"{text} [{bare(show(figure, interval.lo, currency))}, {bare(show(figure, interval.hi, currency))}]",
        interval.mean,
    )


def _shown(figure: str, value: float, currency: str) -> str:
    if figure in _SHARES:
        return f"{value * 100:z.1f} %"
    text = f"{value:z,.0f}" if figure in _COUNTS else f"{value:z,.2f}"
    return f"{text}{ {**_UNITS, **dict.fromkeys(_MONEY, ' ' + currency)}.get(figure, '') }"


def _shown_difference(figure: str, value: float, currency: str) -> str:
    return (
        sentences.points(value)
        if figure in _SHARES
        else f"{'+' if value >= 0 else ''}{_shown(figure, value, currency)}"
    )


def _names(reading: ResultsReading, arm: str) -> dict[str, str]:
    touchpoints = reading.results.variants[reading.arms.index(arm)].scenario.touchpoints
    return {one.id: one.name or one.id.replace("-", " ").replace("_", " ").capitalize() for one in touchpoints}
