"""Numbers as they are typed, shown and stepped."""

from __future__ import annotations

import contextlib
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from app.typed_number import readings
from sim.scenario.shape import Shape, in_words, limit

_UNFINISHED = re.compile(r"[-+]?(0*\.?0*|\d+(\.\d*)?[eE][-+]?)")


class UnfitError(ValueError):
    """What is typed cannot stand there; `unfinished` where the next letter may put it right."""

    def __init__(self, reason: str, unfinished: bool = False) -> None:
        """Keep both."""
        super().__init__(reason)
        self.unfinished = unfinished


def number_in(text: str, option: Shape) -> int | float:
    """The number that a text stands for; `7 %` is 0.07. UnfitError where it is none, or not within the limits.

    Of what could mean two numbers, the likelier one that fits.
    """
    first, *others = readings(text)
    try:
        return _number(text, first, option)
    except UnfitError:
        for other in others:
            with contextlib.suppress(UnfitError):
                return _number(text, other, option)
        raise


def _number(text: str, plain: str, option: Shape) -> int | float:
    share = plain.endswith("%")
    unfinished = _UNFINISHED.fullmatch(plain) is not None
    words = f'"{text.strip()}" is not a valid value: enter {in_words((option,))}'
    try:
        exact = Decimal(plain.removesuffix("%").strip()) / (100 if share else 1)
    except InvalidOperation:
        raise UnfitError(words, unfinished) from None
    if not exact.is_finite() or not math.isfinite(float(exact)):
        raise UnfitError(words)
    whole = exact == exact.to_integral_value() and abs(exact) < 10**15
    if option.plain is int and not whole:
        raise UnfitError(words, unfinished)
    if not _within(exact, option):
        raise UnfitError(words, unfinished)
    return int(exact) if whole else float(exact)


def text_of(value: Any) -> str:
    """A number as it is shown: as short as it can be."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def stepped(value: float, option: Shape, steps: int, far: bool) -> int | float:
    """The number some steps up or down, within the limits; `far` takes tenfold steps."""
    step = _step(value, option) * (10 if far else 1)
    exact = Decimal(repr(value) if isinstance(value, float) else value)
    wanted = exact + steps * step
    low, high = limit(option.limits, "ge"), limit(option.limits, "le")
    if low is not None:
        wanted = max(wanted, Decimal(str(low)))
    if high is not None:
        wanted = min(wanted, Decimal(str(high)))
    if not _within(wanted, option):
        return value
    whole = wanted == wanted.to_integral_value()
    return int(wanted) if whole else float(wanted)


def _step(value: float, option: Shape) -> Decimal:
    """One unit of the second figure of the value; 0.01 for shares."""
    if option.plain is int:
        return Decimal(1)
    if limit(option.limits, "le") == 1:
        return Decimal("0.01")
    if value == 0 or not math.isfinite(value):
        return Decimal("0.1")
    return Decimal(10) ** (math.floor(math.log10(abs(value))) - 1)


def _within(value: Decimal, option: Shape) -> bool:
    low, above = limit(option.limits, "ge"), limit(option.limits, "gt")
    high, below = limit(option.limits, "le"), limit(option.limits, "lt")
    return (
        (low is None or value >= low)
        and (above is None or value > above)
        and (high is None or value <= high)
        and (below is None or value < below)
    )
