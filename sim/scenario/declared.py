"""What the keys of the scenario say of themselves, read from their fields: the one place where all else looks it up."""

import ast
import datetime
import inspect
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as aspects_of
from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from sim.scenario.key import DAYS, Key
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, attribute, fields, is_distribution, limit, shapes, shapes_of

LOOKED_UP: Final = ("actions", "channels", "covariates", "desks", "scores", "segments", "stages", "touchpoints")
"""What keys can refer to: names of these are looked up wherever they stand (`checks.references`)."""
ADDRESSES: Final = ("addresses", "dated addresses", "addresses of numbers")
NAMED_ELSEWHERE: Final = (*ADDRESSES, "counts", "files", "outcomes", "subjects")
"""What else texts can name; each has a check of its own."""


class UndeclaredError(TypeError):
    """A field of the models that does not say all that a key has to."""


@cache
def declared(model: type[Part], key: str) -> Key:
    """What a key of a table says of itself, with label and help; UndeclaredError where it does not say enough."""
    absent = list(undeclared(model, key))
    if absent:
        raise UndeclaredError(f"{model.__name__}.{key} {' and '.join(absent)}")
    said = said_of(model, key)
    return replace(said, label=said.label or label_of(key), help=_help(model, key) or "")


@cache
def said_of(model: type[Part], key: str) -> Key:
    """What a key says of itself, as it is written: without help, and a label only where it has one of its own."""
    field = fields(model)[key]
    return said_by(field.annotation, tuple(field.metadata))


def label_of(name: str) -> str:
    """A key or an id as a label: its words, the first with a capital."""
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def labels_at(parts: Sequence[str]) -> list[str]:
    """What each part of an address is called: keys by their label, ids and free names as labels of their own."""
    found: list[str] = []
    tables: tuple[type[Part], ...] = (Scenario,)
    names = False
    for part in parts:
        table = None if names else next((each for each in tables if part in fields(each)), None)
        if table is None:
            found.append(label_of(part))
            names = False
        else:
            label, tables, names = _step(table, part)
            found.append(label)
    return found


@cache
def _step(table: type[Part], key: str) -> tuple[str, tuple[type[Part], ...], bool]:
    """The label of a key, the tables below it, and whether an id or a free name comes before their keys."""
    options = shapes_of(fields(table)[key])
    models = tuple(option.model for option in options if option.model is not None)
    named = any(option.items or option.entries is not None for option in options)
    return said_of(table, key).label or label_of(key), (*models, *tables_in(options)), named


def said_by(annotation: Any, metadata: tuple[Any, ...] = ()) -> Key:
    """What the type of a field, or of a value in a table, says of it; the outer word counts."""
    said: dict[str, Any] = {}
    for key in _keys(annotation, metadata):
        said |= {name: value for name, usual in _USUAL.items() if (value := getattr(key, name)) != usual}
    return Key(**said)


def undeclared(model: type[Part], key: str) -> Iterator[str]:
    """What the field of a key fails to say, in words."""
    said, options = said_of(model, key), shapes_of(fields(model)[key])
    if _help(model, key) == "":
        yield "says nothing of what it means: write a text below it"
    if _numbers(options) and said.unit is None:
        yield "says no unit: take one of sim.scenario.key, Plain where it has none"
    if not _numbers(options) and said.unit is not None:
        yield "has no number, but a unit"
    for named in {key.rpartition("_")[2], *(_help(model, key) or "").split(" ")[:1]} & set(_SPANS) - {said.unit}:
        if said.unit in _SPANS:
            yield f"speaks of {named}, but its unit is {said.unit}"
    if any(_is_strange(option) for option in options):
        yield "has a type that neither window nor reference knows: numbers, texts, dates, lists, tables, Literal or Any"
    if said.refers_to not in ("", *LOOKED_UP, *NAMED_ELSEWHERE):
        yield f"refers to {said.refers_to}, which nothing looks up"
    if _texts(options, own=key == "id") and not (said.refers_to or said.text):
        yield "does not say what its text refers to, or that it is free (Line, Lines, or a Key with refers_to or text)"


@cache
def dated_keys() -> Mapping[str, tuple[str, ...]]:
    """The keys that can change during a run, by their table at the top; of a list, those of its items.

    Switches come last: whoever needs one example is better served with a value.
    """
    found: dict[str, tuple[str, ...]] = {}
    for top, field in fields(Scenario).items():
        dated = [key for model in tables_in(shapes_of(field)) for key in fields(model) if said_of(model, key).dated]
        if dated:
            found[top] = tuple(sorted(dated, key=lambda key: key == "enabled"))
    return MappingProxyType(found)


@cache
def _same_for_all_arms() -> frozenset[str]:
    return frozenset(key for key in fields(Scenario) if said_of(Scenario, key).same_for_all_arms)


def same_for_all_arms(top: str) -> bool:
    """Whether what stands at this key of the top says nothing about what is simulated, so that no arm can change it."""
    return top in _same_for_all_arms()


def tables_in(options: tuple[Shape, ...]) -> list[type[Part]]:
    """The models of the tables that may stand there: by themselves, in a list, or in a table with free names."""
    if is_distribution(options):
        return []
    found = [option.model for option in options if option.model is not None]
    inner = [each for option in options for each in (*option.items, option.entries) if each is not None]
    return found + [table for each in inner for table in tables_in(shapes(each))]


def _help(model: type[Part], key: str) -> str | None:
    """A field's description, or the text below it in the first class that has one; None where there are no sources.

    Pydantic would read all these texts when the models are made: a seventh of each start, of which few need them.
    """
    name = attribute(model, key)
    described = model.model_fields[name].description
    if described:
        return described
    for table in model.__mro__[: model.__mro__.index(Part)]:
        texts = _texts_below_fields(table.__module__)
        if texts is None or (table.__name__, name) in texts:
            return None if texts is None else texts[table.__name__, name]
    return ""


@cache
def _texts_below_fields(module: str) -> Mapping[tuple[str, str], str] | None:
    """The texts below the fields of a module's classes, by class and field; None without its source."""
    try:
        source = inspect.getsource(sys.modules[module])
    except OSError:
        return None
    found = {}
    for table in (each for each in ast.parse(source).body if isinstance(each, ast.ClassDef)):
        for field, below in pairwise(table.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[table.name, name] = inspect.cleandoc(text)
    return found


_SPANS: Final = (DAYS, "hours", "minutes")
_TYPES: Final = (str, int, float, bool, datetime.date, Any)
_USUAL: Final = {aspect.name: aspect.default for aspect in aspects_of(Key)}


def _keys(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Key]:
    """All that is said on the way into an annotation, from the inside out."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _keys(inner, tuple(more))
    else:
        for part in get_args(annotation):
            if get_origin(part) is not None:
                yield from _keys(part, ())
    yield from (each for each in metadata if isinstance(each, Key))


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
