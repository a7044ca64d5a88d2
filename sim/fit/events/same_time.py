"""What comes first of events of a case at the same time."""

from typing import TYPE_CHECKING

from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST = 0.95
"""A file runs backwards where at least this share of its changes of time goes back."""


def make_steps(connection: "DuckDBPyConnection", order: str | None) -> list[str]:
    """Make the table `steps` from `events` and `kinds`; returns what to know of its order.

    Events of a case follow one another by time; at the same time by the column `order`, if there is one, else as in
    the file, which is turned round where it has the newest event first.
    """
    if order is not None:
        _make(connection, _by_column(connection))
    else:
        _make(connection, "row")
    steps, ties, forward, backward = one_row(
        connection,
        """
        SELECT count(gap), count(*) FILTER (gap = 0), count(*) FILTER (gap > 0 AND later),
               count(*) FILTER (gap > 0 AND NOT later)
        FROM steps
        """,
    )
    if ties == 0:
        return []
    share = f"{100 * ties / steps:.3g} % of the steps ({ties:,}) are between events at the same time"
    if order is not None:
        return [f'{share}; "{order}" tells their order']
    if not _is_backwards(connection, forward, backward):
        return [f"{share}; they are in the order of the file (another: --order COLUMN)"]
    _make(connection, "row DESC")
    return [f"the file runs backwards in time: {share}; their order was reversed (another order: --order COLUMN)"]


def _make(connection: "DuckDBPyConnection", ties: str) -> None:
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE steps AS
        SELECT case_id, row, number AS source, lead(number) OVER journey AS target, happened,
               lead(happened) OVER journey - happened AS gap, CAST(row_number() OVER journey AS INTEGER) AS position,
               first_value(happened) OVER journey AS start, first_value(row) OVER journey AS start_row, channel, worth,
               lead(row) OVER journey > row AS later
        FROM events JOIN kinds USING (activity)
        WINDOW journey AS (PARTITION BY case_id ORDER BY happened, {ties})
        """
    )


def _by_column(connection: "DuckDBPyConnection") -> str:
    """SQL to sort by the column `sequence`: as numbers where all are; rows without it come last."""
    (words,) = one_row(
        connection, "SELECT count(*) FROM events WHERE sequence IS NOT NULL AND try_cast(sequence AS DOUBLE) IS NULL"
    )
    number = "try_cast(sequence AS DOUBLE)" if words == 0 else "sequence"
    return f"{number} NULLS LAST, row"


def _is_backwards(connection: "DuckDBPyConnection", forward: int, backward: int) -> bool:
    """Whether the file has the newest first: inside cases, or where each has but one time, from row to row."""
    if forward + backward == 0:
        forward, backward = one_row(
            connection,
            """
            SELECT count(*) FILTER (happened > before), count(*) FILTER (happened < before)
            FROM (SELECT happened, lag(happened) OVER (ORDER BY row) AS before FROM events)
            """,
        )
    return bool(backward >= 2 and backward >= MOST * (forward + backward))
