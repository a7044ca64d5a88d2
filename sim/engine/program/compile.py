"""From a scenario to its program."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws.distributions import DistributionRows
from sim.draws.sites import site
from sim.engine.program import tables as codes
from sim.engine.program.arrays import floats, indices, sites, starts
from sim.engine.program.deciding import budgeted
from sim.engine.program.pairs import pairs
from sim.engine.program.program import Program
from sim.engine.program.reference import affinity_reference
from sim.engine.program.rosters import roster
from sim.engine.program.rules import rule_fields
from sim.engine.program.timetable import Change
from sim.engine.program.visits import visit_fields
from sim.population import plan_population
from sim.scenario.journey import DEFAULT_COEFFICIENTS, Activity, Touchpoint
from sim.scenario.regimes import Off, regimes
from sim.scenario.resolve import (
    channel_shares,
    enabled_actions,
    enabled_channels,
    enabled_desks,
    enabled_surveys,
    enabled_touchpoints,
    enabled_transitions,
    identified,
    roles,
    segments,
    stage_of,
    stages,
    working_rules,
)
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import attribute_values

_GOALS = {"conversion": codes.CONVERSION, "value": codes.FIRST_VALUE, "completion": codes.COMPLETION}
_EXITS = {False: codes.NO_EXIT, "churn": codes.CHURN, "completed": codes.COMPLETED}
_MODES = {"single": codes.SINGLE, "multi": codes.MULTI, "omni": codes.OMNI}
_SURVEYS = {"nps": codes.NPS, "csat": codes.CSAT, "ces": codes.CES}
_PRIORITIES = {"first-come": codes.FIRST_COME, "value": codes.BY_VALUE, "churn-risk": codes.BY_CHURN_RISK}


def compile_program(scenario: Scenario, base: Scenario) -> Program:
    """The program of a scenario; `base` is what affinity and effort are measured against (model 2.4)."""
    measures = _measures(scenario, base)
    first, *later = [
        Change(regime.begin, _fields(regime.scenario, regime.off) | measures) for regime in regimes(scenario)
    ]
    touchpoints = enabled_touchpoints(scenario)
    desks = enabled_desks(scenario)
    return Program(
        horizon=float(scenario.horizon),
        tick=scenario.orchestration.tick,
        stages=_ids(stages(scenario)),
        segments=_ids(segments(scenario)),
        channels=_ids(enabled_channels(scenario)),
        touchpoints=_ids(touchpoints),
        transitions=tuple(transition.key for transition in enabled_transitions(scenario)),
        surveys=_ids(enabled_surveys(scenario)),
        desks=_ids(desks),
        rosters=tuple(roster(desk, scenario.start_date, scenario.horizon) for desk in desks),
        desk_costs=tuple(desk.cost_per_contact for desk in desks),
        actions=_ids(enabled_actions(scenario)),
        pairs=pairs(scenario),
        rules=_ids(working_rules(scenario)),
        attributes=attribute_values(scenario),
        population=plan_population(scenario),
        budget=scenario.orchestration.budget if budgeted(scenario) else None,
        fields=first.fields,
        changes=tuple(later),
    )


def _fields(scenario: Scenario, off: Off) -> dict[str, Any]:
    """The fields of `Tables` but `_measures`, with what is off for the time being."""
    touchpoints = enabled_touchpoints(scenario)
    distributions = DistributionRows()
    fields: dict[str, Any] = {}
    fields |= _touchpoint_fields(scenario, touchpoints, distributions)
    fields |= _channel_fields(scenario, touchpoints, off)
    fields |= _survey_fields(scenario, touchpoints)
    fields |= _choice_fields(scenario, touchpoints, distributions, off)
    fields |= visit_fields(scenario, fields, off)
    fields |= _desk_fields(scenario, distributions)
    fields |= _referral_fields(scenario, touchpoints, distributions)
    fields |= _constants(scenario)
    fields |= rule_fields(scenario, distributions, off)
    fields["rows"], fields["values"] = distributions.arrays()
    return fields


def _measures(scenario: Scenario, base: Scenario) -> dict[str, Any]:
    """What affinity and effort are measured against: the base, and the scenario for what the base has not."""
    base_effort = {touchpoint.id: touchpoint.effort for touchpoint in enabled_touchpoints(base)}
    return {
        "affinity_reference": affinity_reference(scenario, base),
        "effort_reference": floats(
            base_effort.get(touchpoint.id, touchpoint.effort) for touchpoint in enabled_touchpoints(scenario)
        ),
    }


def _touchpoint_fields(
    scenario: Scenario, touchpoints: Sequence[Touchpoint], distributions: DistributionRows
) -> dict[str, Any]:
    stage_order = {stage.id: index for index, stage in enumerate(stages(scenario))}
    desk_order = {desk.id: index for index, desk in enumerate(enabled_desks(scenario))}
    goals = [touchpoint.goal or None for touchpoint in touchpoints]
    return {
        "touchpoint_site": sites(f"touchpoint:{touchpoint.id}" for touchpoint in touchpoints),
        "touchpoint_exit": np.array([_EXITS[touchpoint.exit] for touchpoint in touchpoints], np.int8),
        "touchpoint_lapsed": np.array([touchpoint.lapsed for touchpoint in touchpoints], np.bool_),
        "touchpoint_stage": indices(stage_order[stage_of(scenario, touchpoint)] for touchpoint in touchpoints),
        "touchpoint_desk": indices(desk_order.get(touchpoint.desk or "", -1) for touchpoint in touchpoints),
        "emotion_mean": floats(touchpoint.emotion.mean for touchpoint in touchpoints),
        "emotion_sd": floats(touchpoint.emotion.sd for touchpoint in touchpoints),
        "effort": floats(touchpoint.effort for touchpoint in touchpoints),
        "profile_gain": floats(touchpoint.profile_gain for touchpoint in touchpoints),
        "goal_kind": np.array([_GOALS[goal.kind] if goal else codes.NO_GOAL for goal in goals], np.int8),
        "goal_row": indices(distributions.add(goal.value) if goal and goal.value is not None else -1 for goal in goals),
        "goal_margin": floats(goal.margin if goal else 1.0 for goal in goals),
        "goal_repeats": np.array([goal.repeats if goal else True for goal in goals], np.bool_),
    }


def _channel_fields(scenario: Scenario, touchpoints: Sequence[Touchpoint], off: Off) -> dict[str, Any]:
    channels = enabled_channels(scenario)
    order = {channel.id: index for index, channel in enumerate(channels)}
    mix = {channel.id: channel.mix for channel in channels}
    listed = [
        {
            channel: share
            for channel, share in channel_shares(scenario, touchpoint).items()
            if channel not in off.channels
        }
        for touchpoint in touchpoints
    ]
    return {
        "channel_first": starts(map(len, listed)),
        "channel_index": indices(order[channel] for shares in listed for channel in shares),
        "channel_weight": floats(share * mix[channel] for shares in listed for channel, share in shares.items()),
        "channel_cost": floats(channel.cost for channel in channels),
    }


def _referral_fields(
    scenario: Scenario, touchpoints: Sequence[Touchpoint], distributions: DistributionRows
) -> dict[str, Any]:
    refer = scenario.referrals
    told_at = set(refer.at) if refer else set()
    rate = refer.rate if refer else 0.0
    return {
        "refer_rate": floats(rate if touchpoint.id in told_at else 0.0 for touchpoint in touchpoints),
        "refer_sentiment": refer.sentiment if refer else 0.0,
        "refer_row": distributions.add(refer.delay) if refer and refer.delay is not None else -1,
        "refer_site": site("referrals"),
    }


def _survey_fields(scenario: Scenario, touchpoints: Sequence[Touchpoint]) -> dict[str, Any]:
    surveys = enabled_surveys(scenario)
    surveys_at = [[v for v, survey in enumerate(surveys) if touchpoint.id in survey.at] for touchpoint in touchpoints]
    return {
        "survey_first": starts(map(len, surveys_at)),
        "survey_index": indices(v for listed in surveys_at for v in listed),
        "survey_site": sites(
            f"survey:{surveys[v].id}@{touchpoint.id}"
            for touchpoint, listed in zip(touchpoints, surveys_at, strict=True)
            for v in listed
        ),
        "survey_kind": np.array([_SURVEYS[survey.kind] for survey in surveys], np.int8),
        "survey_rate": floats(survey.rate for survey in surveys),
    }


def _choice_fields(
    scenario: Scenario, touchpoints: Sequence[Touchpoint], distributions: DistributionRows, off: Off
) -> dict[str, Any]:
    order = {touchpoint.id: index for index, touchpoint in enumerate(touchpoints)}
    transitions = enabled_transitions(scenario)
    role = roles(scenario)
    leaving = [
        [number for number, transition in enumerate(transitions) if transition.source == touchpoint.id]
        for touchpoint in touchpoints
    ]
    numbers = [number for group in leaving for number in group]
    in_order = [transitions[number] for number in numbers]
    return {
        "choice_first": starts(map(len, leaving)),
        "choice_target": indices(order[transition.target] for transition in in_order),
        "choice_number": indices(numbers),
        "choice_exit": np.array([role[transition.key] == "exit" for transition in in_order], np.bool_),
        "choice_row": indices(distributions.add(transition.delay) for transition in in_order),
    }


def _desk_fields(scenario: Scenario, distributions: DistributionRows) -> dict[str, Any]:
    desks = enabled_desks(scenario)
    exit_effects = DEFAULT_COEFFICIENTS["exit"] | scenario.coefficients.exit.model_dump(exclude_none=True)
    return {
        "desk_service": indices(distributions.add(desk.service_minutes) for desk in desks),
        "desk_patience": indices(
            -1 if desk.patience_minutes is None else distributions.add(desk.patience_minutes) for desk in desks
        ),
        "desk_priority": np.array([_PRIORITIES[desk.priority] for desk in desks], np.int8),
        **{f"risk_{name}": float(exit_effects[name]) for name in ("propensity", "sentiment", "fatigue")},
    }


def _constants(scenario: Scenario) -> dict[str, Any]:
    behaviour = scenario.behaviour
    mode = scenario.integration.mode
    return {
        "clock": _cumulated(scenario.activity),
        "weekday": float(scenario.start_date.weekday()),
        "mode": _MODES[mode],
        "shares_triggers": mode == "multi" and scenario.integration.shared_triggers,
        "identified": identified(scenario),
        "carryover": scenario.integration.carryover if mode == "omni" else 0.0,
        "stickiness": behaviour.stickiness,
        "sentiment_rate": behaviour.sentiment_rate,
        "bad_below": behaviour.bad_below,
        "lost_emotion": behaviour.lost_context_emotion,
        "wait_emotion": behaviour.wait_emotion,
        "known": behaviour.known,
        "price_index": behaviour.price_index,
        "log_price": math.log(behaviour.price_index),
        "discount": math.log1p(scenario.money.discount_rate) / 365.0,
        "horizon": float(scenario.horizon),
    }


def _cumulated(activity: Activity | None) -> NDArray[np.float64]:
    """Activity cumulated over the hours of the week, days, shape (169,); empty without an activity clock."""
    if activity is None:
        return np.empty(0)
    weights = np.array(activity.weights)
    return np.append(0.0, np.cumsum(weights / weights.mean() / 24.0))


def _ids(parts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(part.id for part in parts)
