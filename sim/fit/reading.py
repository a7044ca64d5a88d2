"""An event log file into the table `rows`: one row an event, in file order, still as text."""

import codecs
import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from sim.fit.errors import FitError, unknown, wrong
from sim.fit.workspace import is_out_of_space
from sim.scenario.nearest import nearest

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Format = Literal["csv", "parquet", "xes"]


@dataclass(frozen=True)
class Columns:
    """Which columns of the log say what."""

    case: str
    activity: str
    time: str
    channel: str | None = None
    value: str | None = None

    def asked(self) -> dict[str, str]:
        """The column by what it says, without those that are not asked for."""
        return {key: column for key, column in vars(self).items() if column is not None}


@dataclass(frozen=True)
class Source:
    """Where `rows` came from."""

    name: str
    format: Format
    rows: int
    notes: tuple[str, ...] = ()

    def line(self, row: int) -> int | None:
        """The line of the file that holds this row (counted from 1); None where the format has no lines."""
        return row + 1 if self.format == "csv" else None


def read_log(connection: "DuckDBPyConnection", path: Path, columns: Columns, scratch: Path) -> Source:
    """Create the table `rows` (row, case_id, activity, moment, channel, worth, print) from the log at `path`.

    `row` counts from 1 in file order, `print` is a fingerprint of everything that the file says of the event. Raises
    FitError where the file is no readable log or lacks a column.
    """
    log_format, first_bytes = _recognise(path)
    with _clear_errors(path):
        if log_format == "parquet":
            notes = _read_parquet(connection, path, columns)
        elif log_format == "xes":
            notes = _read_xes(connection, path, columns, scratch)
        else:
            notes = _read_csv(connection, path, columns, first_bytes)
    (rows,) = connection.execute("SELECT count(*) FROM rows").fetchone() or (0,)
    if rows == 0:
        raise wrong(path.name, "", "the log has no events", "give a log with one row for each event")
    return Source(path.name, log_format, int(rows), notes)


def _recognise(path: Path) -> tuple[Format, bytes]:
    """The format of the file, and its first bytes (of the contents, where it is compressed)."""
    name = path.name
    if path.is_dir():
        raise wrong(name, "", "this is a folder, not a file", "give the event log inside it")
    if not path.exists():
        near = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        close = nearest(name, sorted(near))
        raise wrong(str(path), "", "there is no such file", f'did you mean "{close}"?' if close else "check the path")
    with _clear_errors(path), _opened(path) as stream:
        start = stream.read(65536)
    if not start:
        raise wrong(name, "", "the file is empty", "give a log with one row for each event")
    if start[:4] == b"PAR1":
        return "parquet", start
    if start[:4] == b"PK\x03\x04":
        raise wrong(name, "", "this is a spreadsheet or zip archive", "save the log as CSV and give that file")
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise wrong(name, "", "the text is UTF-16", "save the log as CSV in UTF-8")
    if b"\0" in start or path.suffix.lower() == ".parquet":
        raise wrong(name, "", "this is neither CSV, Parquet nor XES", "give an event log in one of these formats")
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    return ("xes" if text[:1] == b"<" else "csv"), start


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        if plain.read(2) == b"\x1f\x8b":
            plain.seek(0)
            with gzip.open(plain) as stream:
                yield stream  # type: ignore[misc]
        else:
            plain.seek(0)
            yield plain


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """Turn what readers raise into findings."""
    import duckdb

    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise wrong(path.name, "", f"the compressed file is damaged or cut off ({error})", "fetch it again") from None
    except PermissionError:
        raise wrong(path.name, "", "the file may not be read", "change its permissions") from None
    except UnicodeDecodeError:
        raise wrong(path.name, "", "the text is not UTF-8", "save the log in UTF-8") from None
    except duckdb.Error as error:
        if is_out_of_space(error):
            raise
        raise _from_database(path.name, str(error)) from None


def _from_database(name: str, message: str) -> FitError:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = " ".join(lines[:1]).split(": ", 1)[-1]
    if "GZIP" in message:
        return wrong(name, "", "the compressed file is damaged or cut off", "fetch it again")
    if "CSV Error on Line" not in message:
        return wrong(name, "", f"the file cannot be read ({said})", "check that it is a whole event log")
    number = next((word for word in said.split() if word.isdigit()), None)
    numbers = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if numbers:
        problem = f"the line has {numbers[2]} fields, the first line {numbers[1]}"
    elif "unterminated quote" in message:
        problem = "a quotation mark opens here and is never closed"
    else:
        problem = f"the line cannot be read ({lines[2] if len(lines) > 2 else said})"
    return wrong(
        name,
        "",
        problem,
        "correct or remove this line",
        int(number) if number else None,
    )


