"""Parameters of a test of which only the first are tried each time: the others are among the tests that take longer."""

from collections.abc import Iterable
from typing import Any

import pytest


def first_quick(values: Iterable[Any], count: int = 1) -> list[Any]:
    """The first `count` of the values as they are, the others marked as slow."""
    return [
        value if number < count else pytest.param(value, marks=pytest.mark.slow) for number, value in enumerate(values)
    ]
