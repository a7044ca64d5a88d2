"""What the tour shows, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

EXAMPLE: Final = "cart-recovery"
"""The scenario that ships with which the tour goes round."""


@dataclass(frozen=True)
class Sight:
    """A part of the window."""

    kind: Literal["canvas", "panel", "button"]
    name: str = ""
    """the title of the panel, the id of the button's command"""


@dataclass(frozen=True)
class Standing:
    """How things stand at a moment."""

    text: str
    """of the document"""
    arm: str | None
    """that is selected"""
    selected: bool
    """whether anything is, in the journey"""
    run: str | None
    """whose results are shown"""
    busy: bool
    """whether something is being run"""


@dataclass(frozen=True)
class Step:
    """One thing to see, and perhaps to do."""

    title: str
    words: str
    sight: Sight
    """what it is about"""
    task: str = ""
    """what to do, if anything"""
    is_done: Callable[[Standing, Standing], bool] = lambda before, now: True
    """whether it is, as things stood when the step came and as they stand now"""


def _has_run(before: Standing, now: Standing) -> bool:
    return not now.busy and (before.busy or now.run != before.run)


STEPS: Final = (
    Step(
        "This is a journey",
        "Each box is a touchpoint: something a customer does. Each line is a transition, with the share of "
        "customers who take it. "
        "Here customers fill a basket, and most of them leave it.",
        Sight("canvas"),
    ),
    Step(
        "Everything can be changed",
        "The Inspector shows all values of what is selected: channels, effort, delays, shares.",
        Sight("canvas"),
        "Click a touchpoint, or press an arrow key on the canvas.",
        lambda before, now: now.selected,
    ),
    Step(
        "The Inspector",
        "Type a number into a field and the journey changes at once; Ctrl+Z undoes it. Hover over a word to read "
        "what it means, or press F1.",
        Sight("panel", "Inspector"),
    ),
    Step(
        "Arms: what would happen if …",
        "An arm is the same journey with some values changed. This one has three: no reminders, reminders, and "
        "reminders with a discount. What an arm changes is shown below the list.",
        Sight("panel", "Scenario"),
        "Select the arm “Reminders”.",
        lambda before, now: now.arm is not None,
    ),
    Step(
        "Run it",
        "The same customers go through every arm, many times over, each time with different luck.",
        Sight("button", "run"),
        "Press Run, or F5. It takes a few seconds.",
        _has_run,
    ),
    Step(
        "The answer in a sentence",
        "Results begin with how the arms differ, with an interval that shows how sure the simulation is. Charts "
        "and tables are "
        "behind the tabs.",
        Sight("panel", "Results"),
    ),
    Step(
        "Levers",
        "Move a lever and the curves follow your hand. Nothing is stored until you run.",
        Sight("panel", "Levers"),
        "Move any lever.",
        lambda before, now: now.text != before.text,
    ),
    Step(
        "Things to try",
        "Every example has some. Each makes a new arm; run it, and compare. Then begin a journey of your own: "
        "File, New journey, and six figures that you know.",
        Sight("panel", "Things to try"),
    ),
)
