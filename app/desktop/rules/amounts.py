"""Stretches of time, moments and listings as people say them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from app.desktop.forms.numbers import text_of

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


def beginning_duration(days: Any) -> str:
    """The same at the beginning of a sentence: `One day`, `58 minutes`."""
    said = duration(days)
    return said[:1].upper() + said[1:]


def moment(value: Any) -> str:
    """A date or a day of the run: `on 9 June 2026`, `on day 30`."""
    if isinstance(value, datetime.date):
        return f"on {value.day} {value:%B %Y}"
    return f"on day {text_of(value)} of the run" if is_number(value) else f"on {value}"


def listing(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def times(count: Any) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{text_of(count)} times") if is_number(count) else f"{count} times"
