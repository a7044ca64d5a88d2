"""An id changed wherever it stands: the item itself, and everything that names it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sim.scenario.addresses.address import address_of, joined, label_of, parts_of
from sim.scenario.addresses.changing import with_value
from sim.scenario.findings import Finding, KeyPath, ScenarioError
from sim.scenario.id_like import id_like, is_id
from sim.scenario.said import said_by
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, fitting, is_distribution, limit, shapes, shapes_of
from sim.scenario.toml.keys import with_key
from sim.scenario.toml.scanning import scanned
from sim.scenario.toml.splicing import Splicing
from sim.scenario.toml.text import shared_tables

Tables = Mapping[str, Any]
Options = tuple[Shape, ...]
Way = tuple[str, ...]
"""The keys on the way to something, without the ids of items"""

ATTRIBUTES: Final = "segments.attributes"
RESERVED: Final[Mapping[str, tuple[str, ...]]] = {"channels": ("total", "none")}
"""Ids that mean something else where items of a kind are named."""
_SUBJECTS: Final = {
    "visits": "touchpoints", "touchpoint": "touchpoints", "opted_in": "channels", "channel": "channels",
    "segment": "segments", "stage": "stages", "scores": "scores", "attributes": ATTRIBUTES,
}  # fmt: skip
"""Of which kind the id is that a condition or a score looks at, by the subject's first word."""
_WHOLE: Final[Options] = (Shape(model=Scenario),)
_OTHER: Final = "\x00"
"""How ids begin that nothing has."""


@cache
def kinds() -> tuple[str, ...]:
    """Everything that has ids, as the models say: lists such as `touchpoints`, and tables such as `scores`.

    Each by its address, without ids on the way: `segments.attributes` are those of all segments.
    """
    return tuple(dict.fromkeys(".".join(way) for way in _kinds(_WHOLE[0], ())))


def ids_in(tables: Tables, kind: str) -> list[str]:
    """The ids of a kind that the tables of a scenario have, in their order: `from/to` of transitions without one.

    Attributes that several segments have are there several times.
    """
    found: list[Any] = [tables]
    for key in kind.split("."):
        around = [each for one in found for each in (one if isinstance(one, list) else [one])]
        found = [each[key] for each in around if isinstance(each, Mapping) and key in each]
    ids = [
        id_
        for each in found
        if isinstance(each, list | Mapping)
        for id_ in (each if isinstance(each, Mapping) else map(label_of, each))
    ]
    return [id_ for id_ in ids if id_ is not None]


def renamed(tables: Tables, kind: str, old: str, new: str) -> dict[str, Any]:
    """The tables of a scenario with another id for an item of a kind, such as `touchpoints`."""
    return _Renaming(tables, kind, {old: new}).of_tables(tables)


def with_id(text: str, kind: str, old: str, new: str) -> str:
    """The text of a scenario with another id for an item of a kind, there and wherever something names it.

    Order and comments stay. ScenarioError where there is no such item, or the new id is taken or none.
    """
    tables = shared_tables(text, None)
    _check(tables, kind, old, new)
    wanted = renamed(tables, kind, old, new)
    changes = list(_differences(tables, wanted, ()))
    splicing, so_far = Splicing(scanned(text)), tables
    for key_path, value in changes:
        if not isinstance(value, _Key):
            splicing.put(so_far, key_path, value)
            so_far = with_value(so_far, key_path, value)
    after = splicing.text()
    for key_path, value in sorted(changes, key=lambda each: -len(each[0])):  # inner keys first
        if isinstance(value, _Key):
            after = with_key(after, key_path, value.name)
    if shared_tables(after, None) != wanted:
        problem = "this file is laid out in a way that cannot be changed here without harm"
        raise _refusal(kind, old, problem, "change the ID in the file itself")
    return after


def renamed_address(tables: Tables, kind: str, old: str, new: str, address: str) -> str:
    """What an address is called once an item of those tables has another id."""
    return _Renaming(tables, kind, {old: new}).address(address)


def kind_at(parts: Sequence[str]) -> str | None:
    """The kind of what stands right below an address, in parts; None where that has no ids."""
    _, options, way = _Renaming({}, "", {}).along(parts)
    return ".".join(way) if any(_has_ids(option) for option in options) else None


