"""The log made ready for counting: tables of touchpoints and of steps from one event of a case to its next."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.fit.errors import FitError, unknown, wrong
from sim.fit.reading import Columns, Source, read_log
from sim.fit.times import STEPS, read_times
from sim.scenario import Finding

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FLOOR = 0.005
"""An activity that fewer than this share of cases have is left out."""


MOST_ACTIVITIES = 2_000
"""A log of more activities that reach the floor is refused: nobody could read or simulate such a journey."""


@dataclass(frozen=True)
class Activity:
    """An activity of the log that becomes a touchpoint."""

    number: int
    name: str
    cases: int
    events: int


@dataclass(frozen=True)
class EventLog:
    """A log in the database: the table `steps` has one row for each event and its case's next event.

    Its columns: `case_id`, `row`, `source` and `target` (activity numbers; no target after the last event),
    `happened` and `gap` (microseconds), `place` (1 for a case's first event), `start` and `start_row` (of the case's
    first event), `channel`, `worth`.
    """

    connection: "DuckDBPyConnection"
    name: str
    activities: tuple[Activity, ...]
    cases: int
    events: int
    step: int
    """what times are rounded to, microseconds"""
    first: int
    last: int
    """times of the first and the last event, microseconds since 1970"""
    notes: tuple[str, ...]

    def numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the named activities; raises FitError for one that the log does not have."""
        number = {each.name: each.number for each in self.activities}
        asked = tuple(names)
        missing = [self._missing(each, number) for each in asked if each not in number]
        if missing:
            raise FitError(missing)
        return tuple(number[each] for each in asked)

    def _missing(self, activity: str, known: Iterable[str]) -> Finding:
        rare = self.connection.execute("SELECT cases FROM seen WHERE activity = ?", [activity]).fetchone()
        if rare is None:
            return unknown(self.name, "activity", activity, known, "activities")
        problem = f"it occurs in only {rare[0]:,} of the cases and so is left out"
        return Finding(self.name, None, f"activity {activity}", problem, "lower the floor to keep it")


def open_log(
    connection: "DuckDBPyConnection",
    folder: Path,
    path: Path,
    columns: Columns,
    *,
    floor: float = FLOOR,
    time_format: str | None = None,
    keep_duplicates: bool = False,
) -> EventLog:
    """Read the log at `path` into the tables of an EventLog.

    Left out, and noted: rows without case or activity; all but one of rows that are the same in every column (unless
    `keep_duplicates`); activities that fewer than `floor` of the cases have. Events of a case at the same time keep
    the order of the file. Raises FitError for a log that cannot be used.
    """
    source = read_log(connection, path, columns, folder)
    times = read_times(connection, source, columns.time, time_format)
    notes = [*source.notes, *times.notes]
    notes += _make_events(connection, source, columns, times.expression, keep_duplicates)
    activities, dropped = _make_kinds(connection, source, columns, floor)
    notes += dropped
    _make_steps(connection)
    cases, events, first, last = connection.execute(
        "SELECT count(*) FILTER (place = 1), count(*), min(happened), max(happened) FROM steps"
    ).fetchone() or (0, 0, 0, 0)
    if events == cases:
        notes.append(f'no case has more than one event; is "{columns.case}" the column that says whose event it is?')
    return EventLog(connection, source.name, activities, cases, events, _step(connection), first, last, tuple(notes))


def _make_events(
    connection: "DuckDBPyConnection", source: Source, columns: Columns, moment: str, keep_duplicates: bool
) -> list[str]:
    usable = "case_id IS NOT NULL AND activity IS NOT NULL"
    if keep_duplicates:
        chosen = f"SELECT row, case_id, activity, {moment} AS happened, channel, worth FROM rows WHERE {usable}"
    else:
        chosen = (
            f"SELECT min(row) AS row, case_id, activity, happened, channel, worth "
            f"FROM (SELECT *, {moment} AS happened FROM rows WHERE {usable}) "
            "GROUP BY case_id, activity, happened, channel, worth, print"
        )
    connection.execute(f"CREATE OR REPLACE TABLE events AS {chosen}")
    no_case, no_activity, complete = connection.execute(
        f"""
        SELECT count(*) FILTER (case_id IS NULL), count(*) FILTER (activity IS NULL), count(*) FILTER ({usable})
        FROM rows
        """
    ).fetchone() or (0, 0, 0)
    (kept,) = connection.execute("SELECT count(*) FROM events").fetchone() or (0,)
    connection.execute("DROP TABLE rows")
    if kept == 0:
        empty = "case" if no_case else "activity"
        raise wrong(
            source.name,
            f"column {vars(columns)[empty]}",
            "the column is empty on every row",
            "name the column that holds it",
        )
    notes = []
    if no_case:
        notes.append(f'{no_case:,} rows left out: "{columns.case}" is empty')
    if no_activity:
        notes.append(f'{no_activity:,} rows left out: "{columns.activity}" is empty')
    if complete > kept:
        notes.append(f"{complete - kept:,} rows left out: the same as an earlier row in every column")
    return notes


