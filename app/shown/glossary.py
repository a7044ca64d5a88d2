"""What words mean: one glossary for documentation and tooltips; `python -m app.shown.glossary` writes it."""

import tomllib
from functools import cache
from pathlib import Path

from app.files.shipped import shipped
from sim.outcomes import DEFINITIONS
from sim.outcomes.lines import LINES
from sim.outcomes.series import SERIES
from sim.scenario.declared import declared
from sim.scenario.reference import TOP, sections
from sim.scenario.said import ACRONYMS
from sim.scenario.shape import fields

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"

_BEGINNING = """# Glossary

| word | what it means here |
|---|---|
"""
_LABELS = """
## Labels in the window

What the fields of the window are called, which key of a scenario file each one sets, and what it means.

| label | key | what it means |
|---|---|---|
"""
_OUTCOMES = """
## Outcomes

What tables, charts and sentences call what a run measures. [Their reference](reference/outcomes.md) has units and IDs.

| label | what it means |
|---|---|
"""
_LINES = """
## Lines of a profit and loss

What is earned and spent in a month, by cause; [the model](background/money.md) has the formulas.

| label | what it means |
|---|---|
"""


@cache
def glossary() -> dict[str, str]:
    """The definitions by word, in alphabetical order; they may hold Markdown's `code` and *emphasis*."""
    meanings: dict[str, str] = tomllib.loads((shipped("assets") / "glossary.toml").read_text(encoding="utf-8"))
    return meanings


def shown(word: str) -> str:
    """A word of the glossary as it is printed."""
    first, space, rest = word.partition(" ")
    return f"{first.upper()}{space}{rest}" if first in ACRONYMS else word


def page() -> str:
    """The page in Markdown."""
    words = "".join(f"| **{shown(word)}** | {meaning} |\n" for word, meaning in glossary().items())
    measured = "".join(f"| {label} | {meaning} |\n" for label, meaning in outcome_labels().items())
    booked = "".join(f"| {line.label} | {line.definition} |\n" for line in LINES.values())
    return _BEGINNING + words + _OUTCOMES + measured + _LINES + booked + _LABELS + "".join(labels())


def outcome_labels() -> dict[str, str]:
    """What outcomes, and what of them is shown day by day, are called, with their definitions."""
    series = {one.label: one.definition for one in SERIES.values()}
    return series | {one.label: one.definition for one in DEFINITIONS.values()}


def explained() -> set[str]:
    """Everything that the page has an entry for, in lower case: words, labels of outcomes, of lines and of fields."""
    words = {shown(word).partition(" (")[0].lower() for word in glossary()}
    fields_ = {declared(section.model, key).label.lower() for section in sections() for key in fields(section.model)}
    lines = {line.label.lower() for line in LINES.values()}
    return words | {label.lower() for label in outcome_labels()} | lines | fields_


def labels() -> list[str]:
    """A row for each label of a field, in alphabetical order."""
    rows = []
    for section in sections():
        of = "" if section.title == TOP else f"{section.title}."
        for key in fields(section.model):
            said = declared(section.model, key)
            meaning = " ".join(said.help.split()).replace("|", "or")
            rows.append((said.label.lower(), f"| {said.label} | `{of}{key}` | {meaning} |\n"))
    return [row for _, row in sorted(rows)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
