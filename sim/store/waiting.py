"""Waiting for other programs that write to the store: Ctrl-C is heard meanwhile, and somebody is told."""

import sqlite3
import time
from collections.abc import Callable
from typing import Final, TypeVar

Result = TypeVar("Result")

TOLD_AFTER: Final = 3.0
"""Seconds of waiting after which it is told."""
_PAUSE: Final = 0.05


def patiently(action: Callable[[], Result], wait: float, tell: Callable[[], None] | None = None) -> Result:
    """What the action gives, tried again for `wait` seconds as long as another program locks the store.

    The action must fail at once where the store is locked. `tell` is called once, after TOLD_AFTER seconds.
    """
    begin = time.monotonic()
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - begin
            if not is_locked(error) or waited >= wait:
                raise
        if tell is not None and waited >= TOLD_AFTER:
            tell()
            tell = None
        time.sleep(min(_PAUSE, wait))


def is_locked(error: sqlite3.Error) -> bool:
    """Whether another program has the store."""
    # The low byte is the primary code; the rest of the number only says which case of it.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
