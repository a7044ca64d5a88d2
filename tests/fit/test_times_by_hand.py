"""Texts as times, each worked out by hand: dates, clocks, zones, numbers, and what is refused."""

import datetime
from collections.abc import Iterator, Sequence

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.cells.times import DAY, STEPS, read_times
from sim.fit.files.log_reading import Manner, Source

REMEDY = "write times like 2026-01-31 14:05:00, say --time-format, or remove these events"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


class Reads:
    """Reads times from the table of rows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def __call__(
        self, texts: Sequence[str | None], manner: Manner | None = None, *, first: int = 1, kind: str = "csv"
    ) -> tuple[list[str], tuple[str, ...]]:
        """The times, and what is said of how they were read; row 0 holds what nobody could read, and is not usable."""
        self.connection.execute(
            "CREATE OR REPLACE TABLE rows AS SELECT 0 AS row, 'never' AS moment "
            "UNION ALL SELECT unnest(range(?, ?)) AS row, unnest(?::VARCHAR[]) AS moment",
            [first, first + len(texts), list(texts)],
        )
        source = Source("log.csv", kind, len(texts) + 1, (), 1)  # type: ignore[arg-type]
        times = read_times(self.connection, source, "when", "row > 0", manner)
        found = self.connection.execute(f"SELECT {times.expression} FROM rows WHERE row > 0 ORDER BY row").fetchall()
        epoch = datetime.datetime(1970, 1, 1)
        return [str(epoch + datetime.timedelta(microseconds=each)) for (each,) in found], times.notes

    def refusal(
        self, texts: Sequence[str | None], manner: Manner | None = None, *, first: int = 1, kind: str = "csv"
    ) -> str:
        with pytest.raises(FitError) as caught:
            self(texts, manner, first=first, kind=kind)
        assert [each.file for each in caught.value.findings] == ["log.csv"]
        return str(caught.value)


@pytest.fixture
def read(connection: duckdb.DuckDBPyConnection) -> Reads:
    return Reads(connection)


def test_times_are_rounded_to_whole_units_of_so_many_microseconds() -> None:
    day = 24 * 60 * 60 * 10**6
    assert day == DAY
    assert [*STEPS] == [day, day // 24, 60 * 10**6, 10**6, 10**3]


YEAR_FIRST = {
    "2026-03-01": "2026-03-01 00:00:00",
    "2026/3/1 4:05": "2026-03-01 04:05:00",
    "2026-03-01T14:05:06.000007": "2026-03-01 14:05:06.000007",
    "2026-03-01 14:05:06,25": "2026-03-01 14:05:06.250000",
}
WITH_OTHER_CLOCKS = {
    **YEAR_FIRST,
    "2026.03.01 14:05": "2026-03-01 14:05:00",
    "2026-03-01 2:05 pm": "2026-03-01 14:05:00",
    "2026-03-01 2:05PM": "2026-03-01 14:05:00",
    "2026-03-01 2 p.m.": "2026-03-01 14:00:00",
    "2026-03-01 12:05:06 AM": "2026-03-01 00:05:06",
    "2026-03-01 2:05:06.5 PM": "2026-03-01 14:05:06.500000",
    "2026-03-01 14.05": "2026-03-01 14:05:00",
    "2026-03-01 14h05": "2026-03-01 14:05:00",
    "2026-03-01 14": "2026-03-01 14:00:00",
    "2026-03-01:14:05:06": "2026-03-01 14:05:06",
    "2026.03.01 14:05:06.1234567": "2026-03-01 14:05:06.123456",
}
DAY_FIRST = {
    "31.3.2026": "2026-03-31 00:00:00",
    "31.03.26 14:05": "2026-03-31 14:05:00",
    "31. 3. 2026, 14:05:06": "2026-03-31 14:05:06",
    "31.03.2026 14.05.06": "2026-03-31 14:05:06",
    "31.03.2026 um 14:05": "2026-03-31 14:05:00",
    "31/03/2026 à 14h05": "2026-03-31 14:05:00",
    "31-03-2026T14:05:06.5": "2026-03-31 14:05:06.500000",
}
MONTH_FIRST = {
    "3/31/2026 2:05:06 PM": "2026-03-31 14:05:06",
    "3/31/26 2:05 PM": "2026-03-31 14:05:00",
    "3/31/26": "2026-03-31 00:00:00",
}
NAMED = {
    "31 Mar 2026": "2026-03-31 00:00:00",
    "31-Mar-26": "2026-03-31 00:00:00",
    "31. March 2026 14:05": "2026-03-31 14:05:00",
    "31st March 2026": "2026-03-31 00:00:00",
    "March 31st, 2026 at 2:05 PM": "2026-03-31 14:05:00",
    "Mar 31, 26": "2026-03-31 00:00:00",
    "Sept 30, 2026": "2026-09-30 00:00:00",
    "Tue, 31 Mar 2026 14:05:06": "2026-03-31 14:05:06",
    "Tuesday, March 31, 2026": "2026-03-31 00:00:00",
    "Tue Mar 31 14:05:06 2026": "2026-03-31 14:05:06",
    "[31/Mar/2026:14:05:06]": "2026-03-31 14:05:06",
}
COMPACT = {
    "20260331": "2026-03-31 00:00:00",
    "202603311405": "2026-03-31 14:05:00",
    "20260331140506": "2026-03-31 14:05:06",
    "20260331T140506": "2026-03-31 14:05:06",
    "20260331 140506": "2026-03-31 14:05:06",
    "20260331 14:05": "2026-03-31 14:05:00",
    "20260331 14:05:06": "2026-03-31 14:05:06",
    "20260331T14:05:06": "2026-03-31 14:05:06",
}
ALONE = [
    {"2026-03-01 12:05:06 AM": "2026-03-01 00:05:06", "2026-03-01 2:05 PM": "2026-03-01 14:05:00"},
    {"Tue Mar 31 14:05:06 CEST 2026": "2026-03-31 14:05:06"},
    {"Tue Mar 31 2026 14:05:06 GMT+0200 (Central European Time)": "2026-03-31 14:05:06"},
    {"31.03.26 14:05 Uhr": "2026-03-31 14:05:00"},
]


@pytest.mark.parametrize(
    "times",
    [YEAR_FIRST, WITH_OTHER_CLOCKS, DAY_FIRST, MONTH_FIRST, NAMED, COMPACT, *ALONE],
    ids=lambda each: next(iter(each)),
)
def test_times_are_read_in_the_shapes_they_have(read: Reads, times: dict[str, str]) -> None:
    assert dict(zip(times, read([*times])[0], strict=True)) == times


def test_what_no_calendar_or_clock_has_is_refused(read: Reads) -> None:
    none = ["31.02.2026", "2026-02-29", "1.3.126", "2026-03-01 25:00", "infinity", "epoch", "26~03~01", ""]
    for text in none[:2]:
        assert read.refusal([text]) == (
            f'log.csv:2: column when: 1 of 1 times cannot be read; the first is "{text}"; {REMEDY}'
        )
    assert "8 of 9 times cannot be read" in read.refusal(["2026-03-01", *none])
    assert '1 of 2 times cannot be read; the first is "infinity"' in read.refusal(["31 Mar 26", "infinity"])
    assert '1 of 2 times cannot be read; the first is "infinity"' in read.refusal(
        ["31/03/2026", "infinity"], Manner(time_format="%d/%m/%Y")
    )


def test_different_shapes_of_one_order_are_read_together_and_the_order_is_said(read: Reads) -> None:
    day = "times are read day first (31/12/2026)"
    assert read(["31.03.2026 14:05", "1-3-26", "2/3/2026 2:05 PM", "3.3.26 14h05"]) == (
        ["2026-03-31 14:05:00", "2026-03-01 00:00:00", "2026-03-02 14:05:00", "2026-03-03 14:05:00"],
        (day,),
    )
    month = "times are read month first (12/31/2026)"
    assert read(["3/31/2026", "3/1/26"]) == (["2026-03-31 00:00:00", "2026-03-01 00:00:00"], (month,))
    short = "times are read year first (26-12-31)"
    assert read(["32-03-31 14:05", "26-12-31"]) == (["2032-03-31 14:05:00", "2026-12-31 00:00:00"], (short,))
    compact = "times are read as digits, year first (20261231)"
    assert read(["20260331", "20260331T14:05:06"]) == (["2026-03-31 00:00:00", "2026-03-31 14:05:06"], (compact,))
    for texts in (["31 Mar 2026", "Mar 1, 26"], ["2026-03-31", "2026.3.1"]):
        assert read(texts) == (["2026-03-31 00:00:00", "2026-03-01 00:00:00"], ())


def test_a_zone_on_each_time_keeps_its_clock_and_several_are_converted(read: Reads) -> None:
    kept = "times keep their local clock (+02:00)"
    assert read(["2026-03-01T10:00:00+02:00", "2026-03-01 11:00 +02:00"]) == (
        ["2026-03-01 10:00:00", "2026-03-01 11:00:00"],
        (kept,),
    )
    several = "all were converted to UTC"
    assert read(["2026-03-01 10:00 +02:00", "2026-03-01 10:00:00.5Z", "2026-03-01", "2026-03-01 10:00 +02:00"]) == (
        ["2026-03-01 08:00:00", "2026-03-01 10:00:00.500000", "2026-03-01 00:00:00", "2026-03-01 08:00:00"],
        (f"times have several zones (+02:00, none, Z); {several}",),
    )
    # Half a year apart in Berlin: one hour ahead, then two; and times that are not written year first.
    assert read(["1/13/2026 10:00 Europe/Berlin", "7/13/2026 10:00 PM Europe/Berlin", "7/13/2026 1:00 PM"]) == (
        ["2026-01-13 09:00:00", "2026-07-13 20:00:00", "2026-07-13 13:00:00"],
        (
            "times are read month first (12/31/2026)",
            f"times have several zones (Europe/Berlin, none); {several}",
        ),
    )
    zones = Manner(zones={"XYZ": "+01:00"})
    assert read(["2026-03-01 10:00 XYZ"], zones) == (["2026-03-01 09:00:00"], ())
    assert '1 of 2 times cannot be read; the first is "2026-03-01 10:00 XYZ"' in read.refusal(
        ["2026-03-01 10:00 UTC", "2026-03-01 10:00 XYZ"]
    )
    assert 'column when: "IST" may be India' in read.refusal(["2026-03-01 10:00 IST", "2026-03-01 10:00 UTC"])


SECOND = 1_000_000
"""Microseconds."""


@pytest.mark.parametrize(
    ("texts", "times", "unit"),
    [
        (["100000000", "99999999999"], [10**8 * SECOND, 99_999_999_999 * SECOND], "seconds"),
        (["1000000000.25", "+1000000000."], [10**9 * SECOND + SECOND // 4, 10**9 * SECOND], "seconds"),
        (["100000000000", "99999999999984"], [10**8 * SECOND, 99_999_999_999_984_000], "milliseconds"),
        (["100000000000000", "1000000000000001"], [10**8 * SECOND, 10**15 + 1], "microseconds"),
        (["100000000000000000", "1000000000000000000"], [10**8 * SECOND, 10**9 * SECOND], "nanoseconds"),
        (
            ["1000000000"] * 3 + ["86400", "-86400"],
            [*[10**9 * SECOND] * 3, 86_400 * SECOND, -86_400 * SECOND],
            "seconds",
        ),
        (["1000000000000"] * 2 + ["5000"], [*[10**9 * SECOND] * 2, 5 * SECOND], "milliseconds"),
    ],
)
def test_numbers_are_units_since_1970_by_their_size(read: Reads, texts: list[str], times: list[int], unit: str) -> None:
    epoch = datetime.datetime(1970, 1, 1)
    expected = [str(epoch + datetime.timedelta(microseconds=each)) for each in times]
    assert read(texts) == (expected, (f"times are read as {unit} since 1970",))


def test_numbers_of_several_units_are_each_converted_and_small_ones_are_of_the_usual_unit(read: Reads) -> None:
    assert read(["1000000000", "2000000000000", "3000000000000", "1000"]) == (
        ["2001-09-09 01:46:40", "2033-05-18 03:33:20", "2065-01-24 05:20:00", "1970-01-01 00:00:01"],
        ("times are numbers since 1970, 2 in milliseconds, 1 in seconds, told by their size; each was converted",),
    )


def test_numbers_between_are_the_days_of_a_spreadsheet(read: Reads) -> None:
    note = "times are read as a spreadsheet's day numbers (46082.5 is 2026-03-01 12:00)"
    assert read(["46082.5", "20000", "80000", "46082.75"]) == (
        ["2026-03-01 12:00:00", "1954-10-03 00:00:00", "2119-01-11 00:00:00", "2026-03-01 18:00:00"],
        (note,),
    )
    for other in ("19999", "80001", "4608 2", "x"):
        assert "1 of 3 times cannot be read" in read.refusal(["46082", other, "46082"])


def test_numbers_are_read_where_more_than_half_of_the_times_are_some(read: Reads) -> None:
    for number in ("46082", "1000000000"):
        assert "2 of 2 times cannot be read" in read.refusal([number, "x"])
        assert "1 of 3 times cannot be read" in read.refusal([number, "x", number])


def test_a_given_pattern_is_the_only_one(read: Reads) -> None:
    assert read(["01/02/2026", "03/02/2026"], Manner(time_format="%d/%m/%Y")) == (
        ["2026-02-01 00:00:00", "2026-02-03 00:00:00"],
        (),
    )
    assert read(["14 o'clock on 2026-03-01"], Manner(time_format="%H o'clock on %Y-%m-%d"))[0] == [
        "2026-03-01 14:00:00"
    ]
    assert "1 of 2 times cannot be read" in read.refusal(["01/02/2026", "2026-02-01"], Manner(time_format="%d/%m/%Y"))
    with pytest.raises(FitError) as caught:
        read(["2026-03-01"], Manner(time_format="%Y-%"))
    assert str(caught.value) == ('time format: "%Y-%" is not a time format; write one such as %d/%m/%Y %H:%M')
    assert caught.value.findings[0].file == ""


def test_times_that_cannot_be_read_are_counted_under_the_reading_that_reads_the_most(read: Reads) -> None:
    said = read.refusal(["13/1/2026", "14/1/2026", "1/15/2026", None, "1/16/26"])
    # Day first reads two of five, month first two as well, and day first is tried before.
    assert said == f'log.csv:4: column when: 3 of 5 times cannot be read; the first is "1/15/2026"; {REMEDY}'
    assert read.refusal(["2026-03-01", None]) == (
        f"log.csv:3: column when: 1 of 2 times cannot be read; the first is empty; {REMEDY}"
    )
    assert read.refusal(["x"], first=1234, kind="json") == (
        f'log.csv: column when: 1 of 1 times cannot be read; the first, event 1,234 of the log, is "x"; {REMEDY}'
    )


def test_a_log_most_of_whose_times_lie_outside_the_years_1000_to_2999_is_refused(read: Reads) -> None:
    inside = ["1000-01-01", "2999-12-31 23:59:59.999999"]
    outside = ["0999-12-31 23:59:59.999999", "3000-01-01"]
    assert len(read([*inside, *outside])[0]) == 4
    assert read.refusal([*inside, *outside, "0001-01-01"]) == (
        "log.csv:4: column when: 3 of 5 times are not of the years 1000 to 2999; "
        f'the first is "0999-12-31 23:59:59.999999"; {REMEDY}'
    )


def either(*days: tuple[int, int]) -> list[str]:
    """Dates whose first two numbers are these."""
    return [f"{first:02}/{second:02}/2026" for first, second in days]


IN_ORDER = "otherwise the file would not be in order of time"


def test_the_order_of_the_file_decides_between_day_and_month_where_it_can(read: Reads) -> None:
    # Day first these go up all the way; month first they go up and down.
    up = either((1, 1), (5, 1), (3, 2), (4, 2), (1, 3), (2, 3))
    day_first = (IN_ORDER if "order" in each else each for each in ("times are read day first (31/12/2026)", "order"))
    times, notes = read(up)
    assert notes == tuple(day_first)
    assert times[:3] == ["2026-01-01 00:00:00", "2026-01-05 00:00:00", "2026-02-03 00:00:00"]
    assert read(up[::-1])[1] == notes
    times, month = read([f"{each[3:5]}/{each[:2]}/2026" for each in up])
    assert month == ("times are read month first (12/31/2026)", IN_ORDER)
    assert times[1] == "2026-01-05 00:00:00"
    # Equal times say nothing; five changes of time do.
    assert read([*up, *up[-1:] * 3])[1] == notes
    assert "it is not clear" in read.refusal([*up[:5], up[4]])


def test_dates_with_dots_are_read_day_first(read: Reads) -> None:
    assert read(["01.02.2026", "2. 2.2026"]) == (
        ["2026-02-01 00:00:00", "2026-02-02 00:00:00"],
        ("times are read day first (31/12/2026)",),
    )
    assert "it is not clear" in read.refusal(["01.02.2026", "02/02/2026"])


@pytest.mark.parametrize(
    ("text", "names", "patterns"),
    [
        ("01/02/2026", "day or month", ("%d/%m/%Y", "%m/%d/%Y")),
        ("01/02/2026 2:05 PM", "day or month", ("%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p")),
        ("01-02-26", "day or month or year", ("%d-%m-%y", "%m-%d-%y", "%y-%m-%d")),
        ("01/02/03 14:05:06", "day or month or year", ("%d/%m/%y %H:%M:%S", "%m/%d/%y %H:%M:%S", "%y/%m/%d %H:%M:%S")),
    ],
)
def test_dates_that_could_be_either_are_refused_with_the_patterns_that_tell(
    read: Reads, text: str, names: str, patterns: tuple[str, ...]
) -> None:
    listed = " or ".join(f"--time-format '{each}'" for each in patterns)
    assert read.refusal([text, text], first=3) == (
        f'log.csv:4: column when: it is not clear whether dates such as "{text}" have the {names} first; add {listed}'
    )


def test_the_pattern_that_is_proposed_is_that_of_the_first_time(read: Reads) -> None:
    patterns = {"01/02/2026 2:05 PM": "%Y %I:%M %p", "01/02/99": "%y", "01/02/2026": "%Y", "01/02/0050": "%Y"}
    for first, pattern in patterns.items():
        assert read.refusal([first, "02/02/2026", "02/02/26", "02/02/2026 14:05"]).endswith(
            f"; add --time-format '%d/%m/{pattern}' or --time-format '%m/%d/{pattern}'"
        )
