"""Cells of CSV files that spreadsheets open as what they are."""

from collections.abc import Iterable
from typing import Any, Final

_COMPUTED: Final = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula."""


def as_texts(row: Iterable[Any]) -> list[Any]:
    """The row, an apostrophe before each text that a spreadsheet would compute; it shows such a cell as the text is."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_COMPUTED) else cell for cell in row]
