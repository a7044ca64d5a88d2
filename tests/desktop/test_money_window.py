"""Profit and loss of the run that is shown, and the business case below it."""

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.studies.money import COPIED, NO_MONEY, NO_RUN, MoneyWindow
from app.desktop.window import Window
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open

PATIENCE_MS = 240_000


@pytest.fixture
def shop(open_window: Open, tmp_path: Path) -> Window:
    """A window with the cart recovery of few customers."""
    file = tmp_path / "carts.toml"
    text = shipped_scenarios()["cart-recovery"].read_text(encoding="utf-8")
    file.write_text(edit(text, {"population.size": 500, "experiment.replications": 3}), encoding="utf-8")
    return open_window(file)


def ran(window: Window, qtbot: QtBot) -> MoneyWindow:
    """The window that looks into its run."""
    window.simulation.start()
    qtbot.waitUntil(lambda: not window.simulation.busy and window.simulation.results is not None, timeout=PATIENCE_MS)
    window.commands["profit-and-loss"].trigger()
    study = window.studies.money
    assert study is not None
    return study


def column(study: MoneyWindow, number: int) -> list[str]:
    return [study.table.item(row, number).text() for row in range(study.table.rowCount())]


def test_a_run_is_asked_for_its_profit_by_month(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_profit_and_loss()
    study = shop.studies.money
    assert study is not None
    assert study.answer.text() == NO_RUN
    assert not study.find.isEnabled()
    assert ran(shop, qtbot) is study
    assert (study.arm.currentText(), study.against.currentText()) == ("Reminders", "No reminders")
    assert not study.depends.isEnabled()
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith('Under "Reminders", profit in the whole run is ')
    heads = [study.table.horizontalHeaderItem(number).text() for number in range(study.table.columnCount())]
    assert heads == ["", "2026-03 *", "2026-04", "2026-05", "2026-06 *", "Whole run"]
    assert column(study, 0)[0] == "Net revenue"
    assert column(study, 0)[-2:] == ["Profit", "Cumulated profit"]
    assert column(study, 4)[-1] == column(study, 5)[-1]
    assert study.case_words.text().startswith('Under "Reminders", profit over 120 days is ')
    assert study.case.rowCount() == 4
    assert study.even.item(0, 0).text().endswith(" of the arm")
    assert "Reminders: " in study.plot.accessibleDescription()

    study.depends.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.state.text().startswith("Of the numbers asked, the difference depends on this most: ")
    assert study.tabs.currentWidget() is study.dependence
    assert study.dependence.rowCount() > 3

    study.copy.click()
    assert study.state.text() == COPIED
    rows = list(csv.DictReader(io.StringIO(QApplication.clipboard().text())))
    assert {each["table"] for each in rows} == {"profit and loss", "difference"}

    study.per.ask_for("week")
    assert study.table.isHidden()
    assert not study.copy.isEnabled()


def test_arms_of_other_days_are_told_apart_in_plain_words(shop: Window, qtbot: QtBot) -> None:
    arms = [{"id": "long", "name": "Long"}, {"id": "short", "name": "Short", "set": {"horizon": 60}}]
    shop.document.apply("Two arms", lambda text: edit(text, {"experiment.arms": arms}))
    study = ran(shop, qtbot)
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.state.text().startswith('"short" runs 60 days from ')
    assert study.table.isHidden()


def test_a_run_of_one_arm_has_no_case(shop: Window, qtbot: QtBot) -> None:
    shop.document.apply("One arm", lambda text: edit(text, {"experiment.arms": []}))
    study = ran(shop, qtbot)
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.table.rowCount() > 3
    assert not study.depends.isEnabled()
    assert not study.tabs.isTabVisible(study.tabs.indexOf(study.case))
    assert study.case_words.isHidden()


def test_a_journey_without_money_says_so(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "free.toml"
    file.write_text(
        """
format = 1
id = "free"
horizon = 3
population = { size = 50 }
channels = [{ id = "web" }]
touchpoints = [{ id = "start", start = true }, { id = "end", exit = "completed" }]
transitions = [{ from = "start", to = "end", share = 1, delay = 1 }]
experiment = { replications = 2 }
"""
    )
    study = ran(open_window(file), qtbot)
    assert study.answer.text() == NO_MONEY
    assert not study.find.isEnabled()
