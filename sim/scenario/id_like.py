"""What ids are made of, and ids made of names that people give: as like them as ids can be."""

import re
import unicodedata
from typing import Final

ID: Final = r"^[a-z0-9_-]+$"
"""What an id looks like."""
_ALPHABETS: Final = (
    ("æœøłđðþıħŋ", "ae oe o l d d th i h ng"),
    ("абвгдежзийклмнопрстуфхцчшщыэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"),
    ("ґєіїѓјљњћќўџђѕ", "g ye i yi gj j lj nj c kj u dz dj dz"),
    ("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n x o p r s t y f ch ps o"),
)
"""Letters of Latin, Cyrillic and Greek alphabets that are no plain letter with an accent, and how they are heard."""
_HEARD: Final = {
    letter: said for letters, sounds in _ALPHABETS for letter, said in zip(letters, sounds.split(), strict=True)
} | {"ъ": "", "ь": ""}


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return re.fullmatch(ID, text) is not None


def id_like(name: str) -> str:
    """The name in lower-case letters, digits, _ and -, without accents; empty where nothing of it can be written so.

    Umlauts lose their dots as other letters lose their accents, for a name does not say whose language it is in.
    """
    heard = _heard(unicodedata.normalize("NFC", name.casefold()))
    bare = (letter for letter in unicodedata.normalize("NFKD", heard) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9_]+", "-", _heard("".join(bare))).strip("-")


def _heard(text: str) -> str:
    return "".join(_HEARD.get(letter, letter) for letter in text)
