"""The keys on the way to an address, and the addresses of all keys that say something of themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.scenario.addresses.address import label_of
from sim.scenario.key import Key
from sim.scenario.model import Part
from sim.scenario.said import said_of, worded
from sim.scenario.scenario import Scenario
from sim.scenario.shape import attribute, fields, shapes_of, tables_in
from sim.scenario.tables import written


def labels_at(parts: Sequence[str]) -> list[str]:
    """What each part of an address is called: keys by their label, ids and free names as labels of their own."""
    return [said.label if said is not None and said.label else worded(part) for part, said in _said_at(parts)]


def words_at(parts: Sequence[str]) -> list[str]:
    """The same inside a sentence: keys in lower case, ids and free names as they are written."""
    labels = labels_at(parts)
    return [
        part if said is None else label.lower() for (part, said), label in zip(_said_at(parts), labels, strict=True)
    ]


def said_at(parts: Sequence[str]) -> Key:
    """What the last key of an address says of itself; nothing where none is on the step."""
    return next((said for _, said in reversed(_said_at(parts)) if said is not None), Key())


def saying(scenario: Scenario, of_all: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Addresses in parts, and values, of what is so shared by all customers; what is not set is left out."""
    yield from _saying(scenario, (), of_all)


def _said_at(parts: Sequence[str]) -> list[tuple[str, Key | None]]:
    """Each part of an address with what it says as a key; None for ids and free names."""
    said: list[tuple[str, Key | None]] = []
    tables: tuple[type[Part], ...] = (Scenario,)
    names = False
    for part in parts:
        table = None if names else next((each for each in tables if part in fields(each)), None)
        names = False
        if table is not None:
            tables, names = _below(table, part)
        said.append((part, said_of(table, part) if table is not None else None))
    return said


@cache
def _below(table: type[Part], key: str) -> tuple[tuple[type[Part], ...], bool]:
    """The tables below a key, and whether an id or a free name comes before their keys."""
    options = shapes_of(fields(table)[key])
    models = tuple(option.model for option in options if option.model is not None)
    return (*models, *tables_in(options)), any(option.items or option.entries is not None for option in options)


@dataclass(frozen=True)
class _Step:
    key: str
    attribute: str
    ends: bool
    """whether it is what is looked for; else it is further down"""


@cache
def _steps(model: type[Part], of_all: str) -> tuple[_Step, ...]:
    steps = []
    for key, field in fields(model).items():
        ends = said_of(model, key).of_all == of_all
        if ends or any(_steps(table, of_all) for table in tables_in(shapes_of(field))):
            steps.append(_Step(key, attribute(model, key), ends))
    return tuple(steps)


def _saying(table: Part, parts: tuple[str, ...], of_all: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for step in _steps(type(table), of_all):
        value, here = getattr(table, step.attribute), (*parts, step.key)
        if step.ends:
            yield from [(here, value)] if value is not None else []
        elif isinstance(value, Part):
            yield from _saying(value, here, of_all)
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                yield from _saying(inner, (*here, name), of_all)
        else:
            for number, inner in enumerate(value or (), start=1):
                yield from _saying(inner, (*here, label_of(written(inner)) or str(number)), of_all)
