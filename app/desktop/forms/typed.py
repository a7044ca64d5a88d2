"""What may be typed into a field, as its tooltip says it: nothing where the field shows by itself what there is."""

from __future__ import annotations

from app.desktop.forms.key import Key
from app.desktop.forms.words import sentence
from sim.scenario.shape import Shape, in_words, limit


def typed_words(key: Key) -> str:
    """In a sentence without an end: `A number from 0 to 1`; empty for texts, choices, ticks and parts of their own."""
    return sentence(" or ".join(dict.fromkeys(said for option in key.options if (said := _of(option)))))


def _of(option: Shape) -> str:
    if option.items or option.plain is bool:
        return ""
    if option.plain is str and limit(option.limits, "pattern") is None:
        return ""
    if option.plain in (int, float, str) or getattr(option.plain, "__name__", "") == "date":
        return in_words((option,))
    return ""
