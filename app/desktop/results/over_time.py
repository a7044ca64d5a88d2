"""What comes to pass by day, week or month of the calendar: a line and a band for each arm, and a key with figures."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from app.desktop.looks.terms import in_lines, meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Row
from app.desktop.results.choice import Choice
from app.desktop.results.days_chart import DaysChart
from app.desktop.results.key import Entry
from app.desktop.results.plot import draw_band
from app.desktop.results.results_reading import ResultsReading
from sim.outcomes.calendar import Period
from sim.outcomes.series import SERIES, CalendarSeries

WORD = "over time"
_PERIODS: dict[str, tuple[Period, str, str]] = {
    "week": ("week", "By week", "From Monday to Sunday; the first and last week of the run may be incomplete"),
    "month": ("month", "By month", "Of the calendar; the first and last month of the run may be incomplete"),
    "day": ("day", "By day", "Every day of the run"),
}
_READ_AT = {"day": "On {}", "week": "In the week from {}", "month": "In the month from {}"}
_NONE = "No arm has figures by day: runs of more than ten years and runs of earlier versions have none."


class OverTimeChart(DaysChart):
    """One of the series over calendar time, all arms in one plot."""

    def __init__(self, appearance: Appearance) -> None:
        """An empty chart with choices of what is shown and in which periods."""
        super().__init__(appearance, "Over time")
        self.what = Choice("What is shown", meaning(WORD))
        self.per = Choice("Periods", meaning(WORD))
        for choice in (self.what, self.per):
            self.controls.addWidget(choice)
            choice.chosen.connect(self.again)
        self.per.offer((id_, text, tip) for id_, (_, text, tip) in _PERIODS.items())
        self.lay_out("Over time, by date", f"{meaning(WORD)}\nLeft and right: step through the dates. Home: show all.")

    def fill(self, reading: ResultsReading) -> None:
        """Draw bands below lines, the first arm last so that it stays in sight."""
        having = [series for series in SERIES.values() if any(reading.series(arm, series.id) for arm in reading.arms)]
        self.what.offer((series.id, series.label, in_lines(series.definition)) for series in having)
        theme = self.appearance.theme
        self.plot.clear_items()
        shown = SERIES.get(self.what.current)
        unit = f" ({reading.currency})" if shown is not None and shown.unit == "money" else ""
        self.plot.across.start = reading.results.scenario.start_date
        self.plot.dress("", f"{shown.label}{unit}" if shown is not None else "")
        for arm in reversed(reading.arms):
            series = self._series(reading).get(arm)
            if series is not None:
                draw_band(self.plot, series.day, (series.mean, series.low, series.high), reading.style(arm, theme.dark))
        drawn = [part for each in self._series(reading).values() for part in (each.mean, each.low)]
        below = any((part[~np.isnan(part)] < 0).any() for part in drawn)
        self.plot.bound(None if below else 0)
        self.put_mark()
        self.read_off()

    def sentence(self, reading: ResultsReading) -> str:
        """How the arms differ in what is shown: all of it, or how many there are at the end."""
        series = SERIES.get(self.what.current)
        return sentences.of_series(reading.of_everybody, series) if series is not None else _NONE

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each arm and period."""
        rows = [(arm, *at) for arm, series in self._series(reading).items() for at in series.rows()]
        return ("arm", "day", "date", "mean", "lo", "hi"), rows

    def step(self, by: int) -> None:
        """Go so many periods on."""
        by_arm = self._series(self.reading) if self.reading else {}
        if by_arm:
            first = next(iter(by_arm.values()))
            at = self._row(first) + by
            self.point_at(float(first.day[min(max(at, 0), first.day.size - 1)]))

    def _row(self, series: CalendarSeries) -> int:
        """The place of the period that is pointed at; else of the last one that is sure to be whole."""
        if self.day is not None:
            return int(np.abs(series.day - self.day).argmin())
        return max(series.day.size - (1 if self._period == "day" else 2), 0)

    @property
    def _period(self) -> Period:
        return _PERIODS[self.per.current][0]

    def _series(self, reading: ResultsReading) -> dict[str, CalendarSeries]:
        """The arms that have what is chosen."""
        if not self.what.current:
            return {}
        by_arm = {arm: reading.series(arm, self.what.current, self._period) for arm in reading.arms}
        return {arm: told for arm, told in by_arm.items() if told is not None}

    def read_off(self) -> None:
        """Show the figures of the period that is pointed at, or of the last that all tell."""
        reading = self.reading
        by_arm = self._series(reading) if reading is not None else {}
        self.mark.setVisible(bool(by_arm) and self.day is not None)
        if reading is None or not by_arm:
            self.key.show_entries("", ())
            return
        entries = []
        for arm, told in by_arm.items():
            said = _text(self.what.current, told, self._row(told), reading.currency)
            entries.append(Entry(reading.name(arm), reading.style(arm, self.appearance.theme.dark), (said,)))
        first = next(iter(by_arm.values()))
        at = self._row(first)
        self.mark.setValue(float(first.day[at]))
        self.key.show_entries(
            f"{_READ_AT[self._period].format(first.date[at])}, 95 % interval of the mean", tuple(entries)
        )


def _text(series: str, told: CalendarSeries, at: int, currency: str) -> str:
    show = SERIES[series].shown
    mean = show(float(told.mean[at]), currency)
    if math.isnan(told.low[at]):
        return f"{mean} (no interval)"
    return f"{mean} [{show(float(told.low[at]))}, {show(float(told.high[at]))}]"
