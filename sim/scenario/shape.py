"""The models as a tree of keys: which keys a table takes, what may stand at each, and how to say so in plain words."""

import datetime
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Discriminator, Tag
from pydantic.fields import FieldInfo

from sim.scenario.distributions import FixedOrNumber, Spread
from sim.scenario.model import Part


@dataclass(frozen=True)
class Shape:
    """One of the things that an annotation allows; exactly one of the first four is set, or none for a plain value."""

    model: type[Part] | None = None
    """a table with known keys"""
    entries: Any = None
    """annotation of the values of a table with free keys"""
    names: Any = None
    """annotation of its keys"""
    items: tuple[Any, ...] = ()
    """annotations of the items of a list; one for a list of any length"""
    plain: Any = None
    """type of a plain value"""
    limits: tuple[Any, ...] = ()
    """the constraints on it"""
    tag: str | None = None
    """its tag among the alternatives of a tagged union"""


@cache
def fields(model: type[Part]) -> Mapping[str, FieldInfo]:
    """What a table of this kind takes, by the key in the file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def attribute(model: type[Part], key: str) -> str:
    """The attribute of the model that stands for a key of the file."""
    return next(name for name, field in model.model_fields.items() if (field.alias or name) == key)


def shapes(annotation: Any, limits: Iterable[Any] = ()) -> tuple[Shape, ...]:
    """Everything that the annotation allows, "nothing" left out."""
    return tuple(_shapes(annotation, tuple(limits), None))


def shapes_of(field: FieldInfo) -> tuple[Shape, ...]:
    """Everything that the field allows, "nothing" left out."""
    return shapes(field.annotation, field.metadata)


def is_tagged(limits: Iterable[Any]) -> bool:
    """Whether a union with these constraints tells its alternatives apart by a tag."""
    return any(isinstance(limit, Discriminator) for limit in limits)


def _shapes(annotation: Any, limits: tuple[Any, ...], tag: str | None) -> Iterable[Shape]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        flat = [one for each in more for one in (each.metadata if isinstance(each, FieldInfo) else [each])]
        tag = next((one.tag for one in flat if isinstance(one, Tag)), tag)
        yield from _shapes(inner, (*limits, *flat), tag)
    elif origin in (Union, types.UnionType):
        for option in get_args(annotation):
            if option is not type(None):
                yield from _shapes(option, (), tag)
    elif origin is dict:
        names, entries = get_args(annotation)
        yield Shape(entries=entries, names=names, limits=limits, tag=tag)
    elif origin is tuple:
        items = tuple(item for item in get_args(annotation) if item is not Ellipsis)
        yield Shape(items=items, limits=limits, tag=tag)
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        yield Shape(model=annotation, limits=limits, tag=tag)
    else:
        yield Shape(plain=annotation, limits=limits, tag=tag)


def fitting(options: tuple[Shape, ...], value: Any) -> Shape | None:
    """The alternative that a value from a file was meant to be; None where no alternative is of its kind."""
    if isinstance(value, dict):
        family = value.get("family")
        tables = [option for option in options if option.model or option.entries is not None]
        families = [option for option in tables if option.model and option.tag in ("spread", family)]
        if family is not None:
            families = [option for option in families if option.model is not Spread]
        return next(iter(families or (tables if len(tables) == 1 else [])), None)
    if isinstance(value, list | tuple):
        return next((option for option in options if option.items), None)
    return next((option for option in options if option.plain is not None), None)


def is_distribution(options: tuple[Shape, ...]) -> bool:
    """Whether a distribution may stand here."""
    return any(option.model is FixedOrNumber for option in options)


def tables_in(options: tuple[Shape, ...]) -> list[type[Part]]:
    """The models of the tables that may stand there: by themselves, in a list, or in a table with free names."""
    if is_distribution(options):
        return []
    models = [option.model for option in options if option.model is not None]
    inner = [each for option in options for each in (*option.items, option.entries) if each is not None]
    return models + [table for each in inner for table in tables_in(shapes(each))]


def takes_spread(options: tuple[Shape, ...]) -> bool:
    """Whether `{mean, sd}` without a family may stand here."""
    return any(option.model is Spread for option in options)


def describe(annotation: Any, limits: Iterable[Any] = ()) -> str:
    """What may stand here, in plain words: `a number from 0 to 1`."""
    return in_words(shapes(annotation, limits))


def in_words(options: Iterable[Shape], example: bool = True) -> str:
    """The alternatives in plain words; a distribution with an example of one."""
    options = tuple(options)
    if is_distribution(options):
        spread = ", {mean, sd}" if takes_spread(options) else ""
        such = ' such as { family = "exponential", mean = 2 }' if example else ""
        return f"a number{spread} or a distribution{such}"
    return " or ".join(dict.fromkeys(_words(option) for option in options)) or "something else"


def _words(option: Shape) -> str:
    if option.entries is not None and option.entries is not Any:
        return f"a table (values: {describe(option.entries)})"
    if option.model is not None or option.entries is not None:
        return "a table"
    if option.items:
        return _list_words(option)
    if get_origin(option.plain) is Literal:
        return choice_words([_constant(choice) for choice in get_args(option.plain)])
    if option.plain is str:
        return _text_words(option.limits)
    if option.plain in (int, float):
        return _number_words("a whole number" if option.plain is int else "a number", option.limits)
    if option.plain is bool:
        return "true or false"
    return "a date such as 2026-01-05" if option.plain is datetime.date else "any value"


def choice_words(choices: list[str]) -> str:
    """The choices as people list them: `"a", "b" or "c"`."""
    return choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"


def _constant(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def limit(limits: Iterable[Any], name: str) -> Any:
    """The value of a constraint (`ge`, `le`, `gt`, `lt`, `min_length`, `max_length`, `pattern`); None without it."""
    return next((getattr(one, name) for one in limits if getattr(one, name, None) is not None), None)


def _list_words(option: Shape) -> str:
    count = limit(option.limits, "min_length")
    exact = count is not None and count == limit(option.limits, "max_length")
    if len(option.items) > 1:
        count, exact = len(option.items), True
    each = list(dict.fromkeys(describe(item) for item in option.items))
    most = limit(option.limits, "max_length")
    some = f"of {count} items" if exact else f"of {count} to {most} items" if most else f"of at least {count} items"
    size = f"a list {some}" if count else "a list"
    if each == ["a table"]:
        return f"{size}, each a table"
    return f"{size}, each {each[0]}" if len(each) == 1 else f"{size}: {', '.join(each)}"


def _text_words(limits: tuple[Any, ...]) -> str:
    pattern = limit(limits, "pattern")
    if pattern is None:
        return "text"
    return "three capital letters" if "A-Z" in str(pattern) else "an ID of lower-case letters, digits, _ and -"


def _number_words(number: str, limits: tuple[Any, ...]) -> str:
    low, above = limit(limits, "ge"), limit(limits, "gt")
    high, below = limit(limits, "le"), limit(limits, "lt")
    if below is not None and number == "a whole number":
        high, below = below - 1, None
    if low is not None and high is not None:
        return f"{number} from {low:g} to {high:.12g}"
    words = [number]
    words += [f"of at least {low:g}"] if low is not None else []
    words += [f"above {above:g}"] if above is not None else []
    words += [f"of at most {high:g}"] if high is not None else []
    words += [f"below {below:g}"] if below is not None else []
    return " ".join(words)
