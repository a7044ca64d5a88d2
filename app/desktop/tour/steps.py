"""What the tour shows, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from app.desktop.window import Window

EXAMPLE: Final = "cart-recovery"
"""The scenario that ships with which the tour goes round."""


@dataclass(frozen=True)
class Step:
    """One thing to see, and perhaps to do."""

    title: str
    words: str
    target: Callable[[Window], QWidget | None]
    """what it is about; None where this window has no such thing, so that the step is left out"""
    task: str = ""
    """what to do, if anything"""
    is_done: Callable[[Window, Before], bool] = lambda window, before: True


@dataclass(frozen=True)
class Before:
    """How things stood when the step came."""

    text: str
    run: str | None
    busy: bool


def dock(title: str) -> Callable[[Window], QWidget | None]:
    """Finds the panel of that name."""

    def find(window: Window) -> QWidget | None:
        return next((each for each in window.findChildren(QDockWidget) if each.windowTitle() == title), None)

    return find


def _button(command: str) -> Callable[[Window], QWidget | None]:
    return lambda window: window.bar.widgetForAction(window.commands[command])


def _has_run(window: Window, before: Before) -> bool:
    simulation = window.simulation
    return not simulation.busy and (before.busy or simulation.run != before.run)


STEPS: Final = (
    Step(
        "This is a journey",
        "Each card is a touchpoint: something a customer does. Each line is a way on, with the share who take it. "
        "Here customers fill a basket, and most of them leave it.",
        lambda window: window.canvas,
    ),
    Step(
        "Everything can be changed",
        "What is selected shows all its values in the Inspector: channels, effort, delays, shares.",
        lambda window: window.canvas,
        "Click a card, or press an arrow key on the canvas.",
        lambda window, before: bool(window.editor.selection),
    ),
    Step(
        "The Inspector",
        "Type a number into a field and the journey has it at once; Ctrl+Z takes it back. Rest on a word to read "
        "what it means, or press F1.",
        dock("Inspector"),
    ),
    Step(
        "Arms: what would happen if …",
        "An arm is the same journey with some values changed. This one has three: no reminders, reminders, and "
        "reminders with a discount. What an arm changes stands below the list.",
        dock("Scenario"),
        "Select the arm “Reminders”.",
        lambda window, before: window.document.arm is not None,
    ),
    Step(
        "Run it",
        "The same customers go through every arm, many times over with other luck.",
        _button("run"),
        "Press Run, or F5. It takes a few seconds.",
        _has_run,
    ),
    Step(
        "The answer in a sentence",
        "Results say first how the arms differ, with an interval: how sure the simulation is. Charts and tables are "
        "behind the tabs.",
        dock("Results"),
    ),
    Step(
        "Levers",
        "Move a lever and the curves follow your hand. Nothing is stored until you run.",
        dock("Levers"),
        "Move any lever.",
        lambda window, before: window.document.text != before.text,
    ),
    Step(
        "Things to try",
        "Every example has some. Each makes a new arm; run it, and compare. Then begin a journey of your own: "
        "File, New journey, and six figures that you know.",
        dock("Things to try"),
    ),
)
