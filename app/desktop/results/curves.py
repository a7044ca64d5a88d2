"""Retention and conversion over time: a line and a band for each arm, and a key that reads them off."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance
from app.desktop.results import sentences
from app.desktop.results.chart import Row
from app.desktop.results.choice import Choice
from app.desktop.results.days_chart import DaysChart
from app.desktop.results.key import Entry
from app.desktop.results.plot import draw_band
from app.desktop.results.results_reading import ResultsReading
from app.shown.figures import SAME, is_same
from sim.outcomes.bands import Band
from sim.outcomes.definitions import points_of
from sim.outcomes.intervals import Interval
from sim.outcomes.outcome import signed

WITHIN = "converted_within"
_SINCE = {
    "retention": "Days since the first conversion",
    "conversion": "Day of the run",
    WITHIN: "Days since arrival",
}
_SHARE = {
    "retention": "Still there",
    "conversion": "Customers won so far, of all arrivals",
    WITHIN: "Customers won within so many days of arriving",
}
_IN_SHORT = {"retention": "Still there", "conversion": "Customers won", WITHIN: "Customers won"}
"""where there is no room for that"""
_NONE = {
    "retention": "No arm has a retention curve: nobody was won, or too few were followed.",
    "conversion": "No arm has a conversion curve: the scenario has no goal of kind conversion.",
    WITHIN: "No arm has such a curve: the scenario has no goal of kind conversion, or too few arrivals are followed.",
}
_READ_AT = {"retention": "At day {:,g}", "conversion": "At day {:,g}", WITHIN: "{:,g} days after arriving"}
_CHOICES = {
    "conversion": (
        "By day of the run",
        "Won by that day of the run, of all who arrive in the run. Ends at the conversion of the run",
    ),
    WITHIN: ("By days since arrival", "Won within so many days of arriving, whenever that was"),
}


class CurvesChart(DaysChart):
    """One of the curves over time, all arms in one plot."""

    def __init__(self, appearance: Appearance, curve: str) -> None:
        """`curve` is `retention` or `conversion`; the latter can be told by days since arrival too."""
        super().__init__(appearance, curve.capitalize())
        self._curve = curve
        self.by = Choice("How days are counted", meaning("curve"))
        self.controls.addWidget(self.by)
        self.by.chosen.connect(self.again)
        self.by.offer((id_, *_CHOICES[id_]) for id_ in (_CHOICES if curve == "conversion" else ()))
        tip = f"{meaning(curve)}\n{meaning('curve')}\nLeft and right: step through the days. Home: show all."
        self.lay_out(f"{self.title} by day", tip)

    @property
    def curve(self) -> str:
        """Which curve is shown."""
        return self.by.current or self._curve

    def fill(self, reading: ResultsReading) -> None:
        """Draw bands below lines, the first arm last so that it stays in sight."""
        theme = self.appearance.theme
        self.plot.clear_items()
        self.plot.up.unit = "share"
        self.label_axes()
        self.plot.bound(0, 1)
        for arm in reversed(reading.arms):
            band = reading.curve(arm, self.curve)
            if band is not None:
                draw_band(self.plot, band.day, (band.mean, band.low, band.high), reading.style(arm, theme.dark))
        self.put_mark()
        self.read_off()

    def label_axes(self) -> None:
        """Say along the axes what they show."""
        self.plot.dress(_SINCE[self.curve], _SHARE[self.curve], self.in_short)

    @property
    def in_short(self) -> str:
        """What the curve shows, in a word or two."""
        return _IN_SHORT[self.curve]

    def sentence(self, reading: ResultsReading) -> str:
        """Who stays, or who is won."""
        if not self._bands(reading):
            return _NONE[self.curve]
        if self.curve == "retention":
            return sentences.of_stay(reading)
        everybody = reading.of_everybody  # as the curves are
        told = [outcome for outcome in points_of(self.curve) if outcome in everybody.outcomes]
        return sentences.of_outcome(everybody, told[-1]) if told else ""

    def data(self, reading: ResultsReading) -> tuple[Sequence[str], Iterable[Row]]:
        """A row for each arm and day."""
        rows = [
            (arm, *(None if math.isnan(value) else value for value in at))
            for arm, band in self._bands(reading).items()
            for at in zip(*(part.tolist() for part in (band.day, band.mean, band.low, band.high)), strict=True)
        ]
        return ("arm", "day", "mean", "lo", "hi"), rows

    def step(self, by: int) -> None:
        """Go so many days on."""
        leading = self._leading()
        if leading is None:
            return
        last = int(np.flatnonzero(~np.isnan(leading.mean))[-1])
        now = last if self.day is None else leading.nearest(self.day)
        self.point_at(float(leading.day[min(max(now + by, 0), last)]))

    def _bands(self, reading: ResultsReading) -> dict[str, Band]:
        """The arms' curves that tell anything."""
        curves = {arm: reading.curve(arm, self.curve) for arm in reading.arms}
        return {arm: each for arm, each in curves.items() if each is not None and not np.isnan(each.mean).all()}

    def _leading(self) -> Band | None:
        """The curve that knows the most days."""
        bands = self._bands(self.reading) if self.reading else {}
        return max(bands.values(), key=lambda each: int((~np.isnan(each.mean)).sum()), default=None)

    def _last_of_all(self, reading: ResultsReading) -> float:
        """The last day that every curve knows."""
        return min(float(band.day[~np.isnan(band.mean)][-1]) for band in self._bands(reading).values())

    def read_off(self) -> None:
        """Show the figures of the day that is pointed at, or of the last that all tell."""
        leading = self._leading()
        reading = self.reading
        self.mark.setVisible(leading is not None and self.day is not None)
        if leading is None or reading is None:
            self.key.show_entries("", ())
            return
        wanted = self._last_of_all(reading) if self.day is None else self.day
        day = float(leading.day[leading.nearest(wanted)])
        self.mark.setValue(day)
        entries = []
        for arm in reading.arms:
            lines = []
            change = reading.curve_difference(arm, self.curve) if arm != reading.first else None
            if change is not None and (told := _at(change, day)):
                lines.append(_difference_text(told))
            band = reading.curve(arm, self.curve)
            level = _at(band, day) if band is not None else None
            lines.append(sentences.share_text(level) if level else "not available on this day")
            entries.append(Entry(reading.name(arm), reading.style(arm, self.appearance.theme.dark), tuple(lines)))
        self.key.show_entries(f"{_READ_AT[self.curve].format(day)}, 95 % interval of the mean", tuple(entries))


def _at(band: Band, day: float) -> Interval | None:
    """The curve on that very day; None where it does not tell."""
    (rows,) = np.nonzero(band.day == day)
    if not rows.size or math.isnan(band.mean[rows[0]]):
        return None
    at = rows[0]
    low, high = (None if math.isnan(part[at]) else float(part[at]) for part in (band.low, band.high))
    return Interval(float(band.mean[at]), None, 1 if low is None else 2, low, high, None, None)


def _difference_text(interval: Interval) -> str:
    if is_same(interval.mean, interval.lo, interval.hi):
        return SAME
    if interval.lo is None or interval.hi is None:
        return f"{sentences.points(interval.mean)} (no interval)"
    return f"{sentences.points(interval.mean)} [{signed(interval.lo * 100, 1)}, {signed(interval.hi * 100, 1)}]"
