"""Transactional actions that cannot be, or beside which something has no effect (model 10.3)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.checks.acting import acting_rules
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.orchestration import Action
from sim.scenario.scenario import Scenario

_KINDS = [kind for kind in ACTION_KINDS.values() if kind.transactional]


def check_transactional(scenario: Scenario) -> Iterator[Fault]:
    """Transactional offers and on-site actions, discounts, and alternatives that are never taken."""
    expected = {action.id: action for action in scenario.actions if action.enabled and action.transactional}
    for number, action in enumerate(scenario.actions):
        if action.id in expected:
            yield from _kind(("actions", number), action)
    for number, rule, action in acting_rules(scenario):
        key_path: KeyPath = ("rules", number, "alternatives")
        if action.transactional and rule.alternatives:
            problem = f'"{action.id}" is transactional: it is sent as it is, so these are never used'
            yield Fault(key_path, problem, "remove them", "warning")
            continue
        for position, name in enumerate(rule.alternatives):
            if name in expected:
                problem = f'"{name}" is transactional, so it is never sent as an alternative'
                yield Fault((*key_path, position), problem, "remove it, or give it its own rule", "warning")


def _kind(key_path: KeyPath, action: Action) -> Iterator[Fault]:
    if not ACTION_KINDS[action.kind].transactional:
        able = " or ".join(kind.one for kind in _KINDS)
        problem = f"only {able} can be transactional, and this is of kind {action.kind}"
        yield Fault((*key_path, "transactional"), problem, f'remove it, or set kind = "{_KINDS[0].id}"')
    elif action.discount > 0:
        problem = "a transactional message carries no discount: offers keep to the limits"
        yield Fault(
            (*key_path, "discount"), problem, "remove one of the two, or give the discount an action of its own"
        )
