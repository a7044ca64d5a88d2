"""Files are written as a whole or not at all, under the name and in the format that were chosen."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sim.unfinished import unfinished

_ANYBODY_WRITES = 0o222


def is_protected(path: Path) -> bool:
    """Whether there is a file that may not be written; what is protected from all is, from those too who may all."""
    return path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & _ANYBODY_WRITES)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; what was there stays until all of it is written. OSError if that fails, or it is protected."""
    to = Path(os.path.realpath(path))
    if is_protected(to):
        raise PermissionError(errno.EACCES, "the file is write-protected")
    with unfinished(to) as part:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if to.exists():
            os.chmod(part, to.stat().st_mode)


def ask_where(parent: QWidget, title: str, beside: str, kinds: str) -> tuple[str, str]:
    """Have somebody choose where to save, and as which of the `kinds`; empty where they do not.

    Whether a file is there already is asked afterwards, when its whole name is known: Qt's own question would come
    before the ending is added, and shows names that look like HTML as HTML.
    """
    name, kind = QFileDialog.getSaveFileName(parent, title, beside, kinds, "", QFileDialog.Option.DontConfirmOverwrite)
    return name, kind


def with_ending(name: str, wanted: str, *others: str) -> Path:
    """The file of that name with the ending that its format has, in place of one that stands for another format."""
    path = Path(name)
    if path.suffix.lower() == wanted:
        return path
    plain = path.name[: -len(path.suffix)] if path.suffix.lower() in others else path.name
    return path.with_name(plain + wanted)


def replaces(path: Path) -> str:
    """What is to be asked before a file is written where there is one."""
    return f"{path.name} is in {path.parent} already. What is in it would be lost."
