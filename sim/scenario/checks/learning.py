"""Alternatives that no rule can take, and a policy that chooses without anything to choose between (model 16)."""

from collections.abc import Iterator, Sequence

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.checks.acting import acting_rules, taken
from sim.scenario.checks.medians import median
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.orchestration import Action, Rule
from sim.scenario.policies import PATIENCE, Policy
from sim.scenario.resolve import enabled_actions, enabled_channels, policy_of
from sim.scenario.scenario import Scenario


def check_learning(scenario: Scenario) -> Iterator[Fault]:
    """Alternatives given twice, of another sort or never chosen, rules without a choice, and responses too late."""
    learns = scenario.orchestration.learns
    policy = policy_of(scenario)
    for number, rule, action in acting_rules(scenario):
        key_path: KeyPath = ("rules", number, "alternatives")
        yield from _alternatives(key_path, rule, action, scenario)
        if policy.chooses and rule.alternatives and "actions" not in learns and not action.transactional:
            problem = "these are never used: the policy does not learn which action to choose"
            yield Fault(key_path, problem, 'add "actions" to orchestration.learns, or remove them', "warning")
    named = {name for rule in scenario.rules for name in (rule.do, *rule.alternatives)}
    told = named <= {action.id for action in scenario.actions}  # a misspelt action, a finding of its own, might be one
    least = 1 if policy.may_choose_nothing else 2
    choices = [actions for actions in taken(scenario) if policy.chooses and _candidates(actions, scenario) >= least]
    if policy.chooses and told and not choices:
        yield Fault(("orchestration", "policy"), *_no_choice(policy, learns), "warning")
    if policy.learns:
        yield from _too_late(choices, scenario)


def _too_late(choices: Sequence[Sequence[Action]], scenario: Scenario) -> Iterator[Fault]:
    """A warning for each channel on which at least half of the responses come when the policy no longer waits."""
    chosen = {
        channel for actions in choices for action in actions if action.kind in MESSAGES for channel in action.channels
    }
    for number, channel in enumerate(scenario.channels):
        if channel.id not in chosen or not channel.enabled or channel.time_to_act_hours is None:
            continue
        days = median(channel.time_to_act_hours) / 24
        if days >= PATIENCE:
            problem = (
                f"half of those who act on a message take {days:.3g} days or more, but the policy counts only "
                f"responses within {PATIENCE:g} days: it would never learn what works on this channel"
            )
            remedy = "give shorter times, or compare arms with fixed rules instead of a policy that learns"
            yield Fault(("channels", number, "time_to_act_hours"), problem, remedy, "warning")


def _alternatives(key_path: KeyPath, rule: Rule, action: Action, scenario: Scenario) -> Iterator[Fault]:
    able = {each.id: each for each in enabled_actions(scenario)}
    sent = action.kind in MESSAGES
    seen = {rule.do}
    for position, name in enumerate(rule.alternatives):
        other = able.get(name)
        if name in seen:
            problem = f'"{name}" is {"what the rule does" if name == rule.do else "listed"} already'
            yield Fault((*key_path, position), problem, "remove it", "warning")
        elif other is not None and (other.kind in MESSAGES) != sent:
            sorts = ("sent", "shown on the site") if sent else ("shown on the site", "sent")
            problem = f'"{rule.do}" is {sorts[0]}, but "{name}" is {sorts[1]}'
            fitting = [each.id for each in able.values() if (each.kind in MESSAGES) == sent and each.id != rule.do]
            such = f", such as {fitting[0]}" if fitting else ""
            yield Fault(
                (*key_path, position), problem, f'list what is {sorts[0]} too{such}, or give "{name}" its own rule'
            )
        seen.add(name)


def _candidates(actions: Sequence[Action], scenario: Scenario) -> int:
    """Among how many pairs of action and channel there is a choice at one moment, at most."""
    if actions[0].transactional:
        return 0
    usable = [channel.id for channel in enabled_channels(scenario)]
    disabled = [channel.id for channel in scenario.channels if not channel.enabled]
    if actions[0].kind in MESSAGES:  # a misspelt channel, a finding of its own, counts as it was meant
        counts = [len(set(action.channels).difference(disabled)) for action in actions if action.kind in MESSAGES]
        return sum(counts) if "channels" in scenario.orchestration.learns else sum(count > 0 for count in counts)
    here = [sum(channel in (action.channels or usable) for action in actions) for channel in usable]
    return max(here, default=0)


def _no_choice(policy: Policy, learns: Sequence[str]) -> tuple[str, str]:
    """Problem and remedy where nothing is to be chosen."""
    if policy.may_choose_nothing:
        problem = (
            "this policy has nothing to choose: no rule or broadcast sends or shows anything that it may leave out"
        )
        return problem, "add a rule with an action that is not transactional"
    problem = "this policy has nothing to choose between: no rule has more than one action or channel"
    return problem, _choice(learns)


def _choice(learns: Sequence[str]) -> str:
    """What would give the policy a choice."""
    remedies = []
    if "actions" in learns:
        remedies.append('give a rule alternatives, such as alternatives = ["another-action"]')
    if "channels" in learns:
        remedies.append("list further channels in a message")
    remedies += [f'add "{what}" to orchestration.learns' for what in ("actions", "channels") if what not in learns]
    return ", or ".join(remedies)
