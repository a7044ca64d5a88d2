"""Eligibility: of 100 customers who gets an action, and at which step the others are lost, a bar for each arm."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Chart, Row
from app.desktop.results.choice import Choice
from app.desktop.results.key import Entry, Key
from app.desktop.results.plot import Plot
from app.desktop.results.results_reading import ResultsReading
from app.shown.eligibility import LABELS, MEANINGS, answer, nobody_gets, of_100
from sim.outcomes.eligibility_steps import GOT_IT, STEP_IDS, Counts, shares
from sim.outcomes.intervals import Interval
from sim.outcomes.needs import acting
from sim.outcomes.records import ALL

NO_ACTIONS = (
    "Nothing is sent or shown in this journey yet. Add an action and a rule that sends it (Settings, Actions and "
    "Rules), run it again, and see here who gets it and what takes the others out."
)
NOT_COUNTED = "Who gets what was not counted yet when this run was stored. Run it again to see it here."
OF_EVERYBODY = " (Everybody: treated and holdout are not told apart here; the holdout is a step of its own.)"
_FEWEST = 0.0005
"""a share from which on a figure with one digit after the point is not 0"""
_FILLED = 0.8
"""the part of a row's height that its bars take"""


class EligibilityChart(Chart):
    """Bars from top to bottom, each beginning where the one above ends, and a key that reads off one step."""

    by_segment = True

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is drawn yet."""
        super().__init__(appearance, "Eligibility")
        self.action = Choice("Action", meaning("action"))
        self.action.chosen.connect(self.again)
        self.controls.insertWidget(0, self.action)
        self.plot = Plot(appearance, "Of 100 customers, those who stand on each step")
        self.plot.setToolTip(
            plain_tip(f"{meaning('eligibility')}\nPoint at a step, or go up and down, to read what it means.")
        )
        self.plot.setMouseEnabled(x=False, y=False)
        self.key = Key(appearance, "Eligibility: figures of each arm")
        inside = QWidget()
        side = QHBoxLayout(inside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(GRID)
        side.addWidget(self.plot, 1)
        side.addWidget(self.key)
        self.scroll_body(inside)
        self._step: str | None = None
        self.plot.pointed.connect(lambda _, y: self._point_at(y))
        self.plot.stepped.connect(self._step_on)
        self.plot.resized.connect(self.again)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """Draw a row for each step where anybody stands under any arm."""
        self.action.offer((id_, name, "") for id_, name in _actions(reading).items())
        theme = self.appearance.theme
        self.plot.clear_items()
        self.plot.dress("Of 100 customers")
        steps, told = self._steps(reading), self._told(reading)
        metrics = QFontMetricsF(theme.font("small"))
        third = self.plot.width() / 3
        labels = [metrics.elidedText(LABELS[step], Qt.TextElideMode.ElideRight, third) for step in steps]
        # Each row is high enough for its name, and the axis stands below; with little room all of it scrolls.
        self.plot.setMinimumHeight(math.ceil(metrics.height() * (len(steps) + 2.2)) + GRID * 3)
        self.plot.up.setTicks([[(-number, label) for number, label in enumerate(labels)]])
        self.plot.up.setWidth(max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + GRID * 2)
        self.plot.across.setTicks([[(share * 20, f"{share * 20}") for share in range(6)]])
        height = _FILLED / max(len(told), 1)
        fits = self.plot.height() / max(len(steps), 1) * height > metrics.height()
        for order, (arm, found) in enumerate(told.items()):
            colour = reading.style(arm, theme.dark).colour
            before = 1.0
            for number, step in enumerate(steps):
                share = found.get(step)
                if share is None:
                    continue
                middle = -number + _FILLED / 2 - (order + 0.5) * height
                got = step == GOT_IT
                after = 0.0 if got else max(before - share.mean, 0.0)
                self._bar(middle, height * 0.9, (after, share.mean if got else before), colour, faint=not got)
                self._whisker(middle, share, 0.0 if got else before, 1.0 if got else -1.0)
                if fits:
                    self._write(middle, before if not got else share.mean, share, metrics)
                before = after
        self.plot.setYRange(-max(len(steps), 1) + 0.5, 0.5, padding=0.01)
        # Whatever is written beside a bar that reaches 100 needs room there.
        room = metrics.horizontalAdvance("100.0") + GRID
        wide = max(self.plot.width() - self.plot.up.width() - GRID * 3, room * 2)
        self.plot.setXRange(0, 100 * wide / (wide - room), padding=0)
        self._read_off()

    def sentence(self, reading: ResultsReading) -> str:
        """How many could have got it, how many did, and where most are lost; of the arm that differs most, too."""
        actions = _actions(reading)
        if not actions:
            anything = any(variant.scenario.actions for variant in reading.results.variants)
            return NOT_COUNTED if anything else NO_ACTIONS
        name = actions[self.action.current]
        arms = self._arms(reading)
        if not arms:
            return nobody_gets(name).replace("under this arm", "under any arm")
        first, *others = arms
        sums = {arm: _summed(self._counts(reading, arm)) for arm in arms}
        got_it = self._told(reading)[first].get(GOT_IT)
        said = answer(name, sums[first], sentences.spread(got_it, lambda share: f"{100 * share:.1f}") if got_it else "")
        if len(reading.arms) > 1:
            said = f'Under "{reading.name(first)}": {said[0].lower()}{said[1:]}'
        got = {arm: of_100(counts.get(GOT_IT, 0.0), counts) for arm, counts in sums.items() if counts}
        differing = [arm for arm in others if got.get(arm) != got.get(first)]
        if differing:
            arm = max(differing, key=lambda one: abs(float(got.get(one, 0)) - float(got.get(first, 0))))
            said += f' Under "{reading.name(arm)}" {got.get(arm, "0")} got it.'
        return said + (OF_EVERYBODY if reading.segment in reading.groups else "")

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each arm, action and step."""
        rows = [
            (arm, action, step, share.mean, share.lo, share.hi, share.range_lo, share.range_hi)
            for arm in reading.arms
            for action in _actions(reading)
            for step, share in shares(_counts(reading, arm, action)).items()
        ]
        return ("arm", "action", "step", "share", "lo", "hi", "range_lo", "range_hi"), rows

    def _bar(self, middle: float, height: float, ends: tuple[float, float], colour: str, *, faint: bool) -> None:
        """A bar between two shares; that of those who got it is filled, that of those who are lost is faint."""
        brush = pg.mkColor(colour)
        brush.setAlpha(90 if faint else 200)
        low, high = ends
        self.plot.add(
            pg.BarGraphItem(
                x0=[100 * low], width=[100 * (high - low)], y=[middle], height=height, brush=brush,
                pen=pg.mkPen(colour, width=1),
            )
        )  # fmt: skip

    def _whisker(self, middle: float, share: Interval, start: float, way: float) -> None:
        """The interval of a share, measured from where its bar starts."""
        if share.lo is not None and share.hi is not None:
            ends = [100 * (start + way * share.lo), 100 * max(start + way * share.hi, 0.0)]
            pen = pg.mkPen(self.appearance.theme.text, width=1.25)
            self.plot.add(pg.PlotCurveItem(ends, [middle, middle], pen=pen))

    def _write(self, middle: float, end: float, share: Interval, metrics: QFontMetricsF) -> None:
        """The figure at the right of a bar."""
        figure = f"{100 * share.mean:.1f}" if share.mean >= _FEWEST else "<0.1"
        text = pg.TextItem(figure, color=self.appearance.theme.text, anchor=(0, 0.5))
        text.setFont(self.appearance.theme.font("small"))
        text.setPos(100 * max(end, share.hi or 0.0 if end == share.mean else end), middle)
        self.plot.add(text)

    def _arms(self, reading: ResultsReading) -> list[str]:
        """The arms under which a rule sends or shows the action, or might."""
        action = self.action.current
        return [
            variant.id
            for variant in reading.results.variants
            if variant.id in reading.arms and action in [each.id for each in acting(variant.scenario)]
        ]

    def _told(self, reading: ResultsReading) -> dict[str, dict[str, Interval]]:
        """By arm, the share on each step."""
        return {arm: shares(self._counts(reading, arm)) for arm in self._arms(reading)}

    def _counts(self, reading: ResultsReading, arm: str) -> list[Counts]:
        return _counts(reading, arm, self.action.current)

    def _steps(self, reading: ResultsReading) -> list[str]:
        """The steps where anybody stands under any arm, in order."""
        told = self._told(reading)
        return [step for step in STEP_IDS if any(step in found for found in told.values())]

    def _point_at(self, y: float) -> None:
        if self.reading is not None and (steps := self._steps(self.reading)):
            self._step = steps[min(max(math.floor(-y + 0.5), 0), len(steps) - 1)]
            self._read_off()

    def _step_on(self, by: int) -> None:
        if self.reading is not None and (steps := self._steps(self.reading)):
            at = steps.index(self._step) if self._step in steps else len(steps) - 1
            self._point_at(-(at + by))

    def _read_off(self) -> None:
        """Say what the step means that is pointed at (else: got it), and how many stand there under each arm."""
        reading = self.reading
        steps = self._steps(reading) if reading else []
        if reading is None or not steps:
            self.key.show_entries("", ())
            return
        step = self._step if self._step in steps else steps[-1]
        told = self._told(reading)
        entries = []
        for arm in told:
            share = told[arm].get(step)
            lines = (sentences.share_text(share) if share else "0.0 %",)
            entries.append(Entry(reading.name(arm), reading.style(arm, self.appearance.theme.dark), lines))
        self.key.show_entries(f"{LABELS[step]}: {MEANINGS[step]}. Share of arrivals, 95 % interval:", tuple(entries))


def _actions(reading: ResultsReading) -> dict[str, str]:
    """The actions that were counted under any arm, with their names; first those that a rule sends or shows."""
    counted = {action for arm in reading.arms for one in reading.results.measured(arm) for action in one.eligibility}
    scenarios = [variant.scenario for variant in reading.results.variants]
    acted = [each for scenario in scenarios for each in acting(scenario)]
    every = [each for scenario in scenarios for each in scenario.actions]
    return {each.id: each.name or each.id for each in (*acted, *every) if each.id in counted}


def _counts(reading: ResultsReading, arm: str, action: str) -> list[Counts]:
    """Of each replication, the customers by step: of the segment that is read, else of everybody."""
    apart = reading.segment != ALL and reading.segment in reading.segments
    return [
        (one.segment_eligibility.get(reading.segment, {}) if apart else one.eligibility).get(action, {})
        for one in reading.results.measured(arm)
    ]


def _summed(counts: Iterable[Counts]) -> Counts:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)  # type: ignore[arg-type]
    return dict(total)
