"""Conditions that nobody can look at as they are written (model 10.4)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sim.scenario.checks.acting import acting_broadcasts, acting_rules
from sim.scenario.checks.references import Names, names
from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.opening.error_wording import shown
from sim.scenario.orchestration import Condition
from sim.scenario.resolve import segments, stages
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import IDS, NO_CHANNEL, Subject, attribute_values, ids_of, subject_of, subjects
from sim.scenario.weekdays import WEEKDAYS

_MEMBERSHIP = ("in", "not in")
_ORDER = ("<", "<=", ">", ">=")
_LARGEST = 1e300


def check_conditions(scenario: Scenario) -> Iterator[Fault]:
    """Conditions with an unknown subject, an operator that does not fit it, or a value that it never has."""
    acting = {number for number, _, _ in acting_rules(scenario)}
    for number, rule in enumerate(scenario.rules):
        for key, conditions in (("if", rule.conditions), ("stop", rule.stop)):
            yield from _all_of(("rules", number, key), conditions, scenario, number in acting)
    sent = {number for number, _, _ in acting_broadcasts(scenario)}
    for number, broadcast in enumerate(scenario.broadcasts):
        yield from _all_of(("broadcasts", number, "if"), broadcast.conditions, scenario, number in sent)


def unknown_subject(
    key_path: KeyPath, text: str, scenario: Scenario, known: Sequence[str], acts: bool = True
) -> Iterator[Fault]:
    """What is wrong with a text that names no subject; `known` are those that it could have meant."""
    name, _, of = text.partition(".")
    parts = _parts(name, scenario)
    ending = [other for other in known if other.endswith(f".{text}")]
    if parts is not None and not of:
        problem = f'"{text}" does not say which {parts.what}'
        first = next((id_ for id_, enabled in parts.enabled.items() if enabled), None)
        yield Fault(key_path, problem, f"write {name}.{first}" if first else f"there are no {parts.what}s")
    elif parts is not None and of in parts.enabled:
        if acts:
            problem = f'the {parts.what} "{of}" is disabled'
            yield Fault(key_path, problem, f"enable it, or leave this out ({parts.what}s.{of}.enabled)")
    elif parts is not None:
        yield from parts.check(key_path, of)
    elif len(ending) == 1:
        yield Fault(key_path, _unheard(text), f'did you mean "{ending[0]}"?')
    elif of and name in IDS and name in known:
        yield Fault(key_path, _unheard(text), f'write ["{name}", "==", "{of}"]')
    else:
        yield Fault(key_path, _unheard(text), did_you_mean(text, known, "subjects"))


def named(kind: str, scenario: Scenario) -> Names | None:
    """The ids of a kind that a condition can compare with; None for what is no kind of thing."""
    known: dict[str, Iterable[Any]] = {
        "segment": segments(scenario),
        "touchpoint": scenario.touchpoints,
        "stage": stages(scenario),
        "channel": scenario.channels,
    }
    return names(kind, known[kind]) if kind in known else None


def unknown_value(key_path: KeyPath, attribute: str, value: str, scenario: Scenario) -> Iterator[Fault]:
    """A fault if no segment has this value of the attribute."""
    known = attribute_values(scenario)[attribute]
    if value not in known:
        problem = f'the attribute "{attribute}" has no value "{value}"'
        yield Fault(key_path, problem, did_you_mean(value, known, "values"))


def _parts(name: str, scenario: Scenario) -> Names | None:
    """What the second part of a subject names, such as the touchpoint of `visits.cart`; None where there is none."""
    if name == "visits":
        return names("touchpoint", scenario.touchpoints)
    if name == "opted_in":
        return names("channel", scenario.channels)
    if name == "attributes":
        return Names("attribute", dict.fromkeys(attribute_values(scenario), True))
    return Names("score", dict.fromkeys(scenario.scores, True)) if name == "scores" else None


def _unheard(text: str) -> str:
    return f'there is nothing called "{text}"'


def _all_of(key_path: KeyPath, conditions: Iterable[Condition], scenario: Scenario, acts: bool) -> Iterator[Fault]:
    for number, condition in enumerate(conditions):
        text, _, _ = condition
        subject = subject_of(text, scenario)
        if subject is None:
            yield from unknown_subject((*key_path, number), text, scenario, subjects(scenario), acts)
        else:
            yield from _compared((*key_path, number), condition, subject, scenario, acts)


def _compared(
    key_path: KeyPath, condition: Condition, subject: Subject, scenario: Scenario, acts: bool
) -> Iterator[Fault]:
    text, operator, value = condition
    listed = isinstance(value, list | tuple)
    if operator in _ORDER and subject.sort != "number":
        is_what = f'"{text}" is an ID' if subject.sort == "id" else f'"{text}" is true or false'
        remedy = "use ==, !=, in or not in" if subject.sort == "id" else "use == or !="
        yield Fault(key_path, f'"{operator}" compares numbers, but {is_what}', remedy)
    elif operator in _MEMBERSHIP and not listed:
        such = f'write ["{text}", "{operator}", [{shown(value)}]], or ' if not isinstance(value, dict) else ""
        yield Fault(
            key_path, f'"{operator}" needs a list', f"{such}use {'==' if operator == 'in' else '!='} for one value"
        )
    elif listed and operator not in _MEMBERSHIP:
        remedy = {"==": "use in for a list", "!=": "use not in for a list"}.get(operator, "give one number")
        yield Fault(key_path, f'"{operator}" compares with one value, not with a list', remedy)
    elif listed and not value:
        problem = f"the list is empty, so this {'never' if operator == 'in' else 'always'} holds"
        yield Fault(key_path, problem, "give at least one value, or remove the condition")
    else:
        for each in value if listed else (value,):
            yield from _value(key_path, text, each, subject, scenario, acts)


def _value(
    key_path: KeyPath, text: str, value: Any, subject: Subject, scenario: Scenario, acts: bool
) -> Iterator[Fault]:
    if subject.sort == "number":
        if not _is_number(value):
            remedy = f"write {value.strip()} without quotes" if _reads_as_number(value) else "give a number, such as 3"
            yield Fault(key_path, f'"{text}" is a number, but this is {shown(value)}', remedy)
    elif subject.sort == "truth":
        if not isinstance(value, bool):
            meant = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
            remedy = f"write {meant.get(str(value).lower(), 'true or false')}"
            remedy += " without quotes" if isinstance(value, str) else ""
            yield Fault(key_path, f'"{text}" is true or false, but this is {shown(value)}', remedy)
    elif not isinstance(value, str):
        known = ids_of(subject, scenario)
        again = "write it in quotes" if str(value) in known else did_you_mean(shown(value), known, "IDs")
        yield Fault(key_path, f'"{text}" is an ID, but this is {shown(value)}', again)
    else:
        yield from _id(key_path, value, subject, scenario, acts)


def _id(key_path: KeyPath, value: str, subject: Subject, scenario: Scenario, acts: bool) -> Iterator[Fault]:
    kind = named(subject.name, scenario)
    if subject.name == "channel" and value == NO_CHANNEL:
        return
    if kind is not None:
        yield from kind.check(key_path, value, acts)
    elif subject.name == "attributes" and value:
        yield from unknown_value(key_path, subject.of or "", value, scenario)
    elif subject.name == "weekday" and value not in WEEKDAYS:
        yield Fault(key_path, f'there is no weekday "{value}"', did_you_mean(value, WEEKDAYS, "weekdays"))


def _is_number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and -_LARGEST <= value <= _LARGEST  # not nan, and not beyond any number


def _reads_as_number(value: Any) -> bool:
    try:
        return isinstance(value, str) and math.isfinite(float(value))
    except ValueError:
        return False
