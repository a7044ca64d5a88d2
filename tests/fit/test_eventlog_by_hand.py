"""A log made ready for counting: every activity, time and note of a few small files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.cells.times import DAY
from sim.fit.events import eventlog
from sim.fit.events.eventlog import Activity, EventLog, first_half, open_log
from sim.fit.files.log_reading import Columns, Manner
from tests.fit.logs import stamp, text_of

JANUARY = 19_723
"""2024-01-01, in days since 1970."""

Opening = Callable[..., EventLog]


@pytest.fixture
def opened(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Opening:
    """Opens the log of some rows: case, activity, time, and what other columns there are."""

    def opening(rows: Sequence[Sequence[object]], above: str = "", more: bool = False, **options: object) -> EventLog:
        named = {key: str(options.pop(key)) for key in ("value", "order") if key in options}
        columns = ("case", "activity", "time", *named.values(), *(["more"] if more else []))
        (tmp_path / "log.csv").write_text(above + text_of(rows, columns))
        asked = Columns("case", "activity", "time", **named)
        return open_log(connection, tmp_path, tmp_path / "log.csv", asked, **options)  # type: ignore[arg-type]

    return opening


def rows_of(journeys: dict[str, str], day: int = 1) -> list[tuple[str, str, str]]:
    """A case for each journey, in which each letter is an event a day after the one before."""
    return [
        (case, activity, stamp(day + position))
        for case, journey in journeys.items()
        for position, activity in enumerate(journey)
    ]


def test_activities_are_numbered_from_the_most_frequent_on_and_by_name_where_equal(opened: Opening) -> None:
    log = opened(rows_of({"one": "BAC", "two": "CCCA", "three": "BA"}))
    assert log.activities == (
        Activity(0, "C", 2, 4),
        Activity(1, "A", 3, 3),
        Activity(2, "B", 2, 2),
    )
    assert (log.name, log.cases, log.events) == ("log.csv", 3, 9)
    assert (log.first, log.last, log.step) == (JANUARY * DAY, (JANUARY + 3) * DAY, DAY)
    assert (log.notes, log.refunds) == ((), frozenset())
    assert log.numbers(["B", "C"]) == (2, 0)
    assert log.numbers(()) == ()
    # Of a log that fills the disk, what it was made from is not kept beside it.
    tables = log.connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
    assert tables == [("kinds",), ("seen",), ("steps",)]


def test_names_that_the_log_lacks_or_has_too_rarely_are_told_all_at_once(opened: Opening) -> None:
    log = opened(rows_of({"one": "AB", "two": "A", "three": "AC"}), floor=0.5)
    with pytest.raises(FitError) as caught:
        log.numbers(["A", "B", "D"])
    rare, missing = (str(each) for each in caught.value.findings)
    assert (
        rare == "log.csv: activity B: it occurs in only 1 of the cases and so is left out; lower the floor to keep it"
    )
    assert missing == "log.csv: activity D: the log has no activity of this name; known activities: A"


@pytest.mark.parametrize(("floor", "kept"), [(0.25, "ABC"), (0.26, "AB"), (0.51, "A")])
def test_an_activity_is_kept_where_the_share_of_cases_reaches_the_floor(
    floor: float, kept: str, opened: Opening
) -> None:
    log = opened(rows_of({"one": "ABCC", "two": "AB", "three": "A", "four": "A"}), floor=floor)
    assert [each.name for each in log.activities] == list(kept)


def test_without_a_floor_one_case_in_two_hundred_keeps_an_activity(opened: Opening) -> None:
    rows = [(f"c{number}", "A", stamp(1)) for number in range(201)]
    rows += [("c1", "B", stamp(2)), ("c2", "B", stamp(2)), ("c1", "C", stamp(3))]
    assert [each.name for each in opened(rows).activities] == ["A", "B"]
    assert [each.name for each in opened([*rows[1:]]).activities] == ["A", "B", "C"]


def test_two_thousand_activities_may_be_kept_and_no_more(opened: Opening) -> None:
    rows = [(case, f"a{number}", stamp(1)) for case in ("one", "two") for number in range(2001)]
    assert findings_of(opened, rows)[0].startswith("log.csv: column activity: 2,001 different values reach the floor")
    assert len(opened([row for row in rows if row[1] != "a7"]).activities) == 2000


def test_rare_activities_are_told_the_most_frequent_first_and_at_most_eight_of_them(opened: Opening) -> None:
    log = opened(rows_of({"one": "AcbbDEFGHI", "two": "A", "three": "A"}), floor=0.5)
    assert log.notes == (
        '9 events of 8 rare activities left out (in fewer than 50 % of cases): "b" (2), "D" (1), "E" (1), "F" (1), '
        '"G" (1), "H" (1), "I" (1), "c" (1)',
        'no case has more than one event; is "case" the column that says whose event it is?',
    )
    log = opened(rows_of({"one": "AABBCDEFGHIJ", "two": "AA", "three": "AA"}), floor=0.5)
    assert log.notes == (
        '10 events of 9 rare activities left out (in fewer than 50 % of cases): "B" (2), "C" (1), "D" (1), "E" (1), '
        '"F" (1), "G" (1), "H" (1), "I" (1) and 1 more',
    )


def findings_of(opened: Opening, rows: Sequence[Sequence[object]], **options: object) -> tuple[str, ...]:
    with pytest.raises(FitError) as caught:
        opened(rows, **options)
    return tuple(str(each) for each in caught.value.findings)


def test_one_case_is_no_log_and_two_are(opened: Opening) -> None:
    assert findings_of(opened, rows_of({"one": "AB"})) == (
        "log.csv: column case: the log has only one case, which does not tell how customers differ; name the column "
        "that says which customer (or order, ticket …) an event belongs to",
    )
    assert opened(rows_of({"one": "AB", "two": "A"})).cases == 2


def test_a_log_of_which_nothing_reaches_the_floor_is_told_to_lower_it(opened: Opening) -> None:
    assert findings_of(opened, rows_of({"one": "AB", "two": "C"}), floor=0.6) == (
        "log.csv: column activity: none of its 3 values occurs in 60 % of the cases; name the column that says what "
        "happened, or lower the floor",
    )


def test_more_activities_than_anybody_could_read_are_refused_with_a_floor_that_helps(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eventlog, "MOST_ACTIVITIES", 3)
    journeys = {"one": "ABCDE", "two": "ABCD", "three": "ABC", "four": "A", "five": "A"}
    # The fourth in order of cases is D with 2 of 5: leaving out what fewer than 3 have keeps three.
    assert findings_of(opened, rows_of(journeys)) == (
        "log.csv: column activity: 5 different values reach the floor, and a journey has at most 3 touchpoints; name "
        "the column that says what happened, or leave out rare ones with a floor of 0.6 or more",
    )
    assert len(opened(rows_of(journeys), floor=0.6).activities) == 3
    # Where all cases have all of them, no floor helps.
    assert findings_of(opened, rows_of({"one": "ABCD", "two": "ABCD"})) == (
        "log.csv: column activity: 4 different values reach the floor, and a journey has at most 3 touchpoints; name "
        "the column that says what happened",
    )


@pytest.mark.parametrize(
    ("time", "step"),
    [
        ("2024-01-02 00:00:00", DAY),
        ("2024-01-02 07:00:00", DAY // 24),
        ("2024-01-02 07:30:00", DAY // 24 // 60),
        ("2024-01-02 07:30:01", 1_000_000),
        ("2024-01-02 07:30:01.250", 1_000),
        ("2024-01-02 07:30:01.250001", 1_000),
    ],
)
def test_times_are_multiples_of_the_largest_unit_that_all_of_them_are(time: str, step: int, opened: Opening) -> None:
    assert opened([*rows_of({"one": "AB", "two": "A"}), ("two", "B", time)]).step == step


@pytest.mark.parametrize(("cases", "half"), [(2, 1), (4, 2), (5, 3)])
def test_the_first_half_has_the_cases_that_started_first_the_odd_one_included(
    cases: int, half: int, opened: Opening
) -> None:
    # Later rows start sooner, and all have an event on the last day.
    rows = [(f"c{n}", "A", stamp(cases - n)) for n in range(cases)] + [(f"c{n}", "B", stamp(9)) for n in range(cases)]
    log = opened(rows)
    found = log.connection.execute(f"SELECT case_id FROM steps WHERE {first_half(log)} AND position = 2").fetchall()
    assert sorted(case for (case,) in found) == [f"c{n}" for n in range(cases - half, cases)]


def test_of_cases_that_start_at_once_the_first_half_has_those_that_stand_first(opened: Opening) -> None:
    log = opened([(f"c{n}", "A", stamp(1)) for n in range(6)])
    found = log.connection.execute(f"SELECT case_id FROM steps WHERE {first_half(log)}").fetchall()
    assert sorted(case for (case,) in found) == ["c0", "c1", "c2"]


PAID = [
    ("one", "Look", stamp(1), "", "x"),
    ("one", "Look", stamp(1), "", "x"),
    ("one", "Buy", stamp(1), "5", "x"),
    ("one", "Buy", stamp(3), "-5", "x"),
    ("two", "Look", stamp(2), "", "x"),
    ("two", "Buy", stamp(3), "7", "x"),
    ("two", "Odd", stamp(4), "", "x"),
    ("three", "Look", stamp(5), "", "x"),
]


def test_what_was_left_out_and_decided_is_told_in_the_order_of_the_steps(opened: Opening) -> None:
    log = opened(PAID, above="A report\n", value="money", more=True, floor=0.4, goals=["Buy"])
    assert log.notes == (
        '1 line above the table skipped ("A report")',
        "1 rows left out: the same as an earlier row in every column",
        '1 negative amounts of "Buy" (5.00 in all) are refunds: they are not goals, but "Buy (refund)", and less money '
        "(refund_rate)",
        '1 events of 1 rare activities left out (in fewer than 40 % of cases): "Odd" (1)',
        "33.3 % of the steps (1) are between events at the same time; they are in the order of the file "
        "(another: --order COLUMN)",
    )
    # A refund is kept however rare it is.
    assert log.refunds == {"Buy (refund)"}
    assert [each.name for each in log.activities] == ["Look", "Buy", "Buy (refund)"]
    assert (log.cases, log.events) == (3, 6)


def test_duplicates_a_column_of_order_and_a_manner_are_used_where_asked_for(opened: Opening) -> None:
    rows = [("one", "A", "02.01.2024", 2), ("one", "B", "02.01.2024", 1), ("two", "A", "02.03.2024", 1)]
    log = opened([*rows, rows[1]], order="place", keep_duplicates=True, manner=Manner(time_format="%m.%d.%Y"))
    found = log.connection.execute("SELECT source FROM steps WHERE case_id = 'one' ORDER BY position").fetchall()
    assert [log.activities[number].name for (number,) in found] == ["B", "B", "A"]
    assert log.notes == ('100 % of the steps (2) are between events at the same time; "place" tells their order',)
    assert (log.first, log.last) == ((JANUARY + 31) * DAY, (JANUARY + 33) * DAY)  # the first and the third of February
