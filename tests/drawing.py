"""Drawn examples, as many as fit into a time where more would always be better."""

import time
from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

BATCH = 20
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def check_drawn(drawing: SearchStrategy[Any], check: Callable[[Any], object], examples: int, seconds: float = 0) -> int:
    """Check at least so many drawn examples, and more until so many seconds are over; how many there were.

    They come in batches, each from a seed of its own: the same ones in the same order everywhere. How far it goes in
    the time depends on the machine alone. (Under the profile `explore` every run has others.)
    """
    ends, done = time.monotonic() + seconds, 0
    for number in count():
        if done >= examples and time.monotonic() >= ends:
            return done
        checked = 0

        @settings(max_examples=min(BATCH, examples - done) if done < examples else BATCH, suppress_health_check=SLOW)
        @given(drawing)
        def batch(drawn: Any) -> None:
            nonlocal checked
            check(drawn)
            checked += 1

        (seed(number)(batch) if settings.default.derandomize else batch)()
        done += checked
    raise AssertionError("there is always another batch")
