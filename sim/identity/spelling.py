"""How people write what they leave: typing errors, and the many spellings of one thing (model 23)."""

from collections.abc import Callable
from typing import Final

from sim.scenario.identity import Kind

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"


def mistyped(text: str, kind: Kind, where: float, which: float, what: float) -> str:
    """The text with one typing error, by three uniform numbers: where, which of the three, and what is put there."""
    typed, at_sign, rest = text.partition("@")
    if which < 2 / 3:
        at = int(where * len(typed))
        put = "" if which < 1 / 3 else _another(typed[at], _DIGITS if kind == "phone" else _LETTERS, what)
        typed = typed[:at] + put + typed[at + 1 :]
    else:
        at = int(where * (len(typed) - 1))
        typed = typed[:at] + typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
    return typed + at_sign + rest


def _another(character: str, among: str, uniform: float) -> str:
    others = among.replace(character.lower(), "")
    return others[int(uniform * len(others))]


def _plain(text: str) -> str:
    return text


_TAG: Final = "+shop"
_SPELLINGS: Final[dict[Kind, tuple[Callable[[str], str], ...]]] = {
    "email": (
        _plain,
        lambda text: text.title(),
        lambda text: f" {text} ",
        lambda text: text.replace("@", f"{_TAG}@"),
    ),
    "phone": (
        lambda text: f"+49 {text[:3]} {text[3:]}",
        lambda text: f"+49{text}",
        lambda text: f"0{text[:3]} {text[3:]}",
        lambda text: f"0{text}",
    ),
    "name": (
        _plain,
        lambda text: ", ".join((text.partition(" ")[2].upper(), text.partition(" ")[0])) if " " in text else text,
        lambda text: text.lower(),
    ),
}


def spelled(text: str, kind: Kind, uniform: float) -> str:
    """The text as somebody writes it; each spelling of its kind is as likely."""
    ways = _SPELLINGS.get(kind, (_plain,))
    return ways[int(uniform * len(ways))](text)


def is_typed(kind: Kind) -> bool:
    """Whether people write it, so that it has spellings."""
    return kind in _SPELLINGS
