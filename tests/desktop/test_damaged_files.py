"""Files that went wrong somehow are opened with findings, or told in one line; no view fails over them."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from sim.scenario import new_text
from tests.desktop.everything import EVERYTHING

ODD: tuple[Any, ...] = (
    3,
    -1,
    0.5,
    "",
    "x",
    True,
    [],
    {},
    [1],
    [{}],
    {"a": 1},
    [["a"]],
    float("nan"),
    1e308,
    ["x", "y"],
)


def spots(value: Any, spot: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in tables."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*spot, key)
        yield from spots(value[key], (*spot, key))


def damaged(chance: random.Random) -> dict[str, Any]:
    """The scenario with one of everything, and a value or two that make no sense, or are gone."""
    tables = tomllib.loads(EVERYTHING)
    for _ in range(chance.choice([1, 1, 2, 3])):
        *around, last = chance.choice(list(spots(tables)))
        container: Any = tables
        for key in around:
            container = container[key]
        if chance.random() < 0.1:
            del container[last]
        else:
            container[last] = chance.choice(ODD)
    return tables


def look_at_everything(window: Window, file: Path, section: str) -> None:
    window.files.open_now(file)
    QApplication.processEvents()
    window.document.read_again.emit()
    window.editor.select_all()
    for view in range(window.views.count()):
        window.views.setCurrentIndex(view)
        QApplication.processEvents()
    window.sections.open(section)
    QApplication.processEvents()
    window.fields.kept()


def test_a_choice_that_is_a_table_is_shown_among_the_levers(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "damaged.toml"
    file.write_text(new_text(tomllib.loads(EVERYTHING) | {"personalization": {"level": {}}}), encoding="utf-8")
    look_at_everything(window, file, "scenario")
    assert window.document.reading.errors


@pytest.mark.slow
def test_damaged_scenarios_are_shown_in_every_view(window: Window, tmp_path: Path) -> None:
    chance, file = random.Random(4), tmp_path / "damaged.toml"
    for _ in range(40):
        file.write_text(new_text(damaged(chance)), encoding="utf-8")
        look_at_everything(window, file, chance.choice(SECTIONS).id)
        assert window.document.path == file


def test_what_is_no_file_of_text_is_told_in_one_line_and_leaves_what_is_open(window: Window, tmp_path: Path) -> None:
    kinds = {"binary": b"\0\1\2", "utf16": "id = 1".encode("utf-16"), "latin": b"name = '\xe9'"}
    for name, content in (kinds | {"large": b"#" * 5_000_001}).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    text = window.document.text
    for path in (*map(tmp_path.joinpath, (*kinds, "large", "ring", "gone.toml", ".")), Path("~nobody/x.toml")):
        assert not window.files.open_now(path), path
        (said,) = window.messages.texts
        assert path.name in said, path
        assert "\n" not in said, path
        assert window.document.text == text


@pytest.mark.parametrize("content", ["", "x = " + "[" * 5000, 'id = "shop"\n[[touch'], ids=["empty", "deep", "half"])
def test_a_text_that_is_no_scenario_is_opened_with_what_is_wrong(window: Window, tmp_path: Path, content: str) -> None:
    file = tmp_path / "damaged.toml"
    file.write_text(content, encoding="utf-8")
    look_at_everything(window, file, "scenario")
    assert window.document.reading.errors == 1
