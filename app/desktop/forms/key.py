"""The keys of the models as a form sees them: name, meaning, what may stand there, and whether a value fits."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import ValidationError, create_model
from pydantic_core import PydanticUndefined

from app.desktop.forms import words
from sim.scenario.declared import declared
from sim.scenario.key import CURRENCY, ITS_OWN
from sim.scenario.key import Key as Said
from sim.scenario.model import Part
from sim.scenario.said import said_by, worded
from sim.scenario.shape import Shape, fields, in_words, is_distribution, limit, shapes, shapes_of
from sim.scenario.tables import written

_NOTHING_SAID: Final = Said()


@dataclass(frozen=True, eq=False)
class Key:
    """One key under which a value may stand."""

    name: str
    owner: type[Part] | None
    """the table whose key it is; None for an entry of a table with free keys"""
    annotation: Any
    limits: tuple[Any, ...]
    options: tuple[Shape, ...]
    """what may stand there"""
    meaning: str
    default: Any = None
    """what holds where nothing is given, as a file would write it; None for nothing"""
    required: bool = False
    title: str = ""
    """what this form calls it, where not by its own label"""
    said: Said = _NOTHING_SAID
    """what the key says of itself"""

    @property
    def label(self) -> str:
        """What the window calls it."""
        return self.title or self.said.label or worded(self.name)

    def unit(self, currency: str) -> str:
        """The unit of what stands there; empty where it has none."""
        return {CURRENCY: currency, ITS_OWN: ""}.get(self.said.unit or "", self.said.unit or "")

    @cached_property
    def allowed(self) -> str:
        """What may stand there, in words."""
        return in_words(self.options)

    @property
    def literals(self) -> tuple[Any, ...]:
        """All values that are named one by one."""
        listed = [option.plain for option in self.options if get_origin(option.plain) is Literal]
        return tuple(value for each in listed for value in get_args(each))

    @property
    def plain(self) -> set[Any]:
        """The types of plain values."""
        return {option.plain for option in self.options if option.plain in _PLAIN or _is_date(option.plain)}

    @property
    def part(self) -> type[Part] | None:
        """The model of the table that may stand there; None for distributions and everything else."""
        if is_distribution(self.options):
            return None
        return next((option.model for option in self.options if option.model is not None), None)

    @property
    def is_id(self) -> bool:
        """Whether an id may stand there."""
        return any(option.plain is str and limit(option.limits, "pattern") is not None for option in self.options)

    def problem(self, value: Any) -> str:
        """Why a value cannot stand there, in words; empty where it can."""
        try:
            _checker(self).model_validate({"value": value})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            if first["type"] == "value_error":
                return words.sentence(str(first["ctx"]["error"]))
            return f"This is not a valid value: enter {self.allowed}"
        except RecursionError:
            return "This is nested too deeply"
        return ""


_PLAIN = (str, int, float, bool)


def _is_date(plain: Any) -> bool:
    return getattr(plain, "__name__", "") == "date"


@cache
def keys_of(model: type[Part]) -> tuple[Key, ...]:
    """The keys that a table of this kind takes, in the order of the model."""
    return tuple(_keys_of(model))


def _keys_of(model: type[Part]) -> Iterator[Key]:
    for name, field in fields(model).items():
        default = field.get_default(call_default_factory=True)
        yield Key(
            name=name,
            owner=model,
            annotation=field.annotation,
            limits=tuple(field.metadata),
            options=shapes_of(field),
            meaning=declared(model, name).help,
            default=None if default is PydanticUndefined else written(default),
            required=field.is_required(),
            said=declared(model, name),
        )


def others(model: type[Part], *named: str) -> tuple[str, ...]:
    """The keys of a table beside those `named`: a form that shows them too has a field for each key that is new."""
    return tuple(key.name for key in keys_of(model) if key.name not in named)


def entry_of(table: Key, name: str, default: Any = None, meaning: str = "", title: str = "") -> Key:
    """An entry of a table with free keys."""
    annotation = next(option.entries for option in table.options if option.entries is not None)
    return Key(
        name=name,
        owner=None,
        annotation=annotation,
        limits=(),
        options=shapes(annotation),
        meaning=meaning or table.meaning,
        default=default,
        title=title,
        said=said_by(annotation),
    )


def beginning(model: type[Part]) -> dict[str, Any]:
    """The smallest table of this kind: what it cannot be without."""
    return {key.name: beginning_of(key) for key in keys_of(model) if key.required}


def beginning_of(key: Key) -> Any:
    """What stands at a key at first: as it says, or the simplest value that may."""
    if key.said.first is not None and not key.said.entry:
        return copy.deepcopy(key.said.first)
    if key.literals:
        return key.literals[0]
    option = key.options[0]
    if key.part is not None:
        return beginning(key.part)
    if option.entries is not None:
        return {}
    if option.items:
        return [1] * (limit(option.limits, "min_length") or 0)
    if option.plain in (int, float) or is_distribution(key.options):
        low = limit(option.limits, "ge")
        return low if low is not None else 1
    return False if option.plain is bool else ""


@lru_cache(maxsize=1024)
def _checker(key: Key) -> type[Part]:
    """A model with a single value, checked as in the table to which the key belongs."""
    annotation: Any = Annotated[(key.annotation, *key.limits)] if key.limits else key.annotation
    return create_model("One", __base__=Part, value=(annotation, ...))
