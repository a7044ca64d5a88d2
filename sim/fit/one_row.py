"""Asking the database for what has one row: counts, a smallest and a largest."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def one_row(connection: "DuckDBPyConnection", query: str, values: list[Any] | None = None) -> tuple[Any, ...]:
    """The only row that a query has, whatever is in its tables."""
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return tuple(row)
