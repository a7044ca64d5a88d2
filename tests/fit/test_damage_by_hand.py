"""What is said of a damaged file, and what errors look like."""

import gzip
import lzma
import zlib

import duckdb
import pytest

from sim.fit.errors import FitError, printable, unknown, wrong
from sim.fit.files.damage import clear_errors

FETCH = "; fetch it again"
ONE_EACH = "; give one object for each event, on a line of its own or in one list"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (EOFError("too soon"), "log.csv: the compressed file is damaged or cut off (too soon)" + FETCH),
        (zlib.error("bad"), "log.csv: the compressed file is damaged or cut off (bad)" + FETCH),
        (gzip.BadGzipFile("bad"), "log.csv: the compressed file is damaged or cut off (bad)" + FETCH),
        (lzma.LZMAError("bad"), "log.csv: the compressed file is damaged or cut off (bad)" + FETCH),
        (PermissionError(13, "no"), "log.csv: the file may not be read; change its permissions"),
        (OSError("Invalid data stream"), "log.csv: the compressed file is damaged (Invalid data stream)" + FETCH),
        (duckdb.IOException("GZIP block"), "log.csv: the compressed file is damaged or cut off" + FETCH),
        (duckdb.IOException("a ZSTD block"), "log.csv: the compressed file is damaged or cut off" + FETCH),
        (
            duckdb.InvalidInputException("Invalid Input Error: No magic bytes: none\nmore"),
            "log.csv: the file cannot be read (No magic bytes: none); check that it is a whole event log",
        ),
        (
            duckdb.InvalidInputException(
                'Invalid Input Error: Malformed JSON in file "x", at byte 3 in line 9: unexpected end. Try more.'
            ),
            "log.csv:8: the JSON is damaged or cut off (unexpected end)" + ONE_EACH,
        ),
        (
            duckdb.InvalidInputException("Error: Malformed JSON, at byte 3 in record/value 9: unexpected end. Try."),
            "log.csv: the JSON is damaged or cut off (unexpected end)" + ONE_EACH,
        ),
        (
            RecursionError("maximum recursion depth exceeded"),
            "log.csv: lists or fields stand inside one another hundreds of levels deep; "
            "give one object for each event, its fields at most a few levels deep",
        ),
        (
            duckdb.InvalidInputException("Error: Malformed JSON\nsomewhere"),
            "log.csv: the JSON is damaged or cut off (Malformed JSON)" + ONE_EACH,
        ),
        (
            duckdb.InvalidInputException(
                "Error: CSV Error on Line: 22\nOriginal Line: a,b\nExpected Number of Columns: 3 Found: 2\n"
            ),
            "log.csv:22: the line has 2 fields, the first line 3; correct or remove this line",
        ),
        (
            duckdb.InvalidInputException(
                "Error: CSV Error on Line: 22\nOriginal Line: a\nValue with unterminated quote"
            ),
            "log.csv:22: a quotation mark opens here and is never closed; correct or remove this line",
        ),
        (
            duckdb.InvalidInputException("Error: CSV Error on Line: 22\n\nOriginal Line: a\nWrong \t in 5 ways\nmore"),
            "log.csv:22: the line cannot be read (Wrong in 5 ways); correct or remove this line",
        ),
        (
            duckdb.InvalidInputException("Error: CSV Error on Line: many\nOriginal Line: a"),
            "log.csv: the line cannot be read (CSV Error on Line: many); correct or remove this line",
        ),
    ],
)
def test_what_readers_raise_becomes_a_finding(error: Exception, said: str) -> None:
    with pytest.raises(FitError) as caught, clear_errors("log.csv"):
        raise error
    (finding,) = caught.value.findings
    assert (finding.file, finding.address) == ("log.csv", "")
    assert str(finding) == said
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "error",
    [OSError(5, "Input/output error"), duckdb.IOException("No space left on device"), ValueError("a fault of ours")],
)
def test_what_is_no_damage_is_raised_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, clear_errors("log.csv"):
        raise error
    assert caught.value is error


def test_nothing_is_raised_where_nothing_is_wrong() -> None:
    went_on = False
    with clear_errors("log.csv"):
        went_on = True
    assert went_on


def test_an_error_keeps_its_findings_in_order_a_line_each() -> None:
    one, other = wrong("log.csv", "a", "b", "c", 7).findings[0], wrong("log.csv", "", "d\ne", " f ").findings[0]
    error = FitError(iter([one, other]))
    assert error.findings == (one, other)
    assert str(error) == "log.csv:7: a: b; c\nlog.csv: d e; f"


def test_what_comes_from_a_file_is_printed_on_one_line() -> None:
    assert printable("a\tb \x1b[31m\n c") == "a b [31m c"
    assert str(wrong("log.csv", "a\nb", "c\td", "e  f")) == "log.csv: a b: c d; e f"


def test_what_the_log_lacks_is_told_with_the_nearest_that_it_has() -> None:
    finding = unknown("log.csv", "col\tumn", "tim\ne", ["case", "time"], "columns")
    assert (finding.file, finding.line, finding.address) == ("log.csv", None, "col umn tim e")
    assert finding.problem == "the log has no col\tumn of this name"
    assert finding.remedy == 'did you mean "time"?'
    assert unknown("log.csv", "column", "x", ["case", "time"], "columns").remedy == "known columns: case, time"
