"""A file that is being written lies beside the place that it is for, under a name of its own, until it is whole."""

import contextlib
import os
import re
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from sim.held import hold

_NAME: Final = re.compile(r"\.journey-[0-9a-f]{8}\.part")


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` when all is well, and is removed otherwise.

    What was left in the folder by a process that was killed is removed, too. Raises OSError where nothing can be
    written there; what was at `path` is then as it was.
    """
    _sweep(path.parent)
    part, held = _begun(path.parent)
    try:
        yield part
        os.replace(part, path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if held is not None:
            held.close()


def _begun(folder: Path) -> tuple[Path, BinaryIO | None]:
    """A new file, and what holds it for as long as this process lives, where the system knows such a thing."""
    while True:
        part = folder / f".journey-{secrets.token_hex(4)}.part"
        if sys.platform == "win32":  # an open file cannot be removed there
            part.touch()
            return part, None
        try:
            held = hold(part)
        except OSError:
            part.touch()
            return part, None
        if held is not None:  # else another process took it for left at that moment
            return part, held


def _sweep(folder: Path) -> None:
    for left in folder.glob(".journey-*.part"):
        if _NAME.fullmatch(left.name):
            with contextlib.suppress(OSError):
                _remove_unless_held(left)


def _remove_unless_held(left: Path) -> None:
    if sys.platform == "win32":
        left.unlink()
        return
    held = hold(left)
    if held is not None:
        left.unlink()
        held.close()
