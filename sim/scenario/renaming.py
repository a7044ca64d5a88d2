"""An id changed wherever it stands: the item itself, and everything that names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sim.scenario.addresses.address import joined, label_of, parts_of
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.said import said_by
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, fitting, shapes, shapes_of

Tables = Mapping[str, Any]
Options = tuple[Shape, ...]

_SUBJECTS: Final = {
    "visits": "touchpoints", "touchpoint": "touchpoints", "opted_in": "channels", "channel": "channels",
    "segment": "segments", "stage": "stages", "scores": "scores",
}  # fmt: skip
"""Of which list of the scenario the id is that a condition or a score looks at, by the subject's first word."""
_WHOLE: Final[Options] = (Shape(model=Scenario),)
_OTHER: Final = "\x00"
"""An id that nothing has."""
_LAST: Final = ("id", "from", "to")
"""What an item is found by is changed after everything else in it."""


def renamed(tables: Tables, kind: str, old: str, new: str) -> dict[str, Any]:
    """The tables of a scenario with another id for an item of one of its lists, such as `touchpoints`."""
    return _Renaming(tables, kind, old, new).of_tables(tables)


def renaming(tables: Tables, kind: str, old: str, new: str) -> dict[str, Any]:
    """The changes that do so, by address; ScenarioError where there is no such item, or one of the new id already."""
    items = tables.get(kind)
    labels = [label_of(item) for item in items] if isinstance(items, list) else []
    if old not in labels:
        raise _refusal(kind, old, f'"{old}" is not written in this file', "rename it in the file that it extends")
    if new in labels:
        raise _refusal(kind, old, f'there is a "{new}" already', "give another id")
    changes = dict(_differences(tables, renamed(tables, kind, old, new), ()))
    return dict(sorted(changes.items(), key=lambda each: parts_of(each[0])[-1] in _LAST))


def uses(tables: Tables, kind: str, old: str, within: Tables | None = None) -> list[str]:
    """The addresses of what names an item of a list, in the order of the tables; the item itself is not among them.

    `within` are those of the tables to look into, where it is not all of them.
    """
    among = tables if within is None else within
    after = _Renaming(tables, kind, old, _OTHER).of_tables(among)
    found = [parts_of(address) for address, _ in _differences(among, after, ())]
    return [joined(parts) for parts in found if parts[:2] != (kind, old) and not any(_OTHER in part for part in parts)]


