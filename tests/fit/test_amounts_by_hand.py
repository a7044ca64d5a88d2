"""Amounts of money as people and programs write them, without a file around them."""

from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.cells.amounts import amount

COMMA = ["amounts are read with a decimal comma (1.234,50)"]


class Column:
    """A column `money` of a table, each of whose values stands on a row of its own, from row 1 on."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def read(
        self, texts: list[str | None], decimal: str | None = None, delimiter: str | None = ";"
    ) -> tuple[list[float | None], list[str]]:
        """The amounts and what is told of them; the row below them, which is none, does not count."""
        self._connection.execute("CREATE OR REPLACE TABLE rows (row INTEGER, worth VARCHAR)")
        self._connection.executemany("INSERT INTO rows VALUES (?, ?)", [*enumerate([*texts, "no amount"], 1)])
        source: Any = SimpleNamespace(name="log.csv", delimiter=delimiter, line=lambda row: 100 + row)
        usable = f"row <= {len(texts)}"
        expression, notes = amount(self._connection, source, "money", usable, decimal)
        found = self._connection.execute(f"SELECT {expression} FROM rows WHERE {usable} ORDER BY row").fetchall()
        return [each for (each,) in found], notes

    def refusal(self, texts: list[str | None], decimal: str | None = None, delimiter: str | None = ";") -> str:
        with pytest.raises(FitError) as caught:
            self.read(texts, decimal, delimiter)
        return str(caught.value)


@pytest.fixture
def column(connection: duckdb.DuckDBPyConnection) -> Column:
    return Column(connection)


def test_without_a_column_nothing_is_worth_anything(connection: duckdb.DuckDBPyConnection) -> None:
    source: Any = SimpleNamespace(name="log.csv")
    expression, notes = amount(connection, source, None, "TRUE", None)
    assert connection.execute(f"SELECT {expression}").fetchall() == [(None,)]
    assert notes == []


@pytest.mark.parametrize(
    ("texts", "amounts", "notes"),
    [
        (["1", "-2.50", "3e2", None, "n/a"], [1, -2.5, 300, None, None], []),
        (["1,234.50", "(7)", "8-", "$ 9"], [1234.5, -7, -8, 9], []),
        (["12,34,567.5", "1'000"], [1234567.5, 1000], []),
        (["1.234,50", "0,5", "−3", "7 €"], [1234.5, 0.5, -3, 7], COMMA),
        (["1,5", "2"], [1.5, 2], COMMA),
        (["1.234.567"], [1234567], COMMA),
        (["EUR 5.25", "5.5 kr."], [5.25, 5.5], []),
        (["NULL", None], [None, None], []),
        (["nan", "1"], [None, 1], []),
    ],
)
def test_amounts_and_what_is_told_of_them(
    texts: list[str | None], amounts: list[float | None], notes: list[str], column: Column
) -> None:
    assert column.read(texts) == (amounts, notes)


@pytest.mark.parametrize(("decimal", "value"), [("point", 1234.0), ("comma", 1.234)])
def test_what_parts_the_decimals_can_be_said(decimal: str, value: float, column: Column) -> None:
    assert column.read(["1,234", None], decimal) == ([value, None], [])


def test_an_amount_that_is_none_as_was_said_is_refused(column: Column) -> None:
    said = (
        'log.csv: column money: 2 values are not numbers, such as "{}"; write them like 29.33, or leave the cells empty'
    )
    assert column.refusal(["1,5", "1.500,5", "7,00.5", None], "comma").endswith(
        '1 values are not numbers, such as "7,00.5"; write them like 29.33, or leave the cells empty'
    )
    assert column.refusal(["1.5", "1,5", "x", None], "point") == said.format("1,5")


@pytest.mark.parametrize(
    ("texts", "many", "first"),
    [
        (["5.5", "ask us", "7.25"], 1, "ask us"),
        (["5,5", "7.5.5", "6,25", "1.5"], 2, "7.5.5"),  # most have a decimal comma
        (["5,5", "7.25", "6.25"], 1, "5,5"),  # most have a decimal point
        (["7.25", "5,5", "x"], 2, "5,5"),  # as many have one as the other
    ],
)
def test_values_that_are_no_numbers_are_counted_in_the_writing_that_most_have(
    texts: list[str | None], many: int, first: str, column: Column
) -> None:
    assert column.refusal(texts) == (
        f'log.csv: column money: {many} values are not numbers, such as "{first}"; write them like 29.33, or '
        "leave the cells empty"
    )


def test_thousands_or_thousandths_are_asked_for_where_every_mark_may_be_either(column: Column) -> None:
    assert column.refusal(["7", "1.234", "5.678"]) == (
        'log.csv:102: column money: it is not clear whether "1.234" has a sign for thousands or for '
        "decimals; add --decimal point or --decimal comma"
    )
    assert column.refusal(["1,234"], delimiter=",").startswith("log.csv:101: ")  # between quotation marks
    # One amount that has its mark elsewhere tells of the others.
    assert column.read(["1.234", "5.6789"]) == ([1.234, 5.6789], [])
    assert column.read(["1.234", "0.5"]) == ([1.234, 0.5], [])
    # A file that is parted by commas, or that has its own types, has numbers as programs write them.
    for delimiter in (",", None):
        assert column.read(["1.234", "7"], delimiter=delimiter) == ([1.234, 7], [])
    assert column.read(["7", "8"]) == ([7, 8], [])
