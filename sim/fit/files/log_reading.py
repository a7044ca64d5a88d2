"""An event log file into the table `rows`: one row an event, in file order, still as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.fit.errors import wrong
from sim.fit.files import encodings, lifecycle, nested_fields
from sim.fit.files.csv_layout import Table, find_table
from sim.fit.files.damage import clear_errors
from sim.fit.files.unpacking import HEAD, Format, Recognised, opened, recognise
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Columns:
    """Which columns of the log say what."""

    case: str
    activity: str
    time: str
    channel: str | None = None
    value: str | None = None
    clock: str | None = None
    """the time of day, where `time` is the date alone"""
    order: str | None = None
    """what comes first of events at the same time"""
    lifecycle: str | None = None
    """whether an event starts, completes … its activity"""

    def given(self) -> dict[str, str]:
        """The column by what it says, without those that are not asked for."""
        return {key: column.strip() for key, column in vars(self).items() if column is not None}


@dataclass(frozen=True)
class Manner:
    """How the file and what stands in it are written, where that is to be said and not found out."""

    sheet: str | None = None
    """of a workbook"""
    header: bool = True
    """false where the first line is an event: columns are then called 1, 2, 3 …"""
    encoding: str | None = None
    time_format: str | None = None
    """a strptime pattern"""
    zones: Mapping[str, str] = field(default_factory=dict)
    """offsets such as +05:30 by the abbreviation of a time zone"""
    decimal: str | None = None
    """the decimal separator of amounts: point or comma"""


@dataclass(frozen=True)
class Source:
    """Where `rows` came from."""

    name: str
    format: Format
    rows: int
    notes: tuple[str, ...] = ()
    before: int = 0
    """lines before the first row"""
    delimiter: str | None = None

    def line(self, row: int) -> int | None:
        """The line of the file that holds this row (counted from 1); None where the format has no lines."""
        return row + self.before if self.format in ("csv", "workbook") else None


@dataclass(frozen=True)
class _Made:
    """What is known once `rows` is there."""

    notes: tuple[str, ...] = ()
    before: int = 0
    delimiter: str | None = None


def read_log(
    connection: "DuckDBPyConnection", path: Path, columns: Columns, scratch: Path, manner: Manner | None = None
) -> Source:
    """Create the table `rows` from the log at `path`.

    Its columns: `row` (from 1 in file order), `case_id`, `activity`, `moment`, `channel`, `worth`, `sequence` (order
    among equal times), `step` (of the activity's life cycle, lower case), all of them text, and `print`, a fingerprint
    of everything that the file says of the event. Raises FitError where the file is no readable log or lacks a column.
    """
    manner = manner or Manner()
    with clear_errors(path.name):
        file = recognise(path)
        if file.format == "parquet":
            made = _read_parquet(connection, path, columns)
        elif file.format == "json":
            made = _read_json(connection, path, columns, file, scratch, manner)
        elif file.format == "xes":
            made = _read_xes(connection, path, columns, file, scratch)
        elif file.format == "workbook":
            made = _read_workbook(connection, path, columns, scratch, manner)
        else:
            made = _read_csv(connection, path, columns, file, scratch, manner)
    (rows,) = one_row(connection, "SELECT count(*) FROM rows")
    if rows == 0:
        raise wrong(path.name, "", "the log has no events", "give a log with one row for each event")
    return Source(path.name, file.format, int(rows), made.notes, made.before, made.delimiter)


def _read_csv(
    connection: "DuckDBPyConnection", path: Path, columns: Columns, file: Recognised, scratch: Path, manner: Manner
) -> _Made:
    encoding = encodings.find_encoding(path.name, file, manner.encoding)
    if encodings.is_direct(encoding, file):
        try:
            return _read_table(connection, path, path.name, file, encoding, columns, manner)
        except Exception as error:
            if manner.encoding is not None or "nvalid unicode" not in str(error):
                raise
            encoding = encodings.WINDOWS
    flat = scratch / "log.csv"
    encodings.unpack(path, file.packing, encoding, flat)
    try:
        made = _read_table(
            connection, flat, path.name, Recognised("csv", "none", file.start), encoding, columns, manner
        )
    finally:
        flat.unlink()
    return _Made((*encodings.encoding_notes(encoding, manner.encoding), *made.notes), made.before, made.delimiter)


def _read_table(
    connection: "DuckDBPyConnection",
    path: Path,
    name: str,
    file: Recognised,
    encoding: str,
    columns: Columns,
    manner: Manner,
) -> _Made:
    """Read the UTF-8 table at `path`, whose first bytes are known in the encoding that it had."""
    given = columns.given()
    table = find_table(name, encodings.decoded(file.start, encoding), tuple(given.values()), manner.header)
    if "lifecycle" not in given and (guessed := lifecycle.find(table.names, table.sample, tuple(given.values()))):
        given["lifecycle"] = guessed
    sql_of = {key: f"t.c{table.names.index(column)}" for key, column in given.items()}
    _make_rows(connection, _csv(path, table, file.packing), sql_of)
    return _Made(table.notes, table.skip + (1 if table.header else 0), table.delimiter)


def _csv(path: Path, table: Table, packing: str) -> str:
    """SQL for the table as DuckDB reads it: columns c0, c1 … of text."""
    spelled = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(table.names)))
    return (
        f"read_csv('{_pattern(path)}', auto_detect = false, header = {table.header}, skip = {table.skip}, "
        f"columns = {{{spelled}}}, delim = {_quoted(table.delimiter)}, quote = '\"', escape = '\"', "
        f"compression = '{packing}')"
    )


def _read_workbook(
    connection: "DuckDBPyConnection", path: Path, columns: Columns, scratch: Path, manner: Manner
) -> _Made:
    from sim.fit.files.workbook import flatten

    flat = scratch / "sheet.csv"
    notes = flatten(path, manner.sheet, tuple(columns.given().values()), flat)
    with flat.open("rb") as stream:
        start = stream.read(HEAD)
    if not start:
        raise wrong(path.name, "", "the sheet is empty", "give a log with one row for each event")
    made = _read_table(connection, flat, path.name, Recognised("csv", "none", start), "utf-8", columns, manner)
    flat.unlink()
    return _Made((*notes, *made.notes), made.before, ",")


def _read_parquet(connection: "DuckDBPyConnection", path: Path, columns: Columns) -> _Made:
    table = f"read_parquet('{_pattern(path)}', binary_as_string = true)"
    types = {str(line[0]): str(line[1]) for line in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    given, plain = columns.given(), [each for each, kind in types.items() if not _is_nested(kind)]
    if "lifecycle" not in given and (
        guessed := lifecycle.find(plain, _first_rows(connection, table, plain), tuple(given.values()))
    ):
        given["lifecycle"] = guessed
    sql_of = {key: f"t.{_name(column)}" for key, column in given.items() if column in plain}
    notes: list[str] = []
    inside = {key: column for key, column in given.items() if key not in sql_of}
    if inside:
        roots = [each for each in types if each not in plain]
        whole = "json_object(" + ", ".join(f"{_quoted(each)}, t.{_name(each)}" for each in roots) + ")"
        more, notes = _sql_inside(connection, path.name, table, inside, whole, plain)
        sql_of |= more
    _make_rows(connection, table, sql_of)
    return _Made(tuple(notes))


def _is_nested(kind: str) -> bool:
    return kind.startswith(("STRUCT", "MAP", "UNION")) or kind.endswith("]") or kind in ("JSON", "VARIANT")


def _first_rows(connection: "DuckDBPyConnection", table: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    if not names:
        return []
    listed = ", ".join(f"CAST({_name(each)} AS VARCHAR)" for each in names)
    rows = connection.execute(f"SELECT {listed} FROM {table} LIMIT {nested_fields.SAMPLE}").fetchall()
    return [tuple(each or "" for each in row) for row in rows]


def _read_json(
    connection: "DuckDBPyConnection", path: Path, columns: Columns, file: Recognised, scratch: Path, manner: Manner
) -> _Made:
    encoding = encodings.find_encoding(path.name, file, manner.encoding)
    source, packing, notes = path, str(file.packing), list(encodings.encoding_notes(encoding, manner.encoding))
    if not encodings.is_direct(encoding, file):
        source, packing = scratch / "log.json", "none"
        encodings.unpack(path, file.packing, encoding, source)
    table = f"read_json_objects('{_pattern(source)}', format = 'auto', compression = '{packing}')"
    objects = nested_fields.sampled(connection, table, "t.json")
    wrapping = _wrapping(objects)
    if wrapping is not None:
        table = f"(SELECT unnest(json_extract(json, {_quoted(wrapping)})) AS json FROM {table})"
        objects = nested_fields.sampled(connection, table, "t.json")
    if not objects:
        raise wrong(path.name, "", "the log has no events", "give a log with one row for each event")
    if not all(isinstance(each, dict) for each in objects):
        problem = "the JSON holds events that are no objects with named fields"
        raise wrong(path.name, "", problem, 'write each event like {"customer": "c1", "event": "order", "time": …}')
    given = columns.given()
    if "lifecycle" not in given:
        names = list(dict.fromkeys(key for each in objects for key in each))
        rows = [tuple(str(each.get(key) or "") for key in names) for each in objects]
        if guessed := lifecycle.find(names, rows, tuple(given.values())):
            given["lifecycle"] = guessed
    sql_of, said = _sql_inside(connection, path.name, table, given, "t.json", ())
    _make_rows(connection, table, sql_of)
    if source != path:
        source.unlink()
    return _Made((*notes, *said))


def _wrapping(objects: Sequence[object]) -> str | None:
    """Where the list of events is in a file that is one object with one such list; None where it is not."""
    match objects:
        case [{**fields}]:
            match [key for key, value in fields.items() if isinstance(value, list) and len(value) > 1]:
                case [only]:
                    return f'$."{only}"[*]'
    return None


def _sql_inside(
    connection: "DuckDBPyConnection",
    name: str,
    table: str,
    given: Mapping[str, str],
    whole: str,
    plain: Sequence[str],
) -> tuple[dict[str, str], list[str]]:
    """SQL for each asked field of the objects that `whole` is SQL for, and what to know of the choice."""
    known = nested_fields.fields_of(nested_fields.sampled(connection, table, whole))
    sql_of, notes = {}, []
    for key, column in given.items():
        chosen, note = nested_fields.choose(name, column, known, plain)
        nested_fields.check_single(connection, name, table, column, chosen, whole)
        sql_of[key] = chosen.text(whole)
        notes += [note] if note else []
    return sql_of, notes


def _read_xes(connection: "DuckDBPyConnection", path: Path, columns: Columns, file: Recognised, scratch: Path) -> _Made:
    from sim.fit.files.xes import flatten, name_cases

    flat = scratch / "events.csv"
    with opened(path, file.packing) as stream:
        flattened = flatten(stream, columns.given(), flat, path.name)
    spelled = ", ".join(f"'{key}': 'VARCHAR'" for key in flattened)
    table = (
        f"read_csv('{_pattern(flat)}', auto_detect = false, header = true, columns = {{{spelled}}}, "
        "delim = ',', quote = '\"', escape = '\"')"
    )
    sql_of = {key: f't."{key}"' for key in flattened}
    sql_of["case"], notes = name_cases(connection, table, columns.case)
    _make_rows(connection, table, sql_of)
    flat.unlink()
    return _Made(notes)


def _make_rows(connection: "DuckDBPyConnection", table: str, sql_of: Mapping[str, str]) -> None:
    """Create `rows`, given SQL over `t` for what is known of an event."""

    def text(key: str) -> str:
        return f"nullif(trim(CAST({sql_of[key]} AS VARCHAR)), '')" if key in sql_of else "CAST(NULL AS VARCHAR)"

    moment = text("time")
    if "clock" in sql_of:  # a date may have been written as midnight of its day
        day = f"regexp_replace({moment}, '[ T]0?0:00(:00([.,]0+)?)?$', '')"
        moment = f"concat_ws(' ', {day}, {text('clock')})"
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE rows AS
        SELECT row_number() OVER () AS row, {text("case")} AS case_id, {text("activity")} AS activity,
               {moment} AS moment, {text("channel")} AS channel, {text("value")} AS worth, {text("order")} AS sequence,
               lower({text("lifecycle")}) AS step, hash({sql_of.get("print", "t")}) AS print
        FROM {table} AS t
        """
    )


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pattern(path: Path) -> str:
    """The path as DuckDB reads it: no character of it stands for others, nor a `~` at its beginning for a folder."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in str(path.absolute())).replace("'", "''")
