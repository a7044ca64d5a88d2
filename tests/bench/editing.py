"""How soon a large journey is edited: 500 touchpoints with 987 transitions."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.row import Row, at_most
from tests.bench.timing import seconds


def edited(window: Any, turn: Callable[[], object], folder: Path, rounds: int) -> list[Row]:
    """The slowest of small steps, 50 deleted, and all duplicated, each until it can be seen."""
    from app.desktop.document import Selection
    from tests.desktop.large import large_journey

    file = folder / "edited.toml"
    file.write_text(large_journey(500, 987))
    window.files.open_now(file)
    editor, stack = window.editor, window.document.undo_stack
    some = Selection(touchpoints=frozenset(f"t{number}" for number in range(100, 150)))

    def taken(before: Callable[[], object], *steps: Callable[[], object]) -> float:
        found: list[float] = []
        for _ in range(rounds):
            before()
            turn()
            found.append(max(seconds(lambda step=step: (step(), turn())) for step in (*steps, stack.undo)))
            while stack.canUndo():
                stack.undo()
            stack.clear()
        return median(found)

    small = taken(lambda: None, lambda: editor.move([("t5", 10.0, 20.0)]), lambda: editor.rename("t7", "Another name"))
    what = "500 touchpoints and 987 transitions"
    return [
        at_most(f"{what}: one moved, renamed, or that undone", small, 1, "{:.2f} s"),
        at_most(f"{what}: 50 deleted", taken(lambda: editor.select(some), editor.delete), 1, "{:.2f} s"),
        at_most(f"{what}: all duplicated", taken(editor.select_all, editor.duplicate), 1, "{:.2f} s"),
    ]