class _Renaming:
    def __init__(self, tables: Tables, kind: str, old: str, new: str) -> None:
        self._kind, self._old, self._new = kind, old, new
        self._keys: dict[str, str] = {}
        """of transitions that are called by their ends, before and after"""
        if kind == "touchpoints":
            listed = tables.get("transitions")
            for item in listed if isinstance(listed, list) else []:
                key = label_of(item)
                if key is not None and "id" not in item:
                    self._keys[key] = "/".join(self._id(str(item[end])) for end in ("from", "to"))

    def of_tables(self, tables: Tables) -> dict[str, Any]:
        found = self._table(tables, _WHOLE[0])
        items = found.get(self._kind)
        if isinstance(items, list):
            found[self._kind] = [
                {**item, "id": self._new} if label_of(item) == self._old and "id" in item else item for item in items
            ]
        if self._kind == "touchpoints" and isinstance(found.get("layout"), dict):
            found["layout"] = {self._id(id_): at for id_, at in found["layout"].items()}
        return found

    def _id(self, text: str) -> str:
        return self._new if text == self._old else text

    def _text(self, text: str, refers_to: str) -> str:
        """A text that names something."""
        if refers_to == self._kind:
            return self._id(text)
        if refers_to in ("subjects", "counts"):
            name, dot, of = text.partition(".")
            return f"{name}.{self._id(of)}" if dot and _SUBJECTS.get(name) == self._kind else text
        if refers_to.endswith("addresses") or refers_to == "addresses of numbers":
            return self._address(text)
        return text

    def _address(self, text: str) -> str:
        try:
            parts = parts_of(text)
        except ValueError:
            return text
        return joined(self._way(parts)[0])

    def _way(self, parts: tuple[str, ...]) -> tuple[list[str], Options]:
        """The parts of an address, and what may stand there."""
        options, found = _WHOLE, list[str]()
        for at, part in enumerate(parts):
            model = next((each.model for each in options if each.model and part in fields(each.model)), None)
            free = next((each for each in options if each.entries is not None), None)
            listed = next((each for each in options if each.items), None)
            if model is not None:
                options = shapes_of(fields(model)[part])
                found.append(part)
            elif free is not None:
                options = shapes(free.entries)
                found.append(self._text(part, said_by(free.names).refers_to))
            elif listed is not None:
                options = shapes(listed.items[0])
                own = at == 1 and parts[0] == self._kind
                found.append(self._id(part) if own else self._keys.get(part, part))
            else:
                return [*found, *parts[at:]], ()
        if len(parts) == 2 and parts[0] == "layout" and self._kind == "touchpoints":
            found[1] = self._id(found[1])
        return found, options

    def _value(self, value: Any, options: Options) -> Any:
        if isinstance(value, str):
            told = {said_by(each.plain, each.limits).refers_to for each in options if each.plain is not None}
            for refers_to in told - {""}:
                value = self._text(value, refers_to)
            return value
        option = fitting(options, value)
        if option is None:
            return value
        if isinstance(value, Mapping):
            return self._table(value, option)
        return self._list(value, option) if isinstance(value, list) else value

    def _table(self, table: Mapping[str, Any], option: Shape) -> dict[str, Any]:
        if option.model is not None:
            known = fields(option.model)
            return {
                key: self._value(inner, shapes_of(known[key])) if key in known else inner
                for key, inner in table.items()
            }
        refers_to = said_by(option.names).refers_to
        by_address = option.entries is Any or "addresses" in refers_to
        return {
            self._text(name, refers_to): self._value(inner, self._at(name) if by_address else shapes(option.entries))
            for name, inner in table.items()
        }

    def _at(self, address: str) -> Options:
        try:
            return self._way(parts_of(address))[1]
        except ValueError:
            return ()

    def _list(self, items: list[Any], option: Shape) -> list[Any]:
        if len(option.items) == 1:
            return [self._value(item, shapes(option.items[0])) for item in items]
        if len(items) == len(option.items) and said_by(option.items[0]).refers_to == "subjects":
            return self._condition(*items)
        return items

    def _condition(self, subject: Any, operator: Any, value: Any) -> list[Any]:
        if _SUBJECTS.get(subject) == self._kind:  # looked at as a whole: its value is an id
            value = [self._id(each) for each in value] if isinstance(value, list) else self._id(value)
        return [self._text(subject, "subjects") if isinstance(subject, str) else subject, operator, value]


def _differences(before: Any, after: Any, parts: tuple[str, ...]) -> list[tuple[str, Any]]:
    """What differs, by address in what was before; what is gone is None."""
    if before == after:
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        found = [(joined((*parts, key)), None) for key in before if key not in after]
        for key, value in after.items():
            inner = (*parts, key)
            found += _differences(before[key], value, inner) if key in before else [(joined(inner), value)]
        return found
    if _are_items(before) and isinstance(after, list):  # of the same length: items are renamed where they stand
        found = []
        for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
            if one != other and "id" not in one and one.get("from") == one.get("to") is not None:
                half = {**one, "from": other["from"]}  # a loop is found by another key once one end is changed
                found += _differences(one, half, (*parts, label_of(one) or str(number)))
                one = half
            found += _differences(one, other, (*parts, label_of(one) or str(number)))
        return found
    return [(joined(parts), after)]


def _are_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _refusal(kind: str, id_: str, problem: str, remedy: str) -> ScenarioError:
    return ScenarioError([Finding(None, None, joined((kind, id_)), problem, remedy)])
