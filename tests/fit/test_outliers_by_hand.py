"""Events that are left out since they belong to no time or no customer of the log, worked out by hand."""

import datetime
from collections.abc import Iterator

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.events.outliers import leave_out_apart, leave_out_catch_all

EPOCH = datetime.datetime(1970, 1, 1)
YEAR = 31_557_600_000_000
"""Microseconds in 365.25 days."""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


def at(*days: str) -> list[int]:
    """Microseconds since 1970."""
    return [(datetime.datetime.fromisoformat(day) - EPOCH) // datetime.timedelta(microseconds=1) for day in days]


def apart(connection: duckdb.DuckDBPyConnection, times: list[int]) -> tuple[list[str], list[int]]:
    """What is said, and the times that are left."""
    connection.execute("CREATE OR REPLACE TABLE events AS SELECT unnest(?::BIGINT[]) AS happened", [times])
    said = leave_out_apart(connection, "log.csv", "when")
    return said, [each for (each,) in connection.execute("SELECT happened FROM events ORDER BY happened").fetchall()]


LOG = at(*(f"2024-01-{day:02} 12:00" for day in range(1, 31)))
REST = "lies decades apart from the rest (2024-01-01 to 2024-01-30)"


def test_events_of_days_that_stand_for_no_time_are_left_out_however_many(connection: duckdb.DuckDBPyConnection) -> None:
    assert apart(connection, LOG + at("1970-01-01")) == ([f"1 event left out: the time (1970-01-01) {REST}"], LOG)
    assert apart(connection, at("1970-01-01") + LOG + at("2025-06-01"))[0] == [
        "1 event left out: the time (1970-01-01) lies decades apart from the rest (2024-01-01 to 2025-06-01)"
    ]
    said, _ = apart(connection, LOG + at("1900-01-01", "1969-12-31", "2099-12-31", "2999-12-31"))
    assert said == [f"4 events left out: the time (1900-01-01, 1969-12-31, 2099-12-31, 2999-12-31) {REST}"]
    several = at(
        "1900-01-01", "1900-01-01 23:59:59", "1969-12-31 23:59", "2099-12-31", "2999-12-31", "9999-12-31 05:00"
    )
    said, left = apart(connection, LOG + several)
    assert left == LOG
    assert said == [f"6 events left out: the time (1900-01-01, 1969-12-31, 2099-12-31, 2999-12-31 …) {REST}"]


@pytest.mark.parametrize(
    "day",
    [
        *("0001-01-01", "1601-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1900-01-01"),
        *("1904-01-01", "1969-12-31", "1970-01-01", "1980-01-01", "2000-01-01", "2038-01-19", "2099-12-31"),
        *("2100-01-01", "2999-12-31", "9999-01-01", "9999-12-31"),
    ],
)
def test_many_events_of_a_day_that_stands_for_none_are_left_out(
    connection: duckdb.DuckDBPyConnection, day: str
) -> None:
    assert apart(connection, LOG + at(*[day] * 20)) == ([f"20 events left out: the time ({day}) {REST}"], LOG)


def test_few_other_times_apart_are_left_out_and_more_than_a_tenth_refused(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    odd = at("1985-05-05", "1986-06-06", "2051-01-01")
    said = "(1985-05-05 to 1986-06-06, 2051-01-01)"
    assert apart(connection, LOG[:27] + odd)[0] == [
        f"3 events left out: the time {said} lies decades apart from the rest (2024-01-01 to 2024-01-27)"
    ]
    # Of those that are refused, times that stand for none are told, too, but do not count.
    for none in ([], at("1970-01-01")):
        assert apart(connection, LOG[:26] + odd + none)[1] == LOG[:26] if none else True
        with pytest.raises(FitError) as caught:
            apart(connection, LOG[: 26 - len(none)] + odd + none)
        assert str(caught.value).startswith(f"log.csv: column when: {3 + len(none)} of 29 times (")
    with pytest.raises(FitError) as caught:
        apart(connection, LOG[:26] + odd)
    assert str(caught.value) == (
        f"log.csv: column when: 3 of 29 times {said} lie decades apart from the rest "
        "(2024-01-01 to 2024-01-26); correct or remove these events"
    )


def test_ten_years_without_an_event_part_times_and_less_does_not(connection: duckdb.DuckDBPyConnection) -> None:
    start = 54 * YEAR
    near, far = start + 10 * YEAR, start + 10 * YEAR + 1
    assert apart(connection, [start] * 20 + [near]) == ([], [start] * 20 + [near])
    assert apart(connection, [start] * 20 + [far])[1] == [start] * 20
    # Steps of ten years each hold together what lies further apart in all.
    steps = [start] * 20 + [start + each * 10 * YEAR for each in (1, 2, 3)]
    assert apart(connection, steps) == ([], steps)


def test_the_most_events_together_are_the_log_whether_early_or_late(connection: duckdb.DuckDBPyConnection) -> None:
    early, late = at(*["1990-01-01"] * 2, "1991-06-01"), at(*["2030-01-01"] * 2)
    assert apart(connection, at(*["1990-01-01"] * 30) + late[:1])[1] == at(*["1990-01-01"] * 30)
    assert apart(connection, early[:1] + at(*["2030-01-01"] * 30))[1] == at(*["2030-01-01"] * 30)
    # Events of several years add up: three against two.
    with pytest.raises(FitError, match=r"2 of 5 times \(2030-01-01\) .* \(1990-01-01 to 1991-06-01\)"):
        apart(connection, early + late)
    assert apart(connection, []) == ([], [])


def test_a_time_that_no_calendar_has_is_told_by_its_year(connection: duckdb.DuckDBPyConnection) -> None:
    assert apart(connection, [*LOG, 18_030 * YEAR + 1])[0] == [f"1 event left out: the time (the year 20000) {REST}"]


def catch_all(connection: duckdb.DuckDBPyConnection, **cases: int) -> tuple[list[str], int]:
    """What is said of cases with so many events, and how many events are left."""
    rows = [case for case, events in cases.items() for _ in range(events)]
    connection.execute("CREATE OR REPLACE TABLE events AS SELECT unnest(?) AS case_id", [rows])
    said = leave_out_catch_all(connection, "who")
    ((left,),) = connection.execute("SELECT count(*) FROM events").fetchall()
    return said, left


def others(cases: int, events: int = 1) -> dict[str, int]:
    return {f"c{number}": events for number in range(cases)}


def left_out(case: str, events: int, share: str) -> str:
    return f'{events:,} events left out: "who" is "{case}", with {share} % of all no single case'


def kept(case: str, events: int, share: str) -> str:
    return f'one case, "{case}", has {events:,} events, {share} % of all: is it a single one?'


def test_a_case_with_many_times_the_events_of_others_is_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    assert catch_all(connection, **others(20, 2), big=20) == ([left_out("big", 20, "33.3")], 40)
    # Nine and a half times the average: kept and told; beside nineteen others: not even told.
    assert catch_all(connection, **others(20, 2), big=19) == ([kept("big", 19, "32.2")], 59)
    assert catch_all(connection, **others(19, 2), big=200) == ([], 238)
    # Ten times the average of the twenty others is a hundred.
    assert catch_all(connection, **others(20, 10), big=99) == ([kept("big", 99, "33.1")], 299)
    assert catch_all(connection, **others(20, 10), big=100) == ([left_out("big", 100, "33.3")], 200)


def test_a_case_with_three_times_the_events_of_others_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    assert catch_all(connection, **others(30, 2), big=6) == ([kept("big", 6, "9.09")], 66)
    assert catch_all(connection, **others(30, 2), big=5) == ([], 65)


def test_a_case_with_one_in_twenty_events_or_fewer_is_left_alone_unless_by_its_name(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    # 10 of 200 events are just a twentieth, 10 of 199 more.
    assert catch_all(connection, **others(190), big=10) == ([], 200)
    assert catch_all(connection, **others(189), big=10) == ([left_out("big", 10, "5.03")], 189)
    assert catch_all(connection, **others(190), Guest=10) == ([left_out("Guest", 10, "5")], 190)
    assert catch_all(connection, **others(190), **{" -1 ": 10}) == ([left_out(" -1 ", 10, "5")], 190)
    assert catch_all(connection, **others(190), Guest=9) == ([], 199)


def test_each_case_that_is_left_out_no_longer_counts_for_the_next(connection: duckdb.DuckDBPyConnection) -> None:
    # Beside the two hundred of the first, the second's 24 of 264 would be less than ten times the average.
    said, left = catch_all(connection, **others(20, 2), first=200, second=24)
    assert said == [left_out("first", 200, "75.8"), left_out("second", 24, "37.5")]
    assert left == 40
    # Twenty others are left beside the first, but only nineteen beside the second.
    assert catch_all(connection, **others(19, 2), first=200, second=24)[0] == [left_out("first", 200, "76.3")]


def test_the_five_largest_cases_are_looked_at_by_their_name_where_as_large(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    large = {f"l{number}": 2000 for number in (6, 5, 4, 3, 2, 1)}
    said, left = catch_all(connection, **others(1000), **large)
    assert [each.split('"')[3] for each in said] == ["l1", "l2", "l3", "l4", "l5"]
    assert left == 3000
