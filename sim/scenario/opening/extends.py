"""Which file an `extends` means, and what it must not mean: files are mailed around, and opening one is safe."""

import os
import re
from pathlib import Path

from sim.scenario.findings import ScenarioError
from sim.scenario.tables import Tables
from sim.scenario.toml.text import LARGEST, read_text, shared_tables, tables_of_text

MOST = 50
"""Files that may extend one another in a row."""
LARGEST_IN_ALL = 2 * LARGEST
"""Characters in a file and all that it extends."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # a single letter is a drive

Refusal = tuple[str, str]
"""What is wrong with a name, and what would be right."""


def refused(name: object) -> Refusal | None:
    """Why `extends` must not name this, whatever is there; None where it may."""
    if not isinstance(name, str) or not name or "\0" in name:
        return "this names no file", 'write a file name in quotes, such as "base.toml"'
    if name.strip().replace("\\", "/").startswith("//"):
        return "this is a file on another computer, which is never read", "copy it to this folder, and name the copy"
    if _URL.match(name.strip()):
        return "this is a web address or the like, which is never read", "name a file in this folder"
    return None


def unreadable(path: Path) -> Refusal | None:
    """Why what is there, if anything, cannot be read; None where it is a file."""
    if os.path.isfile(path):
        return None
    try:
        read_text(path)
    except ScenarioError as error:
        return error.findings[0].problem, error.findings[0].remedy
    return None


def outside(path: Path, folder: Path) -> bool:
    """Whether a file that is there lies outside a folder, links followed."""
    return not path.resolve().is_relative_to(folder.resolve())


class Texts:
    """The files that make up one scenario, each read once."""

    def __init__(self) -> None:
        """None is read yet."""
        self._read: dict[Path, tuple[str, Tables]] = {}
        self._size = 0

    def of(self, path: Path, text: str | None = None) -> tuple[str, Tables]:
        """Text and tables of a file (which is taken to say `text`); ScenarioError says why it cannot be read."""
        if path not in self._read:
            read = tables_of_text if text is None else shared_tables  # what is being edited was read a moment ago
            text = read_text(path) if text is None else text
            self._size += len(text)
            self._read[path] = text, read(text, str(path))
        return self._read[path]

    @property
    def too_large(self) -> bool:
        """Whether they are more than may be read for one scenario."""
        return self._size > LARGEST_IN_ALL
