"""The Live tab: both curves and the chief differences, as they follow the levers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.desktop.looks.one_line import OneLine
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines, meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Chart, Row
from app.desktop.results.curves import CurvesChart
from app.desktop.results.key import Swatch
from app.desktop.results.results_reading import ResultsReading
from app.processes.live.plan import BASELINE, NOW
from app.shown.figures import SAME
from sim.outcomes import DEFINITIONS, MAIN

WAITING = "Move a lever: the curves follow it."
_FADED = 0.35


class LiveChart(Chart):
    """What a few customers do now, against the baseline. Nothing of it is stored."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is simulated yet."""
        super().__init__(appearance, "Live")
        self._words = ""
        self.retention, self.conversion = _Curves(appearance, "retention"), _Curves(appearance, "conversion")
        self.state = OneLine()
        self.state.setAccessibleName("Basis of the live figures")
        self._legend: dict[str, tuple[Swatch, QLabel]] = {}
        key = QHBoxLayout()
        key.setSpacing(GRID)
        for arm in (BASELINE, NOW):
            self._legend[arm] = (Swatch(appearance.theme.scale), PlainLabel())
            for widget in self._legend[arm]:
                key.addWidget(widget)
        key.addStretch(1)
        self.body.addLayout(key)  # in the picture, too, which would say nothing without it
        self._drawn = QWidget()
        self._drawn.hide()  # until there is something to draw
        side = QHBoxLayout(self._drawn)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(GRID)
        for chart in (self.retention, self.conversion):
            for action in chart.actions():
                chart.removeAction(action)  # this tab has the same ones, which take both curves
            chart.told.connect(self._tell)
            chart.key.hide()
            chart.answer.hide()
            chart.by.hide()
            side.addWidget(chart, 3)
        self.differences = _Differences(appearance)
        side.addWidget(self.differences, 2)
        self.body.addWidget(self._drawn, 1)
        self.body.addWidget(self.state)
        self.body.addStretch()
        self._faded: list[QGraphicsOpacityEffect] = []
        self.answer.setText(WAITING)
        self.restyle()

    def fill(self, reading: ResultsReading) -> None:
        """Draw both curves and list the differences."""
        self._drawn.show()
        for arm, (swatch, name) in self._legend.items():
            swatch.style_of_arm = reading.style(arm, self.appearance.theme.dark)
            swatch.update()
            name.setText(reading.name(arm))
        self.retention.show_reading(reading)
        self.conversion.show_reading(reading)
        self.differences.show_reading(reading)

    def sentence(self, reading: ResultsReading) -> str:
        """What it comes to: who stays, or who is won."""
        return sentences.of_stay(reading)

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each day of each curve."""
        heads, _ = self.retention.data(reading)
        rows = [
            (name, *row)
            for name, chart in (("retention", self.retention), ("conversion", self.conversion))
            for row in chart.data(reading)[1]
        ]
        return ("curve", *heads), rows

    def forget(self) -> None:
        """Wait for the first answer about another journey."""
        self.reading = None
        self.fade(False)
        self._drawn.hide()
        for swatch, name in self._legend.values():
            swatch.style_of_arm = None
            swatch.update()
            name.setText("")
        self.answer.setText(WAITING)
        self.setAccessibleDescription(WAITING)
        self.say("")

    def say(self, words: str) -> None:
        """Say what the figures are made of, or why there are none."""
        self._words = words
        self._tell("")
        self.state.setToolTip(plain_tip(in_lines(words)))

    def _tell(self, figures: str) -> None:
        self.state.setText(figures or self._words)

    @property
    def is_faded(self) -> bool:
        """Whether what is shown is of an older state."""
        return bool(self._faded)

    def fade(self, faded: bool) -> None:
        """Grey what is shown where it is of an older state."""
        if faded == bool(self._faded):
            return
        self._faded = []
        for widget in (self.retention, self.conversion, self.differences):
            effect = QGraphicsOpacityEffect(widget) if faded else None
            if effect is not None:
                effect.setOpacity(_FADED)
                self._faded.append(effect)
            widget.setGraphicsEffect(effect)  # type: ignore[arg-type]  # None takes it away

    def restyle(self) -> None:
        """Draw again in the theme of now."""
        super().restyle()
        if hasattr(self, "differences"):
            theme = self.appearance.theme
            for _, name in self._legend.values():
                name.setFont(theme.font("small", bold=True))
            self.state.setFont(theme.font("small"))


class _Curves(CurvesChart):
    """One of the two plots; the tab itself gives the answer and the key."""

    told = Signal(str)
    """the figures at the day that is pointed at; empty where none is"""

    def sentence(self, reading: ResultsReading) -> str:
        return ""

    def label_axes(self) -> None:
        """In one line: two plots side by side leave no height for an upright one."""
        self.plot.dress(f"{self.in_short}, by day")

    def read_off(self) -> None:
        """Tell the figures where somebody points, instead of a key that would take the room of the other plot."""
        if self.day is None:
            self.mark.hide()
            self.told.emit("")
            return
        super().read_off()
        self.told.emit(self.key.text().replace("\n", " · "))


class _Differences(QScrollArea):
    """The chief outcomes that differ or might, one below the other."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.appearance = appearance
        self.setAccessibleName("Live differences")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, GRID, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self.setWidget(inside)
        self._rows: dict[str, QLabel] = {}

    def show_reading(self, reading: ResultsReading) -> None:
        differences = reading.differences(NOW)
        for row, outcome in enumerate(MAIN):
            if outcome not in differences:
                if outcome in self._rows:
                    self._rows[outcome].hide()
                continue
            label = self._rows.get(outcome)
            if label is None:
                label = self._rows[outcome] = PlainLabel()
                label.setWordWrap(True)
                label.setToolTip(plain_tip(meaning(outcome)))
                self._grid.addWidget(label, row, 0)
                self._grid.setRowStretch(len(MAIN), 1)
            said = reading.difference_words(NOW, outcome)
            alone = said == SAME or differences[outcome].interval.n < 2
            verdict = "" if alone else reading.verdict_words(NOW, outcome)
            whole = verdict.replace(" ", "\N{NO-BREAK SPACE}")  # the sign stays beside its word
            label.setText(f"{DEFINITIONS[outcome].label}\n{said} {whole}".rstrip())
            label.setFont(self.appearance.theme.font("small"))
            label.show()

    def text(self) -> str:
        """All that is listed."""
        return "\n".join(label.text() for label in self._rows.values() if not label.isHidden())
