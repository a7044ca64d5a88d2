"""Results as the window reads them: for one segment, each figure made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from app.shown.colours import ArmStyle, arm_style
from app.shown.figures import (
    NO_ENDS,
    SAME,
    bare,
    divides_by,
    is_at_least,
    is_same,
    on_saved,
    on_saved_ends,
    told_together,
    verdict,
)
from sim.outcomes import ALL, DEFINITIONS, MAIN, TOLD_TOGETHER
from sim.outcomes.bands import Band, band, band_of_differences
from sim.outcomes.calendar import Period
from sim.outcomes.intervals import ANY_VALUE, Interval, Limits, difference_limits, interval
from sim.outcomes.records import FIGURE_LIMITS
from sim.outcomes.series import SERIES, CalendarSeries, Series

if TYPE_CHECKING:
    from sim.experiment import Comparison, Difference, Results

Figures = dict[str, dict[str, Interval]]
"""By id, then figure."""
Table = Mapping[str, Mapping[str, float]]
"""The same of one replication."""


class ResultsReading:
    """One run's results, with what has been worked out of them so far."""

    def __init__(self, results: Results, segment: str = ALL) -> None:
        """Read the figures of that segment or group; where no arm has it, those of all customers."""
        self.results = results
        self.arms = results.arms
        self.first = results.arms[0]
        self.others = results.arms[1:]
        self.count = len(results.replications)
        self.currency = results.scenario.currency
        self.segment = segment if segment in (*self.segments, *self.groups) else ALL
        self._levels: dict[str, dict[str, Interval]] = {}
        self._comparisons: dict[str, Comparison] = {}
        self._bands: dict[tuple[str, str], Band | None] = {}
        self._series: dict[tuple[str, str, Period], CalendarSeries | None] = {}
        self._tables: dict[tuple[str, str, bool], Figures] = {}

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The segments that any arm has, without ALL."""
        return tuple(dict.fromkeys(segment for arm in self.arms for segment in self.results.segments(arm)))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The treated and the holdout, where any arm has them."""
        return tuple(dict.fromkeys(group for arm in self.arms for group in self.results.groups(arm)))

    @cached_property
    def of_everybody(self) -> ResultsReading:
        """The same of all customers."""
        return self if self.segment == ALL else ResultsReading(self.results)

    @property
    def among(self) -> str:
        """Whom the figures are about, for a sentence; empty for everybody."""
        if self.segment == ALL:
            return ""
        return f' ({"group" if self.segment in self.groups else "segment"} "{self.segment}")'

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Every outcome that an arm has or a comparison shows, the chief ones first.

        Without those of some runs alone: they are told with the one that says of how many.
        """
        known = {outcome for arm in self.arms for outcome in self.levels(arm) if outcome not in TOLD_TOGETHER}
        known |= {outcome for arm in self.others for outcome in self.differences(arm)}
        chief = [outcome for outcome in MAIN if outcome in known]
        return (*chief, *(outcome for outcome in DEFINITIONS if outcome in known and outcome not in chief))

    def name(self, arm: str) -> str:
        """The arm's name as people read it."""
        return self.results.name(arm)

    def style(self, arm: str, dark: bool) -> ArmStyle:
        """How the arm is drawn, on a dark ground or not."""
        return arm_style(self.arms.index(arm), dark)

    def levels(self, arm: str) -> dict[str, Interval]:
        """Each outcome of the arm."""
        if arm not in self._levels:
            self._levels[arm] = self.results.summary(arm, self.segment)
        return self._levels[arm]

    def differences(self, arm: str) -> dict[str, Difference]:
        """Each difference of the arm to the first."""
        if arm not in self._comparisons:
            self._comparisons[arm] = self.results.compare(arm, None, self.segment)
        return self._comparisons[arm].differences

    def level_words(self, arm: str, outcome: str) -> str:
        """The level of an arm with its simulation error; of payback how many runs pay back, and after how long."""
        levels = self.levels(arm)
        said = level_text(outcome, levels[outcome], self.currency)
        for some, rate in TOLD_TOGETHER.items():
            if outcome == rate:
                days = level_text(some, levels[some], self.currency) if some in levels else None
                return told_together(said.split(" [")[0].removesuffix(" (no interval)"), days)
        not_over = levels.get(DEFINITIONS[outcome].at_least_by or "")
        return f"at least {said}" if is_at_least(not_over.mean if not_over else None) else said

    def difference_words(self, arm: str, outcome: str) -> str:
        """The difference of an arm to the first with its simulation error; of no difference that it is the same."""
        interval = self.differences(arm)[outcome].interval
        if self._is_on_saved(arm, outcome):
            ends = f" {on_saved_ends(outcome, interval.mean, interval.lo, interval.hi)}" if interval.n > 1 else ""
            return f"{on_saved(outcome, interval.mean, self.currency)}{ends}"
        return difference_text(outcome, interval, self.currency)

    def verdict_words(self, arm: str, outcome: str) -> str:
        """The verdict on a difference; none on what is gained for money that was saved, which says it itself."""
        interval = self.differences(arm)[outcome].interval
        return "" if self._is_on_saved(arm, outcome) else verdict_text(outcome, interval)

    def _is_on_saved(self, arm: str, outcome: str) -> bool:
        added = self.differences(arm).get(divides_by(outcome) or "")
        return added is not None and added.interval.mean < 0

    def values(self, arm: str, outcome: str) -> dict[int, float]:
        """The outcome in each replication that has it, by number."""
        return self.results.values(arm, outcome, self.segment)

    def changes(self, arm: str, outcome: str) -> dict[int, float]:
        """The paired difference to the first arm in each replication that has it, by number."""
        return self.results.changes(arm, outcome, self.first, self.segment)

    def curve(self, arm: str, name: str) -> Band | None:
        """The arm's curve of that name; None where it has none."""
        key = (arm, name)
        if key not in self._bands:
            self._bands[key] = band(self.results.measured(arm), name)
        return self._bands[key]

    def curve_difference(self, arm: str, name: str) -> Band | None:
        """The arm's curve minus the first arm's; None where one of them has none."""
        key = (f"{arm} - {self.first}", name)
        if key not in self._bands:
            self._bands[key] = band_of_differences(self.results.measured(arm), self.results.measured(self.first), name)
        return self._bands[key]

    def series(self, arm: str, name: str, per: Period = "day") -> CalendarSeries | None:
        """The arm's series over calendar time; None where it has none."""
        key = (arm, name, per)
        if key not in self._series:
            self._series[key] = self.results.calendar_series(arm, name, per)
        return self._series[key]

    def series_level(self, arm: str, name: str) -> Interval | None:
        """What the arm's series comes to; None where it has none."""
        values = self._comes_to(arm, name)
        return interval(list(values.values())) if values else None

    def series_difference(self, arm: str, name: str) -> Interval | None:
        """The same less what the first arm's comes to; None where one of them has none."""
        first, own = self._comes_to(self.first, name), self._comes_to(arm, name)
        changes = [own[number] - first[number] for number in own if number in first]
        return interval(changes) if changes else None

    def _comes_to(self, arm: str, name: str) -> dict[int, float]:
        """In each replication that has the series, by number."""
        having = (one for one in self.results.measured(arm) if name in one.daily)
        return {one.replication: SERIES[name].comes_to(one.daily[name]) for one in having}

    def table(self, arm: str, table: str) -> Figures:
        """The figures of `touchpoints` or `stages`, over the replications that have them."""
        return self._figures(arm, table, against=False)

    def own_table(self, arm: str, table: str) -> Figures:
        """The figures of `touchpoints` or `stages` of the segment that is read; none where the run has none."""
        if self.segment == ALL:
            return self.table(arm, table)
        key = (arm, f"segment_{table}", False)
        if key not in self._tables:
            measured = self.results.measured(arm)
            found = (getattr(one, f"segment_{table}").get(self.segment, {}) for one in measured)
            self._tables[key] = _over_replications(found)
        return self._tables[key]

    def table_differences(self, arm: str, table: str) -> Figures:
        """The same, as paired differences to the first arm."""
        return self._figures(arm, table, against=True)

    def _figures(self, arm: str, table: str, *, against: bool) -> Figures:
        key = (arm, table, against)
        if key not in self._tables:
            tables = [getattr(one, table) for one in self.results.measured(arm)]
            if against:
                first = [getattr(one, table) for one in self.results.measured(self.first)]
                tables = [_differences(one, other) for one, other in zip(tables, first, strict=True)]
            self._tables[key] = _over_replications(tables, differs=against)
        return self._tables[key]


