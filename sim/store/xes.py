"""An event log as XES (IEEE 1849), the format of process mining."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from sim.store.events import read_events
from sim.store.writing import complete

_COLUMNS = ("arm", "replication", "customer", "segment", "time", "event", "touchpoint", "stage", "channel", "value")

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <classifier name="Touchpoint" keys="concept:name"/>
"""


def export_xes(logs: Sequence[Path], path: Path, start_date: datetime.date) -> None:
    """Write Parquet event logs as one XES file: a trace for each customer, an event for each visit to a touchpoint.

    The trace is named ARM-REPLICATION-CUSTOMER. An event has the touchpoint (`concept:name`), the time (day 0 is
    `start_date`, UTC), the channel, the stage and, where a goal was reached, the goal and its money.
    """
    start = datetime.datetime.combine(start_date, datetime.time(), datetime.UTC)
    with complete(path) as unfinished, unfinished.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for log in logs:
            _write_traces(file, log, start)
        file.write("</log>\n")


def _write_traces(file: TextIO, log: Path, start: datetime.datetime) -> None:
    rows = read_events(log, _COLUMNS, by_customer=True)
    for (arm, replication, customer, segment), events in groupby(rows, key=lambda row: row[:4]):
        file.write("  <trace>\n")
        _write_text(file, 4, "concept:name", f"{arm}-{replication}-{customer}")
        _write_text(file, 4, "segment", segment)
        for visit in _visits(events):
            _write_visit(file, visit, start)
        file.write("  </trace>\n")


def _visits(events: Iterator[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Each entry, with the goal that was reached before the next one."""
    visit: dict[str, Any] | None = None
    for row in events:
        event = dict(zip(_COLUMNS[4:], row[4:], strict=True))
        if event["event"] == "enter":
            if visit is not None:
                yield visit
            visit = event
        elif visit is not None and event["event"] in ("conversion", "value", "completion"):
            visit |= {"goal": event["event"], "value": event["value"]}
    if visit is not None:
        yield visit


def _write_visit(file: TextIO, visit: dict[str, Any], start: datetime.datetime) -> None:
    file.write("    <event>\n")
    _write_text(file, 6, "concept:name", visit["touchpoint"])
    moment = start + datetime.timedelta(days=visit["time"])
    file.write(f'      <date key="time:timestamp" value="{moment.isoformat(timespec="microseconds")}"/>\n')
    for key in ("stage", "channel", "goal"):
        if visit.get(key) is not None:
            _write_text(file, 6, key, visit[key])
    if "goal" in visit and visit["value"] is not None:
        file.write(f'      <float key="value" value="{visit["value"]!r}"/>\n')
    file.write("    </event>\n")


def _write_text(file: TextIO, indent: int, key: str, value: object) -> None:
    file.write(f"{' ' * indent}<string key={quoteattr(key)} value={quoteattr(str(value))}/>\n")
