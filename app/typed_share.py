"""What a share that is typed does to the weights in the file, which only together are shares."""

import math
from collections.abc import Collection, Mapping
from typing import Final, TypeVar

from app.typed_number import percent_typed

At = TypeVar("At")

_DIGITS: Final = 6
_LEAST: Final = 1e-9


def share_typed(text: str, alone: bool) -> float | None:
    """The share of a transition that is typed in percent; None for what it cannot be, since it is `alone` or not."""
    points = percent_typed(text)
    if points is None or (points != 100 if alone else not 0 <= points < 100):
        return None
    return points / 100


def allowed_share(alone: bool) -> str:
    """What may be typed there."""
    if alone:
        return "No other transition leaves here, so this one has 100 %."
    return "Type a percentage from 0 to below 100, since other transitions leave here."


def weight_of(share: float, others: float, several: int = 1) -> float | None:
    """The weight that makes a share (0 to 1) of the whole, beside the weights of the others together.

    With `several`, that of each of so many that are to have the share. None where there is none.
    """
    if not 0 <= share <= 1:
        return None
    if others <= 0:
        return share
    if several * share >= 1:
        return None
    return _written(others * share / (1 - several * share))


def weights_after(at: At, share: float, weights: Mapping[At, float], given: Collection[At]) -> dict[At, float] | None:
    """What is written where the share at `at` is typed; None where the others cannot make room for it.

    `weights` has all that share the whole, in the order of the file; those that are not `given` are defaults, which
    may end with the first that is. The sum stays as it is, or becomes 1 where each is 1, as the window makes them.
    Those above keep their share and those below divide what is left as before, so that shares may be typed one after
    the other; where that does not come out, all others divide what is left.
    """
    whole = math.fsum(weights.values())
    if not 0 <= share < 1 or whole - weights[at] <= _LEAST * whole:
        return None
    before = dict(weights)
    if all(weight == 1 for weight in weights.values()):
        weights, whole = {each: weight / whole for each, weight in weights.items()}, 1.0
    names = list(weights)
    below, rest = names[names.index(at) + 1 :], [each for each in names if each != at]
    own = share * whole
    room = whole - own - math.fsum(weights[each] for each in rest if each not in below)
    dividing = below if room >= -_LEAST * whole and math.fsum(weights[each] for each in below) > 0 else rest
    kept = {each: _written(weights[each]) for each in rest if each not in dividing}
    after = {**weights, **kept, at: _written(own)}
    divided, left = math.fsum(weights[each] for each in dividing), max(whole - own - math.fsum(kept.values()), 0.0)
    for each in dividing:
        after[each] = _written(weights[each] * left / divided)
    last = next(each for each in reversed(dividing) if weights[each] > 0)
    # What rounding leaves over goes to one of them, so that the sum is what it was.
    remainder = whole - math.fsum(weight for each, weight in after.items() if each != last)
    after[last] = _written(max(remainder, 0.0), 2 * _DIGITS)
    silent = {each for each in weights if each not in given and after[each] > 0}
    return {each: after[each] for each in weights if each == at or each in silent or after[each] != before[each]}


def _written(weight: float, digits: int = _DIGITS) -> float:
    """As it is to stand in the file: no more figures than anybody can use, and none behind the point for nothing."""
    rounded = float(f"{weight:.{digits}g}")
    return int(rounded) if rounded.is_integer() else rounded
