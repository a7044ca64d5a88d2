"""What the brand does, from the scenario to arrays (model, part 2)."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.engine.program import rule_tables as codes
from sim.engine.program.arrays import floats, indices, sites, starts
from sim.engine.program.conditions import condition_fields, counted, score_fields
from sim.scenario import distributions as written
from sim.scenario.action_kinds import ACTION_KINDS, MESSAGES
from sim.scenario.moments import day_of
from sim.scenario.orchestration import Action, Broadcast, Cap, Personalization, Rule, Trigger
from sim.scenario.regimes import NOTHING_OFF, Off
from sim.scenario.resolve import (
    channel_shares,
    enabled_actions,
    enabled_channels,
    enabled_desks,
    enabled_touchpoints,
    working_rules,
)
from sim.scenario.scenario import Scenario
from sim.scenario.shifts import WEEKDAYS
from sim.scenario.subjects import attribute_values

_CAPPED = {"drop": codes.DROP, "hold": codes.HOLD, "defer": codes.DEFER}
_LEVELS = ("none", "segment", "individual", "realtime")
TIME_TO_ACT = written.Lognormal(family="lognormal", median=2.1, sigma=math.sqrt(2.0 * math.log(23.2 / 2.1)))
"""Hours from the delivery of a message to acting on it, where a channel says nothing: mean 23.2."""


def rule_fields(scenario: Scenario, distributions: DistributionRows, off: Off = NOTHING_OFF) -> dict[str, Any]:
    """The fields of `RuleTables`, with what is off for the time being."""
    rules = working_rules(scenario)
    return {
        "orchestrated": scenario.orchestration.policy != "none" or bool(rules),
        "budgeted": budgeted(scenario),
        "rule_on": np.array([rule.id not in off.rules for rule in rules], np.bool_),
        "channel_down": np.array([channel.id in off.channels for channel in enabled_channels(scenario)], np.bool_),
        **_candidate_fields(scenario, rules),
        **_ahead_fields(scenario, rules),
        "holdout": scenario.orchestration.holdout,
        "holdout_site": site("holdout"),
        "attribute_count": len(attribute_values(scenario)),
        **_personal_fields(scenario),
        **_channel_fields(scenario, distributions),
        **_cap_fields(scenario),
        **_action_fields(scenario),
        **_rule_fields(scenario, rules),
        **_trigger_fields(scenario, [_trigger(rule) for rule in rules]),
        **condition_fields(scenario, rules),
        **score_fields(scenario),
    }


def budgeted(scenario: Scenario) -> bool:
    """Whether money limits the sends."""
    return scenario.orchestration.policy != "none" and scenario.orchestration.budget is not None


def learns(scenario: Scenario) -> bool:
    """Whether the policy learns."""
    return scenario.orchestration.policy == "bandit"


def candidates(scenario: Scenario, rule: Rule | Broadcast) -> tuple[tuple[str, str], ...]:
    """The pairs of an action and a channel among which a policy that learns chooses for a rule (model 16).

    What is transactional is no alternative, and its rules choose nothing (model 10.3).
    """
    able = {action.id: action for action in enabled_actions(scenario) if not action.transactional}
    if rule.do not in able:
        return ()
    others = rule.alternatives if isinstance(rule, Rule) and "actions" in scenario.orchestration.learns else ()
    chosen = [able[id_] for id_ in dict.fromkeys((rule.do, *others)) if id_ in able]
    return tuple((action.id, channel) for action in chosen for channel in action_channels(scenario, action))


def _candidate_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    place = {pair: number for number, pair in enumerate(pairs(scenario))}
    listed = [candidates(scenario, rule) for rule in rules] if learns(scenario) else [() for _ in rules]
    return {
        "learns": learns(scenario),
        "every_channel": "channels" in scenario.orchestration.learns,
        "candidate_first": starts(map(len, listed)),
        "candidate_pair": indices(place[pair] for group in listed for pair in group),
        "candidate_site": sites(
            f"rule:{rule.id}/action:{action}@{channel}"
            for rule, group in zip(rules, listed, strict=True)
            for action, channel in group
        ),
    }


def _ahead_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """What is decided for all together, and whether customers may be brought beyond a tick.

    They may not where a step of theirs may at once show something that hangs on what is learned or spent, nor where
    they meet others at a desk.
    """
    actions = {action.id: action for action in enabled_actions(scenario)}
    channel_cost = {channel.id: channel.cost for channel in enabled_channels(scenario)}

    def cost(pair: tuple[str, str]) -> float:
        action, channel = pair
        return actions[action].cost + (channel_cost[channel] if actions[action].kind in MESSAGES else 0.0)

    def chooses(rule: Rule | Broadcast) -> bool:
        taken = candidates(scenario, rule)
        on_site = actions[rule.do].kind not in MESSAGES
        return learns(scenario) and (len({action for action, _ in taken}) if on_site else len(taken)) > 1

    def asks(rule: Rule | Broadcast) -> bool:
        return budgeted(scenario) and any(cost(pair) > 0 for pair in candidates(scenario, rule))

    waits = [chooses(rule) or asks(rule) for rule in rules]
    learned = {pair for rule in rules if chooses(rule) for pair in candidates(scenario, rule)}
    without_delay = [not (isinstance(rule, Rule) and rule.delay) for rule in rules]
    at_once = [
        waiting and now and actions[rule.do].kind not in MESSAGES
        for rule, waiting, now in zip(rules, waits, without_delay, strict=True)
    ]
    planned = [
        budgeted(scenario)
        and now
        and _times(_trigger(rule), scenario) is not None
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


def _personal_fields(scenario: Scenario) -> dict[str, Any]:
    asked = scenario.personalization if scenario.orchestration.policy != "none" else Personalization()
    level = asked.level
    weights, need = _whole(asked, "weights"), _whole(asked, "need")
    engagement, conversion = _whole(asked, "engagement_lift"), _whole(asked, "conversion_lift")
    return {
        "level": _LEVELS.index(level),
        "close": level in ("individual", "realtime"),
        "need": need.get(level, 1.0),
        "dimensions": sum(weights[dimension] for dimension in dict.fromkeys(asked.over)) if level != "none" else 0.0,
        "timing": level != "none" and "timing" in asked.over,
        "engagement_lift": engagement.get(level, 0.0),
        "engagement_emotion": 0.3 * math.log1p(engagement.get(level, 0.0)),
        "conversion_appeal": math.log1p(conversion.get(level, 0.0)),
        "personal_cost": asked.cost_per_contact,
    }


def _whole(asked: Personalization, key: str) -> dict[str, float]:
    """A table of the scenario, with the defaults of what it leaves out."""
    return {**Personalization.model_fields[key].default, **getattr(asked, key)}


def _channel_fields(scenario: Scenario, distributions: DistributionRows) -> dict[str, Any]:
    channels = enabled_channels(scenario)
    return {
        "delivery_rate": floats(channel.delivery_rate for channel in channels),
        "opt_out_rate": floats(channel.opt_out_rate for channel in channels),
        "act_row": indices(distributions.add(channel.time_to_act_hours or TIME_TO_ACT) for channel in channels),
        "quiet_from": floats(channel.quiet_hours[0] if channel.quiet_hours else -1.0 for channel in channels),
        "quiet_to": floats(channel.quiet_hours[1] if channel.quiet_hours else -1.0 for channel in channels),
    }


def _cap_fields(scenario: Scenario) -> dict[str, Any]:
    """Slots: a cap of a channel, or of all; across channels that are not linked, the cap of all is one of each."""
    channels = [channel.id for channel in enabled_channels(scenario)]
    caps = scenario.orchestration.caps
    slots: list[Cap] = []
    of_channel: list[list[int]] = [[] for _ in channels]
    for name, cap in caps.items():
        apart = name == "total" and scenario.integration.mode != "omni"
        groups = [[c] for c in range(len(channels))] if apart else [list(range(len(channels)))]
        if name != "total":
            groups = [[channels.index(name)]] if name in channels else []
        for group in groups:
            for c in group:
                of_channel[c].append(len(slots))
            slots.append(cap)
    rings = np.cumsum([0, *(cap.max for cap in slots)])
    return {
        "slot_first": starts(map(len, of_channel)),
        "slot_index": indices(slot for group in of_channel for slot in group),
        "slot_max": indices(cap.max for cap in slots),
        "slot_days": floats(cap.days for cap in slots),
        "slot_calendar": np.array([cap.period == "calendar" for cap in slots], np.bool_),
        "slot_ring": rings[:-1].astype(np.int32),
        "ring_size": int(rings[-1]),
        "capped": _CAPPED[scenario.orchestration.capped],
        "gap": scenario.orchestration.gap_hours / 24.0,
    }


def action_channels(scenario: Scenario, action: Action) -> tuple[str, ...]:
    """The channels on which an action can happen: its own, or all that are met for an on-site action without any."""
    enabled = [channel.id for channel in enabled_channels(scenario)]
    if action.channels or action.kind in MESSAGES:
        return tuple(channel for channel in action.channels if channel in enabled)
    met = {channel for touchpoint in enabled_touchpoints(scenario) for channel in channel_shares(scenario, touchpoint)}
    met |= {channel.id for channel in scenario.channels if channel.acquisition}  # the first visit of who was bought
    return tuple(channel for channel in enabled if channel in met)


def pairs(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Every enabled action with each of its channels."""
    return tuple(
        (action.id, channel) for action in enabled_actions(scenario) for channel in action_channels(scenario, action)
    )


