"""Files that a process holds for as long as it lives, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _hold(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    _TAKEN: tuple[type[OSError], ...] = (PermissionError, BlockingIOError)
else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    _TAKEN = (BlockingIOError,)


def hold(path: Path) -> BinaryIO | None:
    """The file, made if need be, and held until it is closed; None where somebody else holds it.

    OSError where it cannot be opened, or where the file system knows no locks.
    """
    file = path.open("ab")
    try:
        _hold(file)
        is_it = os.path.samestat(os.fstat(file.fileno()), path.stat())
    except _TAKEN:
        file.close()
        return None
    except FileNotFoundError:
        is_it = False
    except BaseException:
        file.close()
        raise
    if not is_it:  # whoever held it removed it meanwhile
        file.close()
        return None
    return file
