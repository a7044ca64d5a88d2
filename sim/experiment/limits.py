"""What each limit and rule on the way to an action costs: the same customers without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.outcomes.definitions import COSTS
from sim.outcomes.eligibility_steps import GOT_IT, Counts
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.resolve import alternatives_of, enabled_actions, enabled_channels, optimises, policy_of, working_rules

if TYPE_CHECKING:
    from sim.experiment.comparison import Difference
    from sim.experiment.results import Results
    from sim.scenario.experiment import Arm
    from sim.scenario.orchestration import Action, Cap
    from sim.scenario.scenario import Scenario

_NO_CAP: Final = 1000
_NO_BUDGET: Final = 1e15
"""The most that a file may say."""
AS_IT_IS: Final = "as-it-is"


@dataclass(frozen=True)
class Limit:
    """Something that may keep customers from an action, and the values under which it does not."""

    label: str
    lifted: dict[str, Any]
    """by address"""


@dataclass(frozen=True)
class Cost:
    """What the same customers do without a limit."""

    limit: Limit
    got: float
    """share of arrivals that get the action without it, over all replications"""
    differences: dict[str, Difference]
    """by outcome, of `COSTS`: without the limit less with it"""


def limits_on(scenario: Scenario, action: str) -> list[Limit]:
    """What stands between customers and an action, in the order in which it is checked; at last its rules themselves.

    Only what the policy of the scenario obeys is there: of a transactional action, conditions and cooldowns.
    """
    [does] = [each for each in enabled_actions(scenario) if each.id == action]
    rules = [rule for rule in working_rules(scenario) if action in _of(rule, scenario)]
    planned = policy_of(scenario).acts and not does.transactional
    return [
        *(limit for rule in rules for limit in _of_rule(rule)),
        *_weight(scenario, does),
        *(_shared(scenario, does) if planned else ()),
        *(Limit(f'The rule "{_name(rule)}" itself', {f"{_table(rule)}.{rule.id}.enabled": False}) for rule in rules),
    ]


def arms_without(limits: Sequence[Limit]) -> list[Arm]:
    """The scenario as it is, then without each of the limits."""
    from sim.scenario.experiment import Arm

    lifted = [
        Arm(id=f"without-{number}", name=f"Without: {limit.label}", set=limit.lifted)
        for number, limit in enumerate(limits, 1)
    ]
    return [Arm(id=AS_IT_IS, name="As it is"), *lifted]


def costs(results: Results, limits: Sequence[Limit], action: str) -> tuple[float, list[Cost]]:
    """The share that gets the action as things are, and what is so without each limit, from a run of `arms_without`."""

    def got(arm: str) -> float:
        counted = [one.eligibility.get(action, {}) for one in results.measured(arm)]
        return _share(counted)

    found = []
    for arm, limit in zip(results.arms[1:], limits, strict=True):
        differences = results.compare(arm, AS_IT_IS, only=COSTS).differences
        found.append(Cost(limit, got(arm), differences))
    return got(AS_IT_IS), found


def _share(counted: Sequence[Counts]) -> float:
    arrived = sum(sum(counts.values()) for counts in counted)
    return sum(counts.get(GOT_IT, 0.0) for counts in counted) / arrived if arrived else 0.0


def _weight(scenario: Scenario, action: Action) -> Iterator[Limit]:
    """What the brand has put on its scales, where the policy weighs."""
    if scenario.orchestration.policy == "next_best_action" and action.weight != 1:
        yield Limit(f"Business weight: {action.weight:g}", {f"actions.{action.id}.weight": 1})


def _of(rule: Rule | Broadcast, scenario: Scenario) -> set[str]:
    """The actions that a rule may take."""
    return {rule.do, *alternatives_of(scenario, rule)}


def _of_rule(rule: Rule | Broadcast) -> Iterator[Limit]:
    """What the rule itself asks for."""
    at, name = f"{_table(rule)}.{rule.id}", _name(rule)
    if rule.conditions:
        yield Limit(f'Conditions of "{name}"', {f"{at}.if": []})
    if isinstance(rule, Broadcast):
        if rule.segments:
            yield Limit(f'Segments of "{name}"', {f"{at}.segments": []})
        return
    if rule.stop:
        yield Limit(f'Stop conditions of "{name}"', {f"{at}.stop": []})
    if rule.cooldown:
        yield Limit(f'Cooldown of "{name}": {_days(rule.cooldown)}', {f"{at}.cooldown": 0})


def _shared(scenario: Scenario, action: Action) -> Iterator[Limit]:
    """What holds for all that the brand sends."""
    orchestration = scenario.orchestration
    if orchestration.holdout:
        yield Limit(f"Holdout: {100 * orchestration.holdout:g} % of customers", {"orchestration.holdout": 0})
    if action.kind in MESSAGES:
        yield from _of_messages(scenario, action)
    if orchestration.budget is not None:
        amounts = {name: getattr(orchestration.budget, name) for name in ("per_day", "total")}
        set_ = [name for name, amount in amounts.items() if amount is not None and amount < _NO_BUDGET]
        if set_:
            yield Limit("Budget", {f"orchestration.budget.{name}": _NO_BUDGET for name in set_})


def _of_messages(scenario: Scenario, action: Action) -> Iterator[Limit]:
    orchestration = scenario.orchestration
    own = [channel for channel in enabled_channels(scenario) if channel.id in action.channels]
    if orchestration.gap_hours and scenario.integration.mode == "omni":
        gap = f"Minimum gap between messages: {orchestration.gap_hours:g} hours"
        yield Limit(gap, {"orchestration.gap_hours": 0})
    names = {"total": "in total", **{channel.id: f"by {channel.name or channel.id}" for channel in own}}
    for id_, cap in orchestration.caps.items():
        if id_ in names and cap.max < _NO_CAP:
            yield Limit(f"Cap {names[id_]}: {_most(cap)}", {f"orchestration.caps.{id_}.max": _NO_CAP})
    for channel in own:
        if channel.quiet_hours and channel.quiet_hours[0] != channel.quiet_hours[1]:
            begin, end = channel.quiet_hours
            label = f"Quiet hours by {channel.name or channel.id}: {begin:g} to {end:g} h"
            yield Limit(label, {f"channels.{channel.id}.quiet_hours": [0, 0]})
    if optimises(scenario):
        label = f"Optimised for each customer: {', '.join(orchestration.optimise)}"
        yield Limit(label, {"orchestration.optimise_share": 0})


def _most(cap: Cap) -> str:
    return f"{cap.max} in {_days(cap.days)}"


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"


def _table(rule: Rule | Broadcast) -> str:
    return "rules" if isinstance(rule, Rule) else "broadcasts"


def _name(rule: Rule | Broadcast) -> str:
    return (rule.name if isinstance(rule, Rule) else None) or rule.id
