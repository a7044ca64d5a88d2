"""A scenario as the tables that a file would hold."""

import copy
from typing import Any

from sim.scenario.distributions import FixedOrNumber
from sim.scenario.findings import Place
from sim.scenario.model import Part
from sim.scenario.shape import attribute, fields

Tables = dict[str, Any]


def tables_of(part: Part) -> Tables:
    """What was given, by the keys of the file: defaults are left out, a fixed distribution is a plain number."""
    given = {}
    for key in fields(type(part)):
        name = attribute(type(part), key)
        value = getattr(part, name)
        if name in part.model_fields_set and value is not None:
            given[key] = written(value)
    return given


def written(value: Any) -> Any:
    """A value of the models as a file would write it."""
    if isinstance(value, FixedOrNumber):
        return value.value
    if isinstance(value, Part):
        return tables_of(value)
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [written(inner) for inner in value]
    return copy.deepcopy(value)


def at_place(tables: Any, place: Place) -> Any:
    """What stands at a place; None where there is nothing."""
    for step in place:
        inner = tables[step] if isinstance(tables, list) and isinstance(step, int) and step < len(tables) else None
        tables = tables.get(step) if isinstance(tables, dict) else inner
    return tables
