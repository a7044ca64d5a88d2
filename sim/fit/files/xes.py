"""XES, the XML format of event logs (IEEE 1849), read as a stream."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from sim.fit.errors import FitError, unknown, wrong
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TRACE_PREFIX = "case:"
"""Marks an attribute of the trace, as in `case:concept:name`; without it events are looked at first, then the trace."""


CHUNK = 65_536
LONGEST = 20_000_000
"""Bytes that are read at a time, and of the longest piece of a log's XML."""
NAME = "concept:name"
LIFECYCLE = "lifecycle:transition"
"""Attributes that XES gives a name: of a trace, an event; and the step of an event's activity."""


def flatten(stream: IO[bytes], wanted: Mapping[str, str], target: Path, name: str) -> tuple[str, ...]:
    """Write one CSV line for each event, and return the names of its columns.

    They are the wanted attributes (by what they say), `lifecycle`, the number of the `trace` and `print`, a fingerprint
    of the event. The case attribute is looked for on the trace first, all others on the event first. Raises FitError
    for a damaged file or an attribute that occurs nowhere.
    """
    wanted = {"lifecycle": LIFECYCLE, **wanted}
    on_traces: set[str] = set()
    on_events: set[str] = set()
    columns = (*wanted, "trace", "print")
    with target.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(columns)
        try:
            for number, (trace, events) in enumerate(_traces(stream, name), 1):
                on_traces.update(trace)
                for event in events:
                    on_events.update(event)
                    values = (_value(key, column, trace, event) for key, column in wanted.items())
                    write([*values, number, _print(event)])
        except ParseError as error:
            problem = f"the XML is damaged or cut off ({error})"
            raise wrong(name, "", problem, "give a whole XES file", error.position[0]) from None
    known = [TRACE_PREFIX + each for each in sorted(on_traces)] + sorted(on_events)
    missing = [
        unknown(name, "attribute", column, known, "attributes")
        for column in wanted.values()
        if column != LIFECYCLE
        and column.removeprefix(TRACE_PREFIX) not in on_traces
        and (column.startswith(TRACE_PREFIX) or column not in on_events)
    ]
    if missing and known:
        raise FitError(missing)
    return columns


def name_cases(connection: "DuckDBPyConnection", table: str, case: str) -> tuple[str, tuple[str, ...]]:
    """SQL over `t`, a row of what `flatten` wrote, for its case; and what to know of the names of traces.

    Each trace is a case of its own, whatever it is called, unless cases are told by another attribute than the name.
    """
    if case.removeprefix(TRACE_PREFIX) != NAME:
        return 't."case"', ()
    shared, traces, named = one_row(
        connection,
        f"""
        SELECT count(*) FILTER (traces > 1), sum(traces) FILTER (traces > 1), count(*)
        FROM (SELECT "case", count(DISTINCT trace) AS traces FROM {table} WHERE trim("case") <> '' GROUP BY "case")
        """,
    )
    if named == 0:
        return "t.trace", ("no trace has a name: each is a case of its own",)
    if not shared:
        return 't."case"', ()
    note = f"{shared:,} names are those of {traces:,} traces: each trace is a case of its own"
    return """CASE WHEN trim(t."case") <> '' THEN t."case" || ' #' || t.trace END""", (note,)


def _traces(stream: IO[bytes], name: str) -> Iterator[tuple[dict[str, str], list[dict[str, str]]]]:
    """Each trace's own attributes and its events'; finished traces are let go of."""
    parser = _elements(stream, name)
    _, root = next(parser)
    if _tag(root) != "log":
        problem = f"this is XML, but not an XES log: its first element is <{_tag(root)}>, not <log>"
        raise wrong(name, "", problem, "give a CSV, Parquet or XES log", 1)
    depth = 1
    for happening, element in parser:
        depth += 1 if happening == "start" else -1
        if happening == "end" and depth == 1:
            if _tag(element) == "trace":
                events = [_attributes(child) for child in element if _tag(child) == "event"]
                yield _attributes(element), events
            root.clear()


def _elements(stream: IO[bytes], name: str) -> Iterator[tuple[str, Element]]:
    """Each element at its start and at its end; FitError where one piece of the XML is too long to be any of a log.

    A piece that is not complete is parsed from its beginning again, so ever more is read before that.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    waiting = 0
    while data := stream.read(max(CHUNK, waiting)):
        waiting += len(data)
        parser.feed(data)
        for each in parser.read_events():
            waiting = 0
            yield cast("tuple[str, Element]", each)
        if waiting > LONGEST:
            problem = f"an attribute, a text or a remark in it is more than {LONGEST / 1e6:g} MB long"
            raise wrong(name, "", problem, "export it without anything that does not belong in an event log")
    parser.close()
    yield from cast("Iterator[tuple[str, Element]]", parser.read_events())


def _attributes(element: Element) -> dict[str, str]:
    """The direct attributes of a trace or event; nested ones are not looked at."""
    return {key: child.get("value", "") for child in element if _tag(child) != "event" and (key := child.get("key"))}


def _value(key: str, column: str, trace: Mapping[str, str], event: Mapping[str, str]) -> str:
    plain = column.removeprefix(TRACE_PREFIX)
    if column != plain:
        return " ".join(trace.get(plain, "").split())
    if key == "case" and column == NAME:
        return " ".join(trace.get(column, "").split())  # the events' is that of their activity
    first, second = (trace, event) if key == "case" else (event, trace)
    return " ".join(first.get(column, second.get(column, "")).split())


def _print(event: Mapping[str, str]) -> str:
    return hashlib.blake2b(repr(sorted(event.items())).encode(), digest_size=8).hexdigest()


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
