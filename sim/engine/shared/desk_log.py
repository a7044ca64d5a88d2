"""What happened at all desks of a replication, in its order."""

from struct import Struct

import numpy as np
from numpy.typing import NDArray

ENTRY = np.dtype([("time", "f8"), ("minutes", "f8"), ("customer", "i4"), ("desk", "i2"), ("event", "i2")], align=True)
"""An event at a desk: SERVED (service begins), GAVE_UP, TURNED_AWAY or CALLED_BACK, after a wait of so many minutes."""

packed = Struct("=ddihh").pack
"""An entry to be written: time, minutes, customer, desk, event."""


class DeskLog:
    """Grows by entry, and knows which customers of it are on their way."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self._bytes = bytearray()
        self.write = self._bytes.extend
        self.let_go = 0
        """so many entries, from the first, are dealt with"""
        self.rounds = 0
        """how often they were: who was served before the last time is on their way if they leave before an instant"""

    def __len__(self) -> int:
        """How many entries."""
        return len(self._bytes) // ENTRY.itemsize

    def entries(self) -> NDArray[np.void]:
        """All of ENTRY, shape (entries,); as long as somebody holds them nothing can be added."""
        return np.frombuffer(self._bytes, ENTRY)
