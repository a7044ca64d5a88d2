"""A database on disk in which a log of any size is sorted and counted within a fixed amount of memory."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"
"""What the database may hold in memory; what does not fit goes to its temporary folder."""


STALE = 7 * 86_400
"""Seconds after which what a killed program left in the cache folder is removed."""


@contextmanager
def workspace(scratch: Path | None = None) -> "Iterator[tuple[DuckDBPyConnection, Path]]":
    """An empty DuckDB database and its folder, both removed at the end.

    The folder lies in `scratch`, or else in the user's cache folder: temporary folders are kept in memory on some
    systems.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="fit-", dir=scratch or _cache(), ignore_cleanup_errors=True) as name:
        folder = Path(name)
        connection = None
        try:
            connection = duckdb.connect(
                str(folder / "log.duckdb"),
                config={
                    "memory_limit": MEMORY,
                    "temp_directory": str(folder / "spill"),
                    "threads": min(4, os.cpu_count() or 1),
                    "preserve_insertion_order": True,
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                },
            )
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            yield connection, folder
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            if is_out_of_space(error):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder.parent)) from error
            raise
        finally:
            if connection is not None:
                connection.close()


def is_out_of_space(error: Exception) -> bool:
    """Whether the database failed because the disk is full."""
    return any(words in str(error) for words in (os.strerror(errno.ENOSPC), "max_temp_directory_size"))


def _cache() -> Path | None:
    import platformdirs

    folder = platformdirs.user_cache_path("journey-sandbox") / "fit"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    for left in folder.glob("fit-*"):
        if left.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(left, ignore_errors=True)
    return folder
