"""How a replication becomes rows of the store, and how rows become the same replication again, to the last bit."""

import json
import math
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from sqlite3 import Connection
from sys import intern
from typing import Any, Final

import numpy as np

from sim.outcomes.records import Curve, Measured, Replication, Sums
from sim.store.sound import Damaged, check_lengths, check_rows, condition, values_by_day

Row = tuple[Any, ...]
Figures = dict[str, dict[str, float]]
Key = tuple[int, str]
"""replication, arm"""
Marks = dict[str, int]
"""By table, the last row (rowid) that was read of a run; empty before anything was."""

_ROWS_BETWEEN_PAUSES: Final = 500

OUTCOMES: Final = {
    "outcomes": ("segment", "outcomes", "sums"),
    "group_outcomes": ("whose", "groups", "group_sums"),
    "drawn": ("segment", "drawn", "drawn_sums"),
    "group_drawn": ("whose", "drawn_groups", "drawn_group_sums"),
}
"""Tables of outcomes: the column that says whose they are, and the attributes of Measured for values and for ratios'
parts and wholes."""

FIGURES: Final = {
    "touchpoints": ("touchpoint", "figure"),
    "transitions": ("transition", "figure"),
    "channels": ("channel", "figure"),
    "stages": ("stage", "figure"),
    "actions": ("action", "figure"),
    "eligibility": ("action", "step"),
}
"""Tables of figures in two levels, with the columns of the levels; each is an attribute of Measured."""

BY_SEGMENT: Final = {
    "segment_touchpoints": ("segment", "touchpoint", "figure"),
    "segment_stages": ("segment", "stage", "figure"),
    "segment_eligibility": ("segment", "action", "step"),
}
"""Tables of figures in three levels, likewise; none of them holds a group without a figure."""

PAIRED: Final = ("pairs", "drawn_pairs")
"""Tables of what only pairs of arms show; each is an attribute of Replication."""

_HOLLOW: Final = (
    *(each for _, *both in OUTCOMES.values() for each in both),
    *FIGURES,
    *PAIRED,
    "curves",
)
"""Where a group may stand that holds no figure."""


def rows(run: str, replication: Replication) -> dict[str, list[Row]]:
    """The rows of one replication of a run, by table, in the order of the columns."""
    by_table: dict[str, list[Row]] = {
        **{table: [] for table in ("replications", "absences", "curves", "daily")},
        **{table: [] for table in PAIRED},
    }
    for measured in replication.arms:
        key = (run, measured.arm, replication.number)
        empty: list[list[str]] = []
        for table, (_, values, sums) in OUTCOMES.items():
            by_table.setdefault(table, []).extend(
                _outcome_rows(key, getattr(measured, values), getattr(measured, sums))
            )
            empty += [[each, name] for each in (values, sums) for name, of in getattr(measured, each).items() if not of]
        for table in FIGURES:
            figures: Figures = getattr(measured, table)
            by_table.setdefault(table, []).extend(_figure_rows(key, figures))
            empty += [[table, name] for name, group in figures.items() if not group]
        for table in BY_SEGMENT:
            by_segment: dict[str, Figures] = getattr(measured, table)
            by_table.setdefault(table, []).extend(
                (*key, segment, *row) for segment, figures in by_segment.items() for row in _figure_rows((), figures)
            )
        by_table["absences"] += [(*key, outcome, reason) for outcome, reason in measured.absent.items()]
        for name, curve in measured.curves.items():
            points = zip(curve.day.tolist(), curve.value.tolist(), strict=True)
            by_table["curves"] += [(*key, name, day, value) for day, value in points]
            if not curve.day.size:
                empty.append(["curves", name])
        by_table["daily"] += [(*key, name, json.dumps(values.tolist())) for name, values in measured.daily.items()]
        for table in PAIRED:
            pairs = getattr(replication, table).get(measured.arm)
            if pairs is not None:
                by_table[table] += _figure_rows(key, pairs)
                empty += [[table, name] for name, group in pairs.items() if not group] if pairs else [[table]]
        by_table["replications"].append(
            (*key, int(measured.events), float(measured.seconds), json.dumps(empty) if empty else None)
        )
    return by_table


def replications(connection: Connection, run: str) -> tuple[Replication, ...]:
    """The replications of a run that are stored, by number, each with its arms in their order."""
    steps = reading(connection, run, {})
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return tuple(end.value)


