"""How well something fits what somebody types, in whatever words they call it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

SYNONYMS: Final = (
    "export picture image png svg screenshot graphic",
    "export save download",
    "present presentation presenting board projector slides beamer",
    "large larger big bigger text type font zoom",
    "abandoned abandon dropoff exit churn lost leave",
    "email mail newsletter",
    "message campaign send communication",
    "broadcast newsletter blast campaign",
    "run simulate start play calculate",
    "stop cancel abort end",
    "arm variant version alternative experiment test",
    "touchpoint step node box interaction",
    "transition arrow edge connection connect link path",
    "tidy arrange layout align clean",
    "settings preferences options configure",
    "cost money price spend finance",
    "desk agents queue support callcentre callcenter hotline",
    "segment persona audience target group",
    "cap limit frequency fatigue contact",
    "rule automation workflow trigger",
    "undo back revert",
    "delete remove erase",
    "dark night theme light appearance",
    "glossary help words meaning definition",
    "compare comparison versus difference",
    "findings errors warnings problems validate check",
    "note comment annotation",
    "new create begin",
    "personalization personalisation targeting",
    "canvas diagram map drawing flowchart",
)
"""Words for which somebody may look when they mean another of the same line."""

WHOLE, NAME, WORD, WITHIN, BESIDE, SYNONYM = range(6)
"""How well something fits: it is called so, its name begins so, a word of it does, it is within the name, it is known
of it beside the name, or it is said in other words."""


def fits(wanted: str, name: str, beside: str) -> int | None:
    """How well a thing of that name fits, best first; None if it does not. Order, accents and hyphens do not matter."""
    typed, title, around = simplified(wanted).split(), simplified(name), simplified(beside)
    if title == " ".join(typed):
        return WHOLE
    if not typed or title.startswith(" ".join(typed)):
        return NAME
    close = "".join(typed)
    if all(f" {word}" in f" {title}" for word in typed):
        return WORD
    if all(word in title for word in typed) or close in title.replace(" ", ""):
        return WITHIN
    whole = f" {title} {around}"
    if all(word in whole for word in typed):
        return BESIDE
    if all(word in whole or any(f" {other}" in whole for other in _other_words(word)) for word in typed):
        return SYNONYM
    return None


@cache
def simplified(text: str) -> str:
    """In small letters without accents; signs part words, but not in `e-mail`."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    joined = re.sub(r"\b([eE])-(?=\w)", r"\1", plain)
    return " ".join(re.sub(r"[\W_]+", " ", joined.casefold()).split())


@cache
def _other_words(word: str) -> frozenset[str]:
    """Other words for one of which at least three letters are typed."""
    if len(word) < 3:
        return frozenset()
    lines = [set(line.split()) for line in SYNONYMS]
    return frozenset[str]().union(*(line for line in lines if any(each.startswith(word) for each in line)))
