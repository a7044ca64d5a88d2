"""A scenario as the tables that a file would hold."""

import copy
from typing import Any

from sim.scenario.distributions import FixedOrNumber
from sim.scenario.findings import KeyPath
from sim.scenario.model import Part

Tables = dict[str, Any]

_PLAIN = (str, float, int, bool)


def tables_of(part: Part) -> Tables:
    """What was given, by the keys of the file: defaults are left out, a fixed distribution is a plain number."""
    given = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name) if name in part.model_fields_set else None
        if value is not None:
            given[field.alias or name] = written(value)
    return given


def written(value: Any) -> Any:
    """A value of the models as a file would write it."""
    if type(value) in _PLAIN:  # most are
        return value
    if isinstance(value, FixedOrNumber):
        return value.value
    if isinstance(value, Part):
        return tables_of(value)
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [written(inner) for inner in value]
    return copy.deepcopy(value)


def value_at(tables: Any, key_path: KeyPath) -> Any:
    """What stands at a key path; None where there is nothing."""
    for step in key_path:
        inner = tables[step] if isinstance(tables, list) and isinstance(step, int) and step < len(tables) else None
        tables = tables.get(step) if isinstance(tables, dict) else inner
    return tables
