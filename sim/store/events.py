"""Event logs: what happened to every customer, one row an event, as Parquet."""

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.resolve import stage_of
from sim.scenario.scenario import Scenario
from sim.store.writing import complete

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sim.engine.memory.history import History

COLUMNS: Final = (
    "run",
    "arm",
    "replication",
    "customer",
    "time",
    "event",
    "touchpoint",
    "stage",
    "channel",
    "action",
    "segment",
    "value",
    "rule",
    "holdout",
    "date",
)
"""The columns of an event log: time in days since the start of the run; what an event has not is null.

`holdout` says whether the customer is one to whom nothing is sent; it is null where the scenario holds nobody out.
`date` is the time as a timestamp, day 0 being the scenario's `start_date` at midnight, to the microsecond.
"""

MEMORY: Final = "512MB"
"""What DuckDB may use while it writes a log of any length."""

_PARQUET: Final = "format parquet, compression zstd, use_tmp_file false"
# An id is at hand as its position in a list of ids; lists in SQL count from 1.
_ONE_HISTORY = """
copy (
  select $run::varchar as run, $arm::varchar as arm, $replication::integer as replication,
    customer, time, $events[event + 1] as event,
    $touchpoints[touchpoint + 1] as touchpoint, $stages[touchpoint + 1] as stage,
    case when channel >= 0 then $channels[channel + 1] end as channel,
    case when action >= 0 then $actions[action + 1] end as action,
    $segments[segment + 1] as segment,
    case when not isnan(value) then value end as value,
    case when rule >= 0 then $rules[rule + 1] end as rule,
    case when $holds_out then holdout end as holdout,
    $start::timestamp + to_microseconds(round(time * 86400000000)::bigint) as date
  from recorded
) to '{path}' ({parquet})
"""


def write_events(path: Path, run: str, arm: str, history: "History", scenario: Scenario) -> None:
    """Write the events of one arm and replication to the Parquet file `path`, in order of (time, customer).

    The history must have been simulated with events, under `scenario`. The file appears complete or not at all.
    """
    from sim.engine.memory.history import EVENTS

    recorded = history.events
    if recorded is None:
        raise ValueError("this history was simulated without events")
    stages = {touchpoint.id: stage_of(scenario, touchpoint) for touchpoint in scenario.touchpoints}
    names = {
        "run": run,
        "arm": arm,
        "replication": history.replication,
        "events": list(EVENTS),
        "touchpoints": list(history.touchpoints),
        "stages": [stages[touchpoint] for touchpoint in history.touchpoints],
        "channels": list(history.channels) or [""],
        "actions": list(history.actions) or [""],
        "rules": list(history.rules) or [""],
        "segments": list(history.segments),
        "start": datetime.datetime.combine(scenario.start_date, datetime.time()),
        "holds_out": scenario.orchestration.holdout > 0,
    }
    columns = {
        "customer": history.customers.number[recorded.customer],
        "time": recorded.time,
        "event": recorded.event,
        "touchpoint": recorded.touchpoint,
        "channel": recorded.channel,
        "action": recorded.action,
        "rule": recorded.rule,
        "segment": history.customers.segment[recorded.customer],
        "value": recorded.value,
        "holdout": history.customers.holdout[recorded.customer],
    }
    with _duck() as duck, complete(path) as unfinished:
        duck.register("recorded", columns)
        duck.execute(_ONE_HISTORY.format(path=_quoted(unfinished), parquet=_PARQUET), names)


def join_events(parts: Sequence[Path], path: Path) -> None:
    """Write the event logs `parts`, one after the other, as one Parquet file; memory stays bounded."""
    with _duck() as duck, complete(path) as unfinished:
        duck.execute(
            f"copy (select * from read_parquet($parts)) to '{_quoted(unfinished)}' ({_PARQUET})",
            {"parts": [_literal(part) for part in parts]},
        )


def read_events(
    path: Path, columns: Iterable[str] = COLUMNS, *, by_customer: bool = False
) -> Iterator[tuple[Any, ...]]:
    """The rows of an event log, a few at a time: as they lie in the file, or with each customer's together."""
    order = "order by arm, replication, customer, file_row_number" if by_customer else ""
    with _duck() as duck:
        query = f"select {', '.join(columns)} from read_parquet($path, file_row_number = true) {order}"
        cursor = duck.execute(query, {"path": _literal(path)})
        while some := cursor.fetchmany(10_000):
            yield from some


def csv_to_parquet(source: Path, path: Path, types: dict[str, str]) -> None:
    """Write a CSV file with a header line as Parquet, its columns being of these DuckDB types."""
    with _duck() as duck, complete(path) as unfinished:
        duck.execute(
            f"""copy (select * from read_csv($source, header = true, columns = $types, delim = ',', quote = '"',
                escape = '"', nullstr = '', auto_detect = false)) to '{_quoted(unfinished)}'
                ({_PARQUET})""",
            {"source": _literal(source), "types": types},
        )


@contextlib.contextmanager
def _duck() -> Iterator["DuckDBPyConnection"]:
    import duckdb

    with duckdb.connect() as duck:
        duck.execute(f"set memory_limit = '{MEMORY}'")
        duck.execute("set threads = 2")
        yield duck


def _quoted(path: Path) -> str:
    """The path in SQL; in full, since DuckDB takes a `~` that it begins with for the user's folder."""
    return str(path.absolute()).replace("'", "''")


def _literal(path: Path) -> str:
    """The path as DuckDB reads it: no character of it stands for others."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in str(path.absolute()))
