"""What phases and shocks set although it cannot change during a run (model 15)."""

from collections.abc import Iterator
from typing import Any

from sim.scenario.addresses import joined, parts_of
from sim.scenario.changing import AddressError, change
from sim.scenario.document import tables_of
from sim.scenario.files import NOT_OF_AN_ARM
from sim.scenario.findings import Fault, Place
from sim.scenario.journey import ROLES, Behaviour, Transition
from sim.scenario.orchestration import Broadcast, Personalization, Phase, Rule, Shock
from sim.scenario.places import Channel
from sim.scenario.resolve import enabled_rules, enabled_transitions
from sim.scenario.scenario import Scenario

SETTABLE: dict[str, tuple[str, ...]] = {
    "behaviour": tuple(key for key in Behaviour.model_fields if key != "known"),
    "coefficients": ROLES,
    "channels": (
        "mix",
        "cost",
        "delivery_rate",
        "open_rate",
        "response_rate",
        "opt_out_rate",
        "quiet_hours",
        "time_to_act_hours",
        "enabled",
    ),
    "touchpoints": ("emotion", "effort", "profile_gain"),
    "transitions": ("share", "delay", "effects", "enabled"),
    "desks": ("service_minutes", "patience_minutes", "priority"),
    "integration": ("carryover",),
    "personalization": tuple(Personalization.model_fields),
    "actions": ("cost", "discount", "valid_days", "nudge", "open_rate", "response_rate", "support_after"),
    "rules": ("enabled",),
    "broadcasts": ("enabled",),
}
"""The keys that can change during a run, by their table; of a list, those of its items."""

_ITEM = {
    "channels": "a channel",
    "touchpoints": "a touchpoint",
    "transitions": "a transition",
    "desks": "a desk",
    "actions": "an action",
    "rules": "a rule",
    "broadcasts": "a broadcast",
}
"""One item, of those tables that are lists."""


def check_settable(scenario: Scenario) -> Iterator[Fault]:
    """Addresses of what stays the same for the whole run, and switches of what is disabled anyhow.

    An address that leads nowhere is a finding of its own (`check_settings`).
    """
    owners: list[tuple[str, tuple[Phase | Shock, ...]]] = [("shocks", scenario.shocks), ("phases", scenario.phases)]
    for kind, items in owners:
        for number, item in enumerate(items):
            for address, value in item.set.items():
                try:
                    parts = parts_of(address)
                except ValueError:
                    continue
                place: Place = (kind, number, "set", address)
                if not _is_settable(parts):
                    if _leads_somewhere(scenario, address, value):
                        yield _fixed(place, parts, scenario)
                elif item.enabled and parts[0] in _ITEM and parts[2:] == ("enabled",):
                    yield from _switch(place, parts, scenario)


def _is_settable(parts: tuple[str, ...]) -> bool:
    at = 2 if parts[0] in _ITEM else 1
    return len(parts) > at and parts[at] in SETTABLE.get(parts[0], ())


def _leads_somewhere(scenario: Scenario, address: str, value: Any) -> bool:
    try:
        change(tables_of(scenario), address, value)
    except AddressError:
        return False
    return True


def _fixed(place: Place, parts: tuple[str, ...], scenario: Scenario) -> Fault:
    """The fault at a value that cannot change, with what could be set instead."""
    kind, keys = parts[0], SETTABLE.get(parts[0])
    if keys is not None and len(parts) < (3 if kind in _ITEM else 2):
        such = joined((kind, *(parts[1:] or ("ID",)), keys[0]) if kind in _ITEM else (kind, keys[0]))
        problem = "this cannot be replaced as a whole during a run"
        return Fault(place, problem, f"set single values, such as {such}")
    if kind == "orchestration":
        remedy = "switch rules and broadcasts instead, such as rules.ID.enabled = false"
    elif keys is None:
        compared = "" if kind in NOT_OF_AN_ARM else ", or compare arms that differ in it"
        remedy = f"leave it out{compared}; what can change is in {', '.join(SETTABLE)}"
    else:
        remedy = _switched_instead(parts, scenario) or f"of {_ITEM.get(kind, kind)} can change: {', '.join(keys)}"
    return Fault(place, "this cannot change during a run", remedy)


def _switched_instead(parts: tuple[str, ...], scenario: Scenario) -> str | None:
    """What can be switched where a touchpoint or an action cannot."""
    kind, own = parts[:2]
    if kind == "touchpoints" and parts[2:] == ("enabled",):
        ways = [way.key for way in enabled_transitions(scenario) if way.target == own]
        return (
            f"switch the ways that lead there, such as {joined(('transitions', ways[0], 'enabled'))}" if ways else None
        )
    if kind == "actions" and parts[2:] == ("enabled",):
        for rule in enabled_rules(scenario):
            if rule.do == own:
                return f"switch what does it: {'rules' if isinstance(rule, Rule) else 'broadcasts'}.{rule.id}.enabled"
    return None


def _switch(place: Place, parts: tuple[str, ...], scenario: Scenario) -> Iterator[Fault]:
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
            problem = f'the {kind[:-1]} "{own}" is disabled anyhow, so nothing can switch it'
            here = joined((kind, own, "enabled"))
            yield Fault(place, problem, f"enable it ({here}); a phase at day 0 can switch it off to begin with")
        for what, name in _disabled_with(item, scenario):
            problem = f'the {kind[:-1]} "{own}" is left out with the disabled {what} "{name}", so nothing can switch it'
            yield Fault(place, problem, f"enable the {what} ({what}s.{name}.enabled), or remove this")


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
