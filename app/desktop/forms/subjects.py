"""What conditions and scores can look at, in words: a label to choose by, and a phrase for sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.desktop.forms.source import Source
from sim.scenario.key import CURRENCY
from sim.scenario.profile import FACTS
from sim.scenario.said import worded
from sim.scenario.subjects import COUNTS, IDS, NO_CHANNEL, NUMBERS, Sort

WEEKDAYS: Final = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
FEELING, KNOWN, WHERE, DONE, MESSAGES, TIME, NOTED, SCORES = (
    "How they feel",
    "Who they are",
    "Where they are",
    "What they did",
    "Messages and offers",
    "Time",
    "What the brand has noted",
    "Scores",
)
GROUPS: Final = (FEELING, KNOWN, WHERE, DONE, MESSAGES, TIME, NOTED, SCORES)
OPERATORS: Final[dict[Sort, dict[str, str]]] = {
    "number": {
        ">": "is above",
        ">=": "is at least",
        "<": "is below",
        "<=": "is at most",
        "==": "is exactly",
        "!=": "is not",
        "in": "is one of",
        "not in": "is none of",
    },
    "id": {"==": "is", "!=": "is not", "in": "is one of", "not in": "is none of"},
    "truth": {"==": "is", "!=": "is not"},
}
"""The operators that fit each sort of subject, the usual one first."""
OPPOSITE: Final = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}


@dataclass(frozen=True)
class Said:
    """How a subject is said."""

    label: str
    """to choose by"""
    phrase: str
    """in a sentence, before `is above 3`"""
    group: str
    unit: str = ""
    term: str = ""
    """the word of the glossary that explains it"""


_SUBJECTS: Final = {
    "sentiment": Said("Sentiment", "sentiment", FEELING, "from -1 to 1", "sentiment"),
    "fatigue": Said("Fatigue", "fatigue", FEELING, "recent messages", "fatigue"),
    "nudge": Said("Nudge", "the push from the last nudge", MESSAGES, "", "nudge"),
    "profile": Said("Profile", "the profile", KNOWN, "from 0 to 1", "profile"),
    "discount": Said("Discount on offer", "the discount on offer", MESSAGES, "from 0 to 1"),
    "visits": Said("Visits", "the number of visits", DONE, "visits", "visit"),
    "contacts": Said("Contacts", "the number of contacts", DONE, "contacts", "contact"),
    "handoffs": Said("Handoffs", "the number of handoffs", DONE, "handoffs", "handoff"),
    "conversions": Said("Conversions", "the number of conversions", DONE, "conversions", "conversion"),
    "purchases": Said("Purchases", "the number of purchases", DONE, "purchases"),
    "revenue": Said("Money spent so far", "the money spent so far", DONE, CURRENCY),
    "messages": Said("Messages received", "the number of messages received", MESSAGES, "messages", "message"),
    "responses": Said("Responses", "the number of responses", MESSAGES, "responses", "response"),
    "days": Said("Days since arrival", "the time since arrival", TIME, "days", "arrival"),
    "idle_days": Said("Days without a sign", "the time without a sign", TIME, "days"),
    "hour": Said("Hour of the day", "the hour of the day", TIME, "o'clock"),
    "segment": Said("Segment", "the segment", KNOWN, term="segment"),
    "touchpoint": Said("Touchpoint", "the touchpoint", WHERE, term="touchpoint"),
    "stage": Said("Stage", "the stage", WHERE, term="stage"),
    "channel": Said("Channel of the last contact", "the channel of the last contact", WHERE, term="channel"),
    "weekday": Said("Weekday", "the weekday", TIME),
    "profile.contacts": Said("Contacts noted", "the number of contacts noted", NOTED, "contacts", "fact"),
    "profile.purchases": Said("Purchases noted", "the number of purchases noted", NOTED, "purchases", "fact"),
    "profile.messages": Said("Messages noted", "the number of messages noted", NOTED, "messages", "fact"),
    "profile.responses": Said("Responses noted", "the number of responses noted", NOTED, "responses", "fact"),
    "profile.revenue": Said("Money spent, as noted", "the money spent, as noted", NOTED, CURRENCY, "fact"),
    "profile.idle_days": Said(
        "Days since a contact was noted", "the time since a contact was noted", NOTED, "days", "fact"
    ),
    "consent": Said("Consent", "consent to the use of personal data", KNOWN),
}
_FACTS: Final = tuple(f"profile.{name}" for name in FACTS)
_PARTS: Final = {
    "visits": (Said("Visits to {}", "the number of visits to {}", DONE, "visits", "visit"), "touchpoints"),
    "opted_in": (Said("Accepts {}", "accepting {}", MESSAGES, term="opt-in"), "channels"),
    "attributes": (Said("Attribute: {}", "{}", KNOWN), "attributes"),
    "scores": (Said("Score: {}", "the score {}", SCORES, "from 0 to 1", "score"), "scores"),
}
"""Subjects that name something of the scenario, and of which kind it is."""


def said_of(subject: str, source: Source) -> Said:
    """How a subject is said, with the names of the scenario; one that nobody knows is said as it is written."""
    name, dot, of = subject.partition(".")
    if not dot or name not in _PARTS:
        return _SUBJECTS.get(subject, Said(subject, subject, WHERE))
    said, kind = _PARTS[name]
    if name == "scores" and _is_amount(of, source):
        said = replace(said, unit=CURRENCY)
    named = _names(kind, source).get(of, of)
    return Said(said.label.format(named), said.phrase.format(quoted(named)), said.group, said.unit, said.term)


def sort_of(subject: str) -> Sort:
    """Whether a subject is a number, one of several ids, or true or false."""
    name, dot, _ = subject.partition(".")
    if name == "consent" or (dot and name == "opted_in"):
        return "truth"
    return "id" if (dot and name == "attributes") or (not dot and name in IDS) else "number"


def subjects_in(source: Source) -> dict[str, list[str]]:
    """Every subject that a condition of this scenario may name, by group."""
    by_group: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name in (*NUMBERS, *IDS, "consent", *_FACTS):
        by_group[_SUBJECTS[name].group].append(name)
    for name, (said, kind) in _PARTS.items():
        by_group[said.group] += [f"{name}.{id_}" for id_ in _names(kind, source)]
    return {group: listed for group, listed in by_group.items() if listed}


def counts_in(source: Source) -> dict[str, str]:
    """What the trigger of a rule can count, in words."""
    listed = [*COUNTS, *(f"visits.{id_}" for id_ in source.named("touchpoints"))]
    return {subject: said_of(subject, source).label for subject in listed}


def scores_in(source: Source) -> dict[str, str]:
    """The scores that there are, in words."""
    return _names("scores", source)


def _is_amount(score: str, source: Source) -> bool:
    told = source.at(("scores", score))
    return isinstance(told, Mapping) and told.get("kind") == "amount"


def terms_in(source: Source) -> dict[str, str]:
    """Everything that a score can weigh, in words."""
    terms = {name: said_of(name, source).label for name in (*NUMBERS, *_FACTS)}
    terms |= {f"visits.{id_}": f"Visits to {name}" for id_, name in source.named("touchpoints").items()}
    terms |= {f"opted_in.{id_}": f"Accepts {name}" for id_, name in source.named("channels").items()}
    terms["consent"] = _SUBJECTS["consent"].label
    for kind in ("segment", "touchpoint", "stage", "channel"):
        for id_, name in values_of(kind, source).items():
            if id_ != NO_CHANNEL:
                terms[f"{kind}.{id_}"] = f"{worded(kind)} is {name}"
    for attribute in _names("attributes", source):
        for value in values_of(f"attributes.{attribute}", source):
            terms[f"attributes.{attribute}.{value}"] = f"{worded(attribute)} is {worded(value)}"
    return terms


def values_of(subject: str, source: Source) -> dict[str, str]:
    """The ids that a subject can be, with their names."""
    name, _, of = subject.partition(".")
    if name == "attributes":
        values: dict[str, str] = {}
        for weights in _attributes(source):
            given = weights.get(of)
            values |= {str(value): worded(str(value)) for value in given} if isinstance(given, Mapping) else {}
        return values
    if name == "weekday":
        return dict(WEEKDAYS)
    if name == "channel":
        return {**source.named("channels"), NO_CHANNEL: "None so far"}
    return dict(source.named(f"{name}s"))


def first_condition(subject: str, source: Source, like: Any = None) -> list[Any]:
    """A condition about a subject to begin with, keeping operator and value of `like` where they fit."""
    sort = sort_of(subject)
    if sort == "number":
        same = isinstance(like, list) and len(like) == 3 and sort_of(str(like[0])) == "number"
        return [subject, like[1], like[2]] if same else [subject, ">", 0]
    if sort == "truth":
        return [subject, "==", True]
    return [subject, "==", next(iter(values_of(subject, source)), "")]


def quoted(name: str) -> str:
    """A name within a sentence: in quotes where it has several words, which would be read as part of it."""
    return f"“{name}”" if " " in name else name


def _names(kind: str, source: Source) -> dict[str, str]:
    if kind == "scores":
        scores = source.at(("scores",))
        return {name: worded(name) for name in scores} if isinstance(scores, Mapping) else {}
    if kind == "attributes":
        return {name: worded(name) for weights in _attributes(source) for name in weights}
    return source.named(kind)


def _attributes(source: Source) -> Iterator[Mapping[str, Any]]:
    segments = source.at(("segments",))
    for segment in segments if isinstance(segments, list) else []:
        attributes = segment.get("attributes") if isinstance(segment, Mapping) else None
        if isinstance(attributes, Mapping):
            yield attributes
