"""Times that are numbers: units since 1970, and the day numbers of spreadsheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class _Unit(NamedTuple):
    name: str
    below: float
    """the number from which on it is another unit; all of them stand for years from 1973 to 5138"""
    microseconds: float


_UNITS = (
    _Unit("seconds", 1e11, 1e6),
    _Unit("milliseconds", 1e14, 1e3),
    _Unit("microseconds", 1e17, 1.0),
    _Unit("nanoseconds", 1e21, 1e-3),
)

_LEAST = 1e8
"""Smaller numbers are no times of today in any unit."""

_NUMBER = r"[+-]?\d{1,19}(\.\d*)?"

_SERIAL = (20_000, 80_000)
"""Day numbers of the years 1954 to 2119."""


@dataclass(frozen=True)
class NumberFormat:
    """How numbers are read as times."""

    expression: str
    """SQL for microseconds since 1970"""
    notes: tuple[str, ...]


def number_formats(connection: "DuckDBPyConnection", usable: str) -> Iterator[NumberFormat]:
    """The formats in which most of the column `moment` of `rows` can be read."""
    number = f"CASE WHEN regexp_full_match(moment, '{_NUMBER}') THEN try_cast(moment AS DOUBLE) END"
    rows, large, days = one_row(
        connection,
        f"""
        SELECT count(*), count(*) FILTER (number >= {_LEAST}),
               count(*) FILTER (number BETWEEN {_SERIAL[0]} AND {_SERIAL[1]})
        FROM (SELECT {number} AS number FROM rows WHERE {usable})
        """,
    )
    if 2 * large > rows:
        yield _since_1970(connection, usable, number)
    if 2 * days > rows:
        happened = f"CAST(round((({number}) - 25569) * 86400000) AS BIGINT) * 1000"
        yield NumberFormat(
            f"CASE WHEN ({number}) BETWEEN {_SERIAL[0]} AND {_SERIAL[1]} THEN {happened} END",
            ("times are read as a spreadsheet's day numbers (46082.5 is 2026-03-01 12:00)",),
        )


def _since_1970(connection: "DuckDBPyConnection", usable: str, number: str) -> NumberFormat:
    """Each number's unit is told by its size, which is how many rows show it; small numbers are of the usual unit."""
    listed, lower = [], _LEAST
    for unit in _UNITS:
        listed.append(f"count(*) FILTER (number >= {lower} AND number < {unit.below})")
        lower = unit.below
    counted = one_row(
        connection, f"SELECT {', '.join(listed)} FROM (SELECT {number} AS number FROM rows WHERE {usable})"
    )
    rows = dict(zip(_UNITS, counted, strict=True))
    usual = max(rows, key=rows.__getitem__)
    seen = {unit.name: many for unit, many in rows.items() if many}
    whens = f"WHEN abs({number}) < {_LEAST} THEN {usual.microseconds} " + " ".join(
        f"WHEN abs({number}) < {unit.below} THEN {unit.microseconds}" for unit in _UNITS
    )
    expression = f"CAST(round(({number}) * CASE {whens} END) AS BIGINT)"
    if len(seen) == 1:
        return NumberFormat(expression, (f"times are read as {next(iter(seen))} since 1970",))
    parts = ", ".join(f"{many:,} in {name}" for name, many in sorted(seen.items(), key=lambda each: -each[1]))
    return NumberFormat(expression, (f"times are numbers since 1970, {parts}, told by their size; each was converted",))
