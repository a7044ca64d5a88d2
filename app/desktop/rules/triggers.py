"""What can set a rule off: the kinds of triggers in words, and the fields of each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout

from app.desktop.forms.choosing import ChoiceEditor
from app.desktop.forms.editor import Editor
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import scores_in
from sim.scenario.orchestration import Trigger
from sim.scenario.said import said_of
from sim.scenario.shape import fields


@dataclass(frozen=True)
class Kind:
    """One kind of trigger."""

    words: str
    titles: Mapping[str, str]
    """its keys in the order of their fields, and what these are called"""
    needed: tuple[str, ...]
    """the keys that it cannot be without"""


KINDS: Final = {
    "entered": Kind(
        "Somebody enters a touchpoint",
        {"entered": "Touchpoint", "after": "Wait", "without": "Without reaching"},
        ("entered",),
    ),
    "leaving": Kind("Somebody is about to leave for good", {"leaving": "From which touchpoint"}, ("leaving",)),
    "idle": Kind("A customer is inactive", {"idle": "For how long"}, ("idle",)),
    "count": Kind("A count is reached", {"count": "What is counted", "reaches": "Reaches"}, ("count", "reaches")),
    "score": Kind("A score passes a limit", {"score": "Score", "above": "Above", "below": "Below"}, ("score",)),
    "at": Kind("A date is reached", {"at": "Date or day"}, ("at",)),
    "every": Kind("Every week", {"every": "Weekday and time"}, ("every",)),
    "tick": Kind("Each time the brand plans", {}, ("tick",)),
}
"""All kinds of triggers, by the key that tells them apart."""

_NO_SCORES: Final = "There are no scores in this scenario yet: add one first, then rules can watch it"


def kind_of(when: Any) -> str | None:
    """The kind of a trigger as the file has it; None where it says none."""
    return next((kind for kind in KINDS if isinstance(when, Mapping) and when.get(kind) is not None), None)


def titles_of(kind: str) -> dict[str, str]:
    """The keys of a kind of trigger and what their fields are called; empty where by the key's own label."""
    titles = KINDS[kind].titles
    more = [key for key in fields(Trigger) if kind in said_of(Trigger, key).needs and key not in titles]
    return {**titles, **dict.fromkeys(more, "")}


def first_trigger(kind: str, source: Source) -> dict[str, Any]:
    """A trigger of that kind to begin with."""
    start = source.at(("start_date",))
    values: dict[str, dict[str, Any]] = {
        "entered": {"entered": next(iter(source.named("touchpoints")), "")},
        "leaving": {"leaving": True},
        "idle": {"idle": 7},
        "count": {"count": "visits", "reaches": 3},
        "score": {"score": next(iter(scores_in(source)), ""), "above": 0.5},
        "at": {"at": start if isinstance(start, datetime.date) else 0},
        "every": {"every": "mon 09:00"},
        "tick": {"tick": True},
    }
    return values[kind]


class KindEditor(Editor):
    """Which kind of trigger; another one begins with usual values."""

    def __init__(self, source: Source) -> None:
        """A list of all kinds."""
        super().__init__()
        self._source = source
        self._kind: str | None = None
        self.choice = ChoiceEditor(lambda: {kind: each.words for kind, each in KINDS.items()}, required=True)
        self.box = self.input = self.choice.box
        self.setFocusProxy(self.choice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choice)
        self.choice.begun.connect(self.begun)
        self.choice.edited.connect(self._chosen)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show the kind of this trigger."""
        self._kind = kind_of(value)
        self.choice.show_value(self._kind, None, various)

    def _chosen(self, kind: str) -> None:
        if kind == self._kind:
            return
        if kind == "score" and not scores_in(self._source):
            self.choice.show_value(self._kind, None)
            self.refused.emit(_NO_SCORES)
        else:
            self.edited.emit(first_trigger(kind, self._source))
