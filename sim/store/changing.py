"""Changing runs that are stored already: asking for more of them, and removing them."""

import contextlib
import sqlite3
from collections.abc import Collection
from typing import Final

from sim.store.schema import MEASURED, OF_A_RUN, SUMMARIES

_OF_RUNS: Final = (*OF_A_RUN, "replications", *MEASURED, *SUMMARIES)
"""Tables with a column `run`."""
_HOLLOW: Final = 0.25
"""The share of a file's pages that may be empty; they are used again by later runs."""


def extend(connection: sqlite3.Connection, run: str, replications: int) -> None:
    """Note that so many replications are asked for; the caller holds the transaction."""
    connection.execute("update runs set replications = ?, precision = null where id = ?", (replications, run))


def delete(connection: sqlite3.Connection, runs: Collection[str]) -> None:
    """Remove the runs from every table; the caller holds the transaction."""
    for run in runs:
        for table in _OF_RUNS:
            connection.execute(f"delete from {table} where run = ?", (run,))
        connection.execute("delete from runs where id = ?", (run,))


def shrink(connection: sqlite3.Connection) -> None:
    """Give the space of what was removed back to the disk, where it is much and nobody else uses the store."""
    empty, pages = (connection.execute(f"pragma {what}").fetchone()[0] for what in ("freelist_count", "page_count"))
    if empty <= _HOLLOW * pages:
        return
    patience = connection.execute("pragma busy_timeout").fetchone()[0]
    connection.execute("pragma busy_timeout = 0")
    # Where it cannot be done, because of another program or for lack of space to work in, the space is used again.
    with contextlib.suppress(sqlite3.Error):
        connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.execute(f"pragma busy_timeout = {patience}")
