"""What a number amounts to, beside its field: a percentage, hours or minutes."""

from __future__ import annotations

from typing import Any

from app.desktop.forms.key import Key
from app.desktop.forms.numbers import text_of
from sim.scenario.key import DAYS
from sim.scenario.shape import limit

_UNITS = (("day", 1.0), ("hour", 24.0), ("minute", 1440.0))


def is_number(value: Any) -> bool:
    """Whether it is a number, which true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def duration(days: Any) -> str:
    """So many days as people say it: `one day`, `2 hours`, `58 minutes`."""
    if not is_number(days):
        return f"{days} days"
    if days == 0:
        return "no time"
    unit, scale = next((each for each in _UNITS if abs(days) * each[1] >= 0.995), _UNITS[-1])
    amount = round(days * scale, 1) if unit != "minute" else max(round(days * scale), 1)
    if unit == "day" and amount == int(amount):
        amount = int(amount)
    return f"one {unit}" if amount == 1 else f"{text_of(amount)} {unit}s"


def amount(value: Any, key: Key, unit: str) -> str:
    """The unit of a key, with what the value amounts to in it: `days (12 hours)`, `= 20 %`."""
    if unit == DAYS:
        short = is_number(value) and 0 < value != int(value)
        return f"{DAYS} ({duration(value)})" if short else unit
    if is_number(value) and _is_share(key):
        return f"= {100 * value:.3g} % {unit}".rstrip()
    return unit


def _is_share(key: Key) -> bool:
    return any(
        option.plain is float and limit(option.limits, "ge") == 0 and limit(option.limits, "le") == 1
        for option in key.options
    )
