"""Scores trained on a pilot: how well they rank, whether their shares come true, and into the journey with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.results.plot import Plot
from app.desktop.studies.rows import Rows
from app.desktop.studies.study import Study
from app.processes.study.messages import Dot, Trained, Training, Uplifts

if TYPE_CHECKING:
    from sim.scenario import Scenario

NO_JOURNEY: Final = "This journey has errors; see Findings for what to mend first."
_FORESEEN: Final = (
    ("churn", "Who leaves for good", "A score for the risk that a customer leaves within so many days"),
    ("purchase", "Who converts", "A score for how likely a customer is to convert within so many days"),
    ("value", "What somebody brings", "A score in money: the margin of a customer within so many days"),
    ("gains", "What each action brings", "The gain of each action over doing nothing, where rules have alternatives"),
)
_USUAL_DAYS: Final = 30.0
_ASIDE: Final = 0.12
"""how far dots of two scores stand apart, in tenths"""


class ScoresWindow(Study):
    """What is to be foreseen, the score that was found, and how good it is on other customers."""

    def __init__(self, appearance: Appearance, take: Callable[[dict[str, Any]], object], parent: QWidget) -> None:
        """Nothing is trained yet; `take` puts what was found, by address, into the journey."""
        super().__init__(appearance, "Train scores", parent)
        self.size_for(1040, 640)
        self._scenario: Scenario | None = None
        self._trained: Trained | None = None
        self._take_changes = take
        self.outcome = Choice("What the score foresees", "What a score is to foresee")
        self.outcome.offer(_FORESEEN)
        self.within = QDoubleSpinBox()
        self.within.setDecimals(0)
        self.within.setPrefix("within ")
        self.within.setSuffix(" days")
        self.within.setAccessibleName("Days in which it happens or not")
        self.within.setToolTip("Days in which it happens or not; customers are looked at every so many days")
        self.train = QPushButton("Train")
        self.train.setToolTip(plain_tip("Simulate a pilot with half the customers held out, and fit the score to it"))
        self.train.clicked.connect(self._train)
        self.keep = QPushButton("Put into the journey")
        self.keep.setToolTip(plain_tip("Add the score to this journey, where rules can use it; undo takes it back"))
        self.keep.clicked.connect(self._keep)
        for each in (self.outcome, self.within, self.train, self.keep):
            self.controls.addWidget(each)
        self.controls.addStretch(1)
        self.weights = Rows("Weights of the score")
        self.ranks = Plot(appearance, "How well the score ranks")
        self.comes_true = Plot(appearance, "Whether the score comes true")
        self.changes = Plot(appearance, "What the actions change, by tenth of the score")
        self.charts = QTabWidget()
        self.charts.addTab(self.comes_true, "Does it come true?")
        self.charts.addTab(self.ranks, "Does it rank well?")
        self.charts.addTab(self.changes, "Whom do actions change?")
        self.of_changes = PlainLabel()
        self.of_changes.setWordWrap(True)
        self.body.addWidget(self.weights, 1)
        right = QVBoxLayout()
        right.addWidget(self.charts, 1)
        right.addWidget(self.of_changes)
        self.body.addLayout(right, 1)
        self._show(None)

    def train_for(self, scenario: Scenario | None) -> None:
        """Offer to train for a journey as it stands; None for one with errors."""
        if scenario is not self._scenario:
            self._show(None)
        self._scenario = scenario
        self.train.setEnabled(scenario is not None)
        if scenario is None:
            self.answer.setText(NO_JOURNEY)
            return
        most = max(scenario.horizon / 2, 1.0)
        days = self.within.value() or _USUAL_DAYS
        self.within.setRange(1, most)
        self.within.setValue(min(days, most))
        if self._trained is None:
            self.answer.setText(
                "A pilot of this journey is simulated with half the customers held out by lot. The score goes by what "
                "the brand has noted of them, and is judged by others."
            )

    def restyle(self) -> None:
        """Draw in the theme of now."""
        super().restyle()
        if hasattr(self, "ranks"):
            self._draw()

    def _train(self) -> None:
        if self._scenario is not None:
            self._show(None)
            self.answer.setText("")
            self.ask(Training(self._scenario, self.outcome.current, self.within.value()), self._take)

    def _take(self, trained: Trained) -> None:
        self._show(trained)
        self.answer.setText(trained.words)
        self.of_changes.setText(trained.uplifts.words if trained.uplifts else "")

    def _show(self, trained: Trained | None) -> None:
        self._trained = trained
        uplifts = trained.uplifts if trained is not None else None
        self.keep.setEnabled(bool(trained and trained.changes))
        self.weights.setVisible(trained is not None)
        self.charts.setVisible(bool(trained and trained.comes_true))
        self.charts.setTabVisible(self.charts.indexOf(self.ranks), bool(trained and trained.ranking))
        self.charts.setTabVisible(self.charts.indexOf(self.changes), uplifts is not None)
        self.of_changes.setVisible(uplifts is not None)
        self.weights.show_rows(trained.heads if trained else (), trained.rows if trained else ())
        self._draw()

    def _draw(self) -> None:
        for plot in (self.ranks, self.comes_true, self.changes):
            plot.clear_items()
        if (trained := self._trained) is None:
            return
        self._draw_comes_true(trained)
        if trained.ranking:
            self._draw_ranking(trained)
        if trained.uplifts is not None:
            self._draw_changes(trained.uplifts)

    def _draw_comes_true(self, trained: Trained) -> None:
        plot, dots = self.comes_true, trained.comes_true
        if trained.currency:
            plot.dress(f"Score, {trained.currency}", f"Earned on average, {trained.currency}", "Earned")
        else:
            plot.dress("Score", "Share to whom it happened", "Share")
        plot.across.unit = plot.up.unit = "money" if trained.currency else "share"
        if not dots:
            return
        reach = [value for dot in dots for value in (dot.x, dot.y - dot.off, dot.y + dot.off)]
        low, high = (min(0.0, *reach), max(reach)) if trained.currency else (0.0, min(max(reach), 1.0))
        plot.add(pg.PlotCurveItem([low, high], [low, high], pen=pg.mkPen(self.appearance.theme.line, width=1)))
        self._put(plot, dots, self.appearance.theme.accent)
        plot.setRange(xRange=(low, high), yRange=(low, high))
        plot.setAccessibleDescription(
            "; ".join(
                f"score {dot.x:.2f}: {dot.y:.2f} {trained.currency}"
                if trained.currency
                else f"score {dot.x:.2f}: {100 * dot.y:.0f} of 100"
                for dot in dots
            )
        )

    def _draw_ranking(self, trained: Trained) -> None:
        plot, theme = self.ranks, self.appearance.theme
        plot.dress("Of those to whom it does not happen, share above the limit", "Of those to whom it does")
        plot.across.unit = plot.up.unit = "share"
        across, up = zip(*trained.ranking, strict=True)
        plot.add(
            pg.PlotCurveItem([0, 1], [0, 1], pen=pg.mkPen(theme.line, width=1)),
            pg.PlotCurveItem(list(across), list(up), pen=pg.mkPen(theme.accent, width=1.75)),
        )
        plot.setRange(xRange=(0, 1), yRange=(0, 1))
        plot.setAccessibleDescription(trained.words)

    def _draw_changes(self, uplifts: Uplifts) -> None:
        plot, theme = self.changes, self.appearance.theme
        plot.dress(
            f"Tenth by score, the highest first; grey: by {uplifts.score}",
            "Change in the share who turn out well",
            "Change",
        )
        plot.up.signed, plot.up.unit = True, "share"
        plot.add(pg.PlotCurveItem([0.5, 10.5], [0, 0], pen=pg.mkPen(theme.line, width=1)))
        self._put(plot, uplifts.by_uplift, theme.accent, -_ASIDE)
        self._put(plot, uplifts.by_likelihood, theme.quiet, _ASIDE)
        plot.setAccessibleDescription(uplifts.words)

    def _put(self, plot: Plot, dots: Sequence[Dot], colour: str, aside: float = 0.0) -> None:
        """Dots with their intervals, moved aside so that others beside them are seen."""
        if not dots:
            return
        x, y, off = (np.array([getattr(dot, name) for dot in dots]) for name in ("x", "y", "off"))
        plot.add(
            pg.ErrorBarItem(x=x + aside, y=y, height=2 * off, pen=pg.mkPen(colour)),
            pg.ScatterPlotItem(
                x + aside, y, size=8, brush=pg.mkBrush(colour), pen=pg.mkPen(self.appearance.theme.panel)
            ),
        )

    def _keep(self) -> None:
        if self._trained is not None:
            self._take_changes(self._trained.changes)
