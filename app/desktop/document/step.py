"""One step that can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class Step(QUndoCommand):
    """From one text to the next."""

    def __init__(self, show: Callable[[str], None], label: str, before: str, after: str, key: str | None) -> None:
        """Shown by `show`; steps in a row with the same `key` become one."""
        super().__init__(label)
        self._show, self._before, self._after, self._key = show, before, after, key

    def redo(self) -> None:
        """Show the text after it."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the text before it."""
        self._show(self._before)

    def id(self) -> int:
        """Qt asks whether to merge only where this is equal and not -1."""
        return -1 if self._key is None else int.from_bytes(hashlib.blake2b(self._key.encode(), digest_size=3).digest())

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 (Qt's name)
        """Become one with the next, where it is of the same key."""
        if not isinstance(other, Step) or other._key != self._key:
            return False
        self._after = other._after
        other._before = other._after = ""  # the stack never lets go of it
        return True
