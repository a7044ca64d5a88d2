"""When events happened: text in many shapes to microseconds since 1970."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.fit.cells import number_times, time_formats, time_zones
from sim.fit.cells.time_formats import Shape
from sim.fit.errors import FitError, wrong
from sim.fit.files.log_reading import Manner, Source
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
"""Microseconds in a day."""

STEPS = (DAY, DAY // 24, 60_000_000, 1_000_000, 1000)
"""Days, hours, minutes, seconds and milliseconds in microseconds: what a log's times may be rounded to."""

EARLIEST, LATEST = -30_610_224_000_000_000, 32_503_679_999_999_999
"""The first moment of the year 1000 and the last of 2999, microseconds since 1970.

A log most of whose times lie outside is refused.
"""


@dataclass(frozen=True)
class Times:
    """How the log writes its times."""

    expression: str
    """SQL for microseconds since 1970 from the columns of the table `rows`"""
    notes: tuple[str, ...] = ()
    shape: Shape | None = None


@dataclass(frozen=True)
class _Unread:
    """What times are read from."""

    connection: "DuckDBPyConnection"
    source: Source
    column: str
    usable: str
    manner: Manner

    def count(self, what: str) -> int:
        (rows,) = one_row(self.connection, f"SELECT count({what}) FROM rows WHERE {self.usable}")
        return int(rows)


def read_times(
    connection: "DuckDBPyConnection", source: Source, column: str, usable: str, manner: Manner | None = None
) -> Times:
    """How to read the times of the rows for which `usable` (SQL) is true; raises FitError where any cannot be read.

    Times with one and the same zone keep their local clock. With several zones, or with a zone on some rows only, all
    are converted to UTC.
    """
    unread = _Unread(connection, source, column, usable, manner or Manner())
    rows = unread.count("*")
    best, read = Times("NULL"), 0
    fitting: list[Times] = []
    for candidate in _given(unread) if unread.manner.time_format else _known(unread):
        count = unread.count(candidate.expression)
        if count > read:
            best, read = candidate, count
        if count == rows:
            fitting.append(candidate)
            if candidate.shape in (None, time_formats.YEAR_FIRST, time_formats.NAMED):
                break  # nothing else reads such times
    if not fitting:
        problem = f"{rows - read:,} of {rows:,} times cannot be read"
        raise _complaint(unread, f"({best.expression}) IS NULL", problem)
    chosen, *others = fitting
    if others:
        chosen = _decided(unread, fitting)
    outside = f"({chosen.expression}) NOT BETWEEN {EARLIEST} AND {LATEST}"
    bad = unread.count(f"CASE WHEN {outside} THEN 1 END")
    if 2 * bad > rows:
        raise _complaint(unread, outside, f"{bad:,} of {rows:,} times are not of the years 1000 to 2999")
    return chosen


def _given(unread: _Unread) -> Iterator[Times]:
    import duckdb

    written = unread.manner.time_format or ""
    quoted = written.replace("'", "''")
    try:
        unread.connection.execute(f"SELECT try_strptime('', '{quoted}')")
    except duckdb.InvalidInputException:
        problem = f'"{written}" is not a time format'
        raise wrong("", "time format", problem, "write one such as %d/%m/%Y %H:%M") from None
    yield Times(f"CASE WHEN {time_formats.is_written('moment')} THEN epoch_us(try_strptime(moment, '{quoted}')) END")


def _known(unread: _Unread) -> Iterator[Times]:
    """Ways to read times, the most likely first; each is only made when those before it did not do."""
    yield _zoned(unread, "moment", _iso)
    _tidy(unread)
    compact = time_formats.compact(unread.connection)
    if compact is not None:
        yield Times(f"epoch_us({compact})", (str(time_formats.COMPACT.note),))
    yield from (
        Times(each.expression, each.notes) for each in number_times.number_formats(unread.connection, unread.usable)
    )
    for shape in time_formats.SHAPES:
        reader, _ = time_formats.reader(unread.connection, shape)
        if reader is not None:
            read = _zoned(unread, "", lambda _, reader=reader: reader)  # type: ignore[misc]
            yield Times(read.expression, (*([shape.note] if shape.note else []), *read.notes), shape)


def _iso(text: str) -> str:
    """SQL for the timestamp of a time that is written year first; the year must have its four digits.

    With AM or PM it is left to the shapes: the database would pass over it.
    """
    plain = f"regexp_replace({text}, '([.:]\\d+),(\\d+)', '\\1.\\2')"
    stamp = f"try_cast({plain} AS TIMESTAMP)"
    written = f"regexp_matches({text}, '^\\d{{4}}[-/]') AND NOT regexp_matches({text}, '(?i)\\d\\s*[ap]m$')"
    return f"CASE WHEN {written} AND isfinite({stamp}) THEN {stamp} END"


