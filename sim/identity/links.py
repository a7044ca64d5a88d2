"""Links between records: which two, how sure, and by which method."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.identity import Method

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Links:
    """Links between records, those of each pair once: the surest; in the order of the records' numbers."""

    left: Numbers
    """number of one record, shape (links,); the smaller of the two"""
    right: Numbers
    """number of the other"""
    confidence: Floats
    method: NDArray[np.int8]
    """by index among `LINKING`"""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.left)

    def by_method(self) -> dict[str, int]:
        """How many there are by each method that has some."""
        counts = np.bincount(self.method, minlength=len(LINKING)).tolist()
        return {method: count for method, count in zip(LINKING, counts, strict=True) if count}


LINKING: Final[tuple[Method, ...]] = ("deterministic", "probabilistic")
"""The methods that link."""


def links(left: Numbers, right: Numbers, confidence: Floats, method: Method) -> Links:
    """Links by one method; a pair may be there several times."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    return _surest(low, high, confidence, np.full(len(left), LINKING.index(method), np.int8))


def together(parts: Sequence[Links]) -> Links:
    """The links of several methods; where a pair has several, the surest, of equal ones that of the first method."""
    none = np.empty(0, np.int64)
    return _surest(
        np.concatenate([none, *(part.left for part in parts)]),
        np.concatenate([none, *(part.right for part in parts)]),
        np.concatenate([np.empty(0), *(part.confidence for part in parts)]),
        np.concatenate([np.empty(0, np.int8), *(part.method for part in parts)]),
    )


def _surest(left: Numbers, right: Numbers, confidence: Floats, method: NDArray[np.int8]) -> Links:
    order = np.lexsort((method, -confidence, right, left))
    left, right, confidence, method = left[order], right[order], confidence[order], method[order]
    first = np.ones(len(left), np.bool_)
    first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return Links(left[first], right[first], confidence[first], method[first])
