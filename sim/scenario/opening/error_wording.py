"""Errors of the models in plain words, with what would be right."""

import datetime
from typing import Any, Literal, get_args, get_origin

from sim.scenario.declared import declared
from sim.scenario.did_you_mean import did_you_mean, nearest
from sim.scenario.distributions import FAMILIES, Spread
from sim.scenario.findings import Fault
from sim.scenario.id_like import id_like
from sim.scenario.later import later_key
from sim.scenario.model import Part
from sim.scenario.opening.error_locations import ErrorLocation
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, describe, fields, in_words, is_distribution, limit, shapes_of


def fault_of(location: ErrorLocation, kind: str, context: dict[str, Any]) -> Fault:
    """The finding for an error of this kind at this location."""
    if kind == "extra_forbidden":
        return _unknown_key(location)
    if kind == "missing":
        return _missing_key(location)
    if kind == "value_error":
        problem, _, remedy = str(context.get("error", "")).partition("; ")
        return Fault(location.key_path, problem, remedy)
    if kind in ("union_tag_invalid", "union_tag_not_found") and isinstance(location.value, dict):
        return _unknown_family(location)
    if location.key_itself:
        return _wrong_name(location)
    return _wrong_value(location)


def _unknown_key(location: ErrorLocation) -> Fault:
    key = str(location.key_path[-1])
    later = later_key(location.owner, key)
    if later is not None:
        return Fault(location.key_path, *later)
    known = list(fields(location.owner)) if location.owner else []
    problem = f'unknown key "{key}"'
    if location.owner is not None and "family" in known:
        problem += f" in a distribution of family {get_args(location.owner.model_fields['family'].annotation)[0]}"
        known.remove("family")
    remedy = did_you_mean(key, known, "keys here")
    if location.owner is Spread and nearest(key, known) is None:
        remedy = "known keys here: mean, sd; any other distribution needs its family"
    elsewhere = None if nearest(key, known) else _tables_with(key)
    return Fault(location.key_path, problem, f"{remedy}; it belongs in {elsewhere}" if elsewhere else remedy)


def _tables_with(key: str) -> str | None:
    """The tables of a scenario that take this key, where they are few."""
    headers = []
    for name, field in fields(Scenario).items():
        for option in shapes_of(field):
            inner = option.items[0] if option.items else option.model
            if isinstance(inner, type) and issubclass(inner, Part) and key in fields(inner):
                headers.append(f"[[{name}]]" if option.items else f"[{name}]")
    return " or ".join(headers) if 0 < len(headers) <= 2 else None


def _missing_key(location: ErrorLocation) -> Fault:
    field = fields(location.owner).get(str(location.key_path[-1])) if location.owner else None
    meaning = (
        f" ({declared(location.owner, str(location.key_path[-1])).help})"
        if location.owner and field is not None
        else ""
    )
    what = describe(field.annotation, field.metadata) if field is not None else "a value"
    return Fault(location.key_path, "this is missing", f"give {what}{meaning}")


def _unknown_family(location: ErrorLocation) -> Fault:
    family = location.value.get("family")
    if family is None:
        remedy = f'add one, such as family = "exponential"; known families: {", ".join(FAMILIES)}'
        return Fault((*location.key_path, "family"), "a distribution without a family", remedy)
    problem = f"no family of distributions is called {shown(family)}"
    return Fault((*location.key_path, "family"), problem, did_you_mean(str(family), FAMILIES, "families"))


def _wrong_name(location: ErrorLocation) -> Fault:
    name = str(location.key_path[-1])
    choices = _choices(location.options)
    if choices:
        return Fault(location.key_path, f'unknown name "{name}"', did_you_mean(name, choices, "names here"))
    return Fault(location.key_path, f'"{name}" is no ID', _as_id(name))


def _wrong_value(location: ErrorLocation) -> Fault:
    problem = f"expected {in_words(location.options, example=False)}, got {shown(location.value)}"
    remedy = _remedy_for_text(location, location.value) if isinstance(location.value, str) else None
    if _is_share(location.options) and isinstance(location.value, int | float) and 1 < location.value <= 100:
        remedy = f"write a share: {location.value / 100:g} is {location.value:g} %"
    meaning = (
        declared(location.owner, str(location.key_path[-1])).help if location.owner and _is_field(location) else ""
    )
    return Fault(
        location.key_path,
        problem,
        remedy or f"give {in_words(location.options)}" + (f" ({meaning})" if meaning else ""),
    )


def _remedy_for_text(location: ErrorLocation, text: str) -> str | None:
    """What would be right where a text was written, if that can be told."""
    plain = [option.plain for option in location.options]
    choices = _choices(location.options)
    if choices:
        return did_you_mean(text, choices, "values")
    if (
        len(text) <= 40
        and _reads_as_number(text)
        and (int in plain or float in plain or is_distribution(location.options))
    ):
        return f"write {text.strip()} without quotes"
    if bool in plain and text in ("true", "false", "yes", "no"):
        return f"write {'true' if text in ('true', 'yes') else 'false'} without quotes"
    if datetime.date in plain:
        return "write a date without quotes, as in 2026-01-05"
    return _as_id(text) if any(_is_id(option) for option in location.options) else None


def _is_id(option: Shape) -> bool:
    return option.plain is str and "a-z0-9" in str(limit(option.limits, "pattern"))


def _is_field(location: ErrorLocation) -> bool:
    return (
        location.owner is not None and bool(location.key_path) and str(location.key_path[-1]) in fields(location.owner)
    )


def _choices(options: tuple[Shape, ...]) -> list[str]:
    literals = [option.plain for option in options if get_origin(option.plain) is Literal]
    return [choice for literal in literals for choice in get_args(literal) if isinstance(choice, str)]


def _is_share(options: tuple[Shape, ...]) -> bool:
    return any(option.plain is float and limit(option.limits, "le") == 1 for option in options)


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _as_id(text: str) -> str:
    slug = id_like(text)
    rule = "IDs have lower-case letters, digits, _ and -"
    return f'write "{slug}"; {rule}' if slug else rule


def shown(value: Any) -> str:
    """A value of a file as a person would write it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
    if isinstance(value, int | float):
        words = f"{value:.6g}" if isinstance(value, float) else str(value) if abs(value) < 10**15 else "a huge number"
        return {"nan": "nan (not a number)", "inf": "inf (infinity)", "-inf": "-inf (minus infinity)"}.get(words, words)
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return "nothing" if value is None else str(value)
