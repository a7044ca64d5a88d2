"""Scores trained on a pilot: how well they rank, whether their shares come true, and into the journey with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDoubleSpinBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import Appearance
from app.desktop.results.choice import Choice
from app.desktop.results.plot import Plot
from app.desktop.studies.study import Study
from app.processes.study.messages import Training
from app.shown.training import as_score, how_good, how_good_uplift, in_words, points, ranking, uplift_in_words

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.training import Report
    from sim.training.uplift import Uplift

NO_ACTIONS: Final = "The brand does nothing that the holdout does not get, so its actions change nothing."
NO_JOURNEY: Final = "This journey has errors; see Findings for what to mend first."
_LEAVES_OR_BUYS: Final = (
    ("churn", "Who leaves for good", "A score for the risk that a customer leaves within so many days"),
    ("purchase", "Who converts", "A score for how likely a customer is to convert within so many days"),
)
_USUAL_DAYS: Final = 30.0


class ScoresWindow(Study):
    """What is to be foreseen, the score that was found, and how good it is on other customers."""

    def __init__(self, appearance: Appearance, take: Callable[[str, dict[str, Any]], object], parent: QWidget) -> None:
        """Nothing is trained yet; `take` puts scores, by name, into the journey."""
        super().__init__(appearance, "Train scores", parent)
        self.resize(1040, 640)
        self._scenario: Scenario | None = None
        self._report: Report | None = None
        self._take_scores = take
        self.outcome = Choice("What the score foresees", "What a score is to foresee")
        self.outcome.offer(_LEAVES_OR_BUYS)
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
        self.weights = QTableWidget(0, 3)
        self.weights.setAccessibleName("Weights of the score")
        self.weights.setHorizontalHeaderLabels(["What is known", "Weight", "95 % interval"])
        self.weights.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.weights.verticalHeader().hide()
        header = self.weights.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
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
        if self._report is None:
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

    def _take(self, report: Report) -> None:
        self._show(report)
        self.answer.setText(f"{in_words(report)} {how_good(report)}")
        uplift = report.uplift
        self.of_changes.setText(
            NO_ACTIONS if uplift is None else f"{uplift_in_words(report, uplift)} {how_good_uplift(report, uplift)}"
        )

    def _show(self, report: Report | None) -> None:
        self._report = report
        self.keep.setEnabled(report is not None)
        for each in (self.weights, self.charts, self.of_changes):
            each.setVisible(report is not None)
        lines = {"intercept": report.model.intercept, **report.model.weights} if report else {}
        self.weights.setRowCount(len(lines))
        for row, (name, each) in enumerate(lines.items()):
            for column, text in enumerate((name, f"{each.value:.4g}", f"[{each.lo:.4g}, {each.hi:.4g}]")):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.weights.setItem(row, column, item)
        self._draw()

    def _draw(self) -> None:
        theme, report = self.appearance.theme, self._report
        self.ranks.dress(
            "Of those to whom it does not happen, share above the limit", "Of those to whom it does", "Found"
        )
        self.comes_true.dress("Score", "Share to whom it happened", "Share")
        grey = f"; grey: by {report.outcome.score}" if report else ""
        self.changes.dress(
            f"Tenth by score, the highest first{grey}", "Change in the share who turn out well", "Change"
        )
        self.changes.clear_items()
        self.changes.up.unit, self.changes.up.signed = "share", True
        for plot in (self.ranks, self.comes_true):
            for axis in (plot.across, plot.up):
                axis.unit = "share"
            plot.clear_items()
            plot.add(pg.PlotCurveItem([0, 1], [0, 1], pen=pg.mkPen(theme.line, width=1)))
        if report is None:
            return
        line = pg.mkPen(theme.accent, width=1.75)
        across, up = zip(*ranking(report.tenths), strict=True)
        self.ranks.add(pg.PlotCurveItem(list(across), list(up), pen=line))
        expected, share = [each.expected for each in report.tenths], [each.share for each in report.tenths]
        spread = np.array([1.96 * (each.share * (1 - each.share) / each.looks) ** 0.5 for each in report.tenths])
        self.comes_true.add(
            pg.ErrorBarItem(
                x=np.array(expected), y=np.array(share), height=2 * np.array(spread), pen=pg.mkPen(theme.stroke)
            ),
            pg.ScatterPlotItem(expected, share, size=8, brush=pg.mkBrush(theme.accent), pen=pg.mkPen(theme.panel)),
        )
        self.ranks.setRange(xRange=(0, 1), yRange=(0, 1))
        most = min(max(*expected, *share) * 1.15, 1.0)
        self.comes_true.setRange(xRange=(0, most), yRange=(0, most))
        if report.uplift is not None:
            self._draw_uplift(report.uplift)
        self.ranks.setAccessibleDescription(how_good(report))
        self.comes_true.setAccessibleDescription(
            "; ".join(f"score {a:.2f}: {100 * b:.0f} of 100" for a, b in zip(expected, share, strict=True))
        )

    def _draw_uplift(self, uplift: Uplift) -> None:
        """What actions change, by tenth of their own score and of that of how likely it is."""
        theme = self.appearance.theme
        self.changes.add(pg.PlotCurveItem([0.5, 10.5], [0, 0], pen=pg.mkPen(theme.line, width=1)))
        told = []
        for tenths, aside, colour in (
            (uplift.by_uplift, -0.12, theme.accent),
            (uplift.by_likelihood, 0.12, theme.quiet),
        ):
            known = [(number + aside, each.uplift) for number, each in enumerate(tenths, 1) if each.uplift is not None]
            at = np.array([number for number, _ in known])
            value = np.array([each.value for _, each in known])
            error = np.array([each.error for _, each in known])
            self.changes.add(
                pg.ErrorBarItem(x=at, y=value, height=2 * 1.96 * error, pen=pg.mkPen(colour)),
                pg.ScatterPlotItem(at, value, size=8, brush=pg.mkBrush(colour), pen=pg.mkPen(theme.panel)),
            )
            told.append(", ".join(points(each) for _, each in known))
        self.changes.setAccessibleDescription(f"By the score of it: {told[0]}. By how likely it is: {told[1]}.")

    def _keep(self) -> None:
        report = self._report
        if report is not None:
            models = {report.outcome.score: report.model}
            if report.uplift is not None:
                models[report.outcome.uplift_score] = report.uplift.model
            self._take_scores({name: as_score(model) for name, model in models.items()})
