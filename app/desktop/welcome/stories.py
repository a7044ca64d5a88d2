"""What the scenarios that ship are about, read no further than needed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from sim.shipped import shipped_scenarios


@dataclass(frozen=True)
class Story:
    """A scenario that ships, in a few words."""

    id: str
    name: str
    sentence: str
    """for whom it is, or what it is about"""
    path: Path


def stories() -> list[Story]:
    """The scenarios that ship, in the order of their ids."""
    return [_story(id_, path) for id_, path in shipped_scenarios().items()]


def _story(id_: str, path: Path) -> Story:
    # The tables below take the most time to read, and say nothing about name and purpose.
    said = tomllib.loads(path.read_text(encoding="utf-8").partition("\n[population")[0])
    first = said.get("about", "").strip().partition("\n\n")[0].replace("\n", " ")
    return Story(id_, said.get("name", id_), first, path)