def _differences(one: Table, other: Table) -> Table:
    """The figures that both have, less those of the other."""
    return {
        id_: {figure: value - other[id_][figure] for figure, value in figures.items() if figure in other.get(id_, {})}
        for id_, figures in one.items()
    }


def _over_replications(tables: Iterable[Table], *, differs: bool = False) -> Figures:
    """The mean of each figure and its intervals, over the replications that have it."""
    values: dict[str, dict[str, list[float]]] = {}
    for table in tables:
        for id_, figures in table.items():
            of_id = values.setdefault(id_, {})
            for figure, value in figures.items():
                of_id.setdefault(figure, []).append(value)
    return {
        id_: {
            figure: interval(found, limits=figure_limits(figure, differs=differs)) for figure, found in figures.items()
        }
        for id_, figures in values.items()
    }


def figure_limits(figure: str, *, differs: bool) -> Limits:
    """What a figure of a touchpoint or stage, or its difference, cannot be below or above."""
    limits = FIGURE_LIMITS.get(figure, ANY_VALUE)
    return difference_limits(limits) if differs else limits


def level_text(outcome: str, interval: Interval, currency: str) -> str:
    """The level with its simulation error, such as `45.2 % [44.9, 45.6]`."""
    return _with_interval(interval, lambda value: DEFINITIONS[outcome].shown(value, currency))


