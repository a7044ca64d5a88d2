"""What could be added to tables with free names, and what a new entry says at first."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from app.desktop.forms.adding import Suggest
from app.desktop.forms.addressed import Parts, addresses_in, item_of, key_at
from app.desktop.forms.context import Context
from app.desktop.forms.key import Key, beginning_of, entry_of
from app.shown.address_words import address_in_words
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.checks.settable import dated_keys
from sim.scenario.declared import same_for_all_arms
from sim.scenario.key import ADDRESSES, LOOKED_UP
from sim.scenario.said import worded
from sim.scenario.shape import limit, shapes
from sim.scenario.subjects import ids_of, subject_of, subjects
from sim.scenario.walking import labels_at

_BESIDES: Final = {"total": "All channels together"}
_AROUND: Final = 0.2
"""so far around its value an uncertain one may lie at first"""


def what_is_added(key: Key) -> str:
    """What an entry of this table is called."""
    return key.said.entry or "value"


def suggestions(context: Context, key: Key) -> Suggest:
    """What could be added to the table at this key, names with words."""
    if is_by_address(key):
        return lambda: _addresses(context, key)
    named = _named(context, key)
    return lambda: named().items()


def _named(context: Context, key: Key) -> Callable[[], Mapping[str, str]]:
    said = key.said
    if said.refers_to == "subjects":
        return lambda: _subjects(context)
    if said.refers_to in LOOKED_UP:
        besides = {name: _BESIDES.get(name, worded(name)) for name in said.besides}
        return lambda: {**besides, **context.source.named(said.refers_to)}
    if said.names:
        return lambda: {name: worded(name) for name in said.names}
    return lambda: _elsewhere(context, key)


def is_by_address(key: Key) -> bool:
    """Whether the names in the table at this key are addresses of the scenario."""
    return key.said.refers_to in ADDRESSES


def problem_of(key: Key) -> Callable[[str], str]:
    """Says why something cannot be the name of an entry of the table at this key."""
    table = next(option for option in key.options if option.entries is not None)
    checked = Key("name", None, table.names, (), shapes(table.names), "")

    def problem(name: str) -> str:
        if not name:
            return "Enter a name first"
        if is_by_address(key) and entry_key(key, name) is None:
            return f'"{name}" is not in this scenario: choose from the list (down arrow)'
        return checked.problem(name)

    return problem


def entry_key(key: Key, name: str, tables: Mapping[str, Any] | None = None) -> Key | None:
    """The key of an entry; in a table by address, what may stand at that address, or None for none."""
    if not is_by_address(key):
        title = subject_words(name) if key.said.refers_to == "subjects" else ""
        return entry_of(key, name, title=title)
    try:
        entry = key_at(parts_of(name))
    except ValueError:
        entry = None
    if entry is None:
        return None
    title = address_in_words(name, tables or {})
    if _is_uncertain(key):
        return replace(entry_of(key, name, meaning=entry.meaning, title=title), said=entry.said)
    return replace(entry, name=name, owner=None, default=None, required=True, title=title)


def first_of(context: Context, key: Key, name: str) -> Any:
    """What a new entry says at first: by address, what holds there now."""
    if not is_by_address(key):
        if key.said.first is not None:
            return copy.deepcopy(key.said.first)
        entry = entry_of(key, name)
        return "" if any(option.plain is Any for option in entry.options) else beginning_of(entry)
    parts = parts_of(name)
    addressed = key_at(parts)
    assert addressed is not None
    now = context.source.at(parts)
    now = addressed.default if now is None else now
    if _is_uncertain(key):
        return _around(now, addressed)
    return beginning_of(addressed) if now is None else now


def _around(now: Any, key: Key) -> dict[str, Any]:
    """A range around the present value, within the limits of the key."""
    middle = float(now) if isinstance(now, int | float) and not isinstance(now, bool) else 1.0
    low, high = sorted((middle * (1 - _AROUND), middle * (1 + _AROUND)))
    if low == high:
        high = low + _AROUND
    for option in key.options:
        most = limit(option.limits, "le")
        high = min(high, most) if most is not None else high
    return {"family": "uniform", "low": float(f"{low:.3g}"), "high": float(f"{high:.3g}")}


def _addresses(context: Context, key: Key) -> Iterator[tuple[str, str]]:
    tables = context.document.shown
    fits = _FITS[key.said.refers_to]
    heads: dict[Parts, str] = {}
    """what each item is called: looking for a name takes long where there are many"""
    for parts, inner in addresses_in(tables):
        if fits(parts, inner):
            own = parts[: _depth(parts[0])]
            if own not in heads:
                heads[own] = address_in_words(joined(own), tables)
            rest = ", ".join(label.lower() for label in labels_at(parts)[len(own) :])
            yield joined(parts), f"{heads[own]}: {rest}" if rest else heads[own]


@cache
def _depth(kind: str) -> int:
    """How many parts of an address say what it is about: a table, or an item of a list."""
    top = key_at((kind,))
    return 2 if top is not None and item_of(top) is not None else 1


def _of_an_arm(parts: Parts, key: Key) -> bool:
    return not same_for_all_arms(parts[0]) and parts[-1] != "id"


def _is_number(parts: Parts, key: Key) -> bool:
    return _of_an_arm(parts, key) and any(option.plain in (int, float) for option in key.options)


def _in_a_run(parts: Parts, key: Key) -> bool:
    """Whether it can change during a run."""
    at = _depth(parts[0])
    return len(parts) > at and parts[at] in dated_keys().get(parts[0], ())


_FITS: Final = {"addresses": _of_an_arm, "addresses of numbers": _is_number, "dated addresses": _in_a_run}


def _is_uncertain(key: Key) -> bool:
    """Whether what stands under an address is how its value is spread."""
    return key.said.refers_to == "addresses of numbers"


def _subjects(context: Context) -> dict[str, str]:
    """What a score can weigh: numbers, and single ids of everything else."""
    reading = vars(context.document).get("reading")
    if reading is None or reading.file is None:
        return {}
    scenario = reading.file.scenario
    in_words: dict[str, str] = {}
    for text in subjects(scenario):
        subject = subject_of(text, scenario)
        if subject is None or subject.name in ("scores", "weekday"):
            continue
        ids = ids_of(subject, scenario) if subject.sort == "id" else ()
        for name in [f"{text}.{id_}" for id_ in ids] if subject.sort == "id" else [text]:
            in_words[name] = subject_words(name)
    return in_words


def subject_words(name: str) -> str:
    """What a score weighs, in words: `Visits: cart`."""
    first, *rest = name.split(".")
    return ": ".join([worded(first), *rest])


def _elsewhere(context: Context, key: Key) -> dict[str, str]:
    """The names that the same table has in other items of its list, such as the attributes of other segments."""
    listed = next((context.document.shown.get(kind) for kind in context.bases[0][:1]), None)
    return {
        name: ""
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, Mapping) and isinstance(item.get(key.name), Mapping)
        for name in item[key.name]
    }
