"""From rows to events: what is kept of a few rows, and what is told of the others, in which order."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.events.events import make_events
from sim.fit.files.log_reading import Columns, Manner, read_log
from tests.fit.logs import stamp, text_of

NAMES = ("who", "what", "when", "where", "money", "place", "phase")
Row = tuple[object, ...]
Making = Callable[..., list[str]]


@pytest.fixture
def made(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> Making:
    """Makes the table `events` of some rows; returns what is told."""

    def making(rows: list[Row], keep_duplicates: bool = False, **manner: str) -> list[str]:
        (tmp_path / "log.csv").write_text(text_of(rows, NAMES))
        columns = Columns("who", "what", "when", "where", "money", order="place", lifecycle="phase")
        source = read_log(connection, tmp_path / "log.csv", columns, tmp_path)
        return make_events(connection, source, columns, Manner(**manner), keep_duplicates)  # type: ignore[arg-type]

    return making


ROWS: list[Row] = [
    ("one", "Look", stamp(1), "Web", "1.5", "2", "complete"),
    ("one", "Look", stamp(1), "(not set)", "", "", ""),
    ("one", "Look", stamp(1), "Web", "1.5", "2", "complete"),
    ("NULL", "Look", stamp(2), "Web", "2.5", "3", "complete"),
    ("two", "n/a", stamp(3), "Web", "2.5", "3", "complete"),
    ("two", "Look", stamp(4), "App", "2.5", "1", "start"),
    ("NULL", "n/a", stamp(4), "App", "what?", "1", "complete"),
    ("two", "Buy", stamp(5), "", "-3", "1", "complete"),
]
TOLD = [
    '2 rows left out: "who" holds nothing: "NULL" (2)',
    '1 rows left out: "what" holds nothing: "n/a" (1)',
    '1 events left out that only start, schedule … "Look": only completions count',
]


def events(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The events in the order of the file; when is told in days after the end of 2023."""
    when = "happened // 86400000000 - 19722"
    return connection.execute(
        f"SELECT row, case_id, activity, {when}, channel, worth, sequence FROM events ORDER BY row"
    ).fetchall()


def test_a_row_with_case_and_activity_is_an_event_once(made: Making, connection: duckdb.DuckDBPyConnection) -> None:
    assert made(ROWS) == [*TOLD, "1 rows left out: the same as an earlier row in every column"]
    assert events(connection) == [
        (1, "one", "Look", 1, "Web", 1.5, "2"),
        (2, "one", "Look", 1, None, None, None),
        (8, "two", "Buy", 5, None, -3.0, "1"),
    ]
    assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("events",)]


def test_rows_that_are_the_same_are_kept_where_asked_for(made: Making, connection: duckdb.DuckDBPyConnection) -> None:
    assert made(ROWS, keep_duplicates=True) == TOLD
    assert [row for row, *_ in events(connection)] == [1, 2, 3, 8]


def test_what_is_told_follows_the_order_of_the_steps(made: Making) -> None:
    rows: list[Row] = [(f"c{n}", "Look", f"{n % 28 + 1:02}.03.2026", "Web", "1,5", "1", "complete") for n in range(50)]
    rows += [("c1", "Look", "01.01.1970", "Web", "2,5", "1", "complete")]
    rows += [("guest", "Look", f"{n + 1:02}.03.2026", "Web", "2,5", "1", "complete") for n in range(20)]
    assert made(rows) == [
        "times are read day first (31/12/2026)",
        "amounts are read with a decimal comma (1.234,50)",
        "1 event left out: the time (1970-01-01) lies decades apart from the rest (2026-03-01 to 2026-03-28)",
        '20 events left out: "who" is "guest", with 28.6 % of all no single case',
    ]
    assert made(rows[:50], decimal="comma") == ["times are read day first (31/12/2026)"]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([("", "Look", "1")], "who"),
        ([("one", "", "1")], "what"),
        ([("one", "", "1"), ("", "Look", "1")], "who"),
        ([("", "", "1")], "who"),
    ],
)
def test_a_column_that_is_empty_on_every_row_is_named(made: Making, rows: list[Row], column: str) -> None:
    with pytest.raises(FitError) as caught:
        made([(*row, "", "", "", "") for row in rows])
    assert str(caught.value) == (
        f"log.csv: column {column}: the column is empty on every row; name the column that holds it"
    )


def test_a_time_and_an_amount_that_cannot_be_read_are_told_with_their_columns(made: Making) -> None:
    with pytest.raises(FitError, match=r'^log.csv: column money: 1 values are not numbers, such as "what\?"; '):
        made([*ROWS, ("two", "Buy", stamp(5), "", "what?", "1", "complete")])
    with pytest.raises(FitError, match=r"^log.csv:10: column when: "):
        made([*ROWS, ("two", "Buy", "never", "", "1", "1", "complete")])


def test_words_for_nothing_that_are_cases_are_kept_and_told(
    made: Making, connection: duckdb.DuckDBPyConnection
) -> None:
    codes = [first + second for first in "NMKLPQRS" for second in "ABCDE"]
    rows: list[Row] = [(code, "Look", stamp(1), "", "", "", "") for code in codes]
    assert made(rows) == ['"NA" taken as a case like others: their IDs look alike']
    assert len(events(connection)) == 40
    lower: list[Row] = [(str(case).lower(), *others) for case, *others in [*rows, ("-", *rows[0][1:])]]
    assert made(lower) == [
        '"na" taken as a case like others: their IDs look alike',
        '1 rows left out: "who" holds nothing: "-" (1)',
    ]
    firsts = ["Nil", "Nan", *(f"A{letter}e" for letter in "bcdefghijklmnopqrstuvwxyz")]
    names: list[Row] = [(name, "Look", stamp(1), "", "", "", "") for name in firsts]
    assert made(names)[0] == '"Nan", "Nil" taken as a case like others: their IDs look alike'
    assert len(events(connection)) == 27
