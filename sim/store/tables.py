"""A run's tables as CSV or Parquet files."""

import csv
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from sim.store.cells import as_texts
from sim.store.events import csv_to_parquet
from sim.store.opening import StoreError
from sim.store.schema import MEASURED, OF_A_RUN, SUMMARIES
from sim.store.store import Store
from sim.store.writing import FULL, complete

EXPORTED: Final = (*OF_A_RUN, "replications", *MEASURED, *SUMMARIES)
"""Tables that are exported, each to a file of its name; those without a row are left out."""

_TYPES: Final = {
    "value": "DOUBLE",
    "part": "DOUBLE",
    "whole": "DOUBLE",
    "day": "DOUBLE",
    "date": "DATE",
    "time": "DOUBLE",
    "seconds": "DOUBLE",
    "mean": "DOUBLE",
    "sd": "DOUBLE",
    "lo": "DOUBLE",
    "hi": "DOUBLE",
    "n": "BIGINT",
    "replication": "BIGINT",
    "position": "BIGINT",
    "events": "BIGINT",
    "customer": "BIGINT",
}


def export_csv(store: Store, run: str, folder: Path) -> list[Path]:
    """Write each table of the run to a CSV file in `folder`; the files written.

    Numbers are written in full. Names that a spreadsheet would compute have an apostrophe before them.
    """
    return _write(store, run, folder, as_texts)


def _write(store: Store, run: str, folder: Path, cells: Callable[[Iterable[Any]], Iterable[Any]]) -> list[Path]:
    folder = made(folder)
    written = []
    for table in EXPORTED:
        columns, rows = store.table(table, run)
        first = next(rows, None)
        if first is None:
            continue
        path = folder / f"{table}.csv"
        with complete(path) as unfinished, unfinished.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerow(cells(first))
            writer.writerows(map(cells, rows))
        written.append(path)
    return written


def export_parquet(store: Store, run: str, folder: Path) -> list[Path]:
    """Write each table of the run to a Parquet file in `folder`; the files written."""
    folder = made(folder)
    written = []
    with tempfile.TemporaryDirectory() as between:
        for source in _write(store, run, Path(between), list):
            with source.open(newline="", encoding="utf-8") as file:
                columns = next(csv.reader(file))
            target = folder / f"{source.stem}.parquet"
            types = {column: _TYPES.get(column, "VARCHAR") for column in columns}
            # What is set may be anything.
            csv_to_parquet(source, target, types | {"value": "VARCHAR"} if source.stem == "settings" else types)
            written.append(target)
    return written


def made(folder: Path) -> Path:
    """The folder, made if need be; StoreError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in FULL:
            raise StoreError(f"{folder}: the disk is full; free some space, or choose another location") from error
        raise StoreError(
            f"{folder}: {error.strerror or error}; choose a folder that can be made", wrong_input=True
        ) from error
    return folder
