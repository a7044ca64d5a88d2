"""What the format has room for but nothing simulates yet: refused wherever it stands, so that nothing is ignored."""

from typing import get_args

from sim.scenario.declared import declared
from sim.scenario.model import Part
from sim.scenario.shape import choice_words, fields


def later_key(owner: type[Part] | None, key: str) -> tuple[str, str] | None:
    """Problem and remedy of a key of this table that would have no effect yet; None for any other key."""
    what = owner.later.get(key) if owner is not None else None
    return None if what is None else (f"this version does not simulate {what} yet", f'remove "{key}"')


def later_value(owner: type[Part] | None, key: str, value: object) -> tuple[str, str] | None:
    """Problem and remedy of a value of this key that would have no effect yet; None for any other value."""
    if owner is None or key not in fields(owner) or value not in declared(owner, key).later:
        return None
    field = fields(owner)[key]
    others = [f'"{each}"' for each in get_args(field.annotation) if each != field.default]
    return f'this version does not simulate the {key} "{value}" yet', f"write {choice_words(others)}"
