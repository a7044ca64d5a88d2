"""The log made ready for counting: tables of touchpoints and of steps from one event of a case to its next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.fit.cells.times import STEPS
from sim.fit.errors import FitError, unknown, wrong
from sim.fit.events.events import make_events
from sim.fit.events.refunds import name_refunds
from sim.fit.events.same_time import make_steps
from sim.fit.files.log_reading import Columns, Manner, Source, read_log
from sim.fit.one_row import one_row
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
    `happened` and `gap` (microseconds), `position` (1 for a case's first event), `start` and `start_row` (of the case's
    first event), `channel`, `worth` (a number), `later` (whether the next event is further down in the file).
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
    refunds: frozenset[str] = frozenset()
    """activities that are money paid back"""

    def numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the named activities; raises FitError for one that the log does not have."""
        number = {each.name: each.number for each in self.activities}
        wanted = tuple(names)
        missing = [self._missing(each, number) for each in wanted if each not in number]
        if missing:
            raise FitError(missing)
        return tuple(number[each] for each in wanted)

    def _missing(self, activity: str, known: Iterable[str]) -> Finding:
        rare = self.connection.execute("SELECT cases FROM seen WHERE activity = ?", [activity]).fetchone()
        if rare is None:
            return unknown(self.name, "activity", activity, known, "activities")
        (cases,) = rare
        problem = f"it occurs in only {cases:,} of the cases and so is left out"
        return Finding(self.name, None, f"activity {activity}", problem, "lower the floor to keep it")


def open_log(
    connection: "DuckDBPyConnection",
    folder: Path,
    path: Path,
    columns: Columns,
    *,
    floor: float = FLOOR,
    goals: Sequence[str] = (),
    manner: Manner | None = None,
    keep_duplicates: bool = False,
) -> EventLog:
    """Read the log at `path` into the tables of an EventLog.

    Left out, and noted: rows without case or activity, or with a word for nothing there; events that only start an
    activity which the log also completes; all but one of rows that are the same in every column (unless
    `keep_duplicates`); events decades apart from the others, and those of an id that many customers share; activities
    that fewer than `floor` of the cases have. Negative amounts of `goals` become an activity of their own. Events of a
    case at the same time keep the order of the file, turned round where it has the newest first, unless a column tells
    it. Raises FitError for a log that cannot be used.
    """
    manner = manner or Manner()
    source = read_log(connection, path, columns, folder, manner)
    notes = [*source.notes, *make_events(connection, source, columns, manner, keep_duplicates)]
    refunds, told = name_refunds(connection, goals)
    activities, dropped = _make_kinds(connection, source, columns, floor, refunds)
    notes += [*told, *dropped, *make_steps(connection, columns.order)]
    connection.execute("DROP TABLE events")
    cases, events, first, last = one_row(
        connection, "SELECT count(*) FILTER (position = 1), count(*), min(happened), max(happened) FROM steps"
    )
    if events == cases:
        notes.append(f'no case has more than one event; is "{columns.case}" the column that says whose event it is?')
    step = _step(connection)
    return EventLog(connection, source.name, activities, cases, events, step, first, last, tuple(notes), refunds)


def _make_kinds(
    connection: "DuckDBPyConnection", source: Source, columns: Columns, floor: float, refunds: Collection[str]
) -> tuple[tuple[Activity, ...], list[str]]:
    """The table `kinds` of activities that reach the floor, or are refunds, numbered from the most frequent on."""
    (cases,) = one_row(connection, "SELECT count(DISTINCT case_id) FROM events")
    if cases < 2:
        raise wrong(
            source.name,
            f"column {columns.case}",
            "the log has only one case, which does not tell how customers differ",
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
    reaches = "(cases >= ? OR list_contains(?, activity))"
    limits = [floor * cases, sorted(refunds)]
    rare = connection.execute(
        f"SELECT activity, cases, events FROM seen WHERE NOT {reaches} ORDER BY events DESC, activity", limits
    ).fetchall()
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE kinds AS
        SELECT activity, cases, events,
               CAST(row_number() OVER (ORDER BY events DESC, activity) - 1 AS INTEGER) AS number
        FROM seen WHERE {reaches}
        """,
        limits,
    )
    (reaching,) = one_row(connection, "SELECT count(*) FROM kinds")
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
    (least,) = one_row(connection, "SELECT cases FROM kinds ORDER BY cases DESC LIMIT 1 OFFSET ?", [MOST_ACTIVITIES])
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


def first_half(log: EventLog) -> str:
    """SQL that is true for steps of the first half of the cases, by the time at which they started."""
    happened, row = one_row(
        log.connection,
        "SELECT happened, row FROM steps WHERE position = 1 ORDER BY happened, row LIMIT 1 OFFSET ?",
        [(log.cases - 1) // 2],
    )
    return f"(start < {happened} OR (start = {happened} AND start_row <= {row}))"


def _step(connection: "DuckDBPyConnection") -> int:
    """The largest whole unit of which every time is a multiple, microseconds."""
    counted = one_row(
        connection,
        "SELECT " + ", ".join(f"count(*) FILTER (happened % {step} <> 0)" for step in STEPS) + " FROM steps",
    )
    return next((step for step, odd in zip(STEPS, counted, strict=True) if odd == 0), 1000)
