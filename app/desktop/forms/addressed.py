"""Addresses of a scenario, given or not: which there are, and what may stand at each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, get_args, get_origin

from app.desktop.forms.key import Key, entry_of, keys_of
from sim.scenario.addresses.address import label_of
from sim.scenario.journey import COVARIATES
from sim.scenario.key import ITS_OWN, LOOKED_UP
from sim.scenario.model import Part
from sim.scenario.said import said_by
from sim.scenario.scenario import Scenario
from sim.scenario.shape import is_distribution, shapes

Parts = tuple[str, ...]


def key_at(parts: Parts) -> Key | None:
    """The key that an address is about, whether or not something stands there; None where it leads nowhere."""
    key: Key | None = None
    models: tuple[type[Part], ...] = (Scenario,)
    for part in parts:
        inner = next((_keys(model)[part] for model in models if part in _keys(model)), None)
        if inner is None and key is not None:
            inner = _entry(key, part)
        if inner is None:
            return None
        if inner.said.unit == ITS_OWN and key is not None:
            inner = replace(inner, said=replace(inner.said, unit=key.said.unit))
        key = inner
        models = tuple(option.model for option in inner.options if option.model is not None)
    return key


def addresses_in(tables: Mapping[str, Any]) -> Iterator[tuple[Parts, Key]]:
    """Every single value that the tables of a scenario have or could have, with its key."""
    yield from _inside(Scenario, tables, (), tables)


def _inside(model: type[Part], given: Any, parts: Parts, tables: Mapping[str, Any]) -> Iterator[tuple[Parts, Key]]:
    values = given if isinstance(given, Mapping) else {}
    for name, key in _keys(model).items():
        here, value = (*parts, name), values.get(name)
        if is_distribution(key.options):
            yield here, key
        elif key.part is not None:
            yield from _inside(key.part, value, here, tables)
        elif (listed := item_of(key)) is not None:
            for number, item in enumerate(value if isinstance(value, list) else (), 1):
                yield from _inside(listed, item, (*here, label_of(item) or str(number)), tables)
        elif any(option.entries is not None for option in key.options):
            for known in dict.fromkeys([*_names(key, tables), *(value if isinstance(value, Mapping) else ())]):
                inner = _entry(key, known)
                assert inner is not None
                if inner.part is not None and not is_distribution(inner.options):
                    entry = value.get(known) if isinstance(value, Mapping) else None
                    yield from _inside(inner.part, entry, (*here, known), tables)
                else:
                    yield (*here, known), inner
        else:
            yield here, key


def item_of(key: Key) -> type[Part] | None:
    """The model of the items of a list of tables; None where no such list may stand at the key."""
    for option in key.options:
        if len(option.items) == 1:
            model = next((inner.model for inner in shapes(option.items[0]) if inner.model is not None), None)
            if model is not None:
                return model
    return None


def _entry(key: Key, name: str) -> Key | None:
    if any(option.entries is not None for option in key.options):
        return entry_of(key, name)
    for option in key.options:
        if len(option.items) == 1:
            item = option.items[0]
            return Key(name, None, item, (), shapes(item), key.meaning, said=said_by(item))
    return None


def _names(key: Key, tables: Mapping[str, Any]) -> list[str]:
    """The names of entries that could be given, where they are known."""
    table = next(option for option in key.options if option.entries is not None)
    if get_origin(table.names) is not None and get_args(table.names) and isinstance(get_args(table.names)[0], str):
        return list(get_args(table.names))
    kind = key.said.refers_to
    if kind == "covariates":
        return list(COVARIATES)
    listed = tables.get(kind) if kind in LOOKED_UP else None
    return [label for item in listed if (label := label_of(item))] if isinstance(listed, list) else []


@cache
def _keys(model: type[Part]) -> dict[str, Key]:
    return {key.name: key for key in keys_of(model)}
