"""What a run was set to, as the store keeps it: values that a select compares."""

import datetime
import json
from collections.abc import Mapping
from typing import Any, Final

Settings = Mapping[str, Mapping[str, Any]]
"""By arm, then address."""

_LARGEST: Final = 2**63 - 1
"""The largest whole number of SQLite."""


def rows(run: str, settings: Settings) -> list[tuple[str, str, str, float | str | None]]:
    """The rows of the table `settings`: run, arm, address, value."""
    return [(run, arm, address, _plain(value)) for arm, of_arm in settings.items() for address, value in of_arm.items()]


def canonical(settings: Settings) -> str:
    """A text that is the same for the same settings, in whatever order they were given."""
    told = [
        [arm, address, float(value) if isinstance(value, int) else value]
        for _, arm, address, value in rows("", settings)
    ]
    return json.dumps([list(settings), sorted(told, key=lambda row: row[:2])])


def _plain(value: Any) -> float | str | None:
    """The value as SQLite compares it: numbers as numbers, texts as they are, yes and no as 1 and 0, others as JSON."""
    if value is None or isinstance(value, str | float):
        return value
    if isinstance(value, int):  # yes and no too
        return int(value) if abs(value) <= _LARGEST else float(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)
