"""What an address is about, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.addresses.address import label_of, parts_of
from sim.scenario.walking import labels_at, words_at


def address_in_words(address: str, tables: Mapping[str, Any]) -> str:
    """What an address is about: "Cart: emotion, mean" for `touchpoints.cart.emotion.mean`."""
    try:
        parts = parts_of(address)
    except ValueError:
        return address or "The whole file"
    listed, at = tables.get(parts[0]), 2
    labels = labels_at(parts)
    if parts[0] == "transitions" and isinstance(listed, list):
        what = _transition(parts[1], listed, tables) if len(parts) > 1 else "Transitions"
    elif len(parts) > 1 and isinstance(listed, list):
        what = f"{labels[0].removesuffix('s')} {_named(parts[1], listed)}"
    else:
        what, at = labels[0], 1
    rest = ", ".join(words_at(parts)[at:])
    return f"{what}: {rest}" if rest else what


def _transition(label: str, listed: Sequence[Any], tables: Mapping[str, Any]) -> str:
    item = next((one for one in listed if label_of(one) == label), None)
    if item is None:
        return f"Transition {label}"
    touchpoints = tables.get("touchpoints")
    ends = [
        _named(str(item.get(end, "")), touchpoints if isinstance(touchpoints, list) else []) for end in ("from", "to")
    ]
    return " to ".join(ends)


def _named(id_: str, items: Sequence[Any]) -> str:
    """What an item is called; what is not there by its id as it is written."""
    for item in items:
        if isinstance(item, dict) and item.get("id") == id_:
            return str(item.get("name") or _worded(id_))
    return id_


def _worded(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").capitalize()