def uses(tables: Tables, kind: str, ids: Iterable[str], within: Tables | None = None) -> list[str]:
    """The addresses of what names any of these items of a kind, in the order of the tables; none of their own.

    `within` are those of the tables to look into, where it is not all of them.
    """
    among = dict(tables if within is None else within)
    others = {id_: f"{_OTHER}{number}" for number, id_ in enumerate(ids)}
    after = _Renaming(tables, kind, others).of_tables(among)
    found = [parts_of(address_of(among, key_path)) for key_path, _ in _differences(among, after, ())]
    return list(dict.fromkeys(joined(parts) for parts in found if not _is_item(parts, kind, others)))


def _kinds(option: Shape, way: Way) -> Iterator[Way]:
    if option.model is not None:
        for key, field in fields(option.model).items():
            if not is_distribution(shapes_of(field)):
                for inner in shapes_of(field):
                    yield from _kinds(inner, (*way, key))
    if _has_ids(option):
        yield way
    for annotation in (*option.items, option.entries):
        for inner in shapes(annotation) if annotation is not None else ():
            yield from _kinds(inner, way)


def _has_ids(option: Shape) -> bool:
    """Whether it is a list of items with ids, or a table whose keys are ids of its own."""
    models = [inner.model for item in option.items for inner in shapes(item) if inner.model is not None]
    return any("id" in fields(model) for model in models) or (option.entries is not None and _are_ids(option))


def _are_ids(option: Shape) -> bool:
    """Whether the keys of a table are ids of its own, not those of something else."""
    named = any(limit(each.limits, "pattern") for each in shapes(option.names))
    return named and not said_by(option.names).refers_to


class _Renaming:
    def __init__(self, tables: Tables, kind: str, ids: Mapping[str, str]) -> None:
        self._kind, self._ids = kind, ids
        self._keys: dict[str, str] = {}
        """of transitions that are called by their ends, before and after"""
        if kind == "touchpoints":
            listed = tables.get("transitions")
            for item in listed if isinstance(listed, list) else []:
                key = label_of(item)
                if key is not None and "id" not in item:
                    self._keys[key] = "/".join(self._id(str(item[end])) for end in ("from", "to"))

    def of_tables(self, tables: Tables) -> dict[str, Any]:
        return self._table(tables, _WHOLE[0], ())

    def _id(self, text: str) -> str:
        return self._ids.get(text, text)

    def _text(self, text: str, refers_to: str) -> str:
        """A text that names something."""
        if refers_to == self._kind:
            return self._id(text)
        if refers_to in ("subjects", "counts"):
            return self._subject(text)
        if refers_to.endswith("addresses") or refers_to == "addresses of numbers":
            return self.address(text)
        return text

    def _subject(self, text: str) -> str:
        """What a condition or a score looks at, such as `visits.cart` or `attributes.region.north`."""
        name, dot, of = text.partition(".")
        if not dot or _SUBJECTS.get(name) != self._kind:
            return text
        id_, *value = of.split(".", 1)
        return ".".join((name, self._id(id_), *value))

    def address(self, text: str) -> str:
        try:
            parts = parts_of(text)
        except ValueError:
            return text
        return joined(self.along(parts)[0])

    def along(self, parts: Sequence[str]) -> tuple[list[str], Options, Way]:
        """The parts of an address, what may stand there, and the way to it."""
        options, found = _WHOLE, list[str]()
        way: Way = ()
        for at, part in enumerate(parts):
            model = next((each.model for each in options if each.model and part in fields(each.model)), None)
            free = next((each for each in options if each.entries is not None), None)
            listed = next((each for each in options if each.items), None)
            if model is not None:
                options, way = shapes_of(fields(model)[part]), (*way, part)
                found.append(part)
            elif free is not None:
                options = shapes(free.entries)
                found.append(self._name(part, free, way))
            elif listed is not None:
                options = shapes(listed.items[0])
                found.append(self._id(part) if self._is_kind(way) else self._keys.get(part, part))
            else:
                return [*found, *parts[at:]], (), ()
        return found, options, way

    def _is_kind(self, way: Way) -> bool:
        return ".".join(way) == self._kind

    def _name(self, name: str, option: Shape, way: Way) -> str:
        """A key of a table with free keys."""
        if self._is_kind(way) and _are_ids(option):
            return self._id(name)
        return self._text(name, said_by(option.names).refers_to)

    def _value(self, value: Any, options: Options, way: Way) -> Any:
        if isinstance(value, str):
            told = {said_by(each.plain, each.limits).refers_to for each in options if each.plain is not None}
            for refers_to in told - {""}:
                value = self._text(value, refers_to)
            return value
        option = fitting(options, value)
        if option is None:
            return value
        if isinstance(value, Mapping):
            return self._table(value, option, way)
        return self._list(value, option, way) if isinstance(value, list) else value

    def _table(self, table: Mapping[str, Any], option: Shape, way: Way) -> dict[str, Any]:
        if option.model is not None:
            known = fields(option.model)
            return {
                key: self._value(inner, shapes_of(known[key]), (*way, key)) if key in known else inner
                for key, inner in table.items()
            }
        names = {name: self._name(name, option, way) for name in table}
        # What was said of something of that name which is long gone, such as where it stood, is said of this now.
        stale = {after for name, after in names.items() if after != name} & set(table)
        by_address = option.entries is Any or "addresses" in said_by(option.names).refers_to
        return {
            names[name]: self._value(inner, *(self._at(name) if by_address else (shapes(option.entries), way)))
            for name, inner in table.items()
            if name not in stale
        }

    def _at(self, address: str) -> tuple[Options, Way]:
        try:
            return self.along(parts_of(address))[1:]
        except ValueError:
            return (), ()

    def _list(self, items: list[Any], option: Shape, way: Way) -> list[Any]:
        if len(option.items) == 1:
            own = self._is_kind(way)
            return [
                self._item(item) if own and label_of(item) in self._ids else item
                for item in (self._value(item, shapes(option.items[0]), way) for item in items)
            ]
        if len(items) == len(option.items) and said_by(option.items[0]).refers_to == "subjects":
            return self._condition(*items)
        return items

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        new = self._ids[label_of(item) or ""]
        ends = {key: value for key, value in item.items() if key != "id"}
        return ends if label_of(ends) == new else {**item, "id": new}

    def _condition(self, subject: Any, operator: Any, value: Any) -> list[Any]:
        if _SUBJECTS.get(subject) == self._kind:  # looked at as a whole: its value is an id
            value = [self._id(each) for each in value] if isinstance(value, list) else self._id(value)
        return [self._text(subject, "subjects") if isinstance(subject, str) else subject, operator, value]


