"""The funnel: the share of arrivals that reach each stage, a bar for each arm."""

import math
from collections.abc import Iterable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Chart, Row
from app.desktop.results.key import Entry, Key
from app.desktop.results.plot import Plot
from app.desktop.results.results_reading import ResultsReading
from sim.outcomes.intervals import Interval
from sim.outcomes.outcome import signed
from sim.scenario.resolve import stages

_FILLED = 0.8
"""the part of a stage's width that its bars take"""


class FunnelChart(Chart):
    """Bars with whiskers, and a key that reads off one stage."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is drawn yet."""
        super().__init__(appearance, "Funnel")
        self.plot = Plot(appearance, "Share of arrivals that reach each stage")
        self.plot.setToolTip(
            plain_tip(f"{meaning('funnel')}\n{meaning('stage')}\nLeft and right: step through the stages.")
        )
        self.plot.setMouseEnabled(x=False, y=False)
        self.key = Key(appearance, "Funnel: figures of each arm")
        side = QHBoxLayout()
        side.setSpacing(GRID)
        side.addWidget(self.plot, 1)
        side.addWidget(self.key)
        self.body.addLayout(side, 1)
        self._stage: str | None = None
        self.plot.pointed.connect(lambda x, _: self._point_at(x))
        self.plot.stepped.connect(self._step)
        self.plot.resized.connect(self.again)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """Draw the bars; numbers above them where there is room, upright where there is little."""
        theme = self.appearance.theme
        self.plot.clear_items()
        self.plot.up.unit = "share"
        self.plot.dress("", "Share of arrivals")
        names = self._names(reading)
        width = _FILLED / len(reading.arms)
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        slot = (self.plot.width() - metrics.horizontalAdvance("100 %") - GRID * 5) / max(len(names), 1)
        fitting = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, slot - GRID // 2) for name in names.values()]
        self.plot.across.setTicks([list(enumerate(fitting))])
        lying, standing = slot * width > metrics.horizontalAdvance("88.8 %"), slot * width > metrics.height()
        for order, arm in enumerate(reading.arms):
            table = reading.table(arm, "stages")
            colour = reading.style(arm, self.appearance.theme.dark).colour
            for number, stage in enumerate(names):
                interval = table.get(stage, {}).get("reached")
                if interval is not None:
                    middle = number - _FILLED / 2 + (order + 0.5) * width
                    self._bar(middle, width * 0.9, interval, colour)
                    if lying or standing:
                        text = pg.TextItem(
                            f"{interval.mean * 100:.1f} %",
                            color=theme.text,
                            anchor=(0.5, 1) if lying else (0, 0.5),
                            angle=0 if lying else 90,
                        )
                        text.setFont(font)
                        text.setPos(middle, interval.hi or interval.mean)
                        self.plot.add(text)
        self.plot.setXRange(-0.5, max(len(names), 1) - 0.5, padding=0.01)
        above = metrics.horizontalAdvance("100.0 %") if standing and not lying else metrics.height()
        room = max(self.plot.height() - metrics.height() - GRID * 3, 1)
        self.plot.setYRange(0, 1 / max(1 - (above + GRID) / room, 0.4), padding=0)
        self.plot.up.setTicks([[(share / 5, f"{share * 20} %") for share in range(6)]])
        self._read_off()

    def sentence(self, reading: ResultsReading) -> str:
        """Which stage differs most."""
        return sentences.of_funnel(reading, self._names(reading))

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each arm and stage."""
        rows = [
            (arm, stage, interval.mean, interval.lo, interval.hi, interval.range_lo, interval.range_hi)
            for arm in reading.arms
            for stage, figures in reading.table(arm, "stages").items()
            if (interval := figures.get("reached")) is not None
        ]
        return ("arm", "stage", "reached", "lo", "hi", "range_lo", "range_hi"), rows

    def _bar(self, middle: float, width: float, interval: Interval, colour: str) -> None:
        faint = pg.mkColor(colour)
        faint.setAlpha(150)
        self.plot.add(
            pg.BarGraphItem(x=[middle], height=[interval.mean], width=width, brush=faint, pen=pg.mkPen(colour, width=1))
        )
        if interval.lo is not None and interval.hi is not None:
            pen = pg.mkPen(self.appearance.theme.text, width=1.25)
            self.plot.add(pg.PlotCurveItem([middle, middle], [interval.lo, interval.hi], pen=pen))

    def _names(self, reading: ResultsReading) -> dict[str, str]:
        """The stages that any arm has, in order, with their names."""
        known = {stage for arm in reading.arms for stage in reading.table(arm, "stages")}
        listed = {
            stage.id: stage.name or stage.id.replace("-", " ").replace("_", " ").capitalize()
            for variant in reading.results.variants
            for stage in stages(variant.scenario)
        }
        return {id_: name for id_, name in listed.items() if id_ in known}

    def _point_at(self, x: float) -> None:
        if self.reading is not None:
            names = list(self._names(self.reading))
            if names:
                self._stage = names[min(max(math.floor(x + 0.5), 0), len(names) - 1)]
                self._read_off()

    def _step(self, by: int) -> None:
        if self.reading is not None:
            names = list(self._names(self.reading))
            if names:
                self._point_at(names.index(self._wanted_stage(self.reading, dict.fromkeys(names, ""))) + by)

    def _wanted_stage(self, reading: ResultsReading, names: dict[str, str]) -> str:
        """The stage pointed at, else the one that the answer is about, else the last."""
        if self._stage in names:
            return self._stage
        leading = sentences.stage_that_differs_most(reading)
        return leading[1] if leading else list(names)[-1]

    def _read_off(self) -> None:
        reading = self.reading
        names = self._names(reading) if reading else {}
        if reading is None or not names:
            self.key.show_entries("", ())
            return
        stage = self._wanted_stage(reading, names)
        entries = []
        for arm in reading.arms:
            lines = []
            changed = reading.table_differences(arm, "stages").get(stage, {}).get("reached")
            if arm != reading.first and changed is not None:
                ends = (
                    ""
                    if changed.lo is None
                    else f" [{signed(changed.lo * 100, 1)}, {signed((changed.hi or 0) * 100, 1)}]"
                )
                lines.append(f"{sentences.points(changed.mean)}{ends or ' (no interval)'}")
            level = reading.table(arm, "stages").get(stage, {}).get("reached")
            lines.append(sentences.share_text(level) if level else "not available")
            entries.append(Entry(reading.name(arm), reading.style(arm, self.appearance.theme.dark), tuple(lines)))
        self.key.show_entries(f"{names[stage]} is reached by, 95 % interval of the mean", tuple(entries))
