"""Amounts of money: decimal points and commas, thousands, currency signs, brackets for what is owed."""

from typing import TYPE_CHECKING

from sim.fit.cells.empty_words import is_nothing
from sim.fit.errors import FitError, wrong
from sim.fit.files.log_reading import Source
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_POINT = r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})?(?:\.\d*)?(?:[eE][+-]?\d+)?"
_COMMA = r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?"
_UNSURE = r"[+-]?[1-9]\d{0,2}[.,]\d{3}"
"""Thousands or thousandths."""

_SIGNS = (
    r"(?i)[\s\x{00a0}\x{202f}\x{2009}'’]|\p{Sc}|"
    r"(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|INR|AUD|CAD|NZD|zł|kr|Fr|Rs)\.?"
)
"""What stands around numbers and changes nothing."""


def amount(
    connection: "DuckDBPyConnection", source: Source, column: str | None, usable: str, decimal: str | None
) -> tuple[str, list[str]]:
    """SQL for the number in the column `worth` of `rows`, and what to know of it.

    `decimal` says what parts the decimals: `point` or `comma`; without it, the amounts must tell. Raises FitError where
    they do not, or where one is no number.
    """
    if column is None:
        return "CAST(NULL AS DOUBLE)", []
    given = f"CASE WHEN NOT {is_nothing('worth')} THEN worth END"
    plain = f"try_cast({given} AS DOUBLE)"
    tidied = f"replace(regexp_replace({given}, '{_SIGNS.replace(chr(39), chr(39) * 2)}', '', 'g'), '−', '-')"
    tidied = f"regexp_replace(regexp_replace({tidied}, '^\\((.*)\\)$', '-\\1'), '^(.+)-$', '-\\1')"
    point = _number(tidied, _POINT, f"replace({tidied}, ',', '')")
    comma = _number(tidied, _COMMA, f"replace(replace({tidied}, '.', ''), ',', '.')")
    values, plains, points, commas, unsure, dotted = one_row(
        connection,
        f"""
        SELECT count({given}), count({plain}), count({point}), count({comma}),
               count(*) FILTER (regexp_full_match({tidied}, '{_UNSURE}')),
               count(*) FILTER (regexp_matches({tidied}, '[.,]'))
        FROM rows WHERE {usable}
        """,
    )
    if decimal is not None:
        chosen, read = (comma, commas) if decimal == "comma" else (point, points)
        if read < values:
            raise _complaint(connection, source, column, usable, given, chosen, values - read)
        return chosen, []
    if max(points, commas) < values:
        chosen, read = (comma, commas) if commas > points else (point, points)
        raise _complaint(connection, source, column, usable, given, chosen, values - read)
    if points == commas == values and unsure:
        typed = source.delimiter in (None, ",") and plains == values
        if not typed and unsure == dotted:
            raise _unsure(connection, source, column, usable, tidied)
    if points == values:
        return (plain if plains == values else point), []
    return comma, ["amounts are read with a decimal comma (1.234,50)"]


def _number(text: str, pattern: str, written: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN try_cast({written} AS DOUBLE) END"


def _unsure(connection: "DuckDBPyConnection", source: Source, column: str, usable: str, tidied: str) -> FitError:
    row, text = one_row(
        connection,
        f"SELECT row, worth FROM rows WHERE {usable} AND regexp_full_match({tidied}, '{_UNSURE}') ORDER BY row LIMIT 1",
    )
    problem = f'it is not clear whether "{text}" has a sign for thousands or for decimals'
    return wrong(source.name, f"column {column}", problem, "add --decimal point or --decimal comma", source.line(row))


def _complaint(
    connection: "DuckDBPyConnection", source: Source, column: str, usable: str, given: str, chosen: str, bad: int
) -> FitError:
    (text,) = one_row(
        connection,
        f"SELECT worth FROM rows WHERE {usable} AND {given} IS NOT NULL AND {chosen} IS NULL ORDER BY row LIMIT 1",
    )
    problem = f'{bad:,} values are not numbers, such as "{text}"'
    return wrong(source.name, f"column {column}", problem, "write them like 29.33, or leave the cells empty")
