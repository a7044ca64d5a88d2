"""What the parts of the window are for, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Part:
    """A part of the window."""

    title: str
    text: str
    see: tuple[str, ...] = ()
    """keys of topics that go with it"""


PARTS: Final = {
    "window": Part(
        "The window",
        "In the middle is the journey, around it are panels. Press F1 anywhere for help on what has the keyboard; "
        "Ctrl+K finds any command; F5 runs the journey, F11 presents it.",
        ("journey", "scenario", "run"),
    ),
    "canvas": Part(
        "Canvas",
        "The journey as a drawing: touchpoints as boxes, transitions as lines. Double-click an empty spot to add a "
        "touchpoint, drag from its edge to connect it, press F2 to rename, Delete to remove. The arrow keys go "
        "from one to the next.",
        ("touchpoint", "transition", "stage"),
    ),
    "journey map view": Part(
        "Journey map view",
        "The journey as strategists draw it: stages as columns, and what customers want, do, meet and feel as rows. "
        "Enter or a double click opens a cell. Choose a persona to see their card and, after a run, their figures.",
        ("journey map", "persona", "emotion", "moment of truth", "pain point", "at stake"),
    ),
    "table": Part(
        "Table",
        "The same journey as two tables, one of touchpoints and one of transitions. Changes here "
        "appear in the drawing, and vice versa.",
        ("touchpoint", "transition"),
    ),
    "scenario panel": Part(
        "Scenario panel",
        "The scenario and its arms. Your edits go into whichever is selected: an arm keeps only what differs.",
        ("scenario", "arm"),
    ),
    "inspector": Part(
        "Inspector",
        "Every value of what is selected on the canvas or in the table; of the scenario where nothing is selected. "
        "Press F1 in a field for what it means, its unit and its default.",
        ("touchpoint", "transition"),
    ),
    "results": Part(
        "Results",
        "What the last run found, with the answer in a sentence above each chart. Every figure has its interval.",
        ("outcome", "interval", "difference"),
    ),
    "runs": Part(
        "Runs",
        "All stored runs, newest first. Choose one to see what it found, two or more to compare them.",
        ("run", "store"),
    ),
    "findings": Part(
        "Findings",
        "What is wrong or doubtful in the scenario, and how to put it right. Choose a finding to go where it is.",
        ("scenario",),
    ),
    "levers": Part(
        "Levers",
        "The values most often changed, as sliders. A lever changes the scenario, or the selected arm, "
        "just as a field does.",
        ("channel", "personalization", "integration", "policy"),
    ),
    "settings": Part(
        "Settings",
        "Everything that the scenario says, by section: choose one at the left, edit it at the right. Press F1 in a "
        "field for what it means. How the program itself looks is under Edit > Preferences.",
        ("scenario", "segment", "channel", "rule"),
    ),
    "things to try": Part(
        "Things to try",
        "What is worth trying with the example that is open. Each makes an arm, to be run and compared.",
        ("arm", "comparison"),
    ),
    "live": Part(
        "Live",
        "What a change would do, while you make it: fewer customers are simulated again and compared with the "
        "baseline. None of it is stored.",
        ("difference", "simulation error", "replication"),
    ),
    "glossary": Part("Glossary", "What the words mean. Type to search; choose a word, or a link, to read about it."),
    "preferences": Part(
        "Preferences", "How the window looks, how often it backs up unsaved changes, and where files are kept."
    ),
    "log": Part(
        "Log",
        "The program's log, and reports on what went wrong. Nothing is ever sent anywhere.",
    ),
    "messages": Part("Messages", "What the program has to tell you. Choose an answer, or dismiss the message with ✕."),
    "toolbar": Part("Toolbar", "The commands used most often. All others are in the menus and under Ctrl+K."),
    "search": Part(
        "Search or command",
        "Type part of the name of a command, or of anything in the scenario, and press Enter. Other words for it "
        "are understood, too.",
    ),
}
"""By the key that links and `set_help` use."""
