"""Every label that is printed (heads of tables, tabs, panels, rows of the map, axes, outcomes) is in the glossary."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QTableView, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from rich.table import Table
from typer.testing import CliRunner

from app.cli.main import program
from app.desktop.results.plot import Plot
from app.desktop.results.touchpoints import _FIGURES
from app.desktop.window import Window
from app.shown.glossary import explained
from sim.outcomes import DEFINITIONS
from sim.store import Store
from tests.desktop.everything import EVERYTHING
from tests.desktop.reading_all import without_keys
from tests.desktop.results_by_hand import some_results
from tests.store.replications import begin

NAMES = re.compile("[Tt]he (base|omni|plus)|^(Look|Buy)$")
"""what the scenario and the results of this test call their own things"""


def printed(within: QWidget) -> Iterator[str]:
    """The labels of a part of the window."""
    for widget in [within, *within.findChildren(QWidget)]:
        match widget:
            case QTableView() | QTreeView() if widget.model() is not None:
                for way, count in (
                    (Qt.Orientation.Horizontal, widget.model().columnCount()),
                    (Qt.Orientation.Vertical, widget.model().rowCount()),
                ):
                    for number in range(count):
                        yield str(widget.model().headerData(number, way, Qt.ItemDataRole.DisplayRole) or "")
            case QTabBar():
                yield from (without_keys(widget.tabText(tab)) for tab in range(widget.count()))
            case QDockWidget():
                yield without_keys(widget.windowTitle())
            case Plot():
                for axis in (widget.across, widget.up):
                    yield axis.labelText if axis.label.isVisible() else ""


def of_the_window(window: Window) -> set[str]:
    """All labels that it prints, with results and under each view."""
    window.document.new(EVERYTHING)
    window.results.show_results(some_results(), "results")
    found: set[str] = set()
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        found |= set(printed(window.results))
    for view in range(window.views.count()):
        window.views.setCurrentIndex(view)
        QApplication.processEvents()
    found |= set(printed(window))
    found |= {row.title for row in window.journey_map.grid.sheet_model.sheet.rows}
    found |= {name for name, _ in _FIGURES.values()}
    return {label for label in found if label and not NAMES.search(label) and not label.isdigit()}


def is_explained(label: str) -> bool:
    """Whether the glossary has it: as it is, as one of several, or before a comma or a colon that says more of it."""
    words = re.split(r"[,:(]", label)[0].strip().lower()
    single = re.sub(r"ies$", "y", words)
    forms = {words, single, words.removesuffix("s"), words.replace("moments", "moment")}
    return not forms.isdisjoint(explained())


def test_every_label_of_the_window_is_explained(window: Window, qtbot: QtBot) -> None:
    labels = of_the_window(window)
    assert {"Drop-off", "Moments of truth", "Taken", "Day of the run", "Verdict", "Started"} <= labels
    assert sorted(label for label in labels if not is_explained(label)) == []


def test_every_head_of_the_command_lines_tables_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads: set[str] = set()
    add = Table.add_column

    def note(table: Table, header: str = "", *given: Any, **named: Any) -> None:
        heads.add(header)
        add(table, header, *given, **named)

    monkeypatch.setattr(Table, "add_column", note)
    store = tmp_path / "runs.sqlite"
    with Store(store) as opened:
        opened.annotate(begin(opened, name="A run"), "a note")
    for command in (["runs", "--db", str(store)], ["scenarios"], ["validate", "online-shop"]):
        CliRunner().invoke(program, command)
    assert {"status", "visits", "customers"} <= heads
    assert sorted(head for head in heads if head and not is_explained(head)) == []


def test_every_outcome_has_an_entry_of_its_own() -> None:
    assert {outcome.label.lower() for outcome in DEFINITIONS.values()} <= explained()
