"""The channel mix: weights whose shares stay whole when one of them is moved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

_DIGITS: Final = 6


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Each weight's part of all; equal parts where all weights are 0."""
    whole = math.fsum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 1 / len(weights)) if weights else {}
    return {id_: weight / whole for id_, weight in weights.items()}


def moved(weights: Mapping[str, float], id_: str, share: float) -> dict[str, float]:
    """The weights with one of them at that share (0 to 1); it takes from the others in proportion, or gives to them.

    What all weigh together stays the same, for a journey whose channels weigh more altogether attracts more. Others
    that all are 0 get equal parts. Weights are rounded to six digits behind the point.
    """
    if len(weights) < 2:
        return dict(weights)
    whole = math.fsum(weights.values())
    whole = whole if whole > 0 else 1.0
    wanted = min(max(share, 0.0), 1.0)
    parts = shares({other: weight for other, weight in weights.items() if other != id_})
    exact = {other: wanted * whole if other == id_ else parts[other] * (1 - wanted) * whole for other in weights}
    rounded = {other: round(weight, _DIGITS) for other, weight in exact.items()}
    largest = max((other for other in rounded if other != id_), key=rounded.__getitem__)
    rest = round(whole - math.fsum(rounded.values()), _DIGITS)
    if rounded[largest] + rest >= 0:
        rounded[largest] = round(rounded[largest] + rest, _DIGITS)
    return rounded
