"""Texts with everything in them seen: what would act on a screen is written out instead."""

from __future__ import annotations

import re


def visible(text: str) -> str:
    """The text with characters that are not shown written as in Python, such as `\\x1b`; lines and tabs stay."""
    if text.isprintable():  # most are, and the pattern takes long to import
        return text
    from sim.scenario.legible import HIDDEN

    return HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def on_one_line(text: str) -> str:
    """The same with line ends written out too, so that no name can forge a line of its own."""
    return visible(text).replace("\n", "\\n")


def escaped(json: str) -> str:
    """The JSON text with such characters, which can only stand in its strings, written as JSON writes them."""
    from sim.scenario.legible import HIDDEN

    return HIDDEN.sub(_in_json, json)


def _in_json(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
