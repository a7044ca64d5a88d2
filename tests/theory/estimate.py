"""Means over replications and what theory lets one expect of them."""

import math
from collections.abc import Sequence

import numpy as np
from scipy import stats


def agrees(observed: Sequence[float], expected: float, *, width: float, confidence: float = 0.999) -> bool:
    """Whether the interval of a mean over replications holds what is expected; it must be narrower than `width`.

    `width` is the half width allowed, as a share of what is expected.
    """
    values = np.asarray(observed, float)
    quantile = stats.t.ppf((1 + confidence) / 2, len(values) - 1)
    half_width = quantile * values.std(ddof=1) / math.sqrt(len(values))
    assert half_width <= width * abs(expected), f"half width {half_width:.3g} tells too little about {expected:.3g}"
    return bool(abs(values.mean() - expected) <= half_width)
