"""A brand that begins on some day: until then no rule is set off and nothing is personalized (model 30)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.changes import changes_of
from sim.scenario.dates import day_of
from sim.scenario.orchestration import Shock
from sim.scenario.resolve import enabled_rules, policy_of
from sim.scenario.scenario import Scenario


def silent_until(scenario: Scenario, day: float) -> Scenario:
    """The scenario with all that the brand does to those who are treated switched off before a day.

    What is transactional goes on: customers in the holdout get it, too.
    """
    off = {**{address: False for address in switches(scenario)}, "personalization.level": "none"}
    shocks = [part for shock in scenario.shocks for part in _from_the_day(shock, off, day, scenario)]
    silence = _shock(scenario, "silence", 0.0, day, off)
    return scenario.model_copy(update={"shocks": (*shocks, silence)})


def acts(scenario: Scenario) -> bool:
    """Whether the brand does anything to those who are treated that the holdout does not get."""
    later = [part.set.get("personalization.level") for _, _, part in changes_of(scenario)]
    levels = {scenario.personalization.level, *later}
    return policy_of(scenario).acts and (bool(switches(scenario)) or bool(levels - {"none", None}))


def switches(scenario: Scenario) -> list[str]:
    """The addresses of what switches rules and broadcasts, but those for what is transactional."""
    transactional = {action.id for action in scenario.actions if action.transactional}
    broadcasts = {broadcast.id for broadcast in scenario.broadcasts}
    rules = [rule.id for rule in enabled_rules(scenario) if rule.do not in transactional]
    return [f"{'broadcasts' if id_ in broadcasts else 'rules'}.{id_}.enabled" for id_ in rules]


def _from_the_day(shock: Shock, off: Mapping[str, Any], day: float, scenario: Scenario) -> Iterator[Shock]:
    """A shock of the scenario, which sets what is off before the day only from then on."""
    mine = {address: value for address, value in shock.set.items() if address in off}
    if not mine or day_of(shock.start, scenario) >= day:
        yield shock
        return
    others = {address: value for address, value in shock.set.items() if address not in off}
    if others:
        yield shock.model_copy(update={"set": others})
    end = day_of(shock.end, scenario)
    if end > day:
        yield _shock(scenario, f"{shock.id}-later", day, end, mine).model_copy(update={"enabled": shock.enabled})


def _shock(scenario: Scenario, id_: str, start: float, end: float, values: Mapping[str, Any]) -> Shock:
    """One with an ID of its own."""
    taken = {shock.id for shock in scenario.shocks}
    while id_ in taken:
        id_ = f"{id_}-x"
    return Shock.model_validate({"id": id_, "from": start, "to": end, "set": dict(values)})
