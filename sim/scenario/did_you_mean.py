"""The name that was probably meant."""

import difflib
from collections.abc import Iterable

_SHOWN = 8
LONGEST = 200
"""Letters of a name that may be a slip of the pen for another."""


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known name most like the given one; None where none is as like it as `likeness` (1: the same) asks."""
    if len(name) > LONGEST:
        return None
    names = list(dict.fromkeys(known))
    folded = {other.lower().replace("_", "-"): other for other in reversed(names)}
    close = difflib.get_close_matches(name.lower().replace("_", "-"), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str], what: str) -> str:
    """A remedy: the nearest known name, or the first few that there are; `what` names them in the plural."""
    names = list(dict.fromkeys(known))
    close = nearest(name, names)
    if close is not None:
        return f'did you mean "{close}"?'
    if not names:
        return f"there are no {what}"
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return f"known {what}: {shown}"