def _action_fields(scenario: Scenario) -> dict[str, Any]:
    actions = enabled_actions(scenario)
    order = {channel.id: place for place, channel in enumerate(enabled_channels(scenario))}
    channel_of = {channel.id: channel for channel in enabled_channels(scenario)}
    touchpoints = {touchpoint.id: place for place, touchpoint in enumerate(enabled_touchpoints(scenario))}
    listed = [action_channels(scenario, action) for action in actions]
    each = [(action, channel_of[channel]) for action, names in zip(actions, listed, strict=True) for channel in names]
    return {
        "action_on_site": np.array([action.kind not in MESSAGES for action in actions], np.bool_),
        "action_transactional": np.array([action.transactional for action in actions], np.bool_),
        "action_tires": floats(0.0 if action.transactional else ACTION_KINDS[action.kind].tires for action in actions),
        "action_cost": floats(action.cost for action in actions),
        "action_discount": floats(0.0 if action.transactional else action.discount for action in actions),
        "action_valid": floats(action.valid_days for action in actions),
        "action_leads": indices(touchpoints.get(action.leads_to or "", -1) for action in actions),
        "action_nudge": floats(1.0 if action.nudge is None else action.nudge for action in actions),
        "action_support": floats(
            -1.0 if action.support_after is None or action.kind not in MESSAGES else action.support_after
            for action in actions
        ),
        "pair_first": starts(map(len, listed)),
        "pair_channel": indices(order[channel.id] for _, channel in each),
        "pair_action": indices(place for place, names in enumerate(listed) for _ in names),
        "pair_site": sites(f"action:{action.id}@{channel.id}" for action, channel in each),
        "pair_open": floats(
            channel.open_rate if action.open_rate is None else action.open_rate for action, channel in each
        ),
        "pair_response": floats(
            channel.response_rate if action.response_rate is None else action.response_rate for action, channel in each
        ),
    }


