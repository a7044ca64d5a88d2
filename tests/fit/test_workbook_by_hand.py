"""Sheets of workbooks as tables of text, cell by cell."""

import csv
import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from sim.fit import FitError
from sim.fit.files.workbook import flatten

ASKED = ("who", "when")


def save(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def flat(path: Path, sheet: str | None = None) -> tuple[list[list[str]], tuple[str, ...]]:
    target = path.with_suffix(".csv")
    notes = flatten(path, sheet, ASKED, target)
    return list(csv.reader(target.read_text(encoding="utf-8").splitlines())), notes


def refusal(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(FitError) as caught:
        flat(path, sheet)
    assert [each.file for each in caught.value.findings] == [path.name]
    return str(caught.value)


def test_cells_are_written_as_a_table_of_text_has_them(tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 3, 1, 14, 5)
    rows: list[list[object]] = [
        ["who", "when", "é "],
        [None, None, None],
        [1, 1.5, 1e14],
        [1e15, -2.0, True],
        [moment, datetime.datetime(2026, 3, 1), datetime.datetime(2026, 3, 1, 0, 0, 1)],
        [datetime.date(2026, 3, 1), datetime.time(14, 5, 6), datetime.timedelta(hours=30)],
        [" a,b ", "", " "],
        [None, None, 0],
    ]
    assert flat(save(tmp_path / "log.xlsx", Log=rows)) == (
        [
            ["who", "when", "é"],
            ["1", "1.5", "100000000000000"],
            ["1000000000000000.0", "-2", "True"],
            ["2026-03-01 14:05:00", "2026-03-01", "2026-03-01 00:00:01"],
            ["2026-03-01", "14:05:06", "1 day, 6:00:00"],
            ["a,b", "", ""],
            ["", "", "0"],
        ],
        (),
    )


class Book:
    """A workbook with one sheet, as the package that reads workbooks hands it over."""

    sheet_names = ("Log",)

    def __init__(self, *rows: list[object]) -> None:
        self._rows = rows

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def get_sheet_by_name(self, name: str) -> "Book":
        assert name == "Log"
        return self

    def iter_rows(self) -> Iterator[list[object]]:
        return iter(self._rows)


def test_a_day_without_a_clock_is_its_date_and_a_clock_without_a_day_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, hours = datetime.datetime(2026, 3, 1), datetime.timedelta(hours=5, seconds=7)
    book = Book(
        [day, day + hours, day.date(), day.time()], [hours, datetime.timedelta(1), datetime.timedelta(2) + hours]
    )
    monkeypatch.setattr(python_calamine, "load_workbook", lambda _: book)
    assert flat(tmp_path / "log.xlsx") == (
        [
            ["2026-03-01", "2026-03-01 05:00:07", "2026-03-01", "00:00:00"],
            ["05:00:07", "1 day, 0:00:00", "2 days, 5:00:07"],
        ],
        (),
    )


HEADER: list[list[object]] = [["when", "more", "who"]]


def test_the_first_sheet_with_all_columns_is_read_and_told(tmp_path: Path) -> None:
    path = save(tmp_path / "log.xlsx", One=[["who"], ["when"]], Two=[["a title"], *HEADER], Three=HEADER)
    assert flat(path) == (
        [["a title", "", ""], ["when", "more", "who"]],
        ('of the 3 sheets number 2, "Two", was read (another: --sheet NAME)',),
    )
    assert flat(path, "Three") == ([["when", "more", "who"]], ())
    exact = save(tmp_path / "log.xlsx", One=[["who"]], Two=[["when", "who"]])
    assert flat(exact)[0] == [["when", "who"]]
    neither = save(tmp_path / "log.xlsx", One=[["x"]], Two=[["y"]])
    assert flat(neither) == ([["x"]], ('of the 2 sheets number 1, "One", was read (another: --sheet NAME)',))


def test_columns_are_looked_for_in_a_hundred_rows_that_are_not_empty(tmp_path: Path) -> None:
    for above, number in ((99, 2), (100, 1)):
        path = save(tmp_path / "log.xlsx", One=[["x"]], Two=[["y"], [None]] * above + HEADER)
        assert f"number {number}, " in flat(path)[1][0]


def test_a_sheet_that_is_not_there_and_a_damaged_workbook_are_told(tmp_path: Path) -> None:
    path = save(tmp_path / "log.xlsx", Log=HEADER, Old=HEADER)
    assert refusal(path, "Logs") == 'log.xlsx: sheet Logs: the workbook has no such sheet; did you mean "Log"?'
    assert refusal(path, "x").endswith("known sheets: Log, Old")
    alone = save(tmp_path / "log.xlsx", Log=HEADER)
    assert flat(alone, "Log") == flat(alone) == ([["when", "more", "who"]], ())
    assert "has no such sheet" in refusal(alone, "x")
    path.write_bytes(path.read_bytes()[:200])
    said = refusal(path)
    assert said.startswith("log.xlsx: the workbook cannot be read (")
    assert said.endswith("); save it again, or as CSV")


def test_a_workbook_with_a_password_or_without_the_package_that_reads_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def protected(_: str) -> None:
        raise python_calamine.PasswordError("protected")

    path = save(tmp_path / "log.xlsx", Log=HEADER)
    with monkeypatch.context() as instead:
        instead.setattr(python_calamine, "load_workbook", protected)
        assert refusal(path) == "log.xlsx: the workbook is protected by a password; save it without one"
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refusal(path) == (
        "log.xlsx: reading workbooks needs one more package; "
        "pip install 'journey-sandbox[office]', or save the sheet as CSV"
    )
