"""Results as tidy rows: one value a row."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, overload

Row = dict[str, Any]


class Records(Sequence[Row]):
    """Rows with the same columns, each a dict by column name."""

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Keep the rows; each has a value for every column, in their order."""
        self.columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Records": ...
    def __getitem__(self, index: int | slice) -> "Row | Records":
        """One row, or some of them."""
        if isinstance(index, slice):
            return Records(self.columns, self._rows[index])
        return dict(zip(self.columns, self._rows[index], strict=True))

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        """All rows, in order."""
        return (dict(zip(self.columns, row, strict=True)) for row in self._rows)

    def __repr__(self) -> str:
        """How many rows of which columns."""
        return f"<{len(self)} records: {', '.join(self.columns)}>"

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with these columns. Raises ImportError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise ImportError(
                "to_pandas needs the package pandas, which Journey Sandbox does without: `pip install pandas`, "
                "or use the records as they are (a list of dicts by column)"
            ) from error
        return pandas.DataFrame(list(self._rows), columns=list(self.columns))
