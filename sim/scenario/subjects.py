"""What conditions and scores speak of: the subjects that rules know (model 10.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.profile import FACTS, Kind
from sim.scenario.resolve import (
    conditions_of,
    enabled_channels,
    enabled_touchpoints,
    optimised,
    policy_of,
    segments,
    stages,
    working_rules,
)
from sim.scenario.scenario import Scenario
from sim.scenario.weekdays import WEEKDAYS

Sort = Literal["number", "truth", "id"]

NUMBERS: Final = (
    "sentiment", "fatigue", "nudge", "profile", "discount", "visits", "contacts", "handoffs", "conversions",
    "purchases", "revenue", "messages", "responses", "days", "idle_days", "hour",
)  # fmt: skip
"""Subjects that are numbers by themselves."""
IDS: Final = ("segment", "touchpoint", "stage", "channel", "weekday")
"""Subjects that are one of several ids."""
COUNTS: Final = ("visits", "contacts", "handoffs", "conversions", "purchases")
"""What a `count` trigger can watch, beside `visits.ID`."""
NO_CHANNEL: Final = "none"


@dataclass(frozen=True)
class Subject:
    """One thing that a condition can look at."""

    name: str
    """such as `sentiment`, `visits`, `attributes`, `opted_in`, `scores`"""
    of: str | None
    """the touchpoint, attribute, channel or score meant, where the name alone is not enough"""
    sort: Sort


def subject_of(text: str, scenario: Scenario) -> Subject | None:
    """The subject that a text such as `visits.cart` names; None where there is no such thing."""
    name, dot, of = text.partition(".")
    if not dot:
        if name in NUMBERS:
            return Subject(name, None, "number")
        if name in IDS:
            return Subject(name, None, "id")
        return Subject(name, None, "truth") if name == "consent" else None
    known: dict[str, tuple[Iterable[str], Sort]] = {
        "visits": ((touchpoint.id for touchpoint in enabled_touchpoints(scenario)), "number"),
        "attributes": (attribute_values(scenario), "id"),
        "opted_in": ((channel.id for channel in enabled_channels(scenario)), "truth"),
        "scores": (scenario.scores, "number"),
        "profile": (FACTS, "number"),
    }
    names, sort = known.get(name, ((), "number"))
    return Subject(name, of, sort) if of in set(names) else None


def subjects(scenario: Scenario) -> list[str]:
    """Every subject that a condition of this scenario may name."""
    return [
        *NUMBERS,
        *IDS,
        "consent",
        *(f"visits.{touchpoint.id}" for touchpoint in enabled_touchpoints(scenario)),
        *(f"attributes.{name}" for name in attribute_values(scenario)),
        *(f"opted_in.{channel.id}" for channel in enabled_channels(scenario)),
        *(f"scores.{name}" for name in scenario.scores),
        *(f"profile.{name}" for name in FACTS),
    ]


def facts_asked_for(scenario: Scenario) -> set[str]:
    """What the rules that work, with them the scores, and the policy look at in profiles: names of FACTS (model 27)."""
    rules = working_rules(scenario)
    asked = {text for score in scenario.scores.values() if rules for text in score.weights}
    for rule in rules:
        asked |= _asked(rule)
    noted = set(scenario.profile.facts) if rules and policy_of(scenario).knows_profiles else set()
    noted |= _facts_of_optimising(scenario) if rules else set()
    return {name for name in FACTS if f"profile.{name}" in asked or name in noted}


def facts_of_rules(scenario: Scenario) -> dict[str, set[Kind]]:
    """By id of each rule that works, the kinds of facts that its conditions and scores, and the policy, look at."""
    kinds: dict[str, set[Kind]] = {}
    by_policy = set(scenario.profile.facts) if policy_of(scenario).knows_profiles else set()
    by_policy |= _facts_of_optimising(scenario)
    for rule in working_rules(scenario):
        asked = _asked(rule)
        scores = {text.removeprefix("scores.") for text in asked}
        scores |= {rule.when.score or ""} if isinstance(rule, Rule) else set()
        asked |= {text for name, score in scenario.scores.items() if name in scores for text in score.weights}
        kinds[rule.id] = by_policy | {kind for name, kind in FACTS.items() if f"profile.{name}" in asked}
    return kinds


def _facts_of_optimising(scenario: Scenario) -> set[Kind]:
    """The kinds of facts that sends are optimised by (model 33)."""
    if "content" in optimised(scenario):
        return {"messages", "responses"}
    return {"messages"} if optimised(scenario) else set()


def _asked(rule: Rule | Broadcast) -> set[str]:
    """The subjects of a rule's conditions."""
    stops = rule.stop if isinstance(rule, Rule) else ()
    return {text for text, _, _ in (*conditions_of(rule), *stops)}


def attribute_values(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The free attributes of all segments with their values, each in the order in which they first stand there."""
    attributes: dict[str, dict[str, None]] = {}
    for segment in segments(scenario):
        for name, weights in segment.attributes.items():
            attributes.setdefault(name, {}).update(dict.fromkeys(weights))
    return {name: tuple(values) for name, values in attributes.items()}


def ids_of(subject: Subject, scenario: Scenario) -> tuple[str, ...]:
    """The ids that a subject of sort `id` can be, in the order of their codes in the engine."""
    if subject.name == "attributes":
        return attribute_values(scenario)[subject.of or ""]
    known: dict[str, tuple[str, ...]] = {
        "segment": tuple(segment.id for segment in segments(scenario)),
        "touchpoint": tuple(touchpoint.id for touchpoint in enabled_touchpoints(scenario)),
        "stage": tuple(stage.id for stage in stages(scenario)),
        "channel": tuple(channel.id for channel in enabled_channels(scenario)),
        "weekday": WEEKDAYS,
    }
    return known[subject.name]
