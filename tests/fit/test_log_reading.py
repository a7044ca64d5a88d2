"""Event logs in every format, and what is said of files that are none."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest

from sim.fit import FitError, fit
from tests.fit.logs import NAMES, orders, text_of, write_log


def findings_of(path: Path, **columns: str) -> tuple[str, ...]:
    with pytest.raises(FitError) as caught:
        fit(path, **{**NAMES, **columns}, scratch=path.parent if path.parent.is_dir() else None)
    return tuple(str(finding) for finding in caught.value.findings)


def xes_of(rows: list[tuple[str, str, str]]) -> str:
    traces: dict[str, list[str]] = {}
    for case, activity, time in rows:
        traces.setdefault(case, []).append(
            f'<event><string key="concept:name" value="{activity}"/>'
            f'<date key="time:timestamp" value="{time.replace(" ", "T")}+00:00"/></event>'
        )
    written = "".join(
        f'<trace><string key="concept:name" value="{case}"/>{"".join(events)}</trace>'
        for case, events in traces.items()
    )
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{written}</log>'


def test_csv_parquet_and_xes_compressed_or_not_give_the_same_journey(tmp_path: Path) -> None:
    rows = orders()
    plain = write_log(tmp_path / "log.csv", rows)
    packed = write_log(tmp_path / "log.csv.gz", rows)
    parquet = tmp_path / "log.parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{plain}')) TO '{parquet}'")
    xes, packed_xes = tmp_path / "log.xes", tmp_path / "log.xes.gz"
    xes.write_text(xes_of(rows))
    packed_xes.write_bytes(gzip.compress(xes_of(rows).encode()))
    expected = fit(plain, **NAMES, scratch=tmp_path).journey
    assert [(each.source, each.target, each.seen) for each in expected.transitions] == [
        ("look", "order", 150),
        ("look", "look", 50),
        ("look", "ended", 50),
        ("order", "ended", 150),
    ]
    in_xes = {"case": "concept:name", "activity": "concept:name", "time": "time:timestamp"}
    assert fit(packed, **NAMES, scratch=tmp_path).journey == expected
    assert fit(parquet, **NAMES, scratch=tmp_path).journey == expected
    assert fit(xes, **in_xes, scratch=tmp_path).journey == expected
    assert fit(packed_xes, **{**in_xes, "case": "case:concept:name"}, scratch=tmp_path).journey == expected


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_the_one_under_which_the_columns_appear(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text_of(orders()).replace(",", delimiter))
    assert len(fit(path, **NAMES, scratch=tmp_path).journey.touchpoints) == 2


def test_windows_line_ends_a_byte_order_mark_and_quoted_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [(case, activity.replace("Look", "Look\naround"), time) for case, activity, time in orders()]
    path.write_bytes(b"\xef\xbb\xbf" + text_of(rows).replace("\n", "\r\n").encode())
    assert [each.id for each in fit(path, **NAMES, scratch=tmp_path).journey.touchpoints] == ["look-around", "order"]


def test_text_that_is_not_utf_8_is_read_as_windows_1252_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(text_of(orders()).replace("Look", "Café").encode("latin-1"))
    fitted = fit(path, **NAMES, scratch=tmp_path)
    assert [each.name for each in fitted.journey.touchpoints] == ["Café", "Order"]
    assert "the text is not UTF-8; it was read as Windows-1252 (use --encoding if names look wrong)" in fitted.report


def test_a_path_with_pattern_characters_and_quotes_is_read_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "it's [1]"
    folder.mkdir()
    path = write_log(folder / "log [a-z].csv", orders())
    assert fit(path, **NAMES, scratch=tmp_path).counts.cases == 200


def test_every_missing_column_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.csv", orders(), columns=("customer", "activity", "timestamp"))
    assert findings_of(path, case="custmer", time="time stamp") == (
        'log.csv: column custmer: the log has no column of this name; did you mean "customer"?',
        'log.csv: column time stamp: the log has no column of this name; did you mean "timestamp"?',
    )


def test_a_missing_attribute_of_a_xes_log_is_named_with_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(xes_of(orders()))
    said = findings_of(path, case="case:concept:nam", activity="concept:name", time="time:timestamp")
    assert said == (
        'log.xes: attribute case:concept:nam: the log has no attribute of this name; did you mean "case:concept:name"?',
    )


def test_a_file_that_is_no_log_is_told_what_it_is(tmp_path: Path) -> None:
    good = text_of(orders()).encode()
    files = {
        "empty.csv": b"",
        "header.csv": b"case,activity,time\n",
        "binary.csv": bytes(range(256)) * 4,
        "cut.csv.gz": gzip.compress(good * 200)[:5000],
        "fake.parquet": b"PAR1" + bytes(200),
        "book.xlsx": b"PK\x03\x04" + bytes(200),
        "page.xes": b"<html></html>",
        "cut.xes": b"<log><trace>",
        "none.xes": b"<log></log>",
    }
    said = {}
    for name, contents in files.items():
        (tmp_path / name).write_bytes(contents)
        (said[name],) = findings_of(tmp_path / name)
    assert said["empty.csv"].startswith("empty.csv: the file is empty; ")
    assert said["header.csv"].startswith("header.csv: the log has no events; ")
    assert said["binary.csv"].startswith("binary.csv: this is not a kind of event log that can be read; ")
    assert said["cut.csv.gz"].startswith("cut.csv.gz: the compressed file is damaged or cut off")
    assert said["fake.parquet"].startswith("fake.parquet: the file cannot be read (No magic bytes")
    assert said["book.xlsx"].startswith("book.xlsx: this is a damaged workbook or zip archive; ")
    assert said["page.xes"].startswith("page.xes:1: this is XML, but not an XES log: its first element is <html>")
    assert said["cut.xes"].startswith("cut.xes:1: the XML is damaged or cut off")
    assert said["none.xes"].startswith("none.xes: the log has no events; ")


def test_a_compressed_log_cut_off_after_its_start_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    rows = [(f"c{number}", "Look", os.urandom(8).hex()) for number in range(50_000)]
    path.write_bytes(gzip.compress(text_of(rows).encode())[:300_000])
    assert findings_of(path) == ("log.csv.gz: the compressed file is damaged or cut off; fetch it again",)


def test_a_folder_and_a_missing_file_are_told_so_with_the_nearest_name(tmp_path: Path) -> None:
    write_log(tmp_path / "orders.csv", orders())
    assert findings_of(tmp_path)[0].endswith(": this is a folder, not a file; give the event log inside it")
    assert findings_of(tmp_path / "order.csv")[0].endswith(': there is no such file; did you mean "orders.csv"?')


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("c1,Look", "the line has 2 fields, the first line 3"),
        ("c1,Look,2024-01-01,x", "the line has 4 fields, the first line 3"),
        ('c1,"Look,2024-01-01', "a quotation mark opens here and is never closed"),
    ],
)
def test_a_broken_line_is_named_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text_of(orders(10)) + line + "\n")
    assert findings_of(path) == (f"log.csv:22: {problem}; correct or remove this line",)


def test_nothing_is_left_in_the_scratch_folder(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    fit(write_log(tmp_path / "log.csv", orders()), **NAMES, scratch=scratch)
    bad = tmp_path / "bad.csv"
    bad.write_text("case,activity,time\nc1,a,never\n")
    with pytest.raises(FitError):
        fit(bad, **NAMES, scratch=scratch)
    assert list(scratch.iterdir()) == []
