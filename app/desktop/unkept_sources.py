"""Sources of modules are not kept in memory.

PySide reads the source of every module that is imported after it, to see whether it uses PySide. `linecache` would keep
all of them, which took a fifth of the window's memory; where a report of a crash needs a line, it reads it again.
"""

from __future__ import annotations

import linecache
from typing import Any


class _Unkept(dict[str, Any]):
    """What `linecache` keeps, but for the lines of files."""

    def __setitem__(self, file: str, entry: Any) -> None:
        # How to find the lines of what is no file stands alone; once found, they have no time of change.
        if len(entry) == 1 or entry[1] is None:
            super().__setitem__(file, entry)


def keep_no_sources() -> None:
    """From now on."""
    linecache.cache = _Unkept()  # type: ignore[attr-defined]
