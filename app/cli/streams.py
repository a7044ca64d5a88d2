"""Standard output and error as they are found: closed, full, or in an encoding that knows few signs."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from typing import Final, TextIO

_SIGNS: Final = {
    "·": "-", "–": "-", "—": "-", "−": "-", "…": "...", "±": "+/-", "×": "x", "→": "->", "≥": ">=", "≤": "<=",
    "‘": "'", "’": "'", "“": '"', "”": '"', "▲": "^", "▼": "v", "€": "EUR", "é": "e",
}  # fmt: skip
"""Signs that the program's own words have, for those who cannot read them."""


def make_ready() -> None:
    """See that whatever is written arrives, in other signs where need be, and that files get no standard number.

    What is written to a standard output that is closed is an OSError.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free: this one
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 (open until the end)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    codecs.register_error("journey", _in_other_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="journey")


def to_nowhere(stream: TextIO) -> None:
    """Write no more of it from now on, not even at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _in_other_signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_SIGNS.get(sign, "?") for sign in error.object[error.start : error.end]), error.end
