"""What keys and ids are called."""

from collections.abc import Sequence
from functools import cache

from sim.scenario.model import Part
from sim.scenario.said import said_of
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, shapes_of, tables_in


def worded(name: str) -> str:
    """A key or an id as a label: its words, the first with a capital."""
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def labels_at(parts: Sequence[str]) -> list[str]:
    """What each part of an address is called: keys by their label, ids and free names as labels of their own."""
    found: list[str] = []
    tables: tuple[type[Part], ...] = (Scenario,)
    names = False
    for part in parts:
        table = None if names else next((each for each in tables if part in fields(each)), None)
        if table is None:
            found.append(worded(part))
            names = False
        else:
            label, tables, names = _step(table, part)
            found.append(label)
    return found


@cache
def _step(table: type[Part], key: str) -> tuple[str, tuple[type[Part], ...], bool]:
    """The label of a key, the tables below it, and whether an id or a free name comes before their keys."""
    options = shapes_of(fields(table)[key])
    models = tuple(option.model for option in options if option.model is not None)
    named = any(option.items or option.entries is not None for option in options)
    return said_of(table, key).label or worded(key), (*models, *tables_in(options)), named
