"""Ids and values of a scenario as people say them."""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.said import worded

_CHOICES: Final = {kind.id: kind.label for kind in ACTION_KINDS.values()} | {
    "cohort": "All at the start",
    "poisson": "Evenly at random",
    "profile": "By weekday and hour",
    "realtime": "Real time",
    "drop": "Drop the message",
    "hold": "Hold, oldest first",
    "defer": "Defer, highest priority first",
    "turn-away": "Turn customers away",
    "wait": "Let customers wait",
    "call-back": "Offer a call-back",
}
"""Choices that have words of their own."""


def choice(value: Any) -> str:
    """One of several values as people say it; signs such as `>=` stay."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if text in _CHOICES:
        return _CHOICES[text]
    return worded(text) if text[:1].isalpha() else text


def counted(number: int, what: str) -> str:
    """`1 limit`, `2 limits`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it was."""
    return text[:1].upper() + text[1:]
