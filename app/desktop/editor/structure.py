"""A change of the scenario's lists as what an arm would have to set to make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.desktop.forms.addressed import item_of
from app.desktop.forms.key import keys_of
from sim.scenario.addresses.address import joined, label_of
from sim.scenario.declared import same_for_all_arms
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields


def structural_overrides(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The items of lists that came (as a whole) and went (disabled), by address; none where no arm could do so."""
    overrides: dict[str, Any] = {}
    for kind, can_be_off in _lists():
        was, now = _by_label(before, kind), _by_label(after, kind)
        came = {joined((kind, label)): item for label, item in now.items() if label not in was}
        gone = [joined((kind, label, "enabled")) for label in was if label not in now]
        if gone and not can_be_off:
            return {}
        overrides |= came if kind in before or not came else {kind: list(now.values())}
        overrides |= dict.fromkeys(gone, False)
    return overrides


def _lists() -> Iterator[tuple[str, bool]]:
    """The lists of tables that an arm can change, and whether their items can be switched off."""
    for key in keys_of(Scenario):
        model = item_of(key)
        if model is not None and not same_for_all_arms(key.name):
            yield key.name, "enabled" in fields(model)


def _by_label(tables: Mapping[str, Any], kind: str) -> dict[str, Any]:
    items = tables.get(kind)
    listed = items if isinstance(items, list) else []
    return {label: item for item in listed if (label := label_of(item)) is not None}
