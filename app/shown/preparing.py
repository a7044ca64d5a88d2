"""What is said before a run begins: that the engine is compiled, that identities are resolved."""

import math
from typing import Final

FINDING_OUT: Final = "Finding out which records are of one person"


def preparing(seconds_left: float | None = None) -> str:
    """That it is, and about how long it still takes."""
    words = "Preparing the engine for this machine (once)"
    if seconds_left is None:
        return f"{words} …"
    return f"{words}: {'almost done' if seconds_left < 1.0 else f'about {math.ceil(seconds_left)} s left'} …"
