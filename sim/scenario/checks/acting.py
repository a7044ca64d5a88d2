"""The rules and broadcasts that do something: enabled ones whose action is enabled (model 10.3)."""

from collections.abc import Iterator

from sim.scenario.orchestration import Action, Broadcast, Rule
from sim.scenario.resolve import alternatives_of
from sim.scenario.scenario import Scenario


def acting_rules(scenario: Scenario) -> Iterator[tuple[int, Rule, Action]]:
    """Every rule that does something, with its position in the file and its action."""
    able = {action.id: action for action in scenario.actions if action.enabled}
    for number, rule in enumerate(scenario.rules):
        if rule.enabled and rule.do in able:
            yield number, rule, able[rule.do]


def acting_broadcasts(scenario: Scenario) -> Iterator[tuple[int, Broadcast, Action]]:
    """Every broadcast that does something, with its position in the file and its action."""
    able = {action.id: action for action in scenario.actions if action.enabled}
    for number, broadcast in enumerate(scenario.broadcasts):
        if broadcast.enabled and broadcast.do in able:
            yield number, broadcast, able[broadcast.do]


def taken(scenario: Scenario) -> Iterator[tuple[Action, ...]]:
    """For every rule and broadcast that does something, the actions that it may take under the policy (model 16)."""
    able = {action.id: action for action in scenario.actions if action.enabled and not action.transactional}
    for _, rule, action in acting_rules(scenario):
        others = dict.fromkeys(alternatives_of(scenario, rule) if action.id in able else ())
        yield (action, *(able[name] for name in others if name in able and name != action.id))
    for _, _, action in acting_broadcasts(scenario):
        yield (action,)
