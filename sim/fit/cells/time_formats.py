"""Times that are not written year first: tidied, and the patterns that read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %I:%M:%S.%f %p", " %I %p", " %H")

_WORDS = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[,.]?\s+"

_TIDY = (
    (r"\s*\([^)]*\)$", ""),  # (Central European Time)
    (r"^\[|\]$", ""),
    (r"\s+", " "),
    (rf"(?i)^{_WORDS}", ""),
    (r"(?i)\bSept\b", "Sep"),
    (r"(?i)(\d) ?([ap])\.? ?m\.?\b\.?", r"\1 \2M"),
    (
        r"^([A-Za-z]{3,9})\.? (\d{1,2}) (\d{1,2}:\d{2}:\d{2}(?:\.\d+)?) ((?:\S+ )?)(\d{4})$",
        r"\1 \2 \5 \3 \4",
    ),  # date(1)
    (r"^(\d{1,2})(?:st|nd|rd|th)\b", r"\1"),
    (r"^(\d{1,2})[ ./-]+([A-Za-z]{3,9})\.?[ ./,-]+(\d{2,4})", r"\1 \2 \3"),
    (r"^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{2,4})", r"\1 \2 \3"),
    (r"^(\d{1,4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,4})\.?", r"\1-\2-\3"),
    (r"^(\d+-\d+-\d+|\w+ \w+ \d+)(?:T|:|,? (?:at |um |à )?)(\d{1,2}[:.h]\d{2})", r"\1 \2"),
    (r"^([^:]* \d{1,2})[.h](\d{2})(?:[.:](\d{2}))?\b", r"\1:\2:\3"),
    (r",? (?:at )?(\d{1,2}:\d{2})", r" \1"),
    (r":( |$)", r"\1"),
    (r":(\d{2}),(\d+)", r":\1.\2"),
    (r"(\.\d{6})\d+", r"\1"),
)
"""What is replaced in a time, in this order, until the patterns below read it."""


@dataclass(frozen=True)
class Shape:
    """One order of day, month and year."""

    note: str | None
    dates: tuple[str, ...]
    short: tuple[str, ...] = ()
    """with a year of two digits"""
    guard: str = ""
    """a pattern of times with four digits for the year"""


DAY_FIRST = Shape("times are read day first (31/12/2026)", ("%d-%m-%Y",), ("%d-%m-%y",), r"^\d{1,2}-\d{1,2}-\d{4}")
MONTH_FIRST = Shape("times are read month first (12/31/2026)", ("%m-%d-%Y",), ("%m-%d-%y",), DAY_FIRST.guard)
SHORT_YEAR_FIRST = Shape("times are read year first (26-12-31)", ("%y-%m-%d",), (), r"^\d{2}-\d{2}-\d{2}\b")
YEAR_FIRST = Shape(None, ("%Y-%m-%d",), (), r"^\d{4}-")
NAMED = Shape(
    None,
    tuple(f"{each} %Y" for each in ("%d %b", "%d %B", "%b %d", "%B %d")),
    tuple(f"{each} %y" for each in ("%d %b", "%d %B", "%b %d", "%B %d")),
    r"[A-Za-z]{3,} (?:\d{1,2} )?\d{4}\b",
)
COMPACT = Shape("times are read as digits, year first (20261231)", ("%Y%m%d",), (), r"^(?:19|20)\d{6}")

SHAPES = (YEAR_FIRST, NAMED, DAY_FIRST, MONTH_FIRST, SHORT_YEAR_FIRST)


def tidy(text: str) -> str:
    """SQL for the time in `text` as the shapes have it."""
    for pattern, instead in _TIDY:
        text = f"regexp_replace({text}, {_quoted(pattern)}, {_quoted(instead)}, 'g')"
    return f"trim({text})"


def reader(connection: "DuckDBPyConnection", shape: Shape) -> tuple[str | None, tuple[str, ...]]:
    """SQL for the timestamp in the column `naive` of `rows`, and its patterns; only those that some times have."""
    long = _used(connection, [date + clock for date in shape.dates for clock in _CLOCKS], shape.guard, True)
    short = _used(connection, [date + clock for date in shape.short for clock in _CLOCKS], shape.guard, False)
    if not long and not short:
        return None, ()
    guard = f"regexp_matches(naive, {_quoted(shape.guard)})"
    yes = f"try_strptime(naive, {long})" if long else "NULL"
    no = f"try_strptime(naive, {short})" if short else "NULL"
    return f"CASE WHEN {guard} THEN {yes} WHEN {is_written('naive')} THEN {no} END", (*long, *short)


def is_written(column: str) -> str:
    """SQL that is true where the column has a digit: the database takes words such as infinity for times, too."""
    return f"regexp_matches({column}, '\\d')"


def compact(connection: "DuckDBPyConnection") -> str | None:
    """SQL for the timestamp where times are 8, 12 or 14 digits, year first; None where none is."""
    clocks = ("", "%H%M", "%H%M%S", "T%H%M%S", " %H%M%S", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
    used = _used(connection, [date + clock for date in COMPACT.dates for clock in clocks], COMPACT.guard, True)
    return (
        f"CASE WHEN regexp_matches(naive, {_quoted(COMPACT.guard)}) THEN try_strptime(naive, {used}) END"
        if used
        else None
    )


def _used(connection: "DuckDBPyConnection", patterns: Sequence[str], guard: str, guarded: bool) -> list[str]:
    """The patterns that some of the log's times have."""
    if not patterns:
        return []
    counted = one_row(
        connection,
        "SELECT "
        + ", ".join(f"count(try_strptime(naive, '{each}'))" for each in patterns)
        + " FROM (SELECT naive FROM rows WHERE (row <= 1000 OR row % 1009 = 0) AND "
        + f"regexp_matches(naive, {_quoted(guard)}) = {guarded} LIMIT 10000)",
    )
    return [each for each, seen in zip(patterns, counted, strict=True) if seen]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
