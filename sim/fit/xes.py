"""XES, the XML format of event logs (IEEE 1849), read as a stream."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from sim.fit.errors import FitError, unknown, wrong

TRACE_PREFIX = "case:"
"""Marks an attribute of the trace, as in `case:concept:name`; without it events are looked at first, then the trace."""


@dataclass(frozen=True)
class Flattened:
    """What a flat copy of a XES log holds."""

    columns: tuple[str, ...]
    notes: tuple[str, ...]


def flatten(stream: IO[bytes], asked: Mapping[str, str], target: Path, name: str) -> Flattened:
    """Write one CSV line for each event: the asked attributes (by what they say) and a fingerprint of the event.

    The case attribute is looked for on the trace first, all others on the event first. Where events say which step of
    an activity's life cycle they are and some are `complete`, only these are written. Raises FitError for a damaged
    file or an attribute that occurs nowhere.
    """
    lifecycle = _Lifecycle()
    on_traces: set[str] = set()
    on_events: set[str] = set()
    columns = (*asked, "step", "print")
    whole = target.with_suffix(".all")
    with whole.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(columns)
        try:
            for trace, events in _traces(stream, name):
                on_traces.update(trace)
                for event in events:
                    on_events.update(event)
                    step = lifecycle.see(event)
                    write([*(_value(key, column, trace, event) for key, column in asked.items()), step, _print(event)])
        except ParseError as error:
            problem = f"the XML is damaged or cut off ({error})"
            raise wrong(name, "", problem, "give a whole XES file", error.position[0]) from None
    known = [TRACE_PREFIX + each for each in sorted(on_traces)] + sorted(on_events)
    missing = [
        unknown(name, "attribute", column, known, "attributes")
        for column in asked.values()
        if column.removeprefix(TRACE_PREFIX) not in on_traces
        and (column.startswith(TRACE_PREFIX) or column not in on_events)
    ]
    if missing and known:
        raise FitError(missing)
    if not lifecycle.mixed:
        whole.replace(target)
        return Flattened(columns, ())
    dropped = _completed_only(whole, target)
    whole.unlink()
    return Flattened(
        columns, (f"{dropped:,} events left out that only start, schedule … an activity: its completion counts",)
    )


class _Lifecycle:
    """Which steps of an activity's life cycle occur in the log."""

    def __init__(self) -> None:
        self.complete = self.other = False

    def see(self, event: Mapping[str, str]) -> str:
        step = event.get("lifecycle:transition", "").lower()
        self.complete |= step == "complete"
        self.other |= step not in ("", "complete")
        return step

    @property
    def mixed(self) -> bool:
        return self.complete and self.other


def _completed_only(whole: Path, target: Path) -> int:
    dropped = 0
    with whole.open(newline="", encoding="utf-8") as source, target.open("w", newline="", encoding="utf-8") as file:
        lines = csv.reader(source)
        write = csv.writer(file).writerow
        header = next(lines)
        write(header)
        place = header.index("step")
        for line in lines:
            if line[place] in ("", "complete"):
                write(line)
            else:
                dropped += 1
    return dropped


def _traces(stream: IO[bytes], name: str) -> Iterator[tuple[dict[str, str], list[dict[str, str]]]]:
    """Each trace's own attributes and its events'; finished traces are let go of."""
    parser = iterparse(stream, events=("start", "end"))
    _, root = next(parser)
    if _tag(root) != "log":
        problem = f"this is XML, but no XES log: its first element is <{_tag(root)}>, not <log>"
        raise wrong(name, "", problem, "give a CSV, Parquet or XES log", 1)
    depth = 1
    for happening, element in parser:
        depth += 1 if happening == "start" else -1
        if happening == "end" and depth == 1:
            if _tag(element) == "trace":
                events = [_attributes(child) for child in element if _tag(child) == "event"]
                yield _attributes(element), events
            root.clear()


def _attributes(element: Element) -> dict[str, str]:
    """The direct attributes of a trace or event; nested ones are not looked at."""
    return {key: child.get("value", "") for child in element if _tag(child) != "event" and (key := child.get("key"))}


def _value(key: str, column: str, trace: Mapping[str, str], event: Mapping[str, str]) -> str:
    plain = column.removeprefix(TRACE_PREFIX)
    if column != plain:
        return " ".join(trace.get(plain, "").split())
    first, second = (trace, event) if key == "case" else (event, trace)
    return " ".join(first.get(column, second.get(column, "")).split())


def _print(event: Mapping[str, str]) -> str:
    return hashlib.blake2b(repr(sorted(event.items())).encode(), digest_size=8).hexdigest()


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
