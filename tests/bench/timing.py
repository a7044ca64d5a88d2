"""Timing two things in turn, so that what else the machine does hits both."""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median

ROUNDS = 5
"""Each figure is the median of so many."""

Seconds = tuple[float, ...]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[Seconds]:
    """Seconds of each work in each round: A B C, A B C, …"""
    return [tuple(seconds(work) for work in works) for _ in range(rounds)]


def typical(rounds: Iterable[Seconds], work: int) -> float:
    """The median time of a work."""
    return median(times[work] for times in rounds)


def ratio(rounds: Iterable[Seconds], one: int, other: int) -> float:
    """The median over the rounds of the time of `one`, divided by the time of `other` in the same round."""
    return median(times[one] / times[other] for times in rounds)
