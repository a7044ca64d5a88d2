"""Shares: what the weights that stand in the file come to, of the whole that they make up together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.desktop.forms.amounts import is_number
from app.desktop.forms.key import Key
from app.desktop.forms.source import Parts, in_tables
from sim.scenario.addresses.address import label_of
from sim.scenario.key import WEIGHT
from sim.scenario.renaming import kind_at

TOO_MUCH = "The others take some of it: enter less than 100 %, or give them less first"
DIGITS = 12
"""Decimals to which shares are the same: those of one third and of what comes of typing it are not."""


def of_items(parts: Parts, key: Key) -> bool:
    """Whether what stands at an address is the share of an item of a list, as of a transition or a segment."""
    return key.said.unit == WEIGHT and len(parts) == 3 and kind_at(parts[:1]) is not None


def beside(tables: Mapping[str, Any], parts: Parts) -> list[Parts]:
    """Where the other shares stand that make up a whole with that of an item of a list."""
    items = [item for item in tables.get(parts[0]) or () if isinstance(item, Mapping)]
    own = next((item for item in items if label_of(item) == parts[1]), {})
    off = {label_of(item) for item in _listed(tables, "touchpoints") if item.get("enabled") is False}
    return [
        (parts[0], str(label_of(item)), *parts[2:])
        for item in items
        if label_of(item) not in (parts[1], None) and item.get("enabled") is not False
        if item.get("from") == own.get("from") and item.get("to") not in off
    ]


def share_of(parts: Parts, others: Iterable[Parts], weight: Callable[[Parts], float]) -> float:
    """The share that the weight at an address comes to beside others."""
    own = weight(parts)
    whole = own + sum(map(weight, others))
    return round(own / whole, DIGITS) if whole > 0 else 0.0


def share_in(tables: Any, parts: Parts, default: Any) -> float | None:
    """The share of an item of a list in plain tables, to a thousandth of a percent; None where there is none."""
    if not isinstance(tables, Mapping) or in_tables(tables, parts[:-1]) is None:
        return None

    def weight(at: Parts) -> float:
        value = in_tables(tables, at)
        value = default if value is None else value
        return float(value) if is_number(value) else 0.0

    return round(share_of(parts, beside(tables, parts), weight), 5)


def in_percent(share: float) -> str:
    """A share as it is shown: `33.3 %`."""
    return f"{100 * share:.3g} %"


def _listed(tables: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [item for item in tables.get(kind) or () if isinstance(item, Mapping)]
