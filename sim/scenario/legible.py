"""What no text of a scenario may hold: characters that are not shown, but change what a screen or a reader shows."""

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator

from sim.scenario.key import Key

# Control characters (C0, delete, C1), ends of lines and paragraphs, and what turns the direction of writing round.
# Joiners of emoji and of Persian or Indic letters are none of them, nor are marks of direction, which turn nothing.
_TURNS: Final = "\u202a-\u202e\u2066-\u2069"
HIDDEN: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_TURNS}\ud800-\udfff]")
"""What no screen may be given: these characters but ends of lines and tabs, and halves of characters."""
_IN_LINES: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{_TURNS}]|\r(?!\n)")
_IN_A_LINE: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_TURNS}]")


def on_a_line(value: str) -> str:
    """The text, if it is one line of characters that can be seen; ValueError says what is not."""
    illegible = _IN_A_LINE.search(value)
    if illegible:
        raise ValueError(_told(illegible[0]) + "; write the text on one line, in characters that can be seen")
    return value


def _lines(value: str) -> str:
    illegible = _IN_LINES.search(value)
    if illegible:
        raise ValueError(_told(illegible[0]) + "; leave it out")
    return value


def _told(character: str) -> str:
    if character in "\r\n\u2028\u2029":
        return "the text has an end of line in it"
    if character == "\t":
        return "the text has a tab in it"
    return f"the text holds a character that is not shown (U+{ord(character):04X})"


def _anywhere(value: dict[str, Any]) -> dict[str, Any]:
    """A table that is only shown: none of its texts, however deep, may hold them."""
    waiting: list[Any] = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                _lines(text)
            case dict() as table:
                waiting += [*table, *table.values()]
            case list() | tuple() as items:
                waiting += items
    return value


Line = Annotated[str, AfterValidator(on_a_line), Key(text="line")]
"""A text on one line, such as a name."""
Lines = Annotated[str, AfterValidator(_lines), Key(text="lines")]
"""A text of several lines."""
Card = Annotated[dict[str, Any], AfterValidator(_anywhere), Key(text="lines")]
"""A table of texts and figures that are only shown."""