def reading(connection: Connection, run: str, marks: Marks) -> Generator[None, None, tuple[Replication, ...]]:
    """Read the replications of a run that were stored after `marks`, by number; `marks` are then moved on.

    The generator pauses every so many rows, so that whoever reads can do something else in between, and returns the
    replications. What is stored meanwhile is left for the next time.
    """
    connection.execute("begin")
    try:
        replications, marked = yield from _read(connection, run, marks)
    finally:
        if connection.in_transaction:
            connection.execute("rollback")
    marks.update(marked)
    return replications


def _read(
    connection: Connection, run: str, marks: Mapping[str, int]
) -> Generator[None, None, tuple[tuple[Replication, ...], Marks]]:
    arms = [arm for (arm,) in connection.execute("select arm from arms where run = ? order by position", (run,))]
    listed: list[Row] = []
    parts = _Parts(arms)
    moved: Marks = {}
    takers: list[tuple[str, tuple[str, ...], Callable[[list[Row]], None]]] = [
        ("replications", ("events", "seconds", "empty"), listed.extend),
        *(
            (table, (whose, "outcome", "value", "part", "whole"), partial(parts.take_outcomes, values, sums))
            for table, (whose, values, sums) in OUTCOMES.items()
        ),
        *((table, (*levels, "value"), partial(parts.take_figures, table)) for table, levels in FIGURES.items()),
        *((table, (*levels, "value"), partial(parts.take_by_segment, table)) for table, levels in BY_SEGMENT.items()),
        ("absences", ("outcome", "reason"), parts.take_absences),
        ("curves", ("curve", "day", "value"), parts.take_points),
        ("daily", ("outcome", "by_day"), parts.take_daily),
        *((table, ("segment", "outcome", "value"), partial(parts.take_pairs, table)) for table in PAIRED),
    ]
    for table, columns, take in takers:
        query = f"""select rowid, replication, arm, {", ".join(columns)}, {condition(table)} from {table}
            where run = ? and rowid > ? order by rowid"""
        moved[table] = marks.get(table, 0)
        cursor = connection.execute(query, (run, moved[table]))
        while some := cursor.fetchmany(_ROWS_BETWEEN_PAUSES):
            moved[table] = some[-1][0]
            check_rows(table, some)
            try:
                take([row[1:-1] for row in some])
            except KeyError:
                raise Damaged(f'the table "{table}" has rows of replications that are not there') from None
            yield
        if table == "replications":
            parts.begin(listed)
    return parts.replications(), moved


