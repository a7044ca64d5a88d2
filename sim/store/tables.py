"""A run's tables as CSV or Parquet files."""

import csv
import tempfile
from pathlib import Path
from typing import Any, Final

from sim.store.events import csv_to_parquet
from sim.store.opening import StoreError
from sim.store.schema import MEASURED
from sim.store.store import Store

EXPORTED: Final = ("arms", "replications", *MEASURED, "summaries", "differences")
"""Tables that are exported, each to a file of its name; those without a row are left out."""

_TYPES: Final = {
    "value": "DOUBLE",
    "day": "DOUBLE",
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
    """Write each table of the run to a CSV file in `folder`; the files written. Numbers are written in full."""
    folder = _made(folder)
    written = []
    for table in EXPORTED:
        columns, rows = store.table(table, run)
        first = next(rows, None)
        if first is None:
            continue
        path = folder / f"{table}.csv"
        with _writable(path) as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerow(first)
            writer.writerows(rows)
        written.append(path)
    return written


def export_parquet(store: Store, run: str, folder: Path) -> list[Path]:
    """Write each table of the run to a Parquet file in `folder`; the files written."""
    folder = _made(folder)
    written = []
    with tempfile.TemporaryDirectory() as between:
        for source in export_csv(store, run, Path(between)):
            with source.open(newline="", encoding="utf-8") as file:
                columns = next(csv.reader(file))
            target = folder / f"{source.stem}.parquet"
            csv_to_parquet(source, target, {column: _TYPES.get(column, "VARCHAR") for column in columns})
            written.append(target)
    return written


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder}: {error.strerror or error}; choose a folder that can be made", wrong_input=True
        ) from error
    return folder


def _writable(path: Path) -> Any:
    try:
        return path.open("w", newline="", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; choose another folder") from error
