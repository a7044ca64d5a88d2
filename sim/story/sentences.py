"""Moments of a customer's story in words."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.resolve import policy_of
from sim.scenario.scenario import Scenario
from sim.story.best_content import in_words as answers_in_words
from sim.story.best_hour import in_words
from sim.story.choice import parts_in_words, reason_of
from sim.story.moment import Moment

_REASONS: Final = {
    "holdout": "the customer belongs to the holdout",
    "stopped": "a stop condition is met",
    "not-there": "the customer is not there to see it",
    "opted-out": "the customer does not accept messages on {channel}",
    "not-linked": "{channel} does not know what happened",
    "cooldown": "the rule acted a short while ago (cooldown)",
    "conflict": "another message went out within the gap",
    "capped": "the cap is reached",
    "quiet": "{channel} has quiet hours now; it is put off",
    "budget": "the budget is used up",
    "unavailable": "{channel} is down",
    "nothing-chosen": "nothing was chosen instead",
    "under-way": "the rule is already at work",
}
"""Why nothing is sent, as a clause."""


def sentence_of(moment: Moment, scenario: Scenario, considered: Sequence[Moment] = ()) -> str:
    """One moment as a sentence without a subject: what the customer, or the brand, does.

    `considered` is what a choice was made among.
    """
    return f"{_what_happens(moment, scenario, considered)}{_misled_by(moment.others)}"


def _misled_by(others: Sequence[int]) -> str:
    """Whose facts the brand took for the customer's."""
    if not others:
        return ""
    named = f"customer {others[0]}" if len(others) == 1 else f"customers {', '.join(map(str, others))}"
    return f"; the profile also holds facts of {named}"


def _what_happens(moment: Moment, scenario: Scenario, considered: Sequence[Moment]) -> str:
    touchpoint = _name(scenario.touchpoints, moment.touchpoint)
    channel = _name(scenario.channels, moment.channel)
    on = f" on {channel}" if channel else ""
    action = _name(scenario.actions, moment.action)
    rule = _name((*scenario.rules, *scenario.broadcasts), moment.rule)
    value = moment.value if moment.value is not None else 0.0
    money = f"{value:,.2f} {scenario.currency}"
    match moment.event:
        case "enter":
            return f"enters {touchpoint}{on}"
        case "handoff":
            return f"switches to {channel}; what was said before is {'still known' if value else 'lost'}"
        case "asked":
            return f"asks to be served at {touchpoint}"
        case "called_back":
            return "takes a call-back"
        case "served":
            return f"is served after waiting {value:,.1f} min"
        case "gave_up":
            return f"gives up after waiting {value:,.1f} min"
        case "turned_away":
            return "is turned away"
        case "experience":
            bad = ", a bad experience" if value < scenario.behaviour.bad_below else ""
            return f"feels {value:+.2f} about it{bad}"
        case "conversion" | "value" | "completion":
            return f"reaches the goal of {touchpoint}" + (f": {money}" if value else "")
        case "nps" | "csat" | "ces":
            return f"answers the {moment.event.upper()} question with {value:.0f}"
        case "churn":
            return f"leaves for good: {touchpoint}"
        case "completed":
            return f"is done: {touchpoint}"
        case "sent":
            transactional = any(each.id == moment.action and each.transactional for each in scenario.actions)
            by = f"transactional, rule {rule}" if transactional else f"rule {rule}"
            return f"{action} {'goes out' if sent_on_channel(moment, scenario) else 'is shown'}{on} ({by})"
        case "delivered":
            return f"{action} arrives"
        case "opened":
            return f"{'opens' if sent_on_channel(moment, scenario) else 'sees'} {action}"
        case "opted_out":
            return f"opts out of messages{on}"
        case "responded":
            return f"acts on {action}" + ("" if value else "; it has no effect")
        case "considered":
            held = "nobody knows what it brings"
            if moment.channel is None:
                held = _of_content(moment)
            elif moment.value is not None and not policy_of(scenario).chooses:
                held = f"{100 * moment.value:.1f} % of what goes there is taken to be opened"
            elif moment.value is not None:
                held = policy_of(scenario).holds.format(value=value, percent=100 * value, currency=scenario.currency)
            sure = f"; {parts_in_words(moment.confidence)}" if moment.confidence else ""
            return f"{rule} considers {action}{on}: {held}{sure}"
        case "chosen":
            because = reason_of(moment, considered, scenario)
            return f"{rule} chooses {action + on if action else 'nothing'}" + (f": {because}" if because else "")
        case "ruled_out" if moment.reason == "without":
            return f"{action}{on} is not sent: {_without(scenario, moment.rule)} since (rule {rule})"
        case "passed_over" if moment.reason != "under-way":
            return f"{rule} is triggered, but its conditions are not met: {moment.reason}"
        case "ruled_out" if moment.hour is not None:
            return f"{rule} would send {action}{on}: {in_words(moment.hour)}"
        case _:
            why = _REASONS[moment.reason or ""].format(channel=channel or "it")
            return f"{rule} would send {action}{on}: {why}"


def _of_content(moment: Moment) -> str:
    """What is held of an action that was considered for its content."""
    if moment.value is None:
        return "too little is known of the customer, so it goes by lot"
    told = answers_in_words(moment.answered)
    held = f"{100 * moment.value:.1f} % of what looks like it is taken to be responded to"
    return f"{held} ({told})" if told else held


def sent_on_channel(moment: Moment, scenario: Scenario) -> bool:
    """Whether the action goes to wherever the customer is, rather than being shown to whoever is there."""
    return any(action.id == moment.action and action.kind in MESSAGES for action in scenario.actions)


def _without(scenario: Scenario, rule: str | None) -> str:
    """The touchpoint that a rule watches for before it sends, by its shown name."""
    return next(_name(scenario.touchpoints, each.when.without) for each in scenario.rules if each.id == rule)


def _name(parts: Iterable[Any], id_: str | None) -> str:
    """The shown name of the part with this id, in quotes; nothing without one."""
    name = next((getattr(part, "name", None) or part.id for part in parts if part.id == id_), id_)
    return f'"{name}"' if name else ""
