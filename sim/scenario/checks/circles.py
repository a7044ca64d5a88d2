"""Whether steps lead back to where they began."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any


def go_in_circles(steps: Iterable[tuple[Any, Any]]) -> bool:
    """Whether some of these steps, each from one to another, do: mostly none, and no library of graphs is needed."""
    order: TopologicalSorter[Any] = TopologicalSorter()
    for before, after in steps:
        order.add(after, before)
    try:
        order.prepare()
    except CycleError:
        return True
    return False