def _rule_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    actions = {action.id: place for place, action in enumerate(enabled_actions(scenario))}
    triggers = [_trigger(rule) for rule in rules]
    return {
        "rule_action": indices(actions[rule.do] for rule in rules),
        "rule_delay": floats(rule.delay if isinstance(rule, Rule) else 0.0 for rule in rules),
        "rule_cooldown": floats(rule.cooldown if isinstance(rule, Rule) else 0.0 for rule in rules),
        "rule_priority": floats(_priority(rule) for rule in rules),
        "rule_after": floats(-1.0 if trigger.after is None else trigger.after for trigger in triggers),
    }


def _trigger_fields(scenario: Scenario, triggers: Sequence[Trigger]) -> dict[str, Any]:
    touchpoints = [touchpoint.id for touchpoint in enabled_touchpoints(scenario)]
    rules = working_rules(scenario)
    asked = sorted(range(len(rules)), key=lambda r: (-_priority(rules[r]), r))
    entered = [[r for r, trigger in enumerate(triggers) if trigger.entered == name] for name in touchpoints]
    without = [[r for r, trigger in enumerate(triggers) if trigger.without == name] for name in touchpoints]
    leaving = [[r for r in asked if triggers[r].leaving in (True, name)] for name in touchpoints]
    idle = [r for r, trigger in enumerate(triggers) if trigger.idle is not None]
    count = [r for r, trigger in enumerate(triggers) if trigger.count is not None]
    score = [r for r, trigger in enumerate(triggers) if trigger.score is not None]
    scores = list(scenario.scores)
    counts = [counted(triggers[r].count or "", scenario) for r in count]
    times = {r: time for r, trigger in enumerate(triggers) if (time := _times(trigger, scenario)) is not None}
    return {
        "rule_order": indices(asked),
        "entered_first": starts(map(len, entered)),
        "entered_rule": indices(r for group in entered for r in group),
        "without_first": starts(map(len, without)),
        "without_rule": indices(r for group in without for r in group),
        "leaving_first": starts(map(len, leaving)),
        "leaving_rule": indices(r for group in leaving for r in group),
        "idle_rule": indices(idle),
        "idle_days": floats(triggers[r].idle or 0.0 for r in idle),
        "count_rule": indices(count),
        "count_subject": indices(subject for subject, _ in counts),
        "count_of": indices(of for _, of in counts),
        "count_reaches": floats(triggers[r].reaches or 0 for r in count),
        "score_rule": indices(score),
        "score_number": indices(scores.index(triggers[r].score or "") for r in score),
        "score_above": floats(_or(triggers[r].above, -math.inf) for r in score),
        "score_below": floats(_or(triggers[r].below, math.inf) for r in score),
        "timed_rule": indices(times),
        "timed_begin": floats(begin for begin, _ in times.values()),
        "timed_step": floats(step for _, step in times.values()),
    }


def _trigger(rule: Rule | Broadcast) -> Trigger:
    return rule.when if isinstance(rule, Rule) else Trigger(at=rule.at)


def _priority(rule: Rule | Broadcast) -> float:
    return float(rule.priority) if isinstance(rule, Rule) else 0.0


def _times(trigger: Trigger, scenario: Scenario) -> tuple[float, float] | None:
    """When a trigger by time comes first, and how many days later again (0: never); None for other triggers."""
    if trigger.at is not None:
        return day_of(trigger.at, scenario), 0.0
    if trigger.every is not None:
        day, clock = trigger.every.strip().lower().split()
        hour, minute = clock.split(":")
        days = (WEEKDAYS.index(day) - scenario.start_date.weekday()) % 7
        return days + (int(hour) + int(minute) / 60) / 24, 7.0
    return (0.0, scenario.orchestration.tick) if trigger.tick else None


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
