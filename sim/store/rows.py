"""How a replication becomes rows of the store, and how rows become the same replication again, to the last bit."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from sqlite3 import Connection
from typing import Any, Final

import numpy as np

from sim.outcomes.records import Curve, Measured, Replication

Row = tuple[Any, ...]
Figures = dict[str, dict[str, float]]

FIGURES: Final = {
    "outcomes": ("segment", "outcome"),
    "touchpoints": ("touchpoint", "figure"),
    "transitions": ("transition", "figure"),
    "channels": ("channel", "figure"),
    "stages": ("stage", "figure"),
    "actions": ("action", "figure"),
}
"""Tables of figures in two levels, with the columns of the levels; each is an attribute of Measured."""


def rows(run: str, replication: Replication) -> dict[str, list[Row]]:
    """The rows of one replication of a run, by table, in the order of the columns."""
    found: dict[str, list[Row]] = {"replications": [], "absences": [], "curves": [], "pairs": []}
    for measured in replication.arms:
        key = (run, measured.arm, replication.number)
        empty: list[list[str]] = []
        for table in FIGURES:
            figures: Figures = getattr(measured, table)
            found.setdefault(table, []).extend(_figure_rows(key, figures))
            empty += [[table, name] for name, group in figures.items() if not group]
        found["absences"] += [(*key, outcome, reason) for outcome, reason in measured.absent.items()]
        for name, curve in measured.curves.items():
            points = zip(curve.day.tolist(), curve.value.tolist(), strict=True)
            found["curves"] += [(*key, name, day, value) for day, value in points]
            if not curve.day.size:
                empty.append(["curves", name])
        pairs = replication.pairs.get(measured.arm)
        if pairs is not None:
            found["pairs"] += _figure_rows(key, pairs)
            empty += [["pairs", name] for name, group in pairs.items() if not group] if pairs else [["pairs"]]
        found["replications"].append(
            (*key, int(measured.events), float(measured.seconds), json.dumps(empty) if empty else None)
        )
    return found


def replications(connection: Connection, run: str) -> tuple[Replication, ...]:
    """The replications of a run that are stored, by number, each with its arms in their order."""
    measured: dict[tuple[int, str], Measured] = {}
    pairs: dict[tuple[int, str], Figures] = {}
    query = """
        select replication, replications.arm, events, seconds, empty from replications
        join arms on arms.run = replications.run and arms.arm = replications.arm
        where replications.run = ? order by replication, position"""
    hollow: list[tuple[tuple[int, str], list[list[str]]]] = []
    for number, arm, events, seconds, empty in connection.execute(query, (run,)):
        measured[number, arm] = Measured(
            arm=arm,
            replication=number,
            events=events,
            seconds=seconds,
            absent={},
            curves={},
            **{table: {} for table in FIGURES},
        )
        hollow.append(((number, arm), json.loads(empty) if empty else []))
    for table in FIGURES:
        for key, group, name, value in _stored(connection, table, run):
            getattr(measured[key], table).setdefault(group, {})[name] = value
    for number, arm, outcome, reason in connection.execute(
        "select replication, arm, outcome, reason from absences where run = ? order by rowid", (run,)
    ):
        measured[number, arm].absent[outcome] = reason
    for key, name, curve in _curves(connection, run):
        measured[key].curves[name] = curve
    for key, segment, outcome, value in _stored(connection, "pairs", run):
        pairs.setdefault(key, {}).setdefault(segment, {})[outcome] = value
    for key, groups in hollow:
        for table, *names in groups:
            if table == "pairs":
                pairs.setdefault(key, {}).update({name: {} for name in names})
            elif table == "curves":
                measured[key].curves[names[0]] = Curve(np.empty(0), np.empty(0))
            else:
                getattr(measured[key], table)[names[0]] = {}
    return _by_number(measured, pairs)


def _by_number(
    measured: Mapping[tuple[int, str], Measured], pairs: Mapping[tuple[int, str], Figures]
) -> tuple[Replication, ...]:
    arms: dict[int, list[Measured]] = {}
    for (number, _), one in measured.items():
        arms.setdefault(number, []).append(one)
    return tuple(
        Replication(
            number, tuple(those), {one.arm: pairs[number, one.arm] for one in those if (number, one.arm) in pairs}
        )
        for number, those in arms.items()
    )


def _figure_rows(key: tuple[str, str, int], figures: Figures) -> Iterator[Row]:
    for group, values in figures.items():
        for name, value in values.items():
            # A float of NumPy is a float to SQLite too, its other numbers are not.
            yield (*key, group, name, float(value))


def _stored(connection: Connection, table: str, run: str) -> Iterable[tuple[tuple[int, str], str, str, float]]:
    group, name = FIGURES.get(table, ("segment", "outcome"))
    query = f"select replication, arm, {group}, {name}, value from {table} where run = ? order by rowid"
    for number, arm, of, what, value in connection.execute(query, (run,)):
        yield (number, arm), of, what, math.nan if value is None else value


def _curves(connection: Connection, run: str) -> Iterator[tuple[tuple[int, str], str, Curve]]:
    points: dict[tuple[tuple[int, str], str], tuple[list[float], list[float]]] = {}
    query = "select replication, arm, curve, day, value from curves where run = ? order by rowid"
    for number, arm, name, day, value in connection.execute(query, (run,)):
        days, values = points.setdefault(((number, arm), name), ([], []))
        days.append(math.nan if day is None else day)
        values.append(math.nan if value is None else value)
    for (key, name), (days, values) in points.items():
        yield key, name, Curve(np.array(days, dtype=np.float64), np.array(values, dtype=np.float64))
