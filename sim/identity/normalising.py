"""Identifiers as they are compared: without what one person writes this way and another that way (model 24)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.identity import KINDS, Kind

Texts = NDArray[np.object_]
"""Texts of any length, empty where there is none, shape (records,)."""

_NOTHING: Final = frozenset(("null", "none", "nil", "nan", "n/a", "na", "unknown", "undefined", "?"))
"""What forms and exports put where nothing was left."""
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_MAY_BREAK: Final = "\u200b"
"""Not shown either, but parts words."""
_LATIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
"""Letters with a stroke or hook that no standard takes apart."""
_ACCENTS: Final = 200
"""Marks of this class and above are accents; those below are vowels and such of other scripts, and tell words apart."""
_DIGITS: Final = 9
_FEWEST_DIGITS: Final = 7
"""Of what is shorter, such as an extension, many have the same."""


def normalised(written: Mapping[Kind, Texts]) -> dict[Kind, Texts]:
    """Every identifier as it is compared; empty where it matches nothing."""
    return {kind: _each(_WAYS.get(kind, plain), written[kind]) for kind in KINDS if kind in written}


def _each(way: Callable[[str], str], texts: Texts) -> Texts:
    made = np.empty(len(texts), dtype=object)
    made[:] = [way(text) if text else "" for text in texts]
    return made


def plain(text: str) -> str:
    """The text without blanks around it and without characters that are not shown."""
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    return "" if _says_nothing(bare) else bare


def email(text: str) -> str:
    """An address in lower case, without blanks and without a tag (`ann+shop@`)."""
    bare = "".join(plain(text).split()).lower().replace("\u0307", "")
    name, at_sign, host = bare.rpartition("@")
    if not (name and at_sign and host):
        return ""
    return f"{name.partition('+')[0] or name}@{host}"


def phone(text: str) -> str:
    """The last nine digits, whatever stands before them: +49, 0049 or 0."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())
    if len(digits) < _FEWEST_DIGITS or len(set(digits[-_DIGITS:])) == 1:
        return ""
    return digits[-_DIGITS:]


def name(text: str) -> str:
    """In lower case without accents and punctuation, given name first."""
    bare = plain(text.replace(_MAY_BREAK, " "))
    surname, comma, given = bare.partition(",")
    return latin(f"{given} {surname}" if comma else bare)


def latin(text: str) -> str:
    """Lower-case words without accents and punctuation; letters of other scripts stay."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LATIN))
    letters = "".join(sign for sign in apart if unicodedata.combining(sign) < _ACCENTS)
    words = re.sub(r"[-‐-―_/.]", " ", unicodedata.normalize("NFC", letters))
    return " ".join("".join(sign for sign in words if _is_of_a_word(sign)).split())


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == " " or unicodedata.category(sign).startswith("M")


def _says_nothing(text: str) -> bool:
    return text.lower() in _NOTHING or not any(sign.isalnum() for sign in text)


_WAYS: Final[Mapping[Kind, Callable[[str], str]]] = {"email": email, "phone": phone, "name": name}
