"""Numbers as people type them, in any of the ways in which countries write decimals and thousands."""

import math
import re
from typing import Final

_BLANK: Final = re.compile(r"(?<=\d)[\s\u202f\u00a0'’](?=\d)")
_THOUSANDS: Final = re.compile(r"([-+]?[1-9]\d{0,2})((?:,\d{3})+)(\.\d*)?(.*)", re.DOTALL)
_POINTED: Final = re.compile(r"([-+]?[1-9]\d{0,2})((?:\.\d{3})+),(\d*)(.*)", re.DOTALL)


def percent_typed(text: str) -> float | None:
    """So many percent, typed with or without the sign; None for what is no number."""
    try:
        points = float(readings(text.replace("%", ""))[0])
    except ValueError:
        return None
    return points if math.isfinite(points) else None


def readings(text: str) -> list[str]:
    """The number as a program writes it, the likelier reading first; the text itself where it has no comma.

    A comma before three digits parts thousands, as everywhere in the window: `12,000`; but not after a nought: `0,125`;
    where twelve thousand do not fit, it may be 12. Before other digits it parts decimals: `85,50`.
    """
    plain = _BLANK.sub("", text.strip()).replace("−", "-")
    if "," not in plain:
        return [plain]
    if pointed := _POINTED.fullmatch(plain):
        return [f"{pointed[1]}{pointed[2].replace('.', '')}.{pointed[3]}{pointed[4]}"]
    found = []
    if grouped := _THOUSANDS.fullmatch(plain):
        found.append(f"{grouped[1]}{grouped[2].replace(',', '')}{grouped[3] or ''}{grouped[4]}")
    if plain.count(",") == 1 and "." not in plain:
        found.append(plain.replace(",", "."))
    return found or [plain]
