"""When starting other processes is worth it: each has to load the engine before it works."""

from typing import Final

STARTING_SECONDS: Final = 1.5
"""About how long it takes until started processes work; what they save has to be more."""
LOADING_SECONDS: Final = 1.0
"""How much longer a process may take for its first task than for the others."""


class Alone:
    """What a process that works alone knows of the work."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self._tasks = 0
        self._seconds = -LOADING_SECONDS

    def did(self, seconds: float) -> None:
        """Note that a task took so long."""
        self._tasks += 1
        self._seconds += seconds

    def is_enough(self, tasks_left: int | None, workers: int) -> bool:
        """Whether so many workers save more time at the tasks left than they take to start.

        Where nobody knows how many tasks are left (None): whether as much is done as they take to start, for then
        working alone has cost at most that.
        """
        if tasks_left is None:
            return self._seconds > STARTING_SECONDS
        return self._tasks > 0 and self._seconds / self._tasks * tasks_left * (1 - 1 / workers) > STARTING_SECONDS
