"""Addresses such as `channels.email.mix`: how they are written, and what they point at in the tables of a file."""

import json
import re
from collections.abc import Sequence
from typing import Any

from sim.scenario.findings import KeyPath

_PLAIN = re.compile(r"[^\s.\"'=\[\]{},#]+")
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[^."]+')


def parts_of(address: str) -> tuple[str, ...]:
    """The parts of an address: keys, and ids of list items; ValueError where it is not one."""
    parts: list[str] = []
    at = 0
    while True:
        match = _PART.match(address, at)
        if match is None:
            raise ValueError(address)
        parts.append(json.loads(match[0], strict=False) if match[0].startswith('"') else match[0])
        at = match.end()
        if at == len(address):
            return tuple(parts)
        if address[at] != ".":
            raise ValueError(address)
        at += 1


def joined(parts: Sequence[str]) -> str:
    """The address made of these parts; those that would be misread are quoted."""
    return ".".join(part if _PLAIN.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in parts)


def label_of(item: Any) -> str | None:
    """By what an item of a list is addressed: its id, or `from/to`; None for what has neither."""
    if not isinstance(item, dict):
        return None
    if isinstance(item.get("id"), str):
        return str(item["id"])
    ends = item.get("from"), item.get("to")
    return f"{ends[0]}/{ends[1]}" if all(isinstance(end, str) for end in ends) else None


def position_of(items: Sequence[Any], label: str) -> int | None:
    """The position (from 0) of the item with this label, or of the n-th (from 1) of items without labels."""
    for position, item in enumerate(items):
        if label_of(item) == label:
            return position
    if (
        label.isdecimal()
        and len(label) < 10
        and 1 <= int(label) <= len(items)
        and label_of(items[int(label) - 1]) is None
    ):
        return int(label) - 1
    return None


def address_of(tables: Any, key_path: KeyPath) -> str:
    """The address of a key path: list items by their id, or `from/to`, or their number from 1."""
    parts: list[str] = []
    value = tables
    for step in key_path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list | tuple) and step < len(value) else None
            parts.append(label_of(value) or str(step + 1))
        else:
            value = value.get(step) if isinstance(value, dict) else None
            parts.append(step)
    return joined(parts)
