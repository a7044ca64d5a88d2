"""Changes to a list of the scenario, each from a text to a text: add, duplicate, delete, move."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from app.desktop.document.editing import id_from
from app.desktop.forms.key import Key, beginning_of, keys_of
from app.desktop.rules.new_action import has_actions, new_action
from app.desktop.sections.sections import Section
from sim.scenario import edit
from sim.scenario.addresses.address import joined, label_of, parts_of
from sim.scenario.findings import Finding, KeyPath, ScenarioError
from sim.scenario.key import LOOKED_UP
from sim.scenario.orchestration import Trigger
from sim.scenario.renaming import RESERVED
from sim.scenario.said import worded
from sim.scenario.tables import value_at
from sim.scenario.toml.scanning import Scanned, scanned
from sim.scenario.toml.text import shared_tables


def items_in(tables: Mapping[str, Any], section: Section) -> list[Any]:
    """The items of a section's list."""
    items = value_at(tables, parts_of(section.address))
    return items if isinstance(items, list) else []


def labels_in(tables: Mapping[str, Any], section: Section) -> list[str]:
    """By what the items are addressed."""
    return [label_of(item) or str(number) for number, item in enumerate(items_in(tables, section), 1)]


def title_of(item: Any, label_: str) -> str:
    """What an item is called."""
    return str(item.get("name") or worded(label_)) if isinstance(item, Mapping) else label_


def new_item(tables: Mapping[str, Any], section: Section, name: str, taken: Sequence[str] = ()) -> dict[str, Any]:
    """A new item of that name under an id that nobody has, nor is `taken` elsewhere, saying only what it must."""
    keys = {key.name: key for key in keys_of(section.model)}
    item: dict[str, Any] = {
        "id": id_from(name, [*labels_in(tables, section), *taken, *_reserved(section)], section.one)
    }
    if "name" in keys and worded(item["id"]) != name.strip():
        item["name"] = name.strip()
    for key in keys.values():
        if key.required and key.name != "id":
            item[key.name] = _first(tables, key)
    if "do" in item and not has_actions(tables):
        item["do"] = new_action(tables)["id"]
    if section.id == "desks":
        item["agents"] = 1
    if section.id == "actions":
        item["channels"] = _ids(tables, "channels")[:1]
    return item


def with_action(text: str, tables: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """The text with the action that a new rule or broadcast takes where there was none before."""
    return edit(text, {"actions": [new_action(tables)]}) if "do" in item and not has_actions(tables) else text


def add(text: str, section: Section, item: Mapping[str, Any]) -> str:
    """The text with one more item, which may be the first."""
    if not items_in(shared_tables(text, None), section):
        return edit(text, {section.address: [dict(item)]})
    return edit(text, {joined((*parts_of(section.address), str(item["id"]))): dict(item)})


def copy_of(tables: Mapping[str, Any], section: Section, label_: str) -> dict[str, Any]:
    """The same item under another id and name."""
    labels = labels_in(tables, section)
    item = copy.deepcopy(items_in(tables, section)[labels.index(label_)])
    made = {**item, "id": id_from(label_, [*labels, *_reserved(section)], section.one)}
    if "name" in made:
        made["name"] = f"{made['name']} (copy)"
    return made


def remove(text: str, section: Section, label_: str) -> str:
    """The text without an item."""
    return edit(text, {joined((*parts_of(section.address), label_)): None})


def move(text: str, section: Section, label_: str, by: int) -> str:
    """The text with an item and its neighbour (`by` -1 above, 1 below) in each other's position, comments and all."""
    own = shared_tables(text, None)
    labels = labels_in(own, section)
    address = joined((*parts_of(section.address), label_))
    if label_ not in labels or not 0 <= labels.index(label_) + by < len(labels):
        problem = "it cannot be moved further" if label_ in labels else "it is in another file"
        raise ScenarioError([Finding(None, None, address, problem, "")])
    first, second = sorted((labels.index(label_), labels.index(label_) + by))
    items = list(items_in(own, section))
    items[first], items[second] = items[second], items[first]
    around = tuple(parts_of(section.address))
    swapped = _swapped(text, (*around, first), (*around, second))
    if swapped is not None and items_in(shared_tables(swapped, None), section) == items:
        return swapped
    return edit(text, {section.address: items})  # written so that the two cannot be told apart: anew


def _first(tables: Mapping[str, Any], key: Key) -> Any:
    """What a new item says at a key that it must have: something that is there to be pointed at."""
    if key.part is Trigger:
        touchpoints = _ids(tables, "touchpoints")
        return {"entered": touchpoints[0]} if touchpoints else {"tick": True}
    if key.said.refers_to in LOOKED_UP:
        there = _ids(tables, key.said.refers_to)[:1]
        return there if any(option.items for option in key.options) else next(iter(there), "")
    return beginning_of(key)


def _ids(tables: Mapping[str, Any], kind: str) -> list[str]:
    value = tables.get(kind)
    listed = value if isinstance(value, list) else []
    return [label for item in listed if (label := label_of(item)) is not None]


def _reserved(section: Section) -> Sequence[str]:
    """Ids that mean something else."""
    return ("base",) if section.id == "arms" else RESERVED.get(section.address, ())


def _swapped(text: str, first: KeyPath, second: KeyPath) -> str | None:
    """The text with two stretches in each other's position; None where each is not one stretch."""
    scan = scanned(text)
    spans = [_span(scan, each) for each in (first, second)]
    if spans[0] is None or spans[1] is None or spans[0][1] > spans[1][0]:
        return None
    (a, b), (c, d) = spans[0], spans[1]
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _span(scan: Scanned, item: KeyPath) -> tuple[int, int] | None:
    """From where to where an item stands in the text: its headers with the comments above, or its inline table."""
    entry = scan.entry(item)
    if entry is not None:
        return entry.start, entry.end
    blocks = scan.blocks_within(item)
    if not blocks:
        return None
    start, end = min(block.start for block in blocks), max(block.end for block in blocks)
    start = scan.text.rfind("\n", 0, start) + 1
    while start > 0:
        above = scan.text.rfind("\n", 0, start - 1) + 1
        if not scan.text[above:start].lstrip().startswith("#"):
            break
        start = above
    line = scan.text.find("\n", end)
    return start, (len(scan.text) if line < 0 else line)
