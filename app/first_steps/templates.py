"""New journeys from a template: a scenario that ships, and six figures that its user knows."""

from __future__ import annotations

import contextlib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.files.shipped import shipped
from app.typed_number import readings
from sim.scenario import edit

_DIGITS = 8
"""Shares are written with so many digits behind the point."""


@dataclass(frozen=True)
class Setting:
    """Where an answer goes: its number times `times` plus `plus` is written at an address."""

    at: str
    times: float = 1
    plus: float = 0

    def value_for(self, answer: float) -> int | float:
        """What is written there for that answer."""
        value = round(float(self.times * answer + self.plus), _DIGITS)
        return int(value) if value.is_integer() else value


@dataclass(frozen=True)
class Figure:
    """Something that the user is asked."""

    id: str
    label: str
    unit: str
    help: str
    """what it means, in a sentence or two"""
    default: float
    low: float
    high: float
    whole: bool
    """whether only whole numbers fit"""
    sets: tuple[Setting, ...]

    @property
    def allowed(self) -> str:
        """What fits, in words."""
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {written(self.low)} to {written(self.high)}"

    def answer_in(self, text: str) -> float:
        """The answer that somebody typed, with or without its unit; ValueError says what would fit."""
        for plain in readings(text.strip().removesuffix(self.unit)):
            with contextlib.suppress(ValueError):
                answer = float(plain)
                if not self.refusal(answer):
                    break
        else:
            raise ValueError(f"Give {self.allowed}")
        return int(answer) if answer.is_integer() else answer

    def refusal(self, answer: float) -> str:
        """Why a number does not fit, in words; empty where it does."""
        if not math.isfinite(answer) or not self.low <= answer <= self.high or (self.whole and answer != int(answer)):
            return f"Give {self.allowed}"
        return ""


@dataclass(frozen=True)
class Template:
    """A scenario to begin with, and what is asked for it."""

    id: str
    rank: int
    """where it stands among the templates"""
    name: str
    sentence: str
    """what it is about"""
    text: str
    """the scenario as it ships, with the defaults of all figures"""
    figures: tuple[Figure, ...]

    @property
    def defaults(self) -> dict[str, float]:
        """The answers that the shipped text holds, by figure."""
        return {figure.id: figure.default for figure in self.figures}


@cache
def templates() -> dict[str, Template]:
    """The templates that ship, by id, in the order in which they are offered."""
    folder = shipped("assets") / "templates"
    unsorted = [_template(path, folder / "questions" / path.name) for path in folder.glob("*.toml")]
    return {each.id: each for each in sorted(unsorted, key=lambda each: each.rank)}


def scenario_text(template: Template, answers: Mapping[str, float], name: str = "") -> str:
    """The template's scenario with these answers, by figure, and that name; ValueError where an answer does not fit."""
    changes: dict[str, Any] = {"name": name.strip()} if name.strip() else {}
    for figure in template.figures:
        answer = answers.get(figure.id, figure.default)
        if refusal := figure.refusal(answer):
            raise ValueError(f"{figure.label}: {refusal[0].lower()}{refusal[1:]}")
        if answer != figure.default:  # the text holds the defaults as a person would write them
            changes |= {setting.at: setting.value_for(answer) for setting in figure.sets}
    return edit(template.text, changes) if changes else template.text


def written(number: float) -> str:
    """A number as people write it: `50 000`, `0.5`."""
    return f"{number:,.10g}".replace(",", " ")


def _template(scenario: Path, questions: Path) -> Template:
    said = tomllib.loads(questions.read_text(encoding="utf-8"))
    return Template(
        id=scenario.stem,
        rank=said["rank"],
        name=said["name"],
        sentence=said["sentence"],
        text=scenario.read_text(encoding="utf-8"),
        figures=tuple(_figure(each) for each in said["figures"]),
    )


def _figure(said: Mapping[str, Any]) -> Figure:
    low, high = said["range"]
    return Figure(
        id=said["id"],
        label=said["label"],
        unit=said["unit"],
        help=said["help"],
        default=said["default"],
        low=low,
        high=high,
        whole=said.get("whole", False),
        sets=tuple(Setting(**each) for each in said["sets"]),
    )