def series_text(series: Series, interval: Interval, currency: str) -> str:
    """What a series comes to with its simulation error."""
    return _with_interval(interval, lambda value: series.shown(value, currency))


def difference_text(outcome: str, interval: Interval, currency: str) -> str:
    """The difference with its simulation error, such as `+6.1 points [+5.4, +6.8]`, or that there is none."""
    if is_same(interval.mean, interval.lo, interval.hi):
        return SAME
    return _with_interval(interval, lambda value: DEFINITIONS[outcome].shown_difference(value, currency))


def span_text(outcome: str, low: float | None, high: float | None, currency: str, *, differs: bool) -> str:
    """An interval alone, with its unit; an en dash where there is none."""
    if low is None or high is None:
        return "–"
    definition = DEFINITIONS[outcome]
    show = definition.shown_difference if differs else definition.shown
    first, last = show(low, currency), show(high, currency)
    return f"{bare(first)} to {last}"


def verdict_text(outcome: str, interval: Interval) -> str:
    """The verdict in words with its sign: `▲ better`, `▼ worse`, `unclear`, …"""
    word = verdict(outcome, interval.lo, interval.hi)
    if word in ("unclear", "same"):
        return word if interval.n > 1 else "not clear from one replication"
    return f"{'▲' if interval.mean > 0 else '▼'} {word}"


def _with_interval(interval: Interval, show: Callable[[float], str]) -> str:
    if interval.lo is None or interval.hi is None:
        return f"{show(interval.mean)} ({NO_ENDS if interval.n > 1 else 'no interval'})"
    return f"{show(interval.mean)} [{bare(show(interval.lo))}, {bare(show(interval.hi))}]"
