"""Shares: what the weights that stand in the file come to, of the whole that they make up together."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from app.desktop.forms.amounts import is_number
from app.desktop.forms.key import Key
from app.desktop.forms.source import Parts, in_tables
from app.typed_share import weight_of, weights_after
from sim.scenario.addresses.address import joined, label_of
from sim.scenario.key import WEIGHT
from sim.scenario.renaming import kind_at

ALONE = "Nothing else takes part of it"
TOO_MUCH = "The others take some of it: enter less than 100 %, or give them less first"
_Groups = dict[str, dict[str, bool]]
DIGITS = 12
"""Decimals to which shares are the same: those of one third and of what comes of typing it are not."""


def of_items(parts: Parts, key: Key) -> bool:
    """Whether what stands at an address is the share of an item of a list, as of a transition or a segment."""
    return key.said.unit == WEIGHT and len(parts) == 3 and kind_at(parts[:1]) is not None


def together(tables: Mapping[str, Any], parts: Parts) -> list[Parts]:
    """Where the shares stand that make up a whole with that of an item of a list, in the order of the file."""
    return _together(_groups(tables, parts[0]), parts)


class Together:
    """The same for many items, whose list is gone through once for each text."""

    def __init__(self, tables: Callable[[], Mapping[str, Any]]) -> None:
        """Look into what `tables` gives; another text has other tables."""
        self._tables = tables
        self._of: Mapping[str, Any] | None = None
        self._groups: dict[str, _Groups] = {}

    def __call__(self, parts: Parts) -> list[Parts]:
        """Where the shares stand that make up a whole with this one."""
        tables = self._tables()
        if tables is not self._of:
            self._of, self._groups = tables, {}
        if parts[0] not in self._groups:
            self._groups[parts[0]] = _groups(tables, parts[0])
        return _together(self._groups[parts[0]], parts)


def _groups(tables: Mapping[str, Any], kind: str) -> _Groups:
    """By label, the group of an item: the labels in it, and whether each takes part; an item is in one group."""
    off = {label_of(item) for item in _listed(tables, "touchpoints") if item.get("enabled") is False}
    by_source: dict[Any, dict[str, bool]] = {}
    for item in _listed(tables, kind):
        label = label_of(item)
        if label is not None:
            takes_part = item.get("enabled") is not False and item.get("to") not in off
            by_source.setdefault(item.get("from"), {}).setdefault(label, takes_part)
    return {label: group for group in by_source.values() for label in group}


def _together(groups: _Groups, parts: Parts) -> list[Parts]:
    group = groups.get(parts[1], {})
    return [(parts[0], label, *parts[2:]) for label, part in group.items() if part or label == parts[1]]


def beside(tables: Mapping[str, Any], parts: Parts) -> list[Parts]:
    """Where the others of them stand."""
    return [other for other in together(tables, parts) if other != parts]


def share_of(parts: Parts, group: Iterable[Parts], weight: Callable[[Parts], float]) -> float:
    """The share that the weight at an address comes to in its group."""
    whole = sum(map(weight, group))
    return round(weight(parts) / whole, DIGITS) if whole > 0 else 0.0


class UnfitShareError(ValueError):
    """Others leave no room for a share, or there are none that would take what it leaves."""


def after_typing(
    parts: Parts, share: float, weights: Mapping[Parts, float], given: Collection[Parts], one_value: bool
) -> dict[Parts, float]:
    """What is written where a share is typed: its weight, and those of others unless only `one_value` is to change.

    `weights` and `given` are those of all that share the whole, as `weights_after` takes them. UnfitShareError where
    it cannot be.
    """
    others = sum(weights.values()) - weights[parts]
    if others <= 0:
        if not math.isclose(share, 1, rel_tol=1e-4):
            raise UnfitShareError(f"{ALONE}: 100 %")
        return {parts: 1}
    own = weight_of(share, others) if one_value else None
    found = weights_after(parts, share, weights, given) if own is None else {parts: own}
    if found is None:
        raise UnfitShareError(TOO_MUCH)
    return found


def transition_changes(tables: Mapping[str, Any], key: str, share: float, one_value: bool) -> dict[str, float]:
    """What is written, by address, where the share of a transition is typed: see `after_typing`."""
    parts = ("transitions", key, "share")
    found = {each: in_tables(tables, each) for each in together(tables, parts)}
    weights = {each: float(value) if is_number(value) else 0.0 for each, value in found.items()}
    return {joined(each): weight for each, weight in after_typing(parts, share, weights, weights, one_value).items()}


def share_in(tables: Any, parts: Parts, default: Any) -> float | None:
    """The share of an item of a list in plain tables, to a thousandth of a percent; None where there is none."""
    if not isinstance(tables, Mapping) or in_tables(tables, parts[:-1]) is None:
        return None

    def weight(at: Parts) -> float:
        value = in_tables(tables, at)
        value = default if value is None else value
        return float(value) if is_number(value) else 0.0

    return round(share_of(parts, together(tables, parts), weight), 5)


def in_percent(share: float) -> str:
    """A share as it is shown: `33.3 %`."""
    return f"{100 * share:.3g} %"


def _listed(tables: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [item for item in tables.get(kind) or () if isinstance(item, Mapping)]