class _Parts:
    """Replications while their rows are being read.

    Every row has names of its own, which would take more memory than its figures; so each name is kept once.
    """

    def __init__(self, arms: Sequence[str]) -> None:
        self.arms = arms
        self.measured: dict[Key, Measured] = {}
        self.pairs: dict[str, dict[Key, Figures]] = {table: {} for table in PAIRED}
        self.points: dict[tuple[Key, str], tuple[list[float], list[float]]] = {}
        self.hollow: list[tuple[Key, list[list[str]]]] = []

    def begin(self, listed: Iterable[Row]) -> None:
        stored = {(number, arm): others for number, arm, *others in listed}
        wanted = [(number, arm) for number in sorted({number for number, _ in stored}) for arm in self.arms]
        if stored.keys() != set(wanted):
            raise Damaged("the replications of a run are not all there")
        for number, arm in wanted:
            events, seconds, empty = stored[number, arm]
            self.measured[number, arm] = Measured(
                arm=arm,
                replication=number,
                events=events,
                seconds=seconds,
                absent={},
                curves={},
                **{each: {} for _, values, sums in OUTCOMES.values() for each in (values, sums)},
                **{table: {} for table in (*FIGURES, *BY_SEGMENT)},
            )
            self.hollow.append(((number, arm), _groups(empty) if empty else []))

    def take_outcomes(self, values: str, sums: str, some: Iterable[Row]) -> None:
        for number, arm, whose, outcome, value, part, whole in some:
            measured = self.measured[number, arm]
            ratio = part is not None or whole is not None
            if ratio:
                parts: Sums = getattr(measured, sums)
                parts.setdefault(intern(whose), {})[intern(outcome)] = (_number(part), _number(whole))
            if value is not None or not ratio:
                figures: Figures = getattr(measured, values)
                figures.setdefault(intern(whose), {})[intern(outcome)] = _number(value)

    def take_figures(self, table: str, some: Iterable[Row]) -> None:
        for number, arm, group, name, value in some:
            figures: Figures = getattr(self.measured[number, arm], table)
            figures.setdefault(intern(group), {})[intern(name)] = _number(value)

    def take_by_segment(self, table: str, some: Iterable[Row]) -> None:
        for number, arm, segment, group, name, value in some:
            by_segment: dict[str, Figures] = getattr(self.measured[number, arm], table)
            by_segment.setdefault(intern(segment), {}).setdefault(intern(group), {})[intern(name)] = _number(value)

    def take_absences(self, some: Iterable[Row]) -> None:
        for number, arm, outcome, reason in some:
            self.measured[number, arm].absent[intern(outcome)] = intern(reason)

    def take_points(self, some: Iterable[Row]) -> None:
        for number, arm, name, day, value in some:
            days, values = self.points.setdefault(((number, arm), name), ([], []))
            days.append(_number(day))
            values.append(_number(value))

    def take_daily(self, some: Iterable[Row]) -> None:
        for number, arm, name, values in some:
            self.measured[number, arm].daily[intern(name)] = np.array(values_by_day(values), dtype=np.float64)

    def take_pairs(self, table: str, some: Iterable[Row]) -> None:
        for number, arm, segment, outcome, value in some:
            of_arm = self.pairs[table].setdefault((number, arm), {})
            of_arm.setdefault(intern(segment), {})[intern(outcome)] = _number(value)

    def replications(self) -> tuple[Replication, ...]:
        check_lengths(((arm, name), len(days)) for ((_, arm), name), (days, _) in self.points.items())
        check_lengths((arm, values.size) for (_, arm), one in self.measured.items() for values in one.daily.values())
        for (key, name), (days, values) in self.points.items():
            curve = Curve(np.array(days, dtype=np.float64), np.array(values, dtype=np.float64))
            self.measured[key].curves[name] = curve
        for key, groups in self.hollow:
            for table, *read in groups:
                names = [intern(name) for name in read]
                if table in PAIRED:
                    self.pairs[table].setdefault(key, {}).update({name: {} for name in names})
                elif table == "curves":
                    self.measured[key].curves[names[0]] = Curve(np.empty(0), np.empty(0))
                else:
                    getattr(self.measured[key], table)[names[0]] = {}
        return _by_number(self.measured, self.pairs)


def _groups(text: str) -> list[list[str]]:
    """The groups that hold no figure: for each the table's name and, but for pairs, one name of its own."""
    try:
        groups = json.loads(text)
    except (ValueError, RecursionError):
        groups = None
    if not isinstance(groups, list) or not all(_is_group(group) for group in groups):
        raise Damaged("what a replication has no figures of is not told as it is stored")
    return groups


def _is_group(group: object) -> bool:
    match group:
        case [str(table)]:
            return table in PAIRED
        case [str(table), str()]:
            return table in _HOLLOW
    return False


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _by_number(measured: Mapping[Key, Measured], pairs: Mapping[str, Mapping[Key, Figures]]) -> tuple[Replication, ...]:
    arms: dict[int, list[Measured]] = {}
    for (number, _), one in measured.items():
        arms.setdefault(number, []).append(one)

    def of(table: str, number: int) -> dict[str, Figures]:
        figures = pairs[table]
        return {one.arm: figures[number, one.arm] for one in arms[number] if (number, one.arm) in figures}

    return tuple(
        Replication(number, tuple(those), **{table: of(table, number) for table in PAIRED})
        for number, those in arms.items()
    )


def _outcome_rows(key: tuple[str, str, int], values: Figures, sums: Sums) -> Iterator[Row]:
    """Each outcome with its value, part and whole; None for those that it has not."""
    for whose in dict.fromkeys((*values, *sums)):
        own, ratios = values.get(whose, {}), sums.get(whose, {})
        for outcome in dict.fromkeys((*own, *ratios)):
            value = float(own[outcome]) if outcome in own else None
            part, whole = map(float, ratios[outcome]) if outcome in ratios else (None, None)
            yield (*key, whose, outcome, value, part, whole)


def _figure_rows(key: tuple[str | int, ...], figures: Figures) -> Iterator[Row]:
    for group, values in figures.items():
        for name, value in values.items():
            # A float of NumPy is a float to SQLite too, its other numbers are not.
            yield (*key, group, name, float(value))
