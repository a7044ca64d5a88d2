"""Which levers a scenario has: what its tables say, and what applies where they say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.desktop.forms import shares, words
from app.desktop.forms.addressed import key_at
from app.desktop.forms.key import Key
from app.desktop.forms.source import Parts, Source, is_same_for_all_arms
from app.desktop.levers.scale import number_of, plain_number
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.model import Probability
from sim.scenario.renaming import kind_at
from sim.scenario.shape import shapes
from sim.scenario.walking import labels_at


@dataclass(frozen=True, eq=False)
class Lever:
    """One value that is tried out."""

    parts: Parts
    key: Key
    label: str
    unit: str = ""
    meaning: str = ""
    pinned: bool = False
    is_share: bool = False
    """whether it is a weight, shown and moved as the percentage that it comes to"""

    @property
    def address(self) -> str:
        """Where the value stands."""
        return joined(self.parts)

    @property
    def is_choice(self) -> bool:
        """Whether one of a few values is chosen, or yes or no."""
        return bool(self.key.literals) or (bool in self.key.plain and number_of(self.key) is None)


def mixed_channels(source: Source) -> dict[str, str]:
    """The enabled channels by id; a mix needs two."""
    names = source.named("channels")
    enabled = {id_: name for id_, name in names.items() if source.at(("channels", id_, "enabled")) is not False}
    return enabled if len(enabled) > 1 else {}


def levers(source: Source, pinned: Sequence[str]) -> list[Lever]:
    """The levers in the order of the dock, those that somebody pinned last."""
    tables = source.document.shown
    if not source.document.journey.touchpoints:
        return []
    usual = [lever for lever in _usual(source, tables) if lever is not None]
    known = {lever.address for lever in usual}
    return [*usual, *(lever for address in pinned if address not in known and (lever := _pinned(source, address)))]


def can_be_lever(source: Source, address: str) -> bool:
    """Whether the value at an address can be moved: a number, one of a few values, or yes and no."""
    return not is_same_for_all_arms(address) and _pinned(source, address) is not None


def _usual(source: Source, tables: Mapping[str, Any]) -> Iterator[Lever | None]:
    acts = bool(_items(tables, "actions"))
    yield _lever(source, ("personalization", "level"), "Personalization", "personalization")
    if mixed_channels(source):
        yield _lever(source, ("integration", "mode"), "Integration", "integration")
    if acts:
        yield _lever(source, ("orchestration", "policy"), "Policy", "policy")
    names = source.named("channels")
    for id_, cap in _table(tables, "orchestration", "caps").items():
        days = cap.get("days") if isinstance(cap, Mapping) else None
        whom = "all messages" if id_ == "total" else names.get(id_, id_)
        unit = "a week" if days == 7 else f"in {days:g} days" if plain_number(days) is not None else ""
        yield _lever(source, ("orchestration", "caps", id_, "max"), f"Cap on {whom}", "cap", unit)
    if acts:
        yield _lever(source, ("orchestration", "holdout"), "Holdout", "holdout")
    for desk in _items(tables, "desks"):
        yield from _of_desk(source, desk)
    for which, unit in (("per_day", "a day"), ("total", "in all")):
        if which in _table(tables, "orchestration", "budget"):
            yield _lever(source, ("orchestration", "budget", which), "Budget", "budget", f"{source.currency()} {unit}")
    for channel in _items(tables, "channels"):
        if isinstance(channel.get("acquisition"), Mapping) and channel.get("enabled") is not False:
            named = names.get(channel["id"], channel["id"])
            yield _lever(
                source, ("channels", channel["id"], "acquisition", "spend"), f"Spend on {named}", "acquisition",
                source.currency(),
            )  # fmt: skip


def _of_desk(source: Source, desk: Mapping[str, Any]) -> Iterator[Lever | None]:
    if desk.get("enabled") is False:
        return
    name = source.named("desks").get(desk["id"], desk["id"])
    parts: Parts = ("desks", desk["id"])
    shifts = desk.get("shifts")
    if not isinstance(shifts, list) or not shifts:
        yield _lever(source, (*parts, "agents"), f"Agents: {name}", "desk")
        return
    for number, shift in enumerate(shifts, 1):
        if not isinstance(shift, Mapping):
            continue  # no shift; a finding tells of it
        when = f"{shift.get('days', 'every day')} {shift.get('from')}–{shift.get('to')}" if len(shifts) > 1 else ""
        label = f"Agents: {name}" + (f", {when}" if when else "")
        yield _lever(source, (*parts, "shifts", str(number), "agents"), label, "desk")


def _lever(source: Source, parts: Parts, label: str, term: str, unit: str = "") -> Lever | None:
    key = key_at(parts)
    if key is None:
        return None
    from app.desktop.looks.terms import meaning

    own = unit or key.unit(source.currency())
    own = "" if own and label.lower().startswith(own) else own  # `Agents: Phone` says it
    return Lever(parts, key, label, own, meaning(term) or words.sentence(key.meaning))


def _pinned(source: Source, address: str) -> Lever | None:
    try:
        parts = parts_of(address)
    except ValueError:
        return None
    key = key_at(parts)
    among, own = source.at(parts[:1]), source.at(parts[:2])
    if key is None or (own is None and among is not None and kind_at(parts[:1]) is not None):
        return None  # what it belonged to is gone
    value = source.at(parts)
    given = key.default if value is None else value
    label, meaning = _label(source, parts, key), words.sentence(key.meaning)
    if shares.of_items(parts, key):
        lever = Lever(parts, replace(key, options=shapes(Probability)), label, "", meaning, pinned=True, is_share=True)
    else:
        lever = Lever(parts, key, label, key.unit(source.currency()), meaning, pinned=True)
    movable = number_of(key) is not None and (plain_number(given) is not None or given is None)
    return lever if lever.is_choice or movable else None


def _label(source: Source, parts: Parts, key: Key) -> str:
    """What the key is called, and of what."""
    if len(parts) < 3:
        return key.label
    of = source.named(parts[0]).get(parts[1], parts[1])
    between = [label.lower() for label in labels_at(parts)[2:-1] if not label.isdecimal()]
    return f"{of}: {', '.join([*between, key.label.lower()])}"


def _items(tables: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    listed = tables.get(kind)
    items = listed if isinstance(listed, list) else []
    return [item for item in items if isinstance(item, Mapping) and isinstance(item.get("id"), str)]


def _table(tables: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    table: Any = tables
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table if isinstance(table, Mapping) else {}
