"""Files that appear complete or not at all, and what is said when they cannot be written."""

import contextlib
import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sim.store.opening import StoreError
from sim.unfinished import unfinished

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of the errors that mean that there is no space left."""


@contextlib.contextmanager
def complete(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` when all is well, and is removed otherwise; folders are made.

    Raises StoreError where that cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path) as part:
            yield part
    except Exception as error:
        if not (isinstance(error, OSError) or _is_of_duckdb(error)):
            raise
        number = _number(error)
        if number in FULL:
            raise StoreError(f"{path}: the disk is full; free some space, or choose another location") from error
        reason = os.strerror(number) if number else str(error).splitlines()[0]
        raise StoreError(f"{path}: cannot be written ({reason}); choose another location") from error


def _is_of_duckdb(error: Exception) -> bool:
    # Where it is not imported yet, nothing of it can have been raised.
    return "duckdb" in sys.modules and isinstance(error, sys.modules["duckdb"].IOException)


def _number(error: Exception) -> int | None:
    """The number of the operating system's error, which DuckDB tells in its message only."""
    if isinstance(error, OSError):
        return error.errno
    told = re.search(r'"errno": *"(\d+)"', str(error))
    if told:
        return int(told[1])
    return errno.ENOSPC if os.strerror(errno.ENOSPC) in str(error) else None
