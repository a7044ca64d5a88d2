"""A change of the journey itself as what an arm would have to set to make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario.addresses import joined, label_of


def structural_overrides(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The touchpoints and transitions that came (as a whole) and went (disabled), by address."""
    overrides: dict[str, Any] = {}
    for kind in ("touchpoints", "transitions"):
        was, now = _by_label(before, kind), _by_label(after, kind)
        overrides |= {joined((kind, label)): item for label, item in now.items() if label not in was}
        overrides |= {joined((kind, label, "enabled")): False for label in was if label not in now}
    return overrides


def _by_label(tables: Mapping[str, Any], kind: str) -> dict[str, Any]:
    items = tables.get(kind)
    listed = items if isinstance(items, list) else []
    return {label: item for item in listed if (label := label_of(item)) is not None}
