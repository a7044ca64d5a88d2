"""Whether what a store holds can be what this program stored: rows of the right kinds, runs and arms that fit together.

A store may come from elsewhere, or from a disk that forgets. What is checked here is what all else relies on.
"""

import datetime
import json
import math
import re
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sim.outcomes.series import LONGEST
from sim.store import schema
from sim.store.familiar import columns_of

if TYPE_CHECKING:
    from sim.store.run import Run, StoredArm

LARGEST_ROW: Final = 20_000_000
"""Bytes of a text or row; a scenario has up to 5 MB, and its arms may say the same at more length."""

_ID: Final = re.compile(r"[a-z0-9_-]+")
_KINDS: Final = {"text": ("text",), "integer": ("integer",), "real": ("real", "integer")}
"""By a column's declared type, the types of its values."""
_ANY: Final = ("text", "real", "integer")
_NUMBERS: Final = ("real", "integer")
_LARGEST: Final = 1.7976931348623157e308
"""Anything beyond is infinite."""


class Damaged(Exception):  # noqa: N818 - said of a store
    """The store holds something that was not stored so; the message says what."""


@cache
def condition(table: str, only: tuple[str, ...] | None = None) -> str:
    """What is true, in SQL, of a row of this table whose values are of the right kinds; false or null of others.

    With `only`, these columns alone are looked at.
    """
    measured = table in (*schema.MEASURED, *schema.SUMMARIES)
    parts = []
    for name, declared, needed, *_ in columns_of(table):
        if only is not None and name not in only:
            continue
        kinds = _KINDS.get(declared, _NUMBERS if measured else _ANY)
        allowed = ", ".join(f"'{kind}'" for kind in (kinds if needed else (*kinds, "null")))
        parts.append(f"typeof({table}.{name}) in ({allowed})")
        if kinds == _NUMBERS:
            parts.append(f"ifnull(abs({table}.{name}) <= {_LARGEST!r}, 1)")
    return f"({' and '.join(parts)})"


def check_rows(table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Raise Damaged unless all rows fulfil the condition of the table, which stands last in each."""
    if not all(row[-1] for row in rows):
        raise Damaged(f'a row of the table "{table}" holds what was never stored there')


def check_run(run: "Run") -> None:
    """Raise Damaged unless what is told of a run can be so."""
    if not _ID.fullmatch(run.id):
        raise Damaged("the id of a run is none that was given")
    if not (math.isfinite(run.horizon) and run.replications > 0 and run.customers > 0 and run.arms > 0):
        raise Damaged(f"run {run.id} has no sense in its numbers")
    check_moments(run.id, *(moment for moment in (run.started, run.ended) if moment is not None))
    if run.precision is not None and not _is_precision(run.precision):
        raise Damaged(f"run {run.id} has a precision that cannot be reached")


def check_moments(run: str, *moments: str) -> None:
    """Raise Damaged where a run is said to have been at a time that there is not."""
    if not all(map(_is_moment, moments)):
        raise Damaged(f"run {run} was at no time that there is")


def check_arms(run: str, arms: Sequence["StoredArm"], positions: Sequence[int]) -> None:
    """Raise Damaged unless a run has arms with ids (files are called after them), one after the other."""
    if not arms or list(positions) != list(range(len(arms))) or not all(_ID.fullmatch(arm.id) for arm in arms):
        raise Damaged(f"the arms of run {run} are not all there, or have IDs that were never given")


def values_by_day(text: str) -> list[float]:
    """A value for each day of a run, from JSON; Damaged where it is anything else."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not 0 < len(values) <= LONGEST or not all(map(_is_number, values)):
        raise Damaged("what a replication has by day is not told as it is stored")
    return values


def check_lengths(lengths: Iterable[tuple[Hashable, int]]) -> None:
    """Raise Damaged where what has the same name, each with its number of days, is not equally long."""
    length_of: dict[Hashable, int] = {}
    if any(length_of.setdefault(name, length) != length for name, length in lengths):
        raise Damaged("a curve is not as long in each replication")


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and abs(value) <= _LARGEST  # type: ignore[arg-type]


def _is_moment(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return False
    return True


def _is_precision(text: str) -> bool:
    outcome, _, width = text.partition("=")
    try:
        return bool(_ID.fullmatch(outcome)) and 0 < float(width) < math.inf
    except ValueError:
        return False
