"""Alternatives that no rule can take, and a policy that learns without anything to choose between (model 16)."""

from collections.abc import Iterator, Sequence

from sim.scenario.checks.acting import acting_rules, taken
from sim.scenario.findings import Fault, Place
from sim.scenario.orchestration import MESSAGES, Action, Rule
from sim.scenario.resolve import enabled_actions, enabled_channels
from sim.scenario.scenario import Scenario


def check_learning(scenario: Scenario) -> Iterator[Fault]:
    """Alternatives given twice, of another sort or never chosen, and rules all of which leave no choice."""
    learns = scenario.orchestration.learns
    bandit = scenario.orchestration.policy == "bandit"
    for number, rule, action in acting_rules(scenario):
        place: Place = ("rules", number, "alternatives")
        yield from _alternatives(place, rule, action, scenario)
        if bandit and rule.alternatives and "actions" not in learns:
            problem = "these are never taken: the policy does not learn which action to take"
            yield Fault(place, problem, 'add "actions" to orchestration.learns, or remove them', "warning")
    named = {name for rule in scenario.rules for name in (rule.do, *rule.alternatives)}
    told = named <= {action.id for action in scenario.actions}  # a misspelt action, a finding of its own, might be one
    if bandit and told and all(_candidates(actions, scenario) <= 1 for actions in taken(scenario)):
        problem = "this policy has nothing to choose between: no rule has more than one action and channel"
        yield Fault(("orchestration", "policy"), problem, _choice(learns), "warning")


def _alternatives(place: Place, rule: Rule, action: Action, scenario: Scenario) -> Iterator[Fault]:
    able = {each.id: each for each in enabled_actions(scenario)}
    sent = action.kind in MESSAGES
    seen = {rule.do}
    for position, name in enumerate(rule.alternatives):
        other = able.get(name)
        if name in seen:
            problem = f'"{name}" is {"what the rule does" if name == rule.do else "listed"} already'
            yield Fault((*place, position), problem, "remove it", "warning")
        elif other is not None and (other.kind in MESSAGES) != sent:
            sorts = ("sent", "shown on the site") if sent else ("shown on the site", "sent")
            problem = f'"{rule.do}" is {sorts[0]}, but "{name}" is {sorts[1]}'
            fitting = [each.id for each in able.values() if (each.kind in MESSAGES) == sent and each.id != rule.do]
            such = f", such as {fitting[0]}" if fitting else ""
            yield Fault(
                (*place, position), problem, f'list what is {sorts[0]} too{such}, or give "{name}" its own rule'
            )
        seen.add(name)


def _candidates(actions: Sequence[Action], scenario: Scenario) -> int:
    """Among how many pairs of action and channel there is a choice at one moment, at most."""
    usable = [channel.id for channel in enabled_channels(scenario)]
    disabled = [channel.id for channel in scenario.channels if not channel.enabled]
    if actions[0].kind in MESSAGES:  # a misspelt channel, a finding of its own, counts as it was meant
        counts = [len(set(action.channels).difference(disabled)) for action in actions if action.kind in MESSAGES]
        return sum(counts) if "channels" in scenario.orchestration.learns else sum(count > 0 for count in counts)
    here = [sum(channel in (action.channels or usable) for action in actions) for channel in usable]
    return max(here, default=0)


def _choice(learns: Sequence[str]) -> str:
    """What would give the policy a choice."""
    ways = []
    if "actions" in learns:
        ways.append('give a rule alternatives, such as alternatives = ["another-action"]')
    if "channels" in learns:
        ways.append("list further channels in a message")
    ways += [f'add "{what}" to orchestration.learns' for what in ("actions", "channels") if what not in learns]
    return ", or ".join(ways)
