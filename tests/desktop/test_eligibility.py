"""The tab of who gets an action: a bar for each step and arm, what a step means, and what to do where there is none."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.looks.theme import Appearance, Theme
from app.desktop.results import ResultsPanel
from app.desktop.results.eligibility import NO_ACTIONS, NOT_COUNTED, OF_EVERYBODY, EligibilityChart
from sim.experiment import Results
from sim.outcomes.records import TREATED
from sim.scenario import Variant
from tests.builders import scenario
from tests.desktop.results_by_hand import some_results

ACTING: dict[str, Any] = {
    "channels": [{"id": "mail"}],
    "actions": [{"id": "news", "name": "The news", "channels": ["mail"]}, {"id": "hello", "channels": ["mail"]}],
    "rules": [{"id": "weekly", "when": {"every": "mon 09:00"}, "do": "news"}],
    "orchestration": {"policy": "rules"},
}
BASE = {"condition": 20.0, "opted-out": 30.0, "sent": 50.0}
OMNI = {"condition": 20.0, "opted-out": 10.0, "capped": 5.0, "sent": 65.0}
OF_NEW = {"opted-out": 9.0, "sent": 1.0}


def counted() -> Results:
    """Two arms under which news are sent, and one under which nothing is."""
    plain = some_results(4)
    scenarios = (scenario(**ACTING), scenario(**ACTING), scenario(**ACTING | {"orchestration": {"policy": "none"}}))
    found = []
    for one in plain.replications:
        nobody = {"hello": {"not-triggered": 100.0}}
        tables = (BASE | {"sent": 50.0 + one.number}, OMNI, {"not-triggered": 100.0})
        arms = tuple(
            replace(arm, eligibility=nobody | {"news": table}, segment_eligibility={"new": {"news": OF_NEW}})
            for arm, table in zip(one.arms, tables, strict=True)
        )
        found.append(replace(one, arms=arms))
    variants = tuple(Variant(arm, f"The {arm}", of) for arm, of in zip(plain.arms, scenarios, strict=True))
    return replace(plain, replications=tuple(found), variants=variants)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ResultsPanel]:
    appearance = Appearance()
    appearance.apply()
    panel = ResultsPanel(appearance)
    qtbot.addWidget(panel)
    panel.resize(1100, 450)
    panel.show_results(counted(), "run 7")
    panel.show()
    panel.tabs.setCurrentWidget(panel.charts.eligibility)
    yield panel
    panel.close()


@pytest.fixture
def chart(panel: ResultsPanel) -> EligibilityChart:
    return panel.charts.eligibility


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def bars(chart: EligibilityChart) -> list[tuple[float, float]]:
    """Where each bar begins and ends, from the first arm's first step on."""
    drawn = [item for item in chart.plot.getPlotItem().items if isinstance(item, pg.BarGraphItem)]
    return [(round(bar.opts["x0"][0], 1), round(bar.opts["x0"][0] + bar.opts["width"][0], 1)) for bar in drawn]


def test_the_sentence_answers_for_the_first_arm_and_the_one_that_differs(chart: EligibilityChart) -> None:
    assert chart.answer.text() == (
        'Under "The base": of 100 customers 80 could have got "The news"; 51 did (one-cohort range 48.5 to 53.0). '
        'Most are lost at: opted out (30). Under "The omni" 65 got it.'
    )


def test_bars_of_an_arm_lead_from_all_to_those_who_got_it(chart: EligibilityChart) -> None:
    omni = bars(chart)[3:]
    assert omni == [(80.0, 100.0), (70.0, 80.0), (65.0, 70.0), (0.0, 65.0)]
    assert len(bars(chart)) == 7, "no bar of the arm under which nothing is sent"
    assert [text for _, text in chart.plot.up._tickLevels[0]] == [
        "Did not meet the conditions", "Opted out", "Message cap reached", "Got it",
    ]  # fmt: skip


def test_a_step_tells_what_it_means_and_its_share_under_each_arm(chart: EligibilityChart, qtbot: QtBot) -> None:
    settle()
    assert chart.key.text().startswith("Got it: it was sent or shown to them at least once.")
    chart.plot.pointed.emit(50.0, -1.2)
    settle()
    said = chart.key.text().splitlines()
    assert said[0].startswith("Opted out: they do not accept messages on the channels on which it can be sent.")
    assert said[1:] == ["The base", "29.6 % [29.0, 30.2]", "The omni", "10.0 % [10.0, 10.0]"]
    qtbot.keyClick(chart.plot, Qt.Key.Key_Down)
    assert chart.key.text().startswith("Message cap reached: ")
    assert "0.0 %" in chart.key.text(), "none under the base"


def test_of_a_segment_its_own_figures_are_told_and_of_a_group_everybodys(
    panel: ResultsPanel, chart: EligibilityChart
) -> None:
    panel.who.ask_for("new")
    assert "of 100 customers 100 could have got" in chart.answer.text()
    assert "opted out (90)" in chart.answer.text()
    panel.who.ask_for(TREATED)
    assert chart.answer.text().endswith(OF_EVERYBODY)


def test_an_action_that_no_rule_sends_is_told_in_a_sentence(chart: EligibilityChart) -> None:
    chart.action.ask_for("hello")
    assert chart.answer.text() == 'Nobody gets "hello" under any arm: no rule sends or shows it.'
    assert bars(chart) == []
    assert chart.key.text().strip() == ""


def test_without_actions_it_says_what_to_do_and_of_older_runs_to_run_again(panel: ResultsPanel) -> None:
    plain = some_results(2)
    bare = [replace(one, arms=tuple(replace(arm, eligibility={}) for arm in one.arms)) for one in plain.replications]
    variants = tuple(replace(variant, scenario=scenario()) for variant in plain.variants)
    panel.show_results(replace(plain, replications=tuple(bare), variants=variants), "run 8")
    assert panel.charts.eligibility.answer.text() == NO_ACTIONS
    panel.show_results(replace(plain, replications=tuple(bare)), "run 9")
    assert panel.charts.eligibility.answer.text() == NOT_COUNTED


def test_all_figures_can_be_saved(chart: EligibilityChart, tmp_path: Path) -> None:
    chart.save_data(tmp_path / "data.csv")
    rows = list(csv.DictReader((tmp_path / "data.csv").open(encoding="utf-8")))
    of_omni = {row["step"]: float(row["share"]) for row in rows if (row["arm"], row["action"]) == ("omni", "news")}
    assert of_omni == {"condition": 0.2, "opted-out": 0.1, "capped": 0.05, "sent": 0.65}


@pytest.mark.parametrize("theme", [Theme(dark=True), Theme(large=True), Theme(dark=True, large=True)])
def test_it_is_drawn_in_every_look_and_scrolls_where_there_is_little_room(
    panel: ResultsPanel, chart: EligibilityChart, theme: Theme
) -> None:
    panel.appearance.use(theme)
    panel.resize(700, 240)
    settle()
    assert len(bars(chart)) == 7
    rows = chart.plot.getPlotItem().getViewBox().height() / 4
    assert rows >= theme.points("small"), "names of steps do not lie on each other"
