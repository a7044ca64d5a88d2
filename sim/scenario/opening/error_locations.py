"""Where an error of the models lies, in the terms of the file.

The models name a location by keys and positions, and by the alternative they tried where there are several (the family
of a distribution, `dict[…]` or `tuple[…]` for channels). The latter say nothing to a reader and are taken out here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_origin

from sim.scenario.findings import KeyPath
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, fitting, is_distribution, shapes, shapes_of

_CHECKED = "function-after[_within_reach(), "


@dataclass(frozen=True)
class ErrorLocation:
    """One key path, with what is there and what may be there."""

    key_path: KeyPath
    value: Any
    """what stands there"""
    options: tuple[Shape, ...] = ()
    """what may stand there"""
    owner: type[Part] | None = None
    """the table whose key it is"""
    key_itself: bool = False
    """whether the key is wrong, not its value"""
    choice: KeyPath | None = None
    """the key path on the way where there are several alternatives"""
    strays: bool = False
    """whether the error is about an alternative that was not meant"""


def follow(location: Sequence[str | int], tables: dict[str, Any]) -> ErrorLocation:
    """Where a location as the models give it is, which also names the alternatives it passed through."""
    rest = list(location)
    key_path: KeyPath = ()
    value: Any = tables
    options: tuple[Shape, ...] = (Shape(model=Scenario),)
    owner: type[Part] | None = None
    choice: KeyPath | None = None
    while rest:
        meant = fitting(options, value)
        if len(options) > 1 and is_distribution(options):
            if rest.pop(0) == "distribution" and rest:
                rest.pop(0)
            if not rest or meant is None:
                break
        elif len(options) > 1 and isinstance(rest[0], str) and _names_alternative(rest[0], options):
            choice = key_path if choice is None else choice
            stray = meant is None or not _is_named(rest[0], meant) or meant.plain is not None
            if stray:
                return ErrorLocation(key_path, value, options, owner, choice=choice, strays=True)
            rest.pop(0)
            options = (meant,) if meant is not None else ()
            continue
        if not rest or meant is None:
            break
        step = rest.pop(0)
        if rest[:1] == ["[key]"]:
            return ErrorLocation((*key_path, step), step, shapes(meant.names), None, key_itself=True, choice=choice)
        inner, owner = _step(meant, step)
        key_path, value, options = (*key_path, step), inside(value, step), inner
    return ErrorLocation(key_path, value, options, owner, choice=choice)


def _names_alternative(step: str, options: tuple[Shape, ...]) -> bool:
    return any(_is_named(step, option) for option in options)


def _is_named(step: str, option: Shape) -> bool:
    """Whether the models' name of an alternative is that of this one."""
    step = step.removeprefix(_CHECKED).removesuffix("]") if step.startswith(_CHECKED) else step
    if option.model is not None:
        return step == option.model.__name__
    if option.entries is not None:
        return step.startswith("dict[")
    if option.items:
        return step.startswith("tuple[")
    if get_origin(option.plain) is Literal:
        return step.startswith("literal[")
    return step.rpartition("-")[2] == getattr(option.plain, "__name__", None)


def _step(option: Shape, step: str | int) -> tuple[tuple[Shape, ...], type[Part] | None]:
    """What may stand one step further, and the table whose key that is."""
    if option.model is not None:
        field = fields(option.model).get(str(step))
        return (shapes_of(field) if field else ()), option.model
    if option.entries is not None:
        return shapes(option.entries), None
    if option.items and isinstance(step, int):
        return shapes(option.items[min(step, len(option.items) - 1)]), None
    return (), None


def inside(value: Any, step: str | int) -> Any:
    """What stands one step further; None where there is nothing."""
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
