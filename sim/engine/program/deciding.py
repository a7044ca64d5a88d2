"""What the policy decides, from the scenario to arrays: among what it chooses, and which sends wait for it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.engine.program.arrays import floats, indices, sites, starts
from sim.engine.program.pairs import action_channels, pairs
from sim.engine.program.triggers import times_of, trigger_of
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.orchestration import Action, Broadcast, Rule
from sim.scenario.policies import number_of
from sim.scenario.resolve import alternatives_of, enabled_actions, enabled_channels, enabled_desks, policy_of
from sim.scenario.scenario import Scenario


def budgeted(scenario: Scenario) -> bool:
    """Whether money limits the sends."""
    return policy_of(scenario).acts and scenario.orchestration.budget is not None


def policy_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """The fields of `RuleTables` that say who decides, among what, and which sends wait for that."""
    policy = policy_of(scenario)
    return {
        "policy": number_of(scenario.orchestration.policy),
        "chooses": policy.chooses,
        "may_choose_nothing": policy.may_choose_nothing,
        "learns": policy.learns,
        "waits_for_failures": policy.waits_for_failures,
        "budgeted": budgeted(scenario),
        **_candidate_fields(scenario, rules),
        **_waiting_fields(scenario, rules),
    }


def candidates(scenario: Scenario, rule: Rule | Broadcast) -> tuple[tuple[str, str], ...]:
    """The pairs of an action and a channel among which a policy that chooses may choose for a rule (model 16).

    What is transactional is no alternative, and its rules choose nothing (model 10.3).
    """
    chosen = chosen_actions(scenario, rule)
    return tuple((action.id, channel) for action in chosen for channel in action_channels(scenario, action))


def chosen_actions(scenario: Scenario, rule: Rule | Broadcast) -> list[Action]:
    """The actions of a rule's candidates, its own first."""
    able = {action.id: action for action in enabled_actions(scenario) if not action.transactional}
    if rule.do not in able:
        return []
    named = dict.fromkeys((rule.do, *alternatives_of(scenario, rule)))
    return [able[id_] for id_ in named if id_ in able]


def _candidate_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    number_of = {pair: number for number, pair in enumerate(pairs(scenario))}
    listed = [candidates(scenario, rule) if policy_of(scenario).chooses else () for rule in rules]
    return {
        "every_channel": "channels" in scenario.orchestration.learns,
        "candidate_first": starts(map(len, listed)),
        "candidate_pair": indices(number_of[pair] for group in listed for pair in group),
        "candidate_alignment": floats(
            part
            for rule, group in zip(rules, listed, strict=True)
            for part in _alignment([action.id for action in chosen_actions(scenario, rule)], group)
        ),
        "candidate_site": sites(
            f"rule:{rule.id}/action:{action}@{channel}"
            for rule, group in zip(rules, listed, strict=True)
            for action, channel in group
        ),
    }


def _alignment(actions: Sequence[str], group: Sequence[tuple[str, str]]) -> list[float]:
    """Of each candidate of a rule, how close its action is to the rule's own, the first of its actions (model 29)."""
    return [1.0 / (1.0 + actions.index(action)) for action, _ in group]


def _waiting_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """What is decided for all together, and whether customers may be brought beyond a tick.

    They may not where a step of theirs may at once show something that hangs on what is learned or spent, nor where
    they meet others at a desk.
    """
    actions = {action.id: action for action in enabled_actions(scenario)}
    channel_cost = {channel.id: channel.cost for channel in enabled_channels(scenario)}

    def cost(pair: tuple[str, str]) -> float:
        action, channel = pair
        return actions[action].cost + (channel_cost[channel] if actions[action].kind in MESSAGES else 0.0)

    def learned_of(rule: Rule | Broadcast) -> bool:
        taken = candidates(scenario, rule)
        on_site = actions[rule.do].kind not in MESSAGES
        others = 0 if policy_of(scenario).may_choose_nothing else 1
        number = len({action for action, _ in taken}) if on_site else len(taken)
        return policy_of(scenario).learns and number > others

    def asks(rule: Rule | Broadcast) -> bool:
        return budgeted(scenario) and any(cost(pair) > 0 for pair in candidates(scenario, rule))

    waits = [learned_of(rule) or asks(rule) for rule in rules]
    learned = {pair for rule in rules if learned_of(rule) for pair in candidates(scenario, rule)}
    without_delay = [not (isinstance(rule, Rule) and rule.delay) for rule in rules]
    at_once = [
        waiting and now and actions[rule.do].kind not in MESSAGES
        for rule, waiting, now in zip(rules, waits, without_delay, strict=True)
    ]
    planned = [
        budgeted(scenario)
        and now
        and times_of(trigger_of(rule), scenario) is not None
        and not actions[rule.do].transactional
        for rule, now in zip(rules, without_delay, strict=True)
    ]
    return {
        "runs_ahead": not any(at_once) and not enabled_desks(scenario),
        "pair_learned": np.array([pair in learned for pair in pairs(scenario)], np.bool_),
        "rule_waits": np.array(waits, np.bool_),
        "rule_planned": np.array(planned, np.bool_),
        "rule_site": sites(f"rule:{rule.id}" for rule in rules),
    }
