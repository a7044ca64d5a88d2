"""The results panel: tabs of charts and tables, of which only the visible one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.desktop.help import set_help
from app.desktop.looks.one_line import OneLine
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines, meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.chart import Chart
from app.desktop.results.choice import Choice
from app.desktop.results.facts import facts
from app.desktop.results.results_reading import ResultsReading
from app.desktop.results.tabs import ChartTabs
from sim.outcomes import ALL
from sim.outcomes.records import HOLDOUT, TREATED

if TYPE_CHECKING:
    from collections.abc import Generator

    from app.desktop.results.charts import Charts
    from sim.experiment import Results

NOTHING = "Nothing has been run yet. Press Run (F5) to simulate this journey."
_ROOMY = 31 * GRID
"""height at the usual type from which on there is room for notes"""
_GROUPS = {TREATED: "treated", HOLDOUT: "holdout"}
NONE_FINISHED = "No replication is finished yet. Figures appear as they arrive."


class ResultsPanel(QWidget):
    """What the last run found; fills while it goes on."""

    run_requested = Signal()
    """somebody wants the journey as it is now to be run"""
    message = Signal(str)
    """for the status bar"""
    take = Signal(object, str)
    """the picture of a chart is to be taken along: what makes it, and which way"""
    asked = Signal(str, object)
    """a question, and the answers that there are to it"""

    def __init__(self, appearance: Appearance) -> None:
        """A panel that says how to get results. The charts are made when there are some: they take long to load."""
        super().__init__()
        self.appearance = appearance
        self.setAccessibleName("Results")
        self.reading: ResultsReading | None = None
        self._results: Results | None = None
        self._title = ""
        self._charts: Charts | None = None
        self._making: Generator[None, None, Charts] | None = None
        self._drawn: set[Chart] = set()
        self._several = False
        self._is_stale = False
        self._live: Chart | None = None
        """what follows the levers; it has a reading of its own"""
        self._live_reading: ResultsReading | None = None
        self._leaves_live = False
        """whether results, once there are some, come before what follows the levers"""

        beside, self._take_menu = self._take_buttons()
        self.tabs = ChartTabs(beside)
        self.tabs.setAccessibleName("Results, by kind")
        self.tabs.currentChanged.connect(self._fill_take_menu)
        self.who = Choice("Customers shown", meaning("group"))  # among the controls of the visible chart
        self.who.setParent(self)
        self.who.hide()
        self.who.chosen.connect(self._read)
        self.notes = OneLine()
        self.notes.setAccessibleName("Notes on these results")
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.notes.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.stale = QFrame()
        self.again = QPushButton("Run again")
        self._why_stale = PlainLabel()
        self._fill_stale_line()
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID // 2)
        inside.addWidget(self.stale)
        inside.addWidget(self.tabs, 1)
        inside.addWidget(self.notes)
        self.empty = PlainLabel(NOTHING)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setAccessibleName("No results")
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(full)
        appearance.changed.connect(self._restyle)
        self._restyle()

    @property
    def charts(self) -> Charts:
        """The charts; asking for them makes those that are missing."""
        while self._charts is None:
            self.make_a_chart()
        return self._charts

    def make_a_chart(self) -> bool:
        """Make one of the charts, which may be done when there is time for it; whether some are still missing."""
        if self._charts is None:
            from app.desktop.results.charts import Charts

            self._making = self._making or Charts.making(self.appearance)
            try:
                next(self._making)
            except StopIteration as made:
                self._charts = made.value
                self._add_tabs(made.value)
        return self._charts is None

    def _add_tabs(self, charts: Charts) -> None:
        for number, (chart, word) in enumerate(charts.all):
            self.tabs.addTab(chart, chart.title)
            self.tabs.setTabToolTip(number, plain_tip(meaning(word)))
            set_help(chart, word)
            chart.message.connect(self.message)
            chart.asked.connect(self.asked)
            chart.take.connect(self.take)
        self.tabs.currentChanged.connect(self._draw)

    @property
    def is_stale(self) -> bool:
        """Whether these results are from before the last edit, or of another journey."""
        return self._is_stale

    def sentences(self) -> list[str]:
        """The answers of all charts, each once; or why there are none yet."""
        reading = self.reading
        if reading is None:
            return [self.empty.text()]
        for chart, _ in self.charts.all:
            if chart not in self._drawn:
                self._drawn.add(chart)
                chart.show_reading(reading)
        return list(dict.fromkeys(chart.answer.text() for chart, _ in self.charts.all if chart.answer.text()))

    def in_a_line(self) -> str:
        """The answer, or why there is none yet."""
        from app.desktop.results.sentences import of_stay

        return self.empty.text() if self.reading is None else of_stay(self.reading)

    def show_results(self, results: Results | None, title: str = "") -> None:
        """Show these; also while a run goes on, as often as replications arrive. All choices stay."""
        self._results, self._title = results, title
        self._read()

    def forget(self) -> None:
        """Show nothing any more, and nothing side by side: another journey is there."""
        if self._several:
            self._several = False
            self.charts.compare.show_several([])
        self.show_results(None)

    def set_stale(self, stale: bool, of: str = "") -> None:
        """Say that the journey was edited since, or that these are results `of` another one; or no longer say it."""
        self._is_stale = stale
        self._why_stale.setText(f"These are results of {of}." if of else "These results predate your last edit.")
        self.stale.setVisible(stale and not self._is_live)

    def add_live(self, chart: Chart) -> None:
        """Have a last tab for what follows the levers; it can be seen before anything is run."""
        _ = self.charts
        self._live = chart
        number = self.tabs.addTab(chart, chart.title)
        self.tabs.setTabToolTip(number, "What a few customers do while you edit, compared with a baseline")
        chart.message.connect(self.message)
        chart.asked.connect(self.asked)
        chart.take.connect(self.take)
        self._read()

    def show_live(self, reading: ResultsReading) -> None:
        """Show what follows the levers, where its tab is in sight; or once it is."""
        assert self._live is not None
        self._live_reading = reading
        self._drawn.discard(self._live)
        self._draw()

    def forget_live(self) -> None:
        """Have nothing to show that follows the levers: it was about another journey."""
        self._live_reading = None

    def leave_live(self) -> None:
        """Somebody waits for results: show the first tab of them instead of what follows the levers."""
        self._leaves_live = self._is_live

    @property
    def _is_live(self) -> bool:
        return self._live is not None and self.tabs.currentWidget() is self._live

    def show_several(self, runs: list[tuple[str, Results]]) -> None:
        """Show runs or files side by side under Compare; an empty list ends it."""
        readings = [(title, ResultsReading(results)) for title, results in runs if results.replications]
        compare = self.charts.compare
        compare.show_several(readings)
        self._several = bool(readings)
        self._read()
        if readings:
            if self.reading is None:
                compare.show_reading(readings[0][1])
            self.tabs.setCurrentWidget(compare)

    def _read(self) -> None:
        """Begin anew with the figures, and draw the visible tab."""
        results = self._results
        self._let_go()
        known = results is not None and bool(results.replications)
        if known or self._several or self._live:
            for number, (chart, _) in enumerate(self.charts.all):
                self.tabs.setTabEnabled(number, known or (self._several and chart is self.charts.compare))
            self.tabs.fit()
        if results is None or not known:
            self.reading = None
            self.notes.setText("")
            self.empty.setText(NOTHING if results is None else NONE_FINISHED)
            if self._live is not None and not self._several:
                self.tabs.setCurrentWidget(self._live)
            self._pages.setCurrentIndex(1 if self._several or self._live else 0)
            return
        segments = dict.fromkeys(segment for arm in results.arms for segment in results.segments(arm))
        groups = dict.fromkeys(group for arm in results.arms for group in results.groups(arm))
        self.who.offer(
            [
                (ALL, "Everybody", "All arrivals"),
                *((id_, f"Segment: {_named(results, id_)}", meaning("segment")) for id_ in segments),
                *((id_, f"Group: {_GROUPS[id_]}", meaning("holdout")) for id_ in groups),
            ]
        )
        self.reading = ResultsReading(results, self.who.current)
        self._say(results)
        self._pages.setCurrentIndex(1)
        if self._leaves_live and self._is_live:
            self.tabs.setCurrentIndex(0)
        self._leaves_live = False
        self._draw()

    def _let_go(self) -> None:
        """Have every chart drawn anew when it is seen next, and none keep older results until then."""
        self._drawn.clear()
        for chart, _ in self._charts.all if self._charts is not None else ():
            if not (self._several and chart is self.charts.compare):
                chart.let_go()

    def _draw(self) -> None:
        """Draw the visible tab where it shows older results."""
        chart = self.tabs.currentWidget()
        assert isinstance(chart, Chart)
        if chart.by_segment:
            chart.controls.addWidget(self.who)
        self.who.setVisible(self.who.count() > 1 and chart.by_segment)
        self._show_notes()
        self.stale.setVisible(self._is_stale and not self._is_live)
        reading = self._live_reading if self._is_live else self.reading
        if reading is not None and chart not in self._drawn:
            self._drawn.add(chart)
            chart.show_reading(reading)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the notes out where the chart needs their room: the answer's tooltip has them, too."""
        super().resizeEvent(event)
        self._show_notes()

    def _show_notes(self) -> None:
        theme = self.appearance.theme
        roomy = self.height() >= _ROOMY * theme.scale
        self.notes.setVisible(roomy and not self._is_live)
        self.again.setVisible(roomy)  # Run itself is always in sight
        self._why_stale.setFont(theme.font("normal" if roomy else "small"))

    def _say(self, results: Results) -> None:
        from sim.experiment.json_document import notes

        made_of = " · ".join([*([self._title] if self._title else []), facts(results)])
        said = notes(results)
        first = f"  {said[0]}" if said else ""
        more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        self.notes.setText(f"{made_of}.{first}{more}")
        self.notes.setToolTip(plain_tip("\n\n".join(map(in_lines, said))))
        whole = "\n\n".join(map(in_lines, [f"{made_of}.", *said]))
        for chart, _ in self.charts.all:
            chart.answer.setToolTip(plain_tip(whole))

    def _take_buttons(self) -> tuple[QWidget, QMenu]:
        """What copies, saves and prints the visible chart, and the list of ways."""
        copy = QPushButton("Copy")
        copy.setFlat(True)
        copy.setAccessibleName("Copy this chart")
        copy.setToolTip("Put the picture of this chart on the clipboard (Ctrl+Alt+C)")
        copy.clicked.connect(self._copy_chart)
        across = QWidget()
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(copy)
        save = QPushButton("Save or print")
        save.setFlat(True)
        save.setAccessibleName("Save or print this chart")
        save.setToolTip("Save the picture or its data, or print it")
        menu = QMenu(save)
        save.setMenu(menu)
        row.addWidget(save)
        return across, menu

    def _fill_take_menu(self) -> None:
        """Before it opens: under X11 a menu that changes while it opens may not open again."""
        chart = self.tabs.currentWidget()
        for action in self._take_menu.actions():
            self._take_menu.removeAction(action)
        self._take_menu.addActions(chart.actions() if chart is not None else [])

    def _copy_chart(self) -> None:
        chart = self.tabs.currentWidget()
        if isinstance(chart, Chart):
            self.take.emit(chart.pictured, "copy")

    def _fill_stale_line(self) -> None:
        self.stale.setAccessibleName("Results are out of date")
        across = QHBoxLayout(self.stale)
        across.setContentsMargins(GRID, GRID // 2, GRID, 0)
        across.addWidget(self._why_stale)
        self.again.setAccessibleName("Run again")
        self.again.setToolTip("Simulate the journey as it is now (F5)")
        self.again.clicked.connect(lambda: self.run_requested.emit())
        across.addWidget(self.again)
        across.addStretch(1)
        self.stale.setVisible(False)

    def _restyle(self) -> None:
        theme = self.appearance.theme
        self.empty.setFont(theme.font("large"))
        self.notes.setFont(theme.font("small"))


def _named(results: Results, segment: str) -> str:
    """The segment's name."""
    names = {one.id: one.name for variant in results.variants for one in variant.scenario.segments}
    return names.get(segment) or segment.replace("-", " ").replace("_", " ").capitalize()
