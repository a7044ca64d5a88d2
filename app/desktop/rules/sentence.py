"""A rule or a broadcast as one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.desktop.forms import words
from app.desktop.forms.amounts import duration, is_number
from app.desktop.forms.numbers import text_of
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import WEEKDAYS, scores_in
from app.desktop.rules.amounts import beginning_duration, listing, moment
from app.desktop.rules.conditions import all_of, count_words, given, name_of
from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.orchestration import Action


def rule_sentence(rule: Mapping[str, Any], source: Source) -> str:
    """What a rule does, with the scenario's names: when, if, do, how often, and what stops it."""
    off = "Disabled. " if rule.get("enabled") is False else ""
    parts = [trigger_words(rule.get("when"), source)]
    conditions = all_of(rule.get("if"), source)
    if conditions:
        parts.append(f"if {conditions}")
    delay = rule.get("delay", 0)
    does = action_words(rule.get("do"), source)
    parts.append(f"wait {duration(delay)}, then {does}" if delay else does)
    sentence = ", ".join(parts)
    others = [_named("actions", each, source) for each in rule.get("alternatives") or []]
    if others:
        sentence += f" (or {listing(others, 'or')}, where the policy chooses it instead)"
    if rule.get("cooldown"):
        sentence += f", at most once in {duration(rule['cooldown'])}".replace("in one day", "a day")
    stop = all_of(rule.get("stop"), source, "or")
    if stop:
        sentence += f"; unless by then {stop}"
    sentence += "."
    priority = rule.get("priority", 0)
    if priority:
        sentence += f" Its priority is {text_of(priority) if is_number(priority) else priority}."
    return off + sentence


def broadcast_sentence(broadcast: Mapping[str, Any], source: Source) -> str:
    """What a broadcast does: when, to whom, what."""
    off = "Disabled. " if broadcast.get("enabled") is False else ""
    segments = [name_of("segments", each, source) for each in broadcast.get("segments") or []]
    to = f"to everybody in {listing(segments, 'and')}" if segments else "to everybody"
    conditions = all_of(broadcast.get("if"), source)
    told = f" if {conditions}" if conditions else ""
    when = words.sentence(moment(broadcast.get("at", "…")))
    return f"{off}{when}, {action_words(broadcast.get('do'), source)} {to}{told}."


def trigger_words(when: Any, source: Source) -> str:
    """What sets a rule off, as the beginning of a sentence."""
    for kind, said in TRIGGERS.items():
        if given(when, kind) is not None:
            return said(when, source)
    return "At a moment not yet chosen"


def action_words(action: Any, source: Source) -> str:
    """What is done: `send “Cart reminder” by E-mail`; of what is transactional, that no limit holds it back."""
    if not action:
        return "do something not yet chosen"
    table = source.at(("actions", str(action)))
    if not isinstance(table, Mapping):
        return f"do “{action}”, which does not exist"
    kind = ACTION_KINDS.get(str(table.get("kind", Action.model_fields["kind"].default)))
    channels = [name_of("channels", each, source) for each in table.get("channels") or []]
    said = f"{kind.does if kind else 'do'} {_named('actions', action, source)}"
    if kind is None or not kind.is_message:
        return said + (f" on {listing(channels, 'or')}" if channels else "")
    past = " (transactional: exempt from all limits)" if table.get("transactional") is True else ""
    after = table.get("support_after")
    if after is not None and len(channels) > 1:
        return f"{said} by {', then by '.join(channels)}, {duration(after)} apart{past}"
    return said + (f" by {listing(channels, 'or else')}" if channels else "") + past


def _entered(when: Mapping[str, Any], source: Source) -> str:
    what = f"somebody enters {name_of('touchpoints', when['entered'], source)}"
    if when.get("without") is not None:
        what += f" without reaching {name_of('touchpoints', when['without'], source)} since"
    after = when.get("after")
    return f"When {what}" if not after else f"{beginning_duration(after)} after {what}"


def _leaving(when: Mapping[str, Any], source: Source) -> str:
    touchpoint = when["leaving"]
    of = "" if touchpoint is True else f" from {name_of('touchpoints', touchpoint, source)}"
    return f"When somebody is about to leave for good{of}"


def _idle(when: Mapping[str, Any], source: Source) -> str:
    return f"After {duration(when['idle'])} without any activity from a customer"


def _count(when: Mapping[str, Any], source: Source) -> str:
    reaches = when.get("reaches")
    limit = "a number not yet chosen" if reaches is None else text_of(reaches)
    return f"When a customer's number of {count_words(str(when['count']), source)} reaches {limit}"


def _score(when: Mapping[str, Any], source: Source) -> str:
    score = scores_in(source).get(str(when["score"]), f"“{when['score']}”")
    above, below = when.get("above"), when.get("below")
    if above is not None and below is not None:
        return f"When the score {score} is between {text_of(above)} and {text_of(below)}"
    if above is None and below is None:
        return f"When the score {score} passes a limit not yet chosen"
    passes = f"rises above {text_of(above)}" if above is not None else f"falls below {text_of(below)}"
    return f"When the score {score} {passes}"


def _at(when: Mapping[str, Any], source: Source) -> str:
    return words.sentence(moment(when["at"]))


def _every(when: Mapping[str, Any], source: Source) -> str:
    day, _, clock = str(when["every"]).strip().partition(" ")
    return f"Every {WEEKDAYS.get(day.lower(), day)} at {clock}"


def _tick(when: Mapping[str, Any], source: Source) -> str:
    tick = source.at(("orchestration", "tick"))
    return f"Each time the brand plans (every {duration(1 if tick is None else tick).removeprefix('one ')})"


TRIGGERS: Final[dict[str, Callable[[Mapping[str, Any], Source], str]]] = {
    "entered": _entered,
    "leaving": _leaving,
    "idle": _idle,
    "count": _count,
    "score": _score,
    "at": _at,
    "every": _every,
    "tick": _tick,
}
"""What each kind of trigger is in a sentence, by the key that tells it."""


def _named(kind: str, id_: Any, source: Source) -> str:
    return f"“{source.named(kind).get(str(id_), id_)}”"
