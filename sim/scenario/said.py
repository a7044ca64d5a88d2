"""What the field of a key says of it, as it is written."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields as aspects_of
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Final, get_args, get_origin

from sim.scenario.key import Key
from sim.scenario.model import Part
from sim.scenario.shape import attribute, fields

ACRONYMS: Final = ("id", "nps", "csat", "ces")
_USUAL: Final = {aspect.name: aspect.default for aspect in aspects_of(Key)}


@cache
def said_of(model: type[Part], key: str) -> Key:
    """What a key says of itself, as it is written: without help, and a label only where it has one of its own."""
    field = fields(model)[key]
    return said_by(field.annotation, tuple(field.metadata))


def worded(name: str) -> str:
    """A key or an id as a label: its words, the first with a capital; of letters that stand for words all."""
    if name in ACRONYMS:
        return name.upper()
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def said_by(annotation: Any, metadata: tuple[Any, ...] = ()) -> Key:
    """What the type of a field, or of a value in a table, says of it; the outer word counts."""
    said: dict[str, Any] = {}
    for key in _keys(annotation, metadata):
        said |= {name: value for name, usual in _USUAL.items() if (value := getattr(key, name)) != usual}
    return Key(**said)


def help_of(model: type[Part], key: str) -> str | None:
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
    texts = {}
    for table in (each for each in ast.parse(source).body if isinstance(each, ast.ClassDef)):
        for field, below in pairwise(table.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    texts[table.name, name] = inspect.cleandoc(text)
    return texts


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
