"""Reading and changing the values of a document by their addresses, for many fields at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.desktop.document import Document
from sim.scenario import Finding, edit
from sim.scenario.addresses.address import label_of, parts_of
from sim.scenario.declared import same_for_all_arms

Parts = tuple[str, ...]


class Source:
    """What a document says, looked up by the parts of an address."""

    def __init__(self, document: Document) -> None:
        """Look into that document."""
        self.document = document
        self.findings: tuple[Finding, ...] = ()
        self._tables: Any = None
        self._positions: dict[int, dict[str, Any]] = {}
        self._set: list[tuple[Parts, str]] | None = None
        self._of: tuple[Any, Any] = (None, None)

    def at(self, parts: Sequence[str], base: bool = False) -> Any:
        """What is given there under the selected arm, or in the scenario itself; None for nothing."""
        self._renew()
        value: Any = self.document.tables if base else self.document.shown
        for part in parts:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list):
                value = self._item(value, part)
            else:
                return None
        return value

    def overrides(self) -> list[tuple[Parts, str]]:
        """What the selected arm sets: the parts of each address, and the address as it is written."""
        self._renew()
        if self._set is None:
            self._set = []
            for address in self.document.overrides:
                try:
                    self._set.append((parts_of(address), address))
                except ValueError:
                    continue  # no address; a finding tells of it
        return self._set

    def currency(self) -> str:
        """The scenario's currency."""
        return str(self.document.tables.get("currency", "EUR"))

    def named(self, kind: str) -> dict[str, str]:
        """The names of everything in a list of the scenario (`channels`, `desks`, …) by id."""
        if kind == "stages":
            return {lane.id: lane.name for lane in self.document.journey.lanes}
        if kind == "touchpoints":
            return {touchpoint.id: touchpoint.name for touchpoint in self.document.journey.touchpoints}
        items = self.document.shown.get(kind)
        listed = items if isinstance(items, list) else []
        return {
            item["id"]: str(item.get("name") or item["id"])
            for item in listed
            if isinstance(item, Mapping) and isinstance(item.get("id"), str)
        }

    def parts_of_finding(self, finding: Finding) -> Parts:
        """The parts of the address that a finding is about; what an arm sets counts as the value that it replaces."""
        try:
            parts = parts_of(finding.address)
            if len(parts) > 4 and parts[:2] == ("experiment", "arms") and parts[3] == "set":
                return parts_of(parts[4]) + parts[5:] if parts[2] == self.document.arm else parts
        except ValueError:
            return ()
        return parts

    def _renew(self) -> None:
        of = (self.document.shown, self.document.tables)
        if of[0] is not self._of[0] or of[1] is not self._of[1]:
            self._of, self._set = of, None
            self._positions.clear()

    def _item(self, items: list[Any], label: str) -> Any:
        known = self._positions.get(id(items))
        if known is None:
            known = {}
            for number, item in enumerate(items, 1):
                known.setdefault(label_of(item) or str(number), item)
            self._positions[id(items)] = known
        if label not in known and label in items:
            return 1.0  # ids alone, such as those of channels, stand for weights of 1
        return known.get(label)


def in_tables(tables: Any, parts: Parts) -> Any:
    """What plain tables say at an address; None for nothing."""
    for part in parts:
        if isinstance(tables, list):
            tables = next(
                (item for number, item in enumerate(tables, 1) if (label_of(item) or str(number)) == part), None
            )
        else:
            tables = tables.get(part) if isinstance(tables, dict) else None
    return tables


def is_same_for_all_arms(address: str) -> bool:
    """Whether no arm can change the value at this address."""
    return same_for_all_arms(parts_of(address)[0])


def write(document: Document, label: str, changes: Mapping[str, Any], key: str | None) -> bool:
    """Make changes as one step: to what the selected arm sets, or to the scenario where no arm can differ."""
    if document.arm is not None and all(map(is_same_for_all_arms, changes)):
        return document.apply(label, lambda text: edit(text, changes), key)
    return document.set(label, changes, key)


def within(outer: Sequence[str], inner: Sequence[str]) -> bool:
    """Whether one address lies in another, or is the same."""
    return tuple(inner[: len(outer)]) == tuple(outer)


def common(values: Iterable[Any]) -> tuple[Any, bool]:
    """The value that all have, and whether they differ."""
    listed = list(values)
    return (None, True) if any(value != listed[0] for value in listed) else (listed[0], False)
