"""Whether two runs found the same, number by number."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from sim.experiment import Results
from sim.outcomes import Curve, Measured

_OF_THE_MACHINE = ("seconds",)
"""what no two runs share"""


def differing(one: Results, other: Results) -> list[str]:
    """Every place at which two runs are not equal to the last digit; none where they are the same."""
    if one.arms != other.arms or len(one.replications) != len(other.replications):
        return [f"{one.arms} x {len(one.replications)}, not {other.arms} x {len(other.replications)}"]
    found: list[str] = []
    for a, b in zip(one.replications, other.replications, strict=True):
        found += _unequal(f"{a.number}: pairs", a.pairs, b.pairs)
        for mine, others in zip(a.arms, b.arms, strict=True):
            for each in fields(Measured):
                if each.name not in _OF_THE_MACHINE:
                    touchpoint = f"{a.number}: {mine.arm}: {each.name}"
                    found += _unequal(touchpoint, getattr(mine, each.name), getattr(others, each.name))
    return found


def _unequal(touchpoint: str, one: Any, other: Any) -> Iterator[str]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in {**one, **other}:
            yield from _unequal(f"{touchpoint}: {key}", one.get(key), other.get(key))
    elif isinstance(one, Curve) and isinstance(other, Curve):
        same = np.array_equal(one.day, other.day) and np.array_equal(one.value, other.value, equal_nan=True)
        yield from [] if same else [touchpoint]
    elif isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        yield from [] if np.array_equal(one, other, equal_nan=True) else [touchpoint]
    elif one != other and not (one != one and other != other):
        yield f"{touchpoint}: {one!r}, not {other!r}"
