"""From the rows of a file to events: what counts, when it happened, and what it brought."""

from typing import TYPE_CHECKING

from sim.fit.cells.amounts import amount
from sim.fit.cells.empty_words import is_nothing, left_out_notes, real_cases
from sim.fit.cells.times import read_times
from sim.fit.errors import FitError, wrong
from sim.fit.events.outliers import leave_out_apart, leave_out_catch_all
from sim.fit.files import lifecycle
from sim.fit.files.log_reading import Columns, Manner, Source
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def make_events(
    connection: "DuckDBPyConnection", source: Source, columns: Columns, manner: Manner, keep_duplicates: bool
) -> list[str]:
    """Make the table `events` of the table `rows`, which goes; returns what to know of what was left out.

    Its columns: `row`, `case_id`, `activity`, `happened` (microseconds since 1970), `channel`, `worth` (a number),
    `sequence`. Raises FitError where nothing is left, or where a time or amount cannot be read.
    """
    no_case, notes = _caseless(connection)
    no_activity = is_nothing("activity")
    notes += left_out_notes(connection, "case_id", columns.case, no_case)
    notes += left_out_notes(connection, "activity", columns.activity, f"NOT {no_case} AND {no_activity}")
    usable = f"NOT {no_case} AND NOT {no_activity}"
    counts, dropped = lifecycle.kept(connection, usable)
    usable = f"{usable} AND {counts}"
    _check_some(connection, source, columns, no_case, usable)
    times = read_times(connection, source, columns.time, usable, manner)
    worth, amounts = amount(connection, source, columns.value, usable, manner.decimal)
    notes += [*dropped, *times.notes, *amounts]
    channel = f"CASE WHEN NOT {is_nothing('channel')} THEN channel END"
    chosen = f"""
        SELECT row, case_id, activity, {times.expression} AS happened, {channel} AS channel, {worth} AS worth, sequence,
               print
        FROM rows WHERE {usable}
        """
    if keep_duplicates:
        connection.execute(f"CREATE OR REPLACE TABLE events AS SELECT * EXCLUDE (print) FROM ({chosen})")
    else:
        connection.execute(
            f"""
            CREATE OR REPLACE TABLE events AS
            SELECT min(row) AS row, case_id, activity, happened, channel, worth, sequence FROM ({chosen})
            GROUP BY case_id, activity, happened, channel, worth, sequence, print
            """
        )
    (complete,) = one_row(connection, f"SELECT count(*) FROM rows WHERE {usable}")
    (kept,) = one_row(connection, "SELECT count(*) FROM events")
    connection.execute("DROP TABLE rows")
    if complete > kept:
        notes.append(f"{complete - kept:,} rows left out: the same as an earlier row in every column")
    notes += leave_out_apart(connection, source.name, columns.time)
    return [*notes, *leave_out_catch_all(connection, columns.case)]


def _caseless(connection: "DuckDBPyConnection") -> tuple[str, list[str]]:
    """SQL for rows without a case, and what to know of words for nothing that are real cases."""
    condition = is_nothing("case_id")
    real = real_cases(connection)
    if not real:
        return condition, []
    listed = ", ".join(f"'{each}'" for each in real)
    said = ", ".join(f'"{each}"' for each in real)
    return f"({condition} AND (case_id IS NULL OR case_id NOT IN ({listed})))", [
        f"{said} taken as a case like others: their IDs look alike"
    ]


def _check_some(connection: "DuckDBPyConnection", source: Source, columns: Columns, no_case: str, usable: str) -> None:
    usable_rows, caseless = one_row(
        connection, f"SELECT count(*) FILTER ({usable}), count(*) FILTER ({no_case}) FROM rows"
    )
    if usable_rows == 0:
        raise _empty(source, columns.case if caseless else columns.activity)


def _empty(source: Source, column: str) -> FitError:
    return wrong(source.name, f"column {column}", "the column is empty on every row", "name the column that holds it")
