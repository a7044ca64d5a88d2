"""Ids and values of a scenario as people say them."""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.said import worded

_ACRONYMS: Final = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}
_CHOICES: Final = _ACRONYMS | {kind.id: kind.label for kind in ACTION_KINDS.values()}
"""Choices that have words of their own."""


def label(name: str) -> str:
    """An id, or a key that says no label of its own, as a label."""
    return _ACRONYMS.get(name) or worded(name)


def choice(value: Any) -> str:
    """One of several values as people say it; signs such as `>=` stay."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if text in _CHOICES:
        return _CHOICES[text]
    return worded(text) if text[:1].isalpha() else text


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it was."""
    return text[:1].upper() + text[1:]
