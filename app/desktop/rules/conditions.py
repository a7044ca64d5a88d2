"""Conditions of a rule as parts of a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.desktop.forms.amounts import duration, is_number
from app.desktop.forms.numbers import text_of
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import OPERATORS, quoted, said_of, sort_of, values_of
from app.desktop.rules.amounts import listing, times
from sim.scenario.key import CURRENCY
from sim.scenario.subjects import COUNTS, NO_CHANNEL
from sim.scenario.toml.notation import value_text

_NOT = ("!=", "not in")
_MANY = {
    "visits": ("have visited {}", "have never visited {}"),
    "visits.": ("have been at {}", "have never been at {}"),
    "contacts": ("have had a contact", "have had no contact yet"),
    "handoffs": ("have changed channel", "have never changed channel"),
    "conversions": ("have converted", "have not converted"),
    "purchases": ("have bought", "have not bought"),
    "messages": ("have received a message", "have received no message"),
    "responses": ("have responded", "have never responded"),
    "discount": ("have a discount on offer", "have no discount on offer"),
}
"""What it means that a number is above 0, and that it is not."""


def condition_words(condition: Any, source: Source) -> str:
    """A condition as a part of a sentence: `sentiment is above 0`, `they are in Loyal`."""
    if not isinstance(condition, Sequence) or isinstance(condition, str) or len(condition) != 3:
        return f"something that cannot be read holds ({_written(condition)})"
    subject, operator, value = str(condition[0]), str(condition[1]), condition[2]
    sort = sort_of(subject)
    if sort == "truth":
        return _truth(subject, (value is True) != (operator in _NOT), source)
    if sort == "id":
        return _id(subject, operator, value, source)
    return _number(subject, operator, value, source)


def all_of(conditions: Any, source: Source, last: str = "and") -> str:
    """All conditions in one part of a sentence; empty where there are none."""
    listed = conditions if isinstance(conditions, list | tuple) else []
    return listing([condition_words(each, source) for each in listed], last)


def _truth(subject: str, holds: bool, source: Source) -> str:
    if subject == "consent":
        return "they " + ("consent" if holds else "do not consent") + " to the use of their data"
    channel = name_of("channels", subject.partition(".")[2], source)
    return f"they {'accept' if holds else 'do not accept'} {channel}"


def _id(subject: str, operator: str, value: Any, source: Source) -> str:
    listed = list(value) if isinstance(value, list | tuple) else [value]
    known = values_of(subject, source)
    named = listing([quoted(known[str(each)]) if str(each) in known else _written(each) for each in listed], "or")
    no = " not" if operator in _NOT else ""
    if subject == "channel" and listed == [NO_CHANNEL]:
        return "they have had a contact on a channel" if no else "they have had no contact on a channel yet"
    name = subject.partition(".")[0]
    if name == "segment":
        return f"they are{no} in {named}"
    if name == "touchpoint":
        return f"they are{no} at {named}"
    if name == "stage":
        return f"they are{no} in the stage {named}"
    if name == "channel":
        return f"their last contact was{no} on {named}"
    if name == "weekday":
        return f"it is{no} {named}"
    return f"their {said_of(subject, source).label.removeprefix('Attribute: ').lower()} is{no} {named}"


def _number(subject: str, operator: str, value: Any, source: Source) -> str:
    name, dot, of = subject.partition(".")
    many = _MANY.get(f"{name}." if dot else name)
    if many is not None and is_number(value):
        touchpoint = name_of("touchpoints", of, source) if dot else "anything"
        if (operator, value) in ((">", 0), (">=", 1), ("!=", 0)):
            return f"they {many[0].format(touchpoint)}"
        if (operator, value) in (("==", 0), ("<=", 0), ("<", 1)):
            return f"they {many[1].format(touchpoint)}"
        if name == "visits" and dot and operator == "==":
            return f"they have been at {touchpoint} {_counted(value)}"
    said = OPERATORS["number"].get(operator, operator)
    listed = isinstance(value, list | tuple)
    amount = listing([_amount(name, each, source) for each in value], "or") if listed else _amount(name, value, source)
    return f"{said_of(subject, source).phrase} {said} {amount}"


def _counted(value: float) -> str:
    return f"just {times(value)}" if value == 1 else f"exactly {times(value)}"


def _amount(name: str, value: Any, source: Source) -> str:
    if not is_number(value):
        return _written(value)
    if name in ("days", "idle_days", "profile.idle_days"):
        return duration(value)
    if name == "hour":
        return f"{int(value) % 24:02d}:{round(value % 1 * 60) % 60:02d}" if 0 <= value < 24 else text_of(value)
    if name == "discount":
        return f"{100 * value:.3g} %"
    unit = said_of(name, source).unit
    return f"{text_of(value)} {source.currency()}" if unit == CURRENCY else text_of(value)


def _written(value: Any) -> str:
    try:
        return f"“{value}”" if isinstance(value, str) else value_text(value)
    except TypeError:
        return str(value)


def count_words(subject: str, source: Source) -> str:
    """What a trigger counts, before `for the third time`."""
    name, _, of = subject.partition(".")
    if name == "visits" and of:
        return f"visits to {name_of('touchpoints', of, source)}"
    return subject if name in COUNTS else f"“{subject}”"


def name_of(kind: str, id_: Any, source: Source) -> str:
    """The name of something of the scenario; what is not there is said as it is written, in quotes."""
    name = source.named(kind).get(str(id_))
    return f"“{id_}”" if name is None else quoted(name)


def given(table: Any, key: str, default: Any = None) -> Any:
    """What a table says at a key, or the default."""
    return table.get(key, default) if isinstance(table, Mapping) else default