def _make_kinds(
    connection: "DuckDBPyConnection", source: Source, columns: Columns, floor: float
) -> tuple[tuple[Activity, ...], list[str]]:
    """The table `kinds` of activities that reach the floor, numbered from the most frequent on."""
    (cases,) = connection.execute("SELECT count(DISTINCT case_id) FROM events").fetchone() or (0,)
    if cases < 2:
        raise wrong(
            source.name,
            f"column {columns.case}",
            "the log has only one case: nothing tells how customers differ",
            "name the column that says which customer (or order, ticket …) an event belongs to",
        )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE seen AS
        SELECT activity, count(*) AS cases, CAST(sum(events) AS BIGINT) AS events
        FROM (SELECT case_id, activity, count(*) AS events FROM events GROUP BY case_id, activity)
        GROUP BY activity
        """
    )
    rare = connection.execute(
        "SELECT activity, cases, events FROM seen WHERE cases < ? ORDER BY events DESC, activity", [floor * cases]
    ).fetchall()
    connection.execute(
        """
        CREATE OR REPLACE TABLE kinds AS
        SELECT activity, cases, events,
               CAST(row_number() OVER (ORDER BY events DESC, activity) - 1 AS INTEGER) AS number
        FROM seen WHERE cases >= ?
        """,
        [floor * cases],
    )
    (reaching,) = connection.execute("SELECT count(*) FROM kinds").fetchone() or (0,)
    if reaching > MOST_ACTIVITIES:
        raise _too_many(connection, source, columns, reaching, cases)
    kept = connection.execute("SELECT number, activity, cases, events FROM kinds ORDER BY number").fetchall()
    if not kept:
        raise wrong(
            source.name,
            f"column {columns.activity}",
            f"none of its {len(rare):,} values occurs in {100 * floor:g} % of the cases",
            "name the column that says what happened, or lower the floor",
        )
    return tuple(Activity(*line) for line in kept), _told_rare(rare, floor)


def _too_many(
    connection: "DuckDBPyConnection", source: Source, columns: Columns, reaching: int, cases: int
) -> FitError:
    (least,) = connection.execute(
        "SELECT cases FROM kinds ORDER BY cases DESC LIMIT 1 OFFSET ?", [MOST_ACTIVITIES]
    ).fetchone() or (0,)
    remedy = "name the column that says what happened"
    if least < cases:  # just above the share that one too many has
        remedy += f", or leave out rare ones with a floor of {(least + 1) / cases:.2g} or more"
    problem = (
        f"{reaching:,} different values reach the floor, and a journey has at most {MOST_ACTIVITIES:,} touchpoints"
    )
    return wrong(source.name, f"column {columns.activity}", problem, remedy)


def _told_rare(rare: list[tuple[str, int, int]], floor: float) -> list[str]:
    if not rare:
        return []
    named = ", ".join(f'"{name}" ({events:,})' for name, _, events in rare[:8])
    more = f" and {len(rare) - 8:,} more" if len(rare) > 8 else ""
    total = sum(events for _, _, events in rare)
    return [
        f"{total:,} events of {len(rare):,} rare activities left out "
        f"(in fewer than {100 * floor:g} % of cases): {named}{more}"
    ]


def _make_steps(connection: "DuckDBPyConnection") -> None:
    connection.execute(
        """
        CREATE OR REPLACE TABLE steps AS
        SELECT case_id, row, number AS source, lead(number) OVER journey AS target, happened,
               lead(happened) OVER journey - happened AS gap, CAST(row_number() OVER journey AS INTEGER) AS place,
               first_value(happened) OVER journey AS start, first_value(row) OVER journey AS start_row, channel, worth
        FROM events JOIN kinds USING (activity)
        WINDOW journey AS (PARTITION BY case_id ORDER BY happened, row)
        """
    )
    connection.execute("DROP TABLE events")


def first_half(log: EventLog) -> str:
    """SQL that is true for steps of the first half of the cases, by the time at which they started."""
    line = log.connection.execute(
        "SELECT happened, row FROM steps WHERE place = 1 ORDER BY happened, row LIMIT 1 OFFSET ?",
        [(log.cases - 1) // 2],
    ).fetchone()
    assert line is not None
    happened, row = line
    return f"(start < {happened} OR (start = {happened} AND start_row <= {row}))"


def _step(connection: "DuckDBPyConnection") -> int:
    """The largest whole unit of which every time is a multiple, microseconds."""
    counted = connection.execute(
        "SELECT " + ", ".join(f"count(*) FILTER (happened % {step} <> 0)" for step in STEPS) + " FROM steps"
    ).fetchone()
    assert counted is not None
    return next((step for step, odd in zip(STEPS, counted, strict=True) if odd == 0), 1000)
