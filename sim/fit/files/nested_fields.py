"""Fields inside others, as in JSON and in the structs and lists of Parquet: `ecommerce.purchase_revenue`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.fit.errors import FitError, unknown, wrong
from sim.fit.one_row import one_row
from sim.scenario import Finding

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE = 1000
"""Objects that are looked at for the names of their fields."""


@dataclass(frozen=True)
class Field:
    """Where a field is: `path` from key to key; inside a list, `rest` from one of its elements on."""

    path: tuple[str, ...]
    rest: tuple[str, ...] = ()
    key: str | None = None
    """of a list of keys and values, such as GA4's event_params: the key"""

    def text(self, base: str) -> str:
        """SQL for the field's text; `base` is SQL for the JSON object that it is in."""
        json_path = _json_path(self.path)
        if self.key is not None:
            pairs = f"json_extract({base}, {_text(_json_path(self.path) + '[*]')})"
            pair = f"[e for e in {pairs} if json_extract_string(e, '$.key') = {_text(self.key)}][1]"
            value = f"json_extract({pair}, '$.value')"
            inside = f"[json_extract_string(v, '$') for v in json_extract({value}, '$.*') if json_type(v) <> 'NULL'][1]"
            return f"CASE json_type({value}) WHEN 'OBJECT' THEN {inside} ELSE json_extract_string({value}, '$') END"
        if self.rest:
            json_path = f"{json_path}[0]{_json_path(self.rest)[1:]}"
        return f"json_extract_string({base}, {_text(json_path)})"

    def length(self, base: str) -> str | None:
        """SQL for the number of elements of the list that the field is in; None where it is in none."""
        return f"json_array_length({base}, {_text(_json_path(self.path))})" if self.rest else None


def sampled(connection: "DuckDBPyConnection", table: str, whole: str) -> list[Any]:
    """The first objects of the table, `whole` being SQL for each."""
    rows = connection.execute(f"SELECT CAST({whole} AS VARCHAR) FROM {table} AS t LIMIT {SAMPLE}").fetchall()
    return [json.loads(text) for (text,) in rows if text is not None]


def fields_of(objects: Sequence[Any]) -> dict[str, Field]:
    """The fields of the objects by name, dots between the keys that lead there."""
    fields: dict[str, Field] = {}
    for each in objects:
        _walk(each, (), fields)
    return fields


def _walk(value: Mapping[str, Any], path: tuple[str, ...], fields: dict[str, Field]) -> None:
    for key, inner in value.items():
        here = (*path, key)
        if isinstance(inner, dict):
            _walk(inner, here, fields)
        elif isinstance(inner, list):
            _walk_list(inner, here, fields)
        else:
            fields.setdefault(".".join(here), Field(here))


def _walk_list(elements: list[Any], path: tuple[str, ...], fields: dict[str, Field]) -> None:
    objects = [each for each in elements if isinstance(each, dict)]
    if objects and all({"key", "value"} <= each.keys() for each in objects):
        for each in objects:
            fields.setdefault(".".join((*path, str(each["key"]))), Field(path, key=str(each["key"])))
        return
    inside: dict[str, Field] = {}
    for each in objects:
        _walk(each, (), inside)
    for name, field in inside.items():
        if not field.rest and field.key is None:
            fields.setdefault(".".join((*path, name)), Field(path, rest=field.path))


def choose(name: str, column: str, known: Mapping[str, Field], plain: Sequence[str] = ()) -> tuple[Field, str | None]:
    """The field that a column names, and a note where only the end of its name was given.

    Raises FitError where there is none, or where the end fits several; `plain` are names that are no fields.
    """
    if column in known:
        return known[column], None
    match [each for each in known if each.endswith(f".{column}")]:
        case [only]:
            return known[only], f'"{column}" is taken from {only}'
        case []:
            raise FitError([unknown(name, "column", column, [*plain, *known], "columns")])
        case ending:
            listed = ", ".join(f'"{each}"' for each in ending[:6])
            raise FitError([Finding(name, None, f"column {column}", "several fields end so", f"say which: {listed}")])


def check_single(connection: "DuckDBPyConnection", name: str, table: str, column: str, field: Field, base: str) -> None:
    """Raise FitError where a field inside a list has several values for one event."""
    length = field.length(base)
    if length is None:
        return
    (most,) = one_row(connection, f"SELECT max({length}) FROM {table} AS t")
    if (most or 0) > 1:
        problem = f"one event holds up to {most:,} values of it"
        raise wrong(name, f"column {column}", problem, "write one value for each event, such as their sum")


def _json_path(keys: Sequence[str]) -> str:
    return "$" + "".join('."' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in keys)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
