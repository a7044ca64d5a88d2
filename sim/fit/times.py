"""When events happened: text in many shapes to microseconds since 1970."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.fit.errors import FitError, wrong
from sim.fit.reading import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAY = 86_400_000_000
"""Microseconds in a day."""

STEPS = {DAY: "days", DAY // 24: "hours", 60_000_000: "minutes", 1_000_000: "seconds", 1000: "milliseconds"}
"""Whole units that a log's times may be rounded to, in microseconds."""

EARLIEST, LATEST = -30_610_224_000_000_000, 32_503_680_000_000_000
"""The years 1000 and 3000, microseconds since 1970; a time outside is a mistake, or stands for none."""

ZONE = r"\d:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?|[A-Za-z_]+/[A-Za-z_/]+)$"

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_DAY_FIRST = tuple(date + clock for date in ("%d-%m-%Y", "%d %b %Y", "%d %B %Y") for clock in _CLOCKS)
_MONTH_FIRST = tuple(date + clock for date in ("%m-%d-%Y", "%b %d %Y", "%B %d %Y") for clock in _CLOCKS)
_COMPACT = ("%Y%m%d", "%Y%m%d%H%M", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S", "%Y%m%d %H:%M", "%Y%m%d %H:%M:%S")


@dataclass(frozen=True)
class Times:
    """How the log writes its times."""

    expression: str
    """SQL for microseconds since 1970 from the column `moment`"""
    notes: tuple[str, ...]


def read_times(connection: "DuckDBPyConnection", source: Source, column: str, time_format: str | None = None) -> Times:
    """How to read the column `moment` of the table `rows`; raises FitError where any time cannot be read.

    Times with one and the same zone keep their local clock. With several zones, or with a zone on some rows only, all
    are converted to UTC. `time_format` is a strptime pattern for times of an unusual shape.
    """
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchone() or (0,)
    best, read = Times("NULL", ()), -1
    for candidate in _given(connection, time_format) if time_format else _known(connection):
        (count,) = connection.execute(f"SELECT count({candidate.expression}) FROM rows").fetchone() or (0,)
        if count > read:
            best, read = candidate, count
        if read == rows:
            _check_years(connection, source, column, best.expression, rows)
            return _unless_ambiguous(connection, best, rows)
    problem = f"{rows - read:,} of {rows:,} times cannot be read"
    raise _complaint(connection, source, column, f"({best.expression}) IS NULL", problem)


def _check_years(connection: "DuckDBPyConnection", source: Source, column: str, expression: str, rows: int) -> None:
    outside = f"({expression}) NOT BETWEEN {EARLIEST} AND {LATEST}"
    (bad,) = connection.execute(f"SELECT count(*) FROM rows WHERE {outside}").fetchone() or (0,)
    if bad:
        problem = f"{bad:,} of {rows:,} times are not of the years 1000 to 2999"
        raise _complaint(connection, source, column, outside, problem)


def _given(connection: "DuckDBPyConnection", time_format: str) -> Iterator[Times]:
    import duckdb

    quoted = time_format.replace("'", "''")
    try:
        connection.execute(f"SELECT try_strptime('', '{quoted}')")
    except duckdb.InvalidInputException:
        problem = f'"{time_format}" is no pattern of times'
        raise wrong("", "time format", problem, "write one such as %d/%m/%Y %H:%M") from None
    yield Times(f"epoch_us(try_strptime(moment, '{quoted}'))", ())


def _known(connection: "DuckDBPyConnection") -> Iterator[Times]:
    """Ways to read times, the most likely first; each is only made when those before it did not do."""
    yield _iso(connection)
    yield _epoch(connection)
    for formats, note in (
        (_DAY_FIRST, "times are read day first (31/12/2026)"),
        (_MONTH_FIRST, "times are read month first (12/31/2026)"),
        (_COMPACT, "times are read as digits, year first (20261231)"),
    ):
        found = _formatted(connection, formats)
        if found is not None:
            yield Times(found, (note,))


def _formatted(connection: "DuckDBPyConnection", formats: Sequence[str]) -> str | None:
    """SQL for the formats among these that some of the log's times have; None where none has."""
    tidy = "replace(replace(replace(replace(moment, ',', ' '), '/', '-'), '.', '-'), '  ', ' ')"
    counted = connection.execute(
        "SELECT "
        + ", ".join(f"count(try_strptime({tidy}, '{each}'))" for each in formats)
        + " FROM (SELECT moment FROM rows WHERE row <= 1000 OR row % 1009 = 0 LIMIT 10000)"
    ).fetchone()
    assert counted is not None
    used = [each for each, seen in zip(formats, counted, strict=True) if seen]
    return f"epoch_us(try_strptime({tidy}, {used}))" if used else None


def _unless_ambiguous(connection: "DuckDBPyConnection", best: Times, rows: int) -> Times:
    """The chosen way to read times, with a warning where month first would do as well as day first."""
    if not any("day first" in note for note in best.notes):
        return best
    other = _formatted(connection, _MONTH_FIRST)
    (count,) = connection.execute(f"SELECT count({other}) FROM rows").fetchone() or (0,) if other else (0,)
    if count < rows:
        return best
    warning = "every date could also be month first: write them year first (2026-12-31) if they are"
    return Times(best.expression, (*best.notes, warning))


def _iso(connection: "DuckDBPyConnection") -> Times:
    """Year-month-day with or without a clock and a zone."""
    plain = "regexp_replace(moment, '([.:]\\d+),(\\d+)', '\\1.\\2')"
    stamp = f"try_cast({plain} AS TIMESTAMPTZ)"
    utc = f"CASE WHEN isfinite({stamp}) THEN epoch_us({stamp}) END"
    zones = connection.execute(
        f"""
        SELECT regexp_extract(moment, '{ZONE}', 1) AS zone, count(*) FROM rows
        GROUP BY zone ORDER BY count(*) DESC, zone LIMIT 20
        """
    ).fetchall()
    named = [zone for zone, _ in zones if zone]
    if {zone.replace("UTC", "Z").replace("GMT", "Z").replace("+00:00", "Z") for zone in named} <= {"Z"}:
        return Times(utc, ())
    if len(zones) == 1:
        local = f"try_cast(left({plain}, length({plain}) - {len(named[0])}) AS TIMESTAMPTZ)"
        return Times(
            f"CASE WHEN isfinite({local}) THEN epoch_us({local}) END", (f"times keep their local clock ({named[0]})",)
        )
    listed = ", ".join(zone or "none" for zone, _ in zones[:5]) + (" …" if len(zones) > 5 else "")
    return Times(utc, (f"times have several zones ({listed}); all were converted to UTC",))


def _epoch(connection: "DuckDBPyConnection") -> Times:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970."""
    number = "CASE WHEN regexp_full_match(moment, '\\d{9,19}(\\.\\d+)?') THEN try_cast(moment AS DOUBLE) END"
    (largest,) = connection.execute(f"SELECT max({number}) FROM rows").fetchone() or (None,)
    units = (
        (1e11, 1e6, "seconds"),
        (1e14, 1e3, "milliseconds"),
        (1e17, 1.0, "microseconds"),
        (1e21, 1e-3, "nanoseconds"),
    )
    factor, unit = next((factor, unit) for limit, factor, unit in units if (largest or 0.0) < limit)
    return Times(f"CAST(round({number} * {factor}) AS BIGINT)", (f"times are read as {unit} since 1970",))


def _complaint(
    connection: "DuckDBPyConnection", source: Source, column: str, wrong_ones: str, problem: str
) -> FitError:
    first = connection.execute(f"SELECT row, moment FROM rows WHERE {wrong_ones} ORDER BY row LIMIT 1").fetchone()
    assert first is not None
    row, text = first
    told = "empty" if text is None else f'"{text}"'
    where = "the first" if source.line(row) else f"the first, event {row:,} of the log,"
    return wrong(
        source.name,
        f"column {column}",
        f"{problem}; {where} is {told}",
        "write times like 2026-01-31 14:05:00, or remove these events",
        source.line(row),
    )
