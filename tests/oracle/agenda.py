"""What is outstanding for one customer, in the order of model 11."""

from collections.abc import Callable
from dataclasses import dataclass

ENTRY = 1
RESPONSE = 2
FIRING_OR_SEND = 3

SEND, FIRING = 0, 1
"""at equal times and in equal order a send comes before a firing"""


@dataclass(eq=False)
class Due:
    """One thing that will happen to a customer."""

    time: float
    kind: int
    """entry, response, or firing or send"""
    order: tuple[float, ...]
    """its order among those of one time and kind"""
    happen: Callable[[], None]


class Agenda:
    """Everything that is outstanding for one customer."""

    def __init__(self) -> None:
        self.outstanding: list[Due] = []

    def add(self, due: Due) -> Due:
        self.outstanding.append(due)
        return due

    def cancel(self, due: Due | None) -> None:
        if due in self.outstanding:
            self.outstanding.remove(due)

    def clear(self) -> None:
        self.outstanding.clear()

    def first(self, responses_held: bool, now: float) -> Due | None:
        """What happens next; equals in the order in which they were added.

        A response that was held at a desk is due now, before those that come now.
        """
        able = [due for due in self.outstanding if not (responses_held and due.kind == RESPONSE)]
        return min(able, key=lambda due: (max(due.time, now), due.kind, *self.came(due), due.order), default=None)

    def came(self, due: Due) -> tuple[float, ...]:
        """When a response came."""
        return (due.time,) if due.kind == RESPONSE else ()
