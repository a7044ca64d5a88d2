"""A large journey is edited without waiting: four times as much takes about four times as long, not sixteen."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.desktop.document import Selection
from app.desktop.window import Window
from tests.desktop.conftest import Open
from tests.desktop.large import large_journey

pytestmark = pytest.mark.slow

MOST = 10.0
"""times as long, for four times as much; where each thing is compared with every other it is sixteen"""


def seconds(do: Callable[[], object]) -> float:
    """How long a step takes until it can be seen."""
    begin = time.perf_counter()
    do()
    QApplication.processEvents()
    return time.perf_counter() - begin


def taken(window: Window, file: Path) -> dict[str, float]:
    """How long each step takes with everything selected, and undoing it."""
    editor, stack = window.editor, window.document.undo_stack
    some = Selection(touchpoints=frozenset(f"t{number}" for number in range(50, 100)))
    steps: dict[str, Callable[[], object]] = {
        "move": lambda: editor.move([("t5", 10.0, 20.0)]),
        "rename": lambda: editor.rename("t7", "Another name"),
        "delete 50": editor.delete,
        "duplicate all": editor.duplicate,
        "paste all": editor.paste,
    }
    found: dict[str, list[float]] = {}
    for _ in range(3):
        found.setdefault("open", []).append(seconds(lambda: window.files.open_now(file)))
        before = window.document.text
        for name, step in steps.items():
            editor.select_all()
            editor.copy()
            if name == "delete 50":
                editor.select(some)
            found.setdefault(name, []).append(seconds(step))
            assert stack.count() == 1, "one step to undo"
            assert window.document.text != before
            found.setdefault(f"undo {name}", []).append(seconds(stack.undo))
            assert window.document.text == before
            stack.clear()
    return {name: min(times) for name, times in found.items()}  # others may be busy on the machine


def test_a_step_takes_no_longer_than_in_proportion_to_the_journey(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    small, large = tmp_path / "small.toml", tmp_path / "large.toml"
    small.write_text(large_journey(125, 247))
    large.write_text(large_journey(500, 987))
    quick, slow = taken(window, small), taken(window, large)
    assert len(slow) == 11
    assert {name: slow[name] / quick[name] for name in slow if slow[name] > MOST * quick[name]} == {}