def _zoned(unread: _Unread, text: str, reader: Callable[[str], str]) -> Times:
    """Times that `reader` reads once their zones are taken off; without `text`, those already in `naive` and `zone`."""
    zone = f"regexp_extract({text}, '{time_zones.ZONE}', 1)" if text else "zone"
    written = unread.connection.execute(
        f"""SELECT {zone} AS written FROM rows WHERE {unread.usable}
        GROUP BY written ORDER BY count(*) DESC, written LIMIT 200"""
    ).fetchall()
    names = [str(each) for (each,) in written if each is not None]
    taken = time_zones.take(names, unread.manner.zones, unread.source.name, unread.column)
    if not text:
        clock = reader("naive")
    elif set(names) <= set(time_zones.NO_ZONES):
        clock = reader(text)
    else:
        clock = reader(f"rtrim(left({text}, length({text}) - length({zone})))")
    if taken.local:
        return Times(f"epoch_us({clock})", (taken.note,) if taken.note else ())
    whens = "".join(f" WHEN '{each}' THEN epoch_us({clock}) - {offset}" for each, offset in taken.offsets.items())
    whens += "".join(f" WHEN '{each}' THEN epoch_us(timezone('{each}', {clock}))" for each in taken.regions)
    expression = f"CASE {zone}{whens} END"
    return Times(expression, (taken.note,) if taken.note else ())


def _tidy(unread: _Unread) -> None:
    """Add the columns `naive` (the tidied time without its zone) and `zone` to the table `rows`."""
    named = ", ".join(f"'{each}'" for each in time_zones.NO_ZONES)
    unread.connection.execute(
        f"""
        CREATE OR REPLACE TABLE rows AS
        SELECT * EXCLUDE (tidied, written), CASE WHEN written IN ({named}) THEN '' ELSE written END AS zone,
               CASE WHEN written IN ({named}) THEN tidied ELSE rtrim(left(tidied, length(tidied) - length(written))) END
               AS naive
        FROM (SELECT *, regexp_extract(tidied, '{time_zones.ZONE}', 1) AS written
              FROM (SELECT *, {time_formats.tidy("moment")} AS tidied FROM rows))
        """
    )


def _decided(unread: _Unread, fitting: list[Times]) -> Times:
    """The reading that the log itself decides for where several do; raises FitError where it does not.

    Dates with dots are written day first. Else the file may be in order of time under one reading alone.
    """
    (dotted,) = one_row(
        unread.connection,
        f"SELECT bool_and(regexp_matches(moment, '^\\d{{1,2}}\\.\\s?\\d{{1,2}}\\.')) FROM rows WHERE {unread.usable}",
    )
    by_shape = {each.shape: each for each in fitting}
    if dotted and time_formats.DAY_FIRST in by_shape:
        return by_shape[time_formats.DAY_FIRST]
    match [each for each in fitting if _in_order(unread, each)]:
        case [only]:
            note = "otherwise the file would not be in order of time"
            return Times(only.expression, (*only.notes, note), only.shape)
    ((row, text),) = unread.connection.execute(
        f"SELECT row, moment FROM rows WHERE {unread.usable} ORDER BY row LIMIT 1"
    ).fetchall()
    listed = " or ".join(f"--time-format '{_as_written(unread, each, str(text))}'" for each in fitting)
    orders = {time_formats.DAY_FIRST: "day", time_formats.MONTH_FIRST: "month", time_formats.SHORT_YEAR_FIRST: "year"}
    names = " or ".join(orders[each.shape] for each in fitting if each.shape in orders)
    raise wrong(
        unread.source.name,
        f"column {unread.column}",
        f'it is not clear whether dates such as "{text}" have the {names} first',
        f"add {listed}",
        unread.source.line(row),
    )


def _in_order(unread: _Unread, times: Times) -> bool:
    """Whether the file is in order of time, one way or the other, and of more than a few different times."""
    up, down = one_row(
        unread.connection,
        f"""
        SELECT count(*) FILTER (happened > before), count(*) FILTER (happened < before)
        FROM (SELECT happened, lag(happened) OVER (ORDER BY row) AS before
              FROM (SELECT row, {times.expression} AS happened FROM rows WHERE {unread.usable}))
        """,
    )
    return bool(min(up, down) == 0 and up + down >= 5)


def _as_written(unread: _Unread, times: Times, text: str) -> str:
    """The pattern of these times with the separators that the log has."""
    assert times.shape is not None
    _, patterns = time_formats.reader(unread.connection, times.shape)
    separator = next(iter(re.findall(r"^\d+(\D)", text)), "-")
    for pattern in patterns:
        (read,) = one_row(
            unread.connection, "SELECT try_strptime(naive, ?) FROM rows WHERE moment = ? LIMIT 1", [pattern, text]
        )
        if read is not None and (read.year > 99 or "%y" in pattern):
            return pattern.replace("-", separator)
    return patterns[0].replace("-", separator)


def _complaint(unread: _Unread, wrong_ones: str, problem: str) -> FitError:
    first = unread.connection.execute(
        f"SELECT row, moment FROM rows WHERE {unread.usable} AND {wrong_ones} ORDER BY row LIMIT 1"
    ).fetchone()
    assert first is not None
    row, text = first
    told = "empty" if text is None else f'"{text}"'
    line = unread.source.line(row)
    where = "the first" if line else f"the first, event {row:,} of the log,"
    return wrong(
        unread.source.name,
        f"column {unread.column}",
        f"{problem}; {where} is {told}",
        "write times like 2026-01-31 14:05:00, say --time-format, or remove these events",
        line,
    )
