"""Lists as arrays of the types that compiled code reads."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.draws.sites import site


def starts(counts: Iterable[int]) -> NDArray[np.int32]:
    """Where each of several lists begins when they stand one after the other, and where the last ends."""
    return np.cumsum([0, *counts], dtype=np.int32)


def indices(numbers: Iterable[int]) -> NDArray[np.int32]:
    """Indices in other arrays."""
    return np.array(list(numbers), np.int32)


def floats(numbers: Iterable[float]) -> NDArray[np.float64]:
    """Plain numbers."""
    return np.array(list(numbers), np.float64)


def sites(texts: Iterable[str]) -> NDArray[np.uint32]:
    """Sites of draws."""
    return np.array([site(text) for text in texts], np.uint32)
