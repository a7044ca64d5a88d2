"""What a scenario means once defaults are filled in and what is disabled is left out (model section 1)."""

from collections.abc import Mapping
from typing import Literal

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.channels_and_desks import Channel, Desk
from sim.scenario.journey import (
    COVARIATES,
    DEFAULT_COEFFICIENTS,
    DEFAULT_STAGES,
    Stage,
    Survey,
    Touchpoint,
    Transition,
)
from sim.scenario.orchestration import Action, Broadcast, Condition, Optimised, Rule
from sim.scenario.people import Segment
from sim.scenario.policies import POLICIES, Policy
from sim.scenario.scenario import Scenario

Role = Literal["progress", "neutral", "exit"]

_EVERYONE = (Segment(id="everyone"),)
_USUAL_STAGES = tuple(Stage(id=stage) for stage in DEFAULT_STAGES)
MOST_STAGES = 64
"""The stages that a customer has seen are kept as the bits of one number."""


def enabled_touchpoints(scenario: Scenario) -> tuple[Touchpoint, ...]:
    """The touchpoints that are not disabled, in file order."""
    return tuple(touchpoint for touchpoint in scenario.touchpoints if touchpoint.enabled)


def enabled_transitions(scenario: Scenario) -> tuple[Transition, ...]:
    """The transitions that are not disabled and join two enabled touchpoints, in file order."""
    present = {touchpoint.id for touchpoint in enabled_touchpoints(scenario)}
    return tuple(
        transition
        for transition in scenario.transitions
        if transition.enabled and transition.source in present and transition.target in present
    )


def enabled_channels(scenario: Scenario) -> tuple[Channel, ...]:
    """The channels that are not disabled, in file order."""
    return tuple(channel for channel in scenario.channels if channel.enabled)


def identified(scenario: Scenario) -> bool:
    """Whether it hangs on identities which channels are linked (model 25)."""
    return scenario.identity is not None and scenario.integration.mode == "omni"


def enabled_desks(scenario: Scenario) -> tuple[Desk, ...]:
    """The desks that are not disabled, in file order."""
    return tuple(desk for desk in scenario.desks if desk.enabled)


def enabled_surveys(scenario: Scenario) -> tuple[Survey, ...]:
    """The surveys that are not disabled, in file order."""
    return tuple(survey for survey in scenario.surveys if survey.enabled)


def enabled_actions(scenario: Scenario) -> tuple[Action, ...]:
    """The actions that are not disabled, in file order."""
    return tuple(action for action in scenario.actions if action.enabled)


def enabled_rules(scenario: Scenario) -> tuple[Rule | Broadcast, ...]:
    """The enabled rules that do an enabled action, in file order; broadcasts, which count as rules, come last."""
    able = {action.id for action in enabled_actions(scenario)}
    rules: list[Rule | Broadcast] = [*scenario.rules, *scenario.broadcasts]
    return tuple(rule for rule in rules if rule.enabled and rule.do in able)


def policy_of(scenario: Scenario) -> Policy:
    """How the brand decides what it sends."""
    return POLICIES[scenario.orchestration.policy]


def alternatives_of(scenario: Scenario, rule: Rule | Broadcast) -> tuple[str, ...]:
    """The alternatives that may be taken instead of a rule's own action: by the policy, or for their content."""
    if not isinstance(rule, Rule):
        return ()
    if policy_of(scenario).chooses:
        return rule.alternatives if "actions" in scenario.orchestration.learns else ()
    sent = any(action.id == rule.do and action.kind in MESSAGES for action in scenario.actions)
    return rule.alternatives if sent and "content" in optimised(scenario) else ()


def optimised(scenario: Scenario) -> tuple[Optimised, ...]:
    """What goes by what each customer opened or responded to so far (model 33)."""
    return scenario.orchestration.optimise if policy_of(scenario).acts else ()


def optimises(scenario: Scenario) -> bool:
    """Whether messages are optimised for anybody."""
    return bool(optimised(scenario)) and scenario.orchestration.optimise_share > 0


def working_rules(scenario: Scenario) -> tuple[Rule | Broadcast, ...]:
    """The enabled rules that the policy lets work; under `none` those that do something transactional (model 10.3)."""
    rules = enabled_rules(scenario)
    if policy_of(scenario).acts:
        return rules
    expected = {action.id for action in enabled_actions(scenario) if action.transactional}
    return tuple(rule for rule in rules if rule.do in expected)


