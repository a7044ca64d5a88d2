"""What a scenario must have for an outcome to exist."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from sim.outcomes.versions import versions
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.channels_and_desks import Channel
from sim.scenario.orchestration import Action
from sim.scenario.remembered import remembered
from sim.scenario.resolve import (
    alternatives_of,
    channel_shares,
    enabled_actions,
    enabled_channels,
    enabled_desks,
    enabled_rules,
    enabled_surveys,
    enabled_touchpoints,
    optimised,
    policy_of,
)
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_asked_for

Need = Literal[
    "conversion",
    "purchase",
    "completion",
    "value",
    "earning",
    "money",
    "cost",
    "churn",
    "lapsing",
    "channel",
    "channels",
    "desk",
    "nps survey",
    "csat survey",
    "ces survey",
    "actions",
    "messages",
    "any message",
    "transactional",
    "acquisition",
    "bot",
    "budget",
    "profile",
    "optimising",
    "optimised",
    "controls",
    "optimising content",
    "optimised content",
    "content controls",
]


@dataclass(frozen=True)
class Requirement:
    """Something that a scenario has or has not."""

    phrase: str
    """what it is, after "needs …" """
    met: Callable[[Scenario], bool]
    later: bool = False
    """whether it is something that this version does not simulate yet"""


def _goal(scenario: Scenario, kind: str | None, valued: bool) -> bool:
    return any(
        touchpoint.goal and kind in (None, touchpoint.goal.kind) and (touchpoint.goal.value is not None or not valued)
        for touchpoint in enabled_touchpoints(scenario)
    )


def _exit(scenario: Scenario, kind: str) -> bool:
    return any(touchpoint.exit == kind for touchpoint in enabled_touchpoints(scenario))


def _desk(scenario: Scenario) -> bool:
    desks = {desk.id for desk in enabled_desks(scenario)}
    return any(touchpoint.desk in desks for touchpoint in enabled_touchpoints(scenario))


def _survey(scenario: Scenario, kind: str) -> bool:
    present = {touchpoint.id for touchpoint in enabled_touchpoints(scenario)}
    return any(survey.kind == kind and present.intersection(survey.at) for survey in enabled_surveys(scenario))


def channels_in_use(scenario: Scenario) -> set[str]:
    """Ids of the enabled channels on which a contact can happen."""
    met = {channel for point in enabled_touchpoints(scenario) for channel in channel_shares(scenario, point)}
    return met | {channel.id for channel in enabled_channels(scenario) if buys_on(channel)}


def has_cost(scenario: Scenario) -> bool:
    """Whether anything in the scenario costs money."""
    personalization = scenario.personalization
    return bool(
        any(channel.cost for channel in enabled_channels(scenario))
        or any(action.cost for action in acting(scenario))
        or (asked_of_brand(scenario) and personalization.level != "none" and personalization.cost_per_contact)
        or any(desk.cost_per_contact or desk.cost_per_hour for desk in enabled_desks(scenario))
        or scenario.money.setup
        or scenario.money.per_month
        or buys(scenario)
    )


def buys(scenario: Scenario) -> bool:
    """Whether arrivals are paid for."""
    return any(map(buys_on, enabled_channels(scenario)))


def buys_on(channel: Channel) -> bool:
    """Whether arrivals are paid for on a channel: their first contact is there, wherever they start (model 18)."""
    return channel.acquisition is not None and channel.acquisition.spend > 0


def asked_of_brand(scenario: Scenario) -> bool:
    """Whether anybody orchestrates."""
    return policy_of(scenario).acts


def acting(scenario: Scenario) -> list[Action]:
    """The actions that may be taken: those of rules and those of their alternatives that may be taken instead.

    Without a policy only transactional ones are (orchestration 10.3).
    """
    rules = enabled_rules(scenario)
    named = {rule.do for rule in rules}
    named |= {action for rule in rules for action in alternatives_of(scenario, rule)}
    able = [action for action in enabled_actions(scenario) if action.id in named]
    return able if asked_of_brand(scenario) else [action for action in able if action.transactional]


def _messages(scenario: Scenario, *transactional: bool) -> bool:
    """Whether messages are sent that are `transactional`, or not, or either."""
    return any(action.kind in MESSAGES and action.transactional in transactional for action in acting(scenario))


def _optimises(scenario: Scenario) -> bool:
    """Whether messages are optimised by what each customer opened (model 33)."""
    return bool({"hour", "channel"}.intersection(optimised(scenario))) and _messages(scenario, False)


def _optimises_content(scenario: Scenario) -> bool:
    """Whether messages are optimised by what each customer responded to (model 33.6)."""
    return "content" in optimised(scenario) and _messages(scenario, False)


def _never(_: Scenario) -> bool:
    return False


NEEDS: Final[dict[Need, Requirement]] = {
    "conversion": Requirement("a goal of kind conversion", lambda s: _goal(s, "conversion", valued=False)),
    "purchase": Requirement("a conversion goal with a value", lambda s: _goal(s, "conversion", valued=True)),
    "completion": Requirement(
        "a goal of kind completion or an exit of kind completed",
        lambda s: _goal(s, "completion", valued=False) or _exit(s, "completed"),
    ),
    "value": Requirement("a goal of kind value", lambda s: _goal(s, "value", valued=False)),
    "earning": Requirement("a goal with a value", lambda s: _goal(s, None, valued=True)),
    "money": Requirement("a goal with a value, or a cost", lambda s: _goal(s, None, valued=True) or has_cost(s)),
    "cost": Requirement("a cost", has_cost),
    "churn": Requirement("a churn exit", lambda s: _exit(s, "churn")),
    "lapsing": Requirement("a lapsed touchpoint", lambda s: any(t.lapsed for t in enabled_touchpoints(s))),
    "channel": Requirement("a channel", lambda s: bool(channels_in_use(s))),
    "channels": Requirement("two channels", lambda s: len(channels_in_use(s)) > 1),
    "desk": Requirement("a desk", _desk),
    "nps survey": Requirement("a survey of kind nps", lambda s: _survey(s, "nps")),
    "csat survey": Requirement("a survey of kind csat", lambda s: _survey(s, "csat")),
    "ces survey": Requirement("a survey of kind ces", lambda s: _survey(s, "ces")),
    "actions": Requirement(
        "a policy that sends or shows something", lambda s: any(not action.transactional for action in acting(s))
    ),
    "messages": Requirement("a policy that sends messages", lambda s: _messages(s, False)),
    "any message": Requirement(
        "a policy that sends messages, or a rule for a transactional one", lambda s: _messages(s, False, True)
    ),
    "transactional": Requirement("a rule for a transactional message", lambda s: _messages(s, True)),
    "acquisition": Requirement("bought arrivals", buys),
    "bot": Requirement("a bot", _never, later=True),
    "budget": Requirement("a budget for sends", lambda s: asked_of_brand(s) and s.orchestration.budget is not None),
    "profile": Requirement("a rule or score that looks at the profile", lambda s: bool(facts_asked_for(s))),
    "optimising": Requirement("an hour or channel that is optimised for each customer", _optimises),
    "optimised": Requirement(
        "an hour or channel that is optimised for each customer",
        lambda s: _optimises(s) and s.orchestration.optimise_share > 0,
    ),
    "controls": Requirement(
        "an hour or channel that is optimised for some customers and not for others",
        lambda s: _optimises(s) and s.orchestration.optimise_share < 1,
    ),
    "optimising content": Requirement("content that is optimised for each customer", _optimises_content),
    "optimised content": Requirement(
        "content that is optimised for each customer",
        lambda s: _optimises_content(s) and s.orchestration.optimise_share > 0,
    ),
    "content controls": Requirement(
        "content that is optimised for some customers and not for others",
        lambda s: _optimises_content(s) and s.orchestration.optimise_share < 1,
    ),
}
"""Every requirement by name."""


def can(need: Need, scenario: Scenario) -> bool:
    """Whether the need is met at any time that a run of the scenario may come to."""
    return any(NEEDS[need].met(version) for version in versions(scenario))


@remembered
def wins_customers(scenario: Scenario) -> bool:
    """Whether somebody may convert."""
    return can("conversion", scenario)


@remembered
def may_hold_out(scenario: Scenario) -> bool:
    """Whether customers may be held out."""
    return any(version.orchestration.holdout > 0 for version in versions(scenario))