@dataclass(frozen=True)
class _Key:
    """Another name for a key; what stands below it is told by itself."""

    name: str


def _differences(before: Any, after: Any, key_path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """What differs, by key path in what was before; what is gone is None."""
    if isinstance(before, Mapping) and isinstance(after, Mapping) and len(before) == len(after):
        for (key, value), (name, other) in zip(before.items(), after.items(), strict=True):
            yield from _differences(value, other, (*key_path, key))
            if key != name:
                yield (*key_path, key), _Key(name)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from (((*key_path, key), None) for key in before if key not in after)
        for key, value in after.items():
            if value != before.get(key):
                yield (*key_path, key), value
    elif isinstance(before, list) and isinstance(after, list) and any(isinstance(item, Mapping) for item in before):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, (*key_path, number))
    elif before != after:
        yield key_path, after


def _is_item(parts: tuple[str, ...], kind: str, ids: Container[str]) -> bool:
    """Whether an address is that of an item itself, or of what it is called by."""
    way = tuple(kind.split("."))
    own = (parts[0], *parts[2:]) if kind == ATTRIBUTES else parts
    return own[: len(way)] == way and len(own) > len(way) and own[len(way)] in ids


def _check(tables: Tables, kind: str, old: str, new: str) -> None:
    """ScenarioError where the id cannot be another one."""
    ids = ids_in(tables, kind)
    if old not in ids:
        raise _refusal(kind, old, f'"{old}" is not written in this file', "rename it in the file that it extends")
    if new in ids:
        raise _refusal(kind, old, f'there is a "{new}" already', "give another ID")
    if new in RESERVED.get(kind, ()):
        raise _refusal(kind, old, f'"{new}" means something else where {kind} are named', "give another ID")
    without = [item for item in tables.get(kind, ()) if label_of(item) == old and "from" in item]
    if without and new == "/".join(str(without[0].get(end)) for end in ("from", "to")):
        return  # a transition that needs no id is called by its ends
    if not is_id(new):
        such = f", such as {id_like(new)}" if id_like(new) else ""
        raise _refusal(kind, old, f'"{new}" is not an ID', f"use lower-case letters, digits, - and _ only{such}")


def _refusal(kind: str, id_: str, problem: str, remedy: str) -> ScenarioError:
    return ScenarioError([Finding(None, None, joined((*kind.split("."), id_)), problem, remedy)])
