"""What has several names in everyday speech has the name in code that "Words" in the architecture gives it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.scenario.declared import declared
from sim.scenario.reference import sections
from sim.scenario.shape import fields

ROOT = Path(__file__).resolve().parents[1]

MANY_THINGS = ("place", "places")
"""Each could be a touchpoint, an index, a position, a key path or a folder; "Words" tells them apart."""


def many_things(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each variable, argument, attribute, function and class that is called by such a word alone."""
    for node in ast.walk(ast.parse(source)):
        for part in ("id", "arg", "attr", "name"):
            name = getattr(node, part, None)
            if isinstance(name, str) and name.strip("_").lower() in MANY_THINGS:
                yield node.lineno, name  # type: ignore[attr-defined]


def test_nothing_is_called_a_place() -> None:
    files = [file for part in ("sim", "app", "tests") for file in sorted((ROOT / part).rglob("*.py"))]
    told = [
        f"{file.relative_to(ROOT).as_posix()}:{line}: {word}"
        for file in files
        for line, word in many_things(file.read_text(encoding="utf-8"))
    ]
    assert len(files) > 500
    assert told == []


def test_people_read_id_in_capitals() -> None:
    read = [label for section in sections() for key in fields(section.model)
            for said in [declared(section.model, key)] for label in (said.label, said.help)]  # fmt: skip
    assert "ID" in read
    assert [text for text in read if re.search(r"\b(Id|ids?)\b", text)] == []


@pytest.mark.parametrize(
    "source",
    [
        "place = 1",
        "def go(places): ...",
        "class Place: ...",
        "def _places(): ...",
        "run.place",
        "go(place=2)",
        "PLACES = 3",
    ],
)
def test_each_kind_of_name_is_looked_at(source: str) -> None:
    assert len(list(many_things(source))) == 1


def test_a_word_within_another_and_a_text_are_none() -> None:
    assert list(many_things('replaced = placeholder = where = "place"  # a place')) == []