def conditions_of(rule: Rule | Broadcast) -> tuple[Condition, ...]:
    """All conditions of a rule or broadcast; that of a broadcast's segments comes first."""
    if isinstance(rule, Broadcast) and rule.segments:
        return (("segment", "in", list(rule.segments)), *rule.conditions)
    return tuple(rule.conditions)


def desk_of(scenario: Scenario, touchpoint: Touchpoint) -> Desk | None:
    """The desk that serves customers at the touchpoint; None without one, or where it is disabled."""
    return next((desk for desk in enabled_desks(scenario) if desk.id == touchpoint.desk), None)


def segments(scenario: Scenario) -> tuple[Segment, ...]:
    """The segments, in file order; `everyone` alone where the scenario has none."""
    return scenario.segments or _EVERYONE


def liked_contents(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """The contents, each a trait and its value, that any segment likes or dislikes, in file order (model 33.6)."""
    named = (
        (trait, value)
        for segment in segments(scenario)
        for trait, values in segment.content.items()
        for value in values
    )
    return tuple(dict.fromkeys(named))


def stages(scenario: Scenario) -> tuple[Stage, ...]:
    """The stages in their order; the six usual ones where the scenario has none."""
    return scenario.stages or _USUAL_STAGES


def stage_of(scenario: Scenario, touchpoint: Touchpoint) -> str:
    """The id of the touchpoint's stage; the first stage where it names none."""
    return touchpoint.stage or stages(scenario)[0].id


def counts_for_its_stage(touchpoint: Touchpoint) -> bool:
    """Whether who enters the touchpoint has reached its stage: not at an exit, unless a goal is reached there."""
    return not touchpoint.exit or bool(touchpoint.goal)


def channel_shares(scenario: Scenario, touchpoint: Touchpoint) -> dict[str, float]:
    """Touchpoint share of each enabled channel that the touchpoint lists, in the order of `[[channels]]`.

    Left out, the channels are all enabled ones with share 1, but none at exits and lapsed touchpoints.
    """
    if touchpoint.exit or (touchpoint.lapsed and touchpoint.channels is None):
        return {}
    listed = touchpoint.channels
    shares = {}
    for channel in enabled_channels(scenario):
        if listed is None:
            shares[channel.id] = 1.0
        elif channel.id in listed:
            shares[channel.id] = listed[channel.id] if isinstance(listed, Mapping) else 1.0
    return shares


def roles(scenario: Scenario) -> dict[str, Role]:
    """The role of every transition between known touchpoints, by its key."""
    touchpoints = {touchpoint.id: touchpoint for touchpoint in scenario.touchpoints}
    order = {stage.id: index for index, stage in enumerate(stages(scenario))}
    positions = {id_: order.get(stage_of(scenario, touchpoint), 0) for id_, touchpoint in touchpoints.items()}
    by_key: dict[str, Role] = {}
    for transition in scenario.transitions:
        source, target = transition.source, transition.target
        if source in touchpoints and target in touchpoints:
            later = positions[target] > positions[source]
            by_key[transition.key] = transition.role or _derived_role(touchpoints[target], later)
    return by_key


def role_of(scenario: Scenario, transition: Transition) -> Role:
    """What the transition means to the customer: as given, or derived from its target."""
    return transition.role or roles(scenario)[transition.key]


def coefficients(scenario: Scenario, transition: Transition, role: Role | None = None) -> tuple[float, ...]:
    """The effect of each covariate on the transition, in the order of `COVARIATES`, shape (12,).

    Defaults of its role, replaced by the scenario's `[coefficients.ROLE]`, replaced by the transition's own `effects`.
    Who asks for many transitions passes the `role` from `roles`, which finds them all at once.
    """
    role = role or role_of(scenario, transition)
    merged = dict(DEFAULT_COEFFICIENTS[role])
    own = getattr(scenario.coefficients, role)
    merged.update({name: value for name in COVARIATES if (value := getattr(own, name)) is not None})
    merged.update(transition.effects)
    return tuple(merged[covariate] for covariate in COVARIATES)


def _derived_role(target: Touchpoint, later_stage: bool) -> Role:
    if target.exit == "churn" or target.lapsed:
        return "exit"
    return "progress" if target.exit == "completed" or later_stage else "neutral"
