"""Excel workbooks (and LibreOffice's) as tables of text."""

import csv
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.fit.errors import wrong
from sim.scenario.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

INSTALL = "pip install 'journey-sandbox[office]', or save the sheet as CSV"


def flatten(path: Path, sheet: str | None, wanted: Sequence[str], target: Path) -> tuple[str, ...]:
    """Write one sheet as CSV to `target`; returns what to know of the choice.

    Without `sheet` it is the first one that has all `wanted` columns among its first rows, else the first. Raises
    FitError for a workbook that cannot be read or lacks the sheet.
    """
    try:
        import python_calamine
    except ImportError:
        raise wrong(path.name, "", "reading workbooks needs one more package", INSTALL) from None
    try:
        with python_calamine.load_workbook(str(path)) as book:
            name, notes = _chosen(path.name, book, sheet, wanted)
            with target.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(_rows(book, name))
            return notes
    except python_calamine.PasswordError:
        raise wrong(path.name, "", "the workbook is protected by a password", "save it without one") from None
    except (python_calamine.CalamineError, OSError) as error:
        raise wrong(path.name, "", f"the workbook cannot be read ({error})", "save it again, or as CSV") from None


def _chosen(
    name: str, book: "CalamineWorkbook", sheet: str | None, wanted: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    first, *others = names = book.sheet_names
    if sheet is not None and sheet not in names:
        raise wrong(name, f"sheet {sheet}", "the workbook has no such sheet", did_you_mean(sheet, names, "sheets"))
    if sheet is not None or not others:
        return sheet or first, ()
    chosen = next((each for each in names if _has(book, each, set(wanted))), first)
    sheet_number = names.index(chosen) + 1
    return chosen, (f'of the {len(names)} sheets number {sheet_number}, "{chosen}", was read (another: --sheet NAME)',)


def _has(book: "CalamineWorkbook", sheet: str, wanted: set[str]) -> bool:
    rows = _rows(book, sheet)
    return any(wanted <= set(row) for row, _ in zip(rows, range(100), strict=False))


def _rows(book: "CalamineWorkbook", sheet: str) -> Iterator[list[str]]:
    """The rows that are not empty, as text."""
    for cells in book.get_sheet_by_name(sheet).iter_rows():
        row = [_text(each) for each in cells]
        if any(row):
            yield row


def _text(cell: Any) -> str:
    """A cell as text; a day without a clock as its date alone, so that a clock in another column may follow."""
    if isinstance(cell, datetime.datetime):
        return str(cell.date() if cell.time() == datetime.time() else cell)
    if isinstance(cell, datetime.timedelta):
        return str(datetime.datetime.min + cell).partition(" ")[2] if cell < datetime.timedelta(1) else str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()
