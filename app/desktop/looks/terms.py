"""What the words in the window mean, for their tooltips: the outcomes' definitions and the one glossary."""

import textwrap
from functools import cache

from app.shown.glossary import glossary
from sim.outcomes import DEFINITIONS

_WIDTH = 80


@cache
def meaning(term: str) -> str:
    """A sentence or two about an outcome (by its id) or a word of the glossary; empty where there is none.

    In lines of 80 characters at most: Qt breaks no line of a plain tooltip.
    """
    if term in DEFINITIONS:
        return in_lines(DEFINITIONS[term].definition.replace("`", ""))
    return meaning_of_word(term)


@cache
def meaning_of_word(word: str) -> str:
    """The same of a word of the glossary, although an outcome may have it as its id, too."""
    meant = glossary().get(word.lower(), "")
    if not meant:
        return ""
    plain = meant.replace("`", "").replace("*", "")
    return in_lines(f"{plain[0].upper()}{plain[1:]}{'' if plain[-1] in '.…' else '.'}")


def in_lines(text: str) -> str:
    """The text in lines that a tooltip can show."""
    return "\n".join(textwrap.wrap(text, _WIDTH))
