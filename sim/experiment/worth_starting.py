"""When starting other processes is worth it: each has to load the engine before it works."""

from typing import Final

STARTING_SECONDS: Final = 1.5
"""About how long it takes until started processes work; what they save has to be more."""
LOADING_SECONDS: Final = 1.0
"""How much longer a process takes for its first task than for the others, about: on a busy machine it may be thrice."""
TELLING_SECONDS: Final = 5.0
"""A first task that takes so long is more than loading on any machine."""


class Alone:
    """What a process that works alone knows of the work."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self._first: float | None = None
        self._others: list[float] = []

    def did(self, seconds: float) -> None:
        """Note that a task took so long."""
        if self._first is None:
            self._first = seconds
        else:
            self._others.append(seconds)

    def is_enough(self, tasks_left: int | None, workers: int) -> bool:
        """Whether so many workers save more time at the tasks left than they take to start.

        Where nobody knows how many tasks are left (None): whether as much is done as they take to start, for then
        working alone has cost at most that. What the first task took beside loading is known only if it was long; else
        the others tell.
        """
        if self._first is None:
            return False
        first = self._first - LOADING_SECONDS
        if tasks_left is None:
            return first + sum(self._others) > STARTING_SECONDS
        if not self._others and self._first < TELLING_SECONDS:
            return False
        each = sum(self._others) / len(self._others) if self._others else first
        return each * tasks_left * (1 - 1 / workers) > STARTING_SECONDS
