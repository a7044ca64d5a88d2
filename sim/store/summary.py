"""What a run's replications add up to, kept for the views: means with intervals, differences to the first arm."""

import tomllib
from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Final

from sim.outcomes.calendar import PERIODS
from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.intervals import Interval
from sim.outcomes.samples import Sample, change, changed, level
from sim.outcomes.series import SERIES, are_few, over_replications
from sim.scenario.scenario import Scenario
from sim.store import schema
from sim.store.sound import Damaged, check_lengths, check_rows, condition, values_by_day

Key = tuple[str, str]
"""arm, and whose outcomes: a segment or a group"""
Samples = Mapping[Key, Mapping[str, Sample]]

_TABLES: Final = (
    ("outcomes", "segment", "summaries", "differences"),
    ("group_outcomes", "whose", "group_summaries", "group_differences"),
)
"""Where outcomes are, the column that says whose they are, and where what they add up to is kept."""


def summarise(connection: Connection, run: str) -> None:
    """Put the run's summaries and differences in place of any from before; the caller holds the transaction."""
    arms = [arm for (arm,) in connection.execute("select arm from arms where run = ? order by position", (run,))]
    if not arms:
        raise Damaged(f"run {run} has no arms")
    first, *others = arms
    for table, whose, summaries, differences in _TABLES:
        sampled = _samples(connection, run, table, whose)
        moved = [*_differences(sampled, first, others)]
        if table == "outcomes":
            moved += _of_pairs(connection, run)
        for target in (summaries, differences):
            connection.execute(f"delete from {target} where run = ?", (run,))
        connection.executemany(
            f"insert into {summaries} values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (run, arm, of, outcome, *_columns(told))
                for (arm, of), samples in sampled.items()
                for outcome, sample in samples.items()
                if (told := level(outcome, sample)) is not None
            ),
        )
        connection.executemany(
            f"insert into {differences} values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((run, arm, first, of, outcome, *_columns(told)) for (arm, of), outcome, told in moved),
        )
    _summarise_series(connection, run)


def _summarise_series(connection: Connection, run: str) -> None:
    """The run's curves over calendar time, unless they would be very many figures."""
    for table in schema.SERIES.values():
        connection.execute(f"delete from {table} where run = ?", (run,))
    arms = list(connection.execute("select arm, scenario_text from arms where run = ? order by position", (run,)))
    for arm, text in arms:
        lists: dict[str, list[list[float]]] = {}
        query = "select outcome, by_day from daily where run = ? and arm = ? order by replication"
        for outcome, by_day in connection.execute(query, (run, arm)):
            if outcome in SERIES:
                lists.setdefault(outcome, []).append(values_by_day(by_day))
        check_lengths((arm, len(values)) for several in lists.values() for values in several)
        if not lists or not are_few(len(arms), len(next(iter(lists.values()))[0])):
            continue
        start = tomllib.loads(text).get("start_date", Scenario.model_fields["start_date"].default)
        for per in PERIODS:
            for outcome, values in lists.items():
                series = over_replications(outcome, values, start, per)
                connection.executemany(
                    f"insert into {schema.SERIES[per]} values (?, ?, ?, ?, ?, ?, ?, ?)",
                    ((run, arm, day, date, outcome, *figures) for day, date, *figures in series.rows()),
                )


def _samples(connection: Connection, run: str, table: str, whose: str) -> Samples:
    """What the replications found, by arm and segment or group, then outcome; outcomes of this version alone."""
    sampled: dict[Key, dict[str, Sample]] = {}
    query = f"""select arm, {whose}, outcome, replication, value, part, whole, {condition(table)} from {table}
        where run = ? and (value is not null or part is not null) order by rowid"""
    for row in connection.execute(query, (run,)):
        check_rows(table, (row,))
        arm, of, outcome, replication, value, part, whole, _ = row
        if outcome not in DEFINITIONS:
            continue
        sample = sampled.setdefault((arm, of), {}).setdefault(outcome, Sample())
        if value is not None:
            sample.values[replication] = value
        if part is not None and whole is not None:
            sample.sums[replication] = (part, whole)
    return sampled


def _differences(sampled: Samples, first: str, others: list[str]) -> Iterator[tuple[Key, str, Interval]]:
    for (arm, of), samples in sampled.items():
        reference = sampled.get((first, of), {})
        if arm in others:
            for outcome in samples:
                moved = change(outcome, reference, samples)
                if moved is not None:
                    yield (arm, of), outcome, moved.interval


def _of_pairs(connection: Connection, run: str) -> Iterator[tuple[Key, str, Interval]]:
    """The differences of what only pairs of arms show."""
    by_pair: dict[tuple[Key, str], list[float]] = {}
    query = "select arm, segment, outcome, value from pairs where run = ? and value is not null order by rowid"
    for arm, of, outcome, value in connection.execute(query, (run,)):
        by_pair.setdefault(((arm, of), outcome), []).append(value)
    for (key, outcome), values in by_pair.items():
        yield key, outcome, changed(outcome, values).interval


def _columns(one: Interval) -> tuple[float | int | None, ...]:
    return one.mean, one.sd, one.n, one.lo, one.hi
