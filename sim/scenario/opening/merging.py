"""One file laid over another: tables merge key by key, lists of tables by id."""

from collections.abc import Iterator
from typing import Any

from sim.scenario.addresses.address import joined, label_of
from sim.scenario.tables import Tables


def merged(base: Tables, changes: Tables) -> Tables:
    """The base with the changes laid over it; neither is altered.

    A list of tables keeps the base's order; what is new comes after. A distribution that names its `family`
    replaces the base's as a whole, so that no parameter of the old family is left.
    """
    result = dict(base)
    for key, value in changes.items():
        result[key] = _laid_over(result[key], value) if key in result else value
    return result


def _laid_over(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return new if "family" in new else merged(old, new)
    if _labelled(old) and _labelled(new):
        return _merged_list(old, new)
    return new


def _labelled(items: Any) -> bool:
    return isinstance(items, list) and len(items) > 0 and all(label_of(item) is not None for item in items)


def _merged_list(old: list[Tables], new: list[Tables]) -> list[Tables]:
    result = {label_of(item): item for item in old}
    for item in new:
        label = label_of(item)
        result[label] = merged(result[label], item) if label in result else item
    return list(result.values())


def differences(old: Tables, new: Tables) -> dict[str, Any]:
    """The values that make the new tables of the old, by address; nothing is taken away."""
    return {joined(parts): value for parts, value in _differences(old, new, ())}


def _differences(old: Any, new: Any, parts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    tables = isinstance(old, dict) and isinstance(new, dict)
    if tables and set(old) <= set(new) and old.get("family") == new.get("family"):
        for key, value in new.items():
            if key in old:
                yield from _differences(old[key], value, (*parts, key))
            else:
                yield (*parts, key), value
    elif _labelled(old) and _labelled(new):
        before = {label_of(item): item for item in old}
        for item in new:
            label = label_of(item) or ""
            if label in before:
                yield from _differences(before[label], item, (*parts, label))
            else:
                yield (*parts, label), item
    elif old != new or type(old) is not type(new):
        yield parts, new
