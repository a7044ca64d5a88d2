"""What the keys of the scenario say of themselves, complete: the one place where all else looks it up."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final, Literal, get_origin

from sim.scenario.key import DAYS, LOOKED_UP, NAMED_ELSEWHERE, Key
from sim.scenario.model import Part
from sim.scenario.said import help_of, said_of, worded
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, is_distribution, limit, shapes, shapes_of


class UndeclaredError(TypeError):
    """A field of the models that does not say all that a key has to."""


@cache
def declared(model: type[Part], key: str) -> Key:
    """What a key of a table says of itself, with label and help; UndeclaredError where it does not say enough."""
    absent = list(undeclared(model, key))
    if absent:
        raise UndeclaredError(f"{model.__name__}.{key} {' and '.join(absent)}")
    said = said_of(model, key)
    return replace(said, label=said.label or worded(key), help=help_of(model, key) or "")


def undeclared(model: type[Part], key: str) -> Iterator[str]:
    """What the field of a key fails to say, in words."""
    said, options = said_of(model, key), shapes_of(fields(model)[key])
    if help_of(model, key) == "":
        yield "says nothing of what it means: write a text below it"
    if _numbers(options) and said.unit is None:
        yield "says no unit: take one of sim.scenario.key, Plain where it has none"
    if not _numbers(options) and said.unit is not None:
        yield "has no number, but a unit"
    for named in {key.rpartition("_")[2], *(help_of(model, key) or "").split(" ")[:1]} & set(_SPANS) - {said.unit}:
        if said.unit in _SPANS:
            yield f"speaks of {named}, but its unit is {said.unit}"
    if any(_is_strange(option) for option in options):
        yield "has a type that neither window nor reference knows: numbers, texts, dates, lists, tables, Literal or Any"
    if said.refers_to not in ("", *LOOKED_UP, *NAMED_ELSEWHERE):
        yield f"refers to {said.refers_to}, which nothing looks up"
    if _texts(options, own=key == "id") and not (said.refers_to or said.text):
        yield "does not say what its text refers to, or that it is free (Line, Lines, or a Key with refers_to or text)"


@cache
def _same_for_all_arms() -> frozenset[str]:
    return frozenset(key for key in fields(Scenario) if said_of(Scenario, key).same_for_all_arms)


def same_for_all_arms(top: str) -> bool:
    """Whether what stands at this key of the top says nothing about what is simulated, so that no arm can change it."""
    return top in _same_for_all_arms()


_SPANS: Final = (DAYS, "hours", "minutes")
_TYPES: Final = (str, int, float, bool, datetime.date, Any)


def _numbers(options: tuple[Shape, ...]) -> bool:
    """Whether a number may stand there, by itself, in a list or as a value of a table with free names."""
    return is_distribution(options) or any(
        option.plain in (int, float)
        or any(_numbers(shapes(item)) for item in option.items)
        or (option.entries is not None and _numbers(shapes(option.entries)))
        for option in options
    )


def _is_strange(option: Shape) -> bool:
    inner = [*option.items, *(each for each in (option.names, option.entries) if each is not None)]
    known = option.plain in _TYPES or get_origin(option.plain) is Literal
    return not (known or option.model or inner) or any(_is_strange(each) for one in inner for each in shapes(one))


def _texts(options: tuple[Shape, ...], own: bool = False) -> bool:
    """Whether a text may stand there; ids are none where they are the table's `own`, or names of its entries."""
    return any(
        (option.plain is str and not (own and limit(option.limits, "pattern")))
        or any(_texts(shapes(item)) for item in option.items)
        or (option.entries is not None and (_texts(shapes(option.names), own=True) or _texts(shapes(option.entries))))
        for option in options
    )
