"""One process compiles at a time, while the others wait for what it makes."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sim.compiling.cache import folder, sweep
from sim.held import hold

_LOOK_AGAIN = 0.05
"""seconds"""


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process compiles for this folder, and let none while the block runs.

    Whoever waited finds on disk what the other made. Where the file system knows no locks, everybody compiles.
    """
    with ExitStack() as until_done:
        try:
            while (held := hold(folder() / "compiling")) is None:
                time.sleep(_LOOK_AGAIN)
            until_done.enter_context(held)
            sweep()
        except OSError:
            pass
        yield