def _read_csv(connection: "DuckDBPyConnection", path: Path, columns: Columns, start: bytes) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    encoding = "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        encoding = "latin-1"
    header, delimiter = _header(
        path, start.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace"), columns
    )
    spelled = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))

    def table(encoding: str) -> str:
        return (
            f"read_csv('{_pattern(path)}', auto_detect = false, header = true, columns = {{{spelled}}}, "
            f"delim = {_quoted(delimiter)}, quote = '\"', escape = '\"', encoding = '{encoding}', "
            f"compression = '{'gzip' if _is_gzip(path) else 'none'}')"
        )

    place = {key: f"c{header.index(column)}" for key, column in columns.asked().items()}
    try:
        _make_rows(connection, table(encoding), place)
    except Exception as error:
        if encoding == "latin-1" or "Invalid unicode" not in str(error):
            raise
        encoding = "latin-1"
        _make_rows(connection, table(encoding), place)
    if encoding == "latin-1":
        notes = ("the text is not UTF-8; it was read as Latin-1",)
    return notes


def _header(path: Path, text: str, columns: Columns) -> tuple[list[str], str]:
    """The names in the first line, and the delimiter under which most of the asked columns appear."""
    if "\n" not in text and "\r" not in text and len(text) >= 60000:
        raise wrong(path.name, "", "the first line has no end", "give a CSV file with a header line")
    first = text.splitlines(keepends=True)
    asked = set(columns.asked().values())

    def split(delimiter: str) -> list[str]:
        return next(iter(csv.reader(first, delimiter=delimiter)), [])

    delimiter = max(",;\t|", key=lambda each: (len(asked & set(split(each))), len(split(each))))
    header = split(delimiter)
    missing = [
        unknown(path.name, "column", column, header, "columns")
        for column in columns.asked().values()
        if column not in header
    ]
    if missing:
        raise FitError(missing)
    return header, delimiter


def _read_parquet(connection: "DuckDBPyConnection", path: Path, columns: Columns) -> tuple[str, ...]:
    table = f"read_parquet('{_pattern(path)}')"
    names = [str(line[0]) for line in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]
    missing = [
        unknown(path.name, "column", column, names, "columns")
        for column in columns.asked().values()
        if column not in names
    ]
    if missing:
        raise FitError(missing)
    place = {key: '"' + column.replace('"', '""') + '"' for key, column in columns.asked().items()}
    _make_rows(connection, table, place)
    return ()


def _read_xes(connection: "DuckDBPyConnection", path: Path, columns: Columns, scratch: Path) -> tuple[str, ...]:
    from sim.fit.xes import flatten

    flat = scratch / "events.csv"
    with _opened(path) as stream:
        flattened = flatten(stream, columns.asked(), flat, path.name)
    spelled = ", ".join(f"'{key}': 'VARCHAR'" for key in flattened.columns)
    table = (
        f"read_csv('{_pattern(flat)}', auto_detect = false, header = true, columns = {{{spelled}}}, "
        "delim = ',', quote = '\"', escape = '\"')"
    )
    _make_rows(connection, table, {key: f'"{key}"' for key in columns.asked()})
    flat.unlink()
    return flattened.notes


def _make_rows(connection: "DuckDBPyConnection", table: str, place: Mapping[str, str]) -> None:
    def column(key: str) -> str:
        return f"nullif(trim(CAST(t.{place[key]} AS VARCHAR)), '')" if key in place else "CAST(NULL AS VARCHAR)"

    connection.execute(
        f"""
        CREATE OR REPLACE TABLE rows AS
        SELECT row_number() OVER () AS row, {column("case")} AS case_id, {column("activity")} AS activity,
               {column("time")} AS moment, {column("channel")} AS channel, {column("value")} AS worth, hash(t) AS print
        FROM {table} AS t
        """
    )


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pattern(path: Path) -> str:
    """The path as DuckDB reads it: no character of it stands for others."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in str(path)).replace("'", "''")
