"""How far a lever goes, and in which steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from app.desktop.forms.key import Key
from sim.scenario.shape import Shape, is_distribution, limit

_STEPS: Final = 100
"""Steps from end to end of a lever, or somewhat more: each is a round number."""


@dataclass(frozen=True)
class Scale:
    """From the lowest to the highest value of a lever."""

    low: float
    high: float
    step: float
    whole: bool

    @property
    def steps(self) -> int:
        """How many steps there are from end to end."""
        return max(round((self.high - self.low) / self.step), 1)

    def value(self, number: int) -> int | float:
        """The value so many steps from the low end."""
        exact = min(self.low + number * self.step, self.high)
        return round(exact) if self.whole else round(exact, _digits(self.step))

    def step_at(self, value: float) -> int:
        """The step nearest to a value; the nearer end for one outside."""
        return min(max(round((value - self.low) / self.step), 0), self.steps)

    def holds(self, value: float) -> bool:
        """Whether the value lies on it."""
        return self.low <= value <= self.high


def number_of(key: Key) -> Shape | None:
    """What kind of number may stand at a key; None where none may."""
    number = next((option for option in key.options if option.plain in (int, float)), None)
    if number is None and is_distribution(key.options):
        return Shape(plain=float)
    return number


def is_share(option: Shape) -> bool:
    """Whether it lies between 0 and 1."""
    return limit(option.limits, "ge") == 0 and limit(option.limits, "le") == 1


def scale_of(option: Shape, values: tuple[float, ...]) -> Scale:
    """The schema's own limits where it has both, else from 0 to twice the largest of these values."""
    whole = option.plain is int
    low, above, high = (limit(option.limits, name) for name in ("ge", "gt", "le"))
    if low is not None and high is not None and high - low <= 1000:
        return Scale(float(low), float(high), 1.0 if whole else _round_step(float(high) - float(low)), whole)
    size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    top = max(2 * size, 4.0) if whole else 2 * size or 1.0
    top = min(top, float(high)) if high is not None else top
    bottom = -top if min(values, default=0.0) < 0 else 0.0
    if whole:
        return Scale(max(bottom, low or bottom), math.ceil(top), max(1.0, _round_step(top)), True)
    step = _round_step(top - bottom)
    steps = math.ceil((top - bottom) / step - 1e-9)
    bottom = max(bottom, float(low)) if low is not None else bottom
    return Scale(bottom + step if above is not None and bottom <= above else bottom, bottom + steps * step, step, False)


def plain_number(value: Any) -> float | None:
    """The value, where it is a number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _round_step(span: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that makes a hundred steps or more of the span."""
    exact = span / _STEPS
    tens = 10.0 ** math.floor(math.log10(exact) + 1e-9)
    return next((times * tens for times in (5, 2) if times * tens <= exact * (1 + 1e-9)), tens)


def _digits(step: float) -> int:
    return max(0, -math.floor(math.log10(step) + 1e-9))
