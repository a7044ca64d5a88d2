"""What the brand does, from the scenario to arrays (model, part 2)."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.engine.program import rule_tables as codes
from sim.engine.program.arrays import floats, indices, sites, starts
from sim.engine.program.conditions import condition_fields, score_fields
from sim.engine.program.contents import content_fields
from sim.engine.program.deciding import policy_fields
from sim.engine.program.gains import gain_fields
from sim.engine.program.pairs import action_channels
from sim.engine.program.triggers import priority_of, trigger_fields, trigger_of
from sim.scenario import distributions as written
from sim.scenario.action_kinds import ACTION_KINDS, MESSAGES
from sim.scenario.orchestration import Broadcast, Cap, Personalization, Rule
from sim.scenario.profile import KINDS, LONGEST_IDLE
from sim.scenario.regimes import NOTHING_OFF, Off
from sim.scenario.resolve import (
    enabled_actions,
    enabled_channels,
    enabled_touchpoints,
    identified,
    optimised,
    policy_of,
    working_rules,
)
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import attribute_values, facts_asked_for

_CAPPED = {"drop": codes.DROP, "hold": codes.HOLD, "defer": codes.DEFER}
_LEVELS = ("none", "segment", "individual", "realtime")
TIME_TO_ACT = written.Lognormal(family="lognormal", median=2.1, sigma=math.sqrt(2.0 * math.log(23.2 / 2.1)))
"""Hours from the delivery of a message to acting on it, where a channel says nothing: mean 23.2."""


def rule_fields(scenario: Scenario, distributions: DistributionRows, off: Off = NOTHING_OFF) -> dict[str, Any]:
    """The fields of `RuleTables`, with what is off for the time being."""
    rules = working_rules(scenario)
    return {
        "orchestrated": policy_of(scenario).acts or bool(rules),
        "rule_on": np.array([rule.id not in off.rules for rule in rules], np.bool_),
        "channel_down": np.array([channel.id in off.channels for channel in enabled_channels(scenario)], np.bool_),
        **policy_fields(scenario, rules),
        **gain_fields(scenario),
        "holdout": scenario.orchestration.holdout,
        "holdout_site": site("holdout"),
        "attribute_count": len(attribute_values(scenario)),
        **_profile_fields(scenario),
        **_optimising_fields(scenario),
        **content_fields(scenario, rules),
        **_personal_fields(scenario),
        **_channel_fields(scenario, distributions),
        **_cap_fields(scenario),
        **_action_fields(scenario),
        **_rule_fields(scenario, rules),
        **trigger_fields(scenario, rules),
        **condition_fields(scenario, rules),
        **score_fields(scenario),
    }


def _profile_fields(scenario: Scenario) -> dict[str, Any]:
    keep_days = math.inf if scenario.profile.keep_days is None else scenario.profile.keep_days
    return {
        "remembers": bool(facts_asked_for(scenario)),
        "fact_kept": np.array([kind in scenario.profile.facts for kind in KINDS], np.bool_),
        "keep_days": keep_days,
        "longest_idle": min(keep_days, LONGEST_IDLE),
    }


def _optimising_fields(scenario: Scenario) -> dict[str, Any]:
    orchestration = scenario.orchestration
    possible = optimised(scenario) if facts_asked_for(scenario) else ()
    return {
        "optimises": bool(possible),
        "optimises_hour": "hour" in possible,
        "optimises_channel": "channel" in possible,
        "optimises_content": "content" in possible,
        "optimise_from": orchestration.optimise_from,
        "optimise_prior": orchestration.optimise_prior,
        "optimise_share": orchestration.optimise_share,
        "optimise_site": site("optimise"),
    }


def _personal_fields(scenario: Scenario) -> dict[str, Any]:
    personalization = scenario.personalization if policy_of(scenario).acts else Personalization()
    level = personalization.level
    weights, need = _whole(personalization, "weights"), _whole(personalization, "need")
    engagement, conversion = _whole(personalization, "engagement_lift"), _whole(personalization, "conversion_lift")
    return {
        "level": _LEVELS.index(level),
        "close": level in ("individual", "realtime"),
        "need": need.get(level, 1.0),
        "dimensions": 0.0 if level == "none" else sum(weights[each] for each in dict.fromkeys(personalization.over)),
        "timing": level != "none" and "timing" in personalization.over,
        "engagement_lift": engagement.get(level, 0.0),
        "engagement_emotion": 0.3 * math.log1p(engagement.get(level, 0.0)),
        "conversion_appeal": math.log1p(conversion.get(level, 0.0)),
        "personal_cost": personalization.cost_per_contact,
    }


def _whole(personalization: Personalization, key: str) -> dict[str, float]:
    """A table of the scenario, with the defaults of what it leaves out."""
    return {**Personalization.model_fields[key].default, **getattr(personalization, key)}


def _channel_fields(scenario: Scenario, distributions: DistributionRows) -> dict[str, Any]:
    channels = enabled_channels(scenario)
    return {
        "delivery_rate": floats(channel.delivery_rate for channel in channels),
        "hour_effect": floats(math.nan if channel.hour_effect is None else channel.hour_effect for channel in channels),
        "opt_out_rate": floats(channel.opt_out_rate for channel in channels),
        "act_row": indices(distributions.add(channel.time_to_act_hours or TIME_TO_ACT) for channel in channels),
        "quiet_from": floats(channel.quiet_hours[0] if channel.quiet_hours else -1.0 for channel in channels),
        "quiet_to": floats(channel.quiet_hours[1] if channel.quiet_hours else -1.0 for channel in channels),
    }


def _cap_fields(scenario: Scenario) -> dict[str, Any]:
    """Caps of a channel, or of all; where not all channels are linked, the cap of all is one of each.

    With identities it counts in the one of the first channel among those linked, so these stand in the channels' order.
    """
    channels = [channel.id for channel in enabled_channels(scenario)]
    caps: list[Cap] = []
    by_profile: list[bool] = []
    of_channel: list[list[int]] = [[] for _ in channels]
    for name, cap in scenario.orchestration.caps.items():
        apart = name == "total" and (scenario.integration.mode != "omni" or identified(scenario))
        groups = [[c] for c in range(len(channels))] if apart else [list(range(len(channels)))]
        if name != "total":
            groups = [[channels.index(name)]] if name in channels else []
        for group in groups:
            for c in group:
                of_channel[c].append(len(caps))
            caps.append(cap)
            by_profile.append(apart and identified(scenario))
    rings = np.cumsum([0, *(cap.max for cap in caps)])
    return {
        "cap_first": starts(map(len, of_channel)),
        "cap_index": indices(cap for group in of_channel for cap in group),
        "cap_by_profile": np.array(by_profile, np.bool_),
        "cap_max": indices(cap.max for cap in caps),
        "cap_days": floats(cap.days for cap in caps),
        "cap_calendar": np.array([cap.period == "calendar" for cap in caps], np.bool_),
        "cap_ring": rings[:-1].astype(np.int32),
        "ring_size": int(rings[-1]),
        "capped": _CAPPED[scenario.orchestration.capped],
        "gap": scenario.orchestration.gap_hours / 24.0,
    }


def _action_fields(scenario: Scenario) -> dict[str, Any]:
    actions = enabled_actions(scenario)
    order = {channel.id: index for index, channel in enumerate(enabled_channels(scenario))}
    channel_of = {channel.id: channel for channel in enabled_channels(scenario)}
    touchpoints = {touchpoint.id: index for index, touchpoint in enumerate(enabled_touchpoints(scenario))}
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
        "pair_action": indices(index for index, names in enumerate(listed) for _ in names),
        "pair_site": sites(f"action:{action.id}@{channel.id}" for action, channel in each),
        "pair_open": floats(
            channel.open_rate if action.open_rate is None else action.open_rate for action, channel in each
        ),
        "pair_response": floats(
            channel.response_rate if action.response_rate is None else action.response_rate for action, channel in each
        ),
    }


def _rule_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    actions = {action.id: index for index, action in enumerate(enabled_actions(scenario))}
    triggers = [trigger_of(rule) for rule in rules]
    return {
        "rule_action": indices(actions[rule.do] for rule in rules),
        "rule_delay": floats(rule.delay if isinstance(rule, Rule) else 0.0 for rule in rules),
        "rule_cooldown": floats(rule.cooldown if isinstance(rule, Rule) else 0.0 for rule in rules),
        "rule_priority": floats(priority_of(rule) for rule in rules),
        "rule_after": floats(-1.0 if trigger.after is None else trigger.after for trigger in triggers),
    }
