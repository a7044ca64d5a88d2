"""What phases, seasons and shocks set although it cannot change during a run (model 15)."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.addresses.changing import AddressError, change
from sim.scenario.changes import changes_of
from sim.scenario.channels_and_desks import Channel
from sim.scenario.declared import same_for_all_arms
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.journey import Transition
from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.resolve import enabled_rules, enabled_transitions
from sim.scenario.said import said_of
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, shapes_of, tables_in
from sim.scenario.tables import tables_of


@cache
def dated_keys() -> Mapping[str, tuple[str, ...]]:
    """The keys that can change during a run, by their table at the top; of a list, those of its items.

    Switches come last: whoever needs one example is better served with a value.
    """
    by_table: dict[str, tuple[str, ...]] = {}
    for top, field in fields(Scenario).items():
        dated = [key for model in tables_in(shapes_of(field)) for key in fields(model) if said_of(model, key).dated]
        if dated:
            by_table[top] = tuple(sorted(dated, key=lambda key: key == "enabled"))
    return MappingProxyType(by_table)


def check_settable(scenario: Scenario) -> Iterator[Fault]:
    """Addresses of what stays the same for the whole run, and switches of what is disabled anyhow.

    An address that leads nowhere is a finding of its own (`check_settings`).
    """
    for kind, number, item in changes_of(scenario):
        for address, value in item.set.items():
            try:
                parts = parts_of(address)
            except ValueError:
                continue
            key_path: KeyPath = (kind, number, "set", address)
            if not _is_settable(parts):
                if _leads_somewhere(scenario, address, value):
                    yield _fixed(key_path, parts, scenario)
            elif item.enabled and _has_items(parts[0]) and parts[2:] == ("enabled",):
                yield from _switch(key_path, parts, scenario)


def _is_settable(parts: tuple[str, ...]) -> bool:
    at = 2 if _has_items(parts[0]) else 1
    return len(parts) > at and parts[at] in dated_keys().get(parts[0], ())


def _has_items(kind: str) -> bool:
    field = fields(Scenario).get(kind)
    return field is not None and any(option.items or option.entries for option in shapes_of(field))


def _leads_somewhere(scenario: Scenario, address: str, value: Any) -> bool:
    try:
        change(tables_of(scenario), address, value)
    except AddressError:
        return False
    return True


def _fixed(key_path: KeyPath, parts: tuple[str, ...], scenario: Scenario) -> Fault:
    """The fault at a value that cannot change, with what could be set instead."""
    kind, keys = parts[0], dated_keys().get(parts[0])
    if keys is not None and len(parts) < (3 if _has_items(kind) else 2):
        such = joined((kind, *(parts[1:] or ("ID",)), keys[0]) if _has_items(kind) else (kind, keys[0]))
        problem = "this cannot be replaced as a whole during a run"
        return Fault(key_path, problem, f"set single values, such as {such}")
    if kind == "orchestration":
        remedy = "switch rules and broadcasts instead, such as rules.ID.enabled = false"
    elif keys is None:
        compared = "" if same_for_all_arms(kind) else ", or compare arms that differ in it"
        remedy = f"leave it out{compared}; what can change is in {', '.join(dated_keys())}"
    else:
        remedy = _switched_instead(parts, scenario) or f"what can change of {_one_of(kind)}: {', '.join(keys)}"
    return Fault(key_path, "this cannot change during a run", remedy)


def _one_of(kind: str) -> str:
    """What changes, in words: an item of a list, or a table."""
    if not _has_items(kind):
        return kind
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.removesuffix('s')}"


def _switched_instead(parts: tuple[str, ...], scenario: Scenario) -> str | None:
    """What can be switched where a touchpoint or an action cannot."""
    kind, own = parts[:2]
    if kind == "touchpoints" and parts[2:] == ("enabled",):
        leading = [transition.key for transition in enabled_transitions(scenario) if transition.target == own]
        return (
            f"switch the transitions that lead there, such as {joined(('transitions', leading[0], 'enabled'))}"
            if leading
            else None
        )
    if kind == "actions" and parts[2:] == ("enabled",):
        for rule in enabled_rules(scenario):
            if rule.do == own:
                return f"switch what does it: {'rules' if isinstance(rule, Rule) else 'broadcasts'}.{rule.id}.enabled"
    return None


def _switch(key_path: KeyPath, parts: tuple[str, ...], scenario: Scenario) -> Iterator[Fault]:
    """A fault if the address switches what is disabled itself, or left out with something disabled."""
    kind, own, _ = parts
    items: dict[str, tuple[Channel | Transition | Rule | Broadcast, ...]] = {
        "channels": scenario.channels,
        "transitions": scenario.transitions,
        "rules": scenario.rules,
        "broadcasts": scenario.broadcasts,
    }
    for item in items[kind]:
        if (item.key if isinstance(item, Transition) else item.id) != own:
            continue
        if not item.enabled:
            problem = f'the {kind[:-1]} "{own}" is disabled, so nothing can switch it'
            here = joined((kind, own, "enabled"))
            yield Fault(key_path, problem, f"enable it ({here}); a phase at day 0 can switch it off to begin with")
        for what, name in _disabled_with(item, scenario):
            problem = f'the {kind[:-1]} "{own}" is left out with the disabled {what} "{name}", so nothing can switch it'
            yield Fault(key_path, problem, f"enable the {what} ({what}s.{name}.enabled), or remove this")


def _disabled_with(item: Channel | Transition | Rule | Broadcast, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is disabled of that without which the item does nothing: its kind and id."""
    if isinstance(item, Transition):
        for touchpoint in scenario.touchpoints:
            if touchpoint.id in (item.source, item.target) and not touchpoint.enabled:
                yield "touchpoint", touchpoint.id
    elif isinstance(item, Rule | Broadcast):
        for action in scenario.actions:
            if action.id == item.do and not action.enabled:
                yield "action", action.id
