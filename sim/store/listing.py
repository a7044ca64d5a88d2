"""What a list of runs shows, read quickly however many there are."""

from dataclasses import dataclass
from sqlite3 import Connection
from typing import Final

from sim.store.sound import check_moments, check_rows, condition

# A finished run has all its replications, unless it went on until a precision was reached; only others are counted.
_COLUMNS: Final = ("id", "scenario", "name", "started", "replications", "precision", "arms", "status", "note")
_QUERY: Final = """
select id, scenario, name, started, replications,
  case when status = 'finished' and precision is null then replications
    else (select count(distinct replication) from replications where run = runs.id) end,
  precision is not null, arms, status, note, {sound}
from runs order by started desc, rowid desc"""


@dataclass(frozen=True, slots=True)
class ListedRun:
    """What a list shows of a run."""

    id: str
    scenario: str
    """id of the scenario"""
    name: str
    started: str
    """UTC, ISO 8601"""
    replications: int
    """asked for"""
    stored: int
    """replications that are in the store"""
    precise: bool
    """whether it goes on until a precision is reached"""
    arms: int
    status: str
    note: str


def query() -> str:
    """The select that reads the list; whether a row's values are of the right kinds stands last."""
    return _QUERY.format(sound=condition("runs", _COLUMNS))


def listed(connection: Connection) -> tuple[ListedRun, ...]:
    """All runs, the last started first."""
    rows = connection.execute(query()).fetchall()
    check_rows("runs", rows)
    runs = []
    for id_, scenario, name, started, replications, stored, precise, arms, status, note, _ in rows:
        check_moments(id_, started)
        runs.append(ListedRun(id_, scenario, name, started, replications, stored, bool(precise), arms, status, note))
    return tuple(runs)
