"""What is worth trying with each scenario that ships: changes that make a new arm."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.files.shipped import shipped


@dataclass(frozen=True)
class Thing:
    """One thing to try."""

    title: str
    """what the new arm is called"""
    why: str
    """what it changes, and what to look for"""
    do: Mapping[str, Any]
    """the values that it sets, by address"""
    like: str | None = None
    """the arm from whose changes it starts; None for the scenario itself"""

    def overrides(self, arms: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """What the new arm sets, given what each arm of the scenario sets; an arm that is gone sets nothing."""
        return {**(arms.get(self.like, {}) if self.like is not None else {}), **self.do}


@cache
def things_to_try() -> dict[str, tuple[Thing, ...]]:
    """The things to try by the id of the scenario."""
    listed = tomllib.loads((shipped("assets") / "things-to-try.toml").read_text(encoding="utf-8"))
    return {id_: tuple(Thing(**each) for each in things) for id_, things in listed.items()}
