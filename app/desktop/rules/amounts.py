"""Stretches of time, moments and listings as people say them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from app.desktop.forms.amounts import duration, is_number
from app.desktop.forms.numbers import text_of


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
