"""Small event logs for tests."""

import csv
import gzip
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
CDNOW = ROOT / "assets" / "data" / "cdnow" / "purchases.csv.gz"

NAMES = {"case": "case", "activity": "activity", "time": "time"}
"""The columns of the logs written here, as `fit` asks for them."""


def shared(name: str) -> Path:
    """A file or folder of the shared data; without it the test is skipped, but on continuous integration it fails."""
    path = SHARED / name
    if not path.exists():
        told = f"the shared data ({path}) is not here"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    return path


def text_of(rows: Iterable[Sequence[object]], columns: Sequence[str] = ("case", "activity", "time")) -> str:
    """The rows as CSV."""
    stream = io.StringIO(newline="")
    write = csv.writer(stream, lineterminator="\n")
    write.writerow(columns)
    write.writerows(rows)
    return stream.getvalue()


def write_log(
    path: Path, rows: Iterable[Sequence[object]], columns: Sequence[str] = ("case", "activity", "time")
) -> Path:
    """Write the rows as CSV, compressed where the name ends in .gz; returns the path."""
    whole = text_of(rows, columns).encode()
    path.write_bytes(gzip.compress(whole, mtime=0) if path.suffix == ".gz" else whole)
    return path


def orders(cases: int = 200) -> list[tuple[str, str, str]]:
    """Cases that look and then order after two days (three in four) or look again after one; half a year of them."""
    rows = []
    for number in range(cases):
        day = number % 150 + 1
        rows.append((f"c{number}", "Look", stamp(day, 9)))
        rows.append(
            (f"c{number}", "Order", stamp(day + 2, 9)) if number % 4 else (f"c{number}", "Look", stamp(day + 1, 9))
        )
    return rows


def stamp(day: float, hour: float = 0.0) -> str:
    """A time, as text, so many days after the end of 2023."""
    import datetime

    return str(datetime.datetime(2023, 12, 31) + datetime.timedelta(days=day, hours=hour))
