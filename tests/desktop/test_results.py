"""The results panel: it shows what was found, each figure with its interval, and all of it can be taken along."""

import csv
import gc
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.desktop.frame.messages import Answer
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import Appearance, Theme
from app.desktop.pictures import formats
from app.desktop.results import ResultsPanel
from app.desktop.results.chart import Chart
from app.desktop.results.compare import LEVELS, OUTCOMES, RUNS
from app.desktop.results.panel import NONE_FINISHED, NOTHING
from app.desktop.results.results_reading import ResultsReading
from sim.experiment.json_document import document
from sim.outcomes import ALL, DEFINITIONS, Replication
from tests.desktop.results_by_hand import ADDED, some_results
from tests.experiment.results import results
from tests.some_slow import first_quick

TITLES = (
    "Retention",
    "Conversion",
    "Over time",
    "Distribution",
    "Funnel",
    "Outcomes",
    "Compare",
    "Touchpoints",
    "Eligibility",
)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ResultsPanel]:
    """A panel of a usual size with three arms and 20 replications."""
    appearance = Appearance()
    appearance.apply()
    panel = ResultsPanel(appearance)
    qtbot.addWidget(panel)
    panel.resize(1000, 400)
    panel.show_results(some_results(), "run 7")
    panel.show()
    yield panel
    panel.close()


def look_at(panel: ResultsPanel, title: str) -> None:
    panel.tabs.setCurrentIndex(TITLES.index(title))


def cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_where_there_is_little_room_the_chart_has_it_and_the_notes_are_in_the_tooltip(panel: ResultsPanel) -> None:
    assert panel.notes.isVisible()
    panel.resize(1000, 200)
    assert not panel.notes.isVisible()
    assert "20 replications" in panel.charts.retention.answer.toolTip()
    panel.resize(1000, 400)
    assert panel.notes.isVisible()


def test_the_upright_label_is_a_shorter_one_or_ends_in_an_ellipsis_where_its_axis_is_short(
    panel: ResultsPanel, qtbot: QtBot
) -> None:
    look_at(panel, "Conversion")
    axis = panel.charts.conversion.plot.up
    panel.resize(1000, 600)
    qtbot.waitUntil(lambda: "…" not in axis.labelText)
    whole = axis.labelText
    panel.resize(1000, 320)
    qtbot.waitUntil(lambda: axis.labelText == "Customers won")
    panel.resize(1000, 240)
    qtbot.waitUntil(lambda: axis.labelText.endswith("…"))
    assert whole.startswith(axis.labelText[:-1])
    assert axis.label.boundingRect().width() <= axis.size().height() + 2 * axis.label.document().documentMargin()
    panel.resize(1000, 600)
    qtbot.waitUntil(lambda: axis.labelText == whole)


def test_an_empty_panel_says_how_to_get_results(qtbot: QtBot) -> None:
    panel = ResultsPanel(Appearance())
    qtbot.addWidget(panel)
    assert panel.empty.text() == NOTHING
    panel.show_results(some_results(0))
    assert panel.empty.text() == NONE_FINISHED
    panel.show_results(some_results(1))
    assert panel.reading is not None
    panel.show_results(None)
    assert panel.reading is None
    assert panel.empty.text() == NOTHING


def test_charts_are_not_loaded_before_there_is_something_to_draw() -> None:
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\napp = QApplication([])\n"
        "from app.desktop.looks.theme import Appearance\nfrom app.desktop.results import ResultsPanel\n"
        "panel = ResultsPanel(Appearance())\npanel.show_results(None)\n"
        "print([name for name in ('pyqtgraph', 'numba', 'scipy.special') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_charts_are_made_one_by_one_while_nobody_waits_and_all_at_once_for_results(qtbot: QtBot) -> None:
    early, late = ResultsPanel(Appearance()), ResultsPanel(Appearance())
    qtbot.addWidget(early)
    qtbot.addWidget(late)
    steps = 1
    while early.make_a_chart():
        assert early.tabs.count() == 0
        steps += 1
    assert steps > early.tabs.count() == len(early.charts.all)
    late.make_a_chart()
    late.show_results(some_results(2))
    assert [late.tabs.tabText(n) for n in range(late.tabs.count())] == [chart.title for chart, _ in early.charts.all]


def test_every_tab_begins_with_an_answer_that_has_an_interval(panel: ResultsPanel) -> None:
    for title, (chart, _) in zip(TITLES, panel.charts.all, strict=True):
        look_at(panel, title)
        assert chart.title == title
        answer = chart.answer.text()
        assert any(word in answer for word in ("cohort", "simulation error", "interval of the mean", "[")), answer


def test_only_the_tab_that_is_seen_is_drawn(panel: ResultsPanel) -> None:
    assert panel.charts.retention.reading is panel.reading
    assert panel.charts.outcomes.reading is None
    look_at(panel, "Outcomes")
    assert panel.charts.outcomes.reading is panel.reading


def test_charts_out_of_sight_keep_no_earlier_results_in_memory(panel: ResultsPanel) -> None:
    for title in TITLES:
        look_at(panel, title)
    earlier = weakref.ref(panel.charts.retention.reading)
    panel.show_results(some_results(7))
    gc.collect()
    assert earlier() is None
    for title, (chart, _) in zip(TITLES, panel.charts.all, strict=True):
        look_at(panel, title)
        assert chart.reading is panel.reading


def test_runs_side_by_side_stay_while_other_results_come(panel: ResultsPanel) -> None:
    panel.show_several([("one", some_results(3)), ("other", some_results(4))])
    panel.show_results(None)
    assert panel.tabs.currentWidget() is panel.charts.compare
    assert panel.charts.compare.reading is not None


def test_curves_and_their_bands_are_those_of_the_document() -> None:
    results = some_results()
    shown = ResultsReading(results)
    for arm, said in zip(results.arms, document(results, None)["arms"], strict=True):
        for name, curve in said["curves"].items():
            found = shown.curve(arm, name)
            assert found is not None
            for part, drawn in (("mean", found.mean), ("lo", found.low), ("hi", found.high)):
                expected = [np.nan if value is None else value for value in curve[part]]
                np.testing.assert_allclose(drawn, expected, rtol=1e-12)


def test_outcomes_show_the_levels_and_differences_of_the_results(panel: ResultsPanel) -> None:
    look_at(panel, "Outcomes")
    table = panel.charts.outcomes
    row = next(row for row in cells(table.view) if row[0] == "Conversion")
    assert panel.reading is not None
    difference = panel.reading.results.compare("omni").differences["conversion_rate"].interval
    conversion = DEFINITIONS["conversion_rate"]
    assert difference.mean == pytest.approx(ADDED, abs=0.005)
    assert row[1] == conversion.shown_difference(difference.mean)
    assert row[2] == "▲ better"
    assert row[3].endswith(conversion.shown_difference(difference.hi))
    assert row[5] == "–"  # nothing is uncertain here
    assert row[6].startswith(conversion.shown(panel.reading.results.summary("base")["conversion_rate"].mean))
    left = next(row for row in cells(table.view) if row[0] == "Left for good")
    assert left[2] == "▼ better"
    wait = next(row for row in cells(table.view) if row[0] == "Wait at desks")
    assert wait[2] == "same"


def test_all_three_intervals_are_shown_and_the_sentence_names_the_widest(panel: ResultsPanel) -> None:
    base = some_results()
    chance = np.random.default_rng(1)

    def unsure(replication: Replication) -> Replication:
        guess = chance.normal(0, 0.2)
        arms = []
        for number, arm in enumerate(replication.arms):
            rate = arm.outcomes[ALL]["conversion_rate"] + number * guess
            arms.append(replace(arm, drawn={ALL: {"conversion_rate": rate}}))
        return replace(replication, arms=tuple(arms))

    results = replace(base, replications=tuple(map(unsure, base.replications)))
    panel.show_results(results)
    look_at(panel, "Outcomes")
    row = next(row for row in cells(panel.charts.outcomes.view) if row[0] == "Conversion")
    found = results.compare("omni").differences["conversion_rate"].interval
    conversion = DEFINITIONS["conversion_rate"]
    assert found.widest is not None
    name, low, high = found.widest
    assert name == "input uncertainty"
    assert row[5] == f"{conversion.shown_difference(low).split()[0]} to {conversion.shown_difference(high)}"
    look_at(panel, "Compare")
    assert "input uncertainty" in panel.charts.compare.answer.text()


def test_a_table_is_filtered_and_sorted_by_size_and_stays_so_while_the_run_grows(panel: ResultsPanel) -> None:
    look_at(panel, "Outcomes")
    table = panel.charts.outcomes
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert cells(table.view)[0][0] == "Revenue"
    table.filter.setText("conv")
    panel.show_results(some_results(30))
    assert [row[0] for row in cells(table.view)] == ["Conversion"]


def test_what_is_zoomed_into_stays_in_sight_while_the_run_grows(panel: ResultsPanel) -> None:
    chart = panel.charts.retention
    chart.plot.setXRange(20, 40, padding=0)
    panel.show_results(some_results(30))
    assert chart.plot.viewRange()[0] == [20, 40]


def test_intervals_shrink_as_replications_arrive() -> None:
    few, many = (
        ResultsReading(some_results(10)).curve("omni", "conversion"),
        ResultsReading(some_results(90)).curve("omni", "conversion"),
    )
    assert few is not None
    assert many is not None
    assert (many.high - many.low)[5] < (few.high - few.low)[5] / 2


def test_choices_survive_results_that_lack_what_was_chosen(panel: ResultsPanel) -> None:
    look_at(panel, "Compare")
    panel.charts.compare.outcome.ask_for("revenue")
    panel.who.ask_for("new")
    assert panel.charts.compare.outcome.current == "conversion_rate", "the segment has no revenue"
    panel.who.ask_for("all")
    assert panel.charts.compare.outcome.current == "revenue"
    panel.show_results(some_results(30))
    assert panel.tabs.currentWidget() is panel.charts.compare
    assert panel.charts.compare.outcome.current == "revenue"


def test_hovering_reads_every_arm_off_at_that_day_and_arrows_step_on(panel: ResultsPanel, qtbot: QtBot) -> None:
    chart = panel.charts.conversion
    look_at(panel, "Conversion")
    assert "At day 100" in chart.key.text()
    QGuiApplication.processEvents()
    box = chart.plot.getPlotItem().getViewBox()
    chart.plot.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(42.0, 0.2)))
    assert "At day 40" in chart.key.text()
    assert panel.reading is not None
    change = panel.reading.curve_difference("omni", "conversion")
    assert change is not None
    assert f"{change.mean[4] * 100:+.1f} points [{change.low[4] * 100:+.1f}" in chart.key.text()
    chart.plot.setFocus()
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert "At day 50" in chart.key.text()


def test_days_that_too_few_replications_tell_are_not_drawn(panel: ResultsPanel) -> None:
    chart = panel.charts.retention
    chart.point_at(100)
    assert "At day 80" in chart.key.text()


def test_every_chart_is_saved_as_picture_drawing_and_data(panel: ResultsPanel, tmp_path: Path) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    for title, (chart, _) in zip(TITLES, panel.charts.all, strict=True):
        look_at(panel, title)
        QGuiApplication.processEvents()
        picture = chart.pictured(panel.appearance.theme)
        (tmp_path / f"{title}.svg").write_bytes(formats.svg(picture))
        chart.save_data(tmp_path / f"{title}.csv")
        assert QImage.fromData(formats.png(picture)).size() == 2 * picture.size()
        assert len(re.findall(rb"/Type\s*/Page\b", formats.pdf(picture))) == 1
        drawing = QSvgRenderer(str(tmp_path / f"{title}.svg"))
        assert drawing.isValid()
        first_words = chart.answer.text().split('"')[0].strip()
        assert first_words in (tmp_path / f"{title}.svg").read_text(encoding="utf-8"), "text stays text"
        image = QImage(400, 200, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        assert len({image.pixel(x, y) for x in range(0, 400, 3) for y in range(0, 200, 3)}) > 5
        heads, *rows = csv.reader((tmp_path / f"{title}.csv").open(encoding="utf-8"))
        assert rows
        assert all(len(row) == len(heads) for row in rows)
    assert said[-1] == "Saved Eligibility.csv"


def test_saved_data_has_all_digits(panel: ResultsPanel, tmp_path: Path) -> None:
    look_at(panel, "Outcomes")
    panel.charts.outcomes.save_data(tmp_path / "outcomes.csv")
    rows = list(csv.DictReader((tmp_path / "outcomes.csv").open(encoding="utf-8")))
    assert panel.reading is not None
    for row in rows:
        found = panel.reading.results.summary(row["arm"])[row["outcome"]]
        assert [float(row[part]) for part in ("mean", "lo", "range_hi")] == [found.mean, found.lo, found.range_hi]


def test_a_chart_asks_to_be_taken_along_by_buttons_and_menu(panel: ResultsPanel) -> None:
    asked: list[tuple[str, str]] = []
    panel.take.connect(lambda pictured, way: asked.append((pictured(panel.appearance.theme).name, way)))
    look_at(panel, "Funnel")
    (copy,) = [button for button in panel.findChildren(QPushButton) if button.text() == "Copy"]
    copy.click()
    actions = {action.text(): action for action in panel.charts.retention.actions()}
    assert list(actions)[-1] == "Save data …"
    for action in list(actions.values())[:-1]:
        action.trigger()
    assert panel.reading is not None
    name = panel.reading.results.scenario.id
    assert asked[0] == (f"{name} - Funnel", "copy")
    assert [way for _, way in asked[1:]] == ["copy", "png", "svg", "pdf", "print"]
    assert {of for of, _ in asked[1:]} == {f"{name} - Retention"}


def test_data_that_cannot_be_saved_says_why(panel: ResultsPanel, tmp_path: Path) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    chart = panel.charts.retention
    chart.save_as(chart.save_data, str(tmp_path / "no such folder" / "retention.csv"))
    assert said == ["retention.csv could not be saved: No such file or directory"]


def test_data_replaces_nothing_unasked(panel: ResultsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Sequence[Answer]]] = []
    panel.asked.connect(lambda words, answers: asked.append((words, answers)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "retention"), "Table (*.csv)"))
    (tmp_path / "retention.csv").write_text("theirs")
    next(action for action in panel.charts.retention.actions() if action.text() == "Save data …").trigger()
    assert (tmp_path / "retention.csv").read_text() == "theirs"
    ((words, ((_, replace), _)),) = asked
    assert words.startswith("retention.csv is in")
    replace()
    assert (tmp_path / "retention.csv").read_text().startswith("arm,")


def test_a_single_replication_says_that_it_has_no_interval(panel: ResultsPanel) -> None:
    panel.show_results(some_results(1))
    for title, (chart, _) in zip(TITLES, panel.charts.all, strict=True):
        look_at(panel, title)
        answer = chart.answer.text()
        assert "single replication" in answer or "no interval" in answer, answer
    assert "single replication shows no intervals" in panel.notes.text()


def test_a_single_arm_shows_levels(panel: ResultsPanel) -> None:
    panel.show_results(some_results(arms=("base",)))
    for title, (chart, _) in zip(TITLES, panel.charts.all, strict=True):
        look_at(panel, title)
        assert "minus" not in chart.answer.text()
    assert panel.charts.compare.view.current == LEVELS


def test_a_share_has_no_axis_below_0_even_where_all_is_0(panel: ResultsPanel) -> None:
    results = some_results(3)
    nobody = [
        replace(
            one,
            arms=tuple(
                replace(arm, curves={id_: replace(each, value=0 * each.value) for id_, each in arm.curves.items()})
                for arm in one.arms
            ),
        )
        for one in results.replications
    ]
    panel.show_results(replace(results, replications=tuple(nobody)))
    for chart in (panel.charts.retention, panel.charts.conversion):
        panel.tabs.setCurrentWidget(chart)
        QApplication.processEvents()
        low, high = chart.plot.getViewBox().viewRange()[1]
        assert -0.02 < low <= 0
        assert 0.1 < high <= 1.02


def test_results_without_curves_or_stages_say_so(panel: ResultsPanel) -> None:
    found = some_results()
    bare = tuple(
        replace(one, arms=tuple(replace(arm, curves={}, stages={}, touchpoints={}) for arm in one.arms))
        for one in found.replications
    )
    panel.show_results(replace(found, replications=bare))
    for title in TITLES:
        look_at(panel, title)
    assert "No arm has a retention curve" in panel.charts.retention.answer.text()


def test_a_forest_has_the_chief_outcomes_of_one_arm_in_their_units(panel: ResultsPanel, tmp_path: Path) -> None:
    look_at(panel, "Compare")
    panel.charts.compare.view.ask_for(OUTCOMES)
    panel.charts.compare.arm.ask_for("plus")
    panel.charts.compare.save_data(tmp_path / "forest.csv")
    rows = list(csv.DictReader((tmp_path / "forest.csv").open(encoding="utf-8")))
    assert {row["arm"] for row in rows} == {"plus"}
    assert [row["outcome"] for row in rows] == [
        "conversion_rate",
        "churn_rate",
        "revenue",
        "desk_wait_minutes",
        "desk_still_waiting_rate",
    ]


def test_several_runs_stand_side_by_side_also_where_nothing_was_run_here(qtbot: QtBot, tmp_path: Path) -> None:
    panel = ResultsPanel(Appearance())
    qtbot.addWidget(panel)
    panel.show_several([("run 1", some_results()), ("run 2", some_results(10, ("base", "omni")))])
    assert panel.tabs.currentWidget() is panel.charts.compare
    panel.charts.compare.save_data(tmp_path / "levels.csv")
    names = [row["row"] for row in csv.DictReader((tmp_path / "levels.csv").open(encoding="utf-8"))]
    expected = ["run 1: The base", "run 1: The omni", "run 1: The plus", "run 2: The base", "run 2: The omni"]
    assert names == expected
    panel.charts.compare.view.ask_for(RUNS)
    panel.charts.compare.save_data(tmp_path / "runs.csv")
    assert len(list(csv.DictReader((tmp_path / "runs.csv").open(encoding="utf-8")))) == 3
    panel.show_several([])
    assert panel.empty.text() == NOTHING


def test_stale_results_say_so_and_offer_to_run_again(panel: ResultsPanel, qtbot: QtBot) -> None:
    assert not panel.stale.isVisible()
    panel.set_stale(True)
    assert panel.stale.isVisible()
    with qtbot.waitSignal(panel.run_requested, timeout=1000):
        panel.again.click()
    panel.set_stale(False)
    assert not panel.stale.isVisible()


def test_every_term_has_its_definition(panel: ResultsPanel) -> None:
    for tab, title in enumerate(TITLES):
        assert panel.tabs.tabToolTip(tab), title
        look_at(panel, title)
    for table in panel.findChildren(QTableView):
        model = table.model()
        for column in range(model.columnCount()):
            assert model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    for outcome in DEFINITIONS:
        assert meaning(outcome)
    assert meaning("no such word") == ""
    assert max(len(line) for outcome in DEFINITIONS for line in meaning(outcome).split("\n")) <= 80


def test_every_control_has_a_name_and_a_tooltip(panel: ResultsPanel) -> None:
    for title in TITLES:
        look_at(panel, title)
    for control in panel.findChildren(QComboBox) + panel.findChildren(QLineEdit):
        assert control.accessibleName(), control
    assert all(choice.toolTip() for choice in panel.findChildren(QComboBox))
    assert all(chart.accessibleName() and chart.accessibleDescription() for chart, _ in panel.charts.all)


@pytest.mark.parametrize("theme", first_quick([Theme(large=True), Theme(dark=True)]), ids=["large", "dark"])
def test_the_panel_draws_in_every_theme(panel: ResultsPanel, theme: Theme) -> None:
    panel.appearance.use(theme)
    for title in TITLES:
        look_at(panel, title)
        assert not panel.grab().isNull()


def test_figures_are_about_everybody_a_segment_or_a_group(panel: ResultsPanel) -> None:
    look_at(panel, "Compare")
    who = panel.who
    assert [who.itemText(number) for number in range(who.count())] == [
        "Everybody",
        "Segment: New",
        "Group: treated",
        "Group: holdout",
    ]
    assert panel.reading is not None
    everybody = panel.reading.levels("base")["conversion_rate"].mean
    who.ask_for("holdout")
    assert panel.reading.levels("base")["conversion_rate"].mean == pytest.approx(0.9 * everybody)
    assert panel.reading.values("base", "conversion_rate").keys() == set(range(20))
    assert '(group "holdout")' in panel.charts.compare.answer.text()
    who.ask_for("new")
    assert panel.reading.levels("base")["conversion_rate"].mean == pytest.approx(everybody / 2)
    assert '(segment "new")' in panel.charts.compare.answer.text()


def test_conversion_is_shown_by_day_of_the_run_or_by_days_since_arrival(panel: ResultsPanel) -> None:
    look_at(panel, "Conversion")
    chart = panel.charts.conversion
    assert panel.reading is not None
    by_day = chart.data(panel.reading)[1]
    assert chart.plot.across.labelText == "Day of the run"
    chart.by.ask_for("converted_within")
    assert chart.plot.across.labelText == "Days since arrival"
    assert "days after arriving" in chart.key.text()
    assert list(chart.data(panel.reading)[1]) != list(by_day)
    assert panel.charts.retention.by.isHidden()


def test_payback_is_told_with_the_share_of_runs_that_pay_back_and_never_alone(panel: ResultsPanel) -> None:
    look_at(panel, "Outcomes")
    shown = {row[0]: row for row in cells(panel.charts.outcomes.view)}
    assert "in 25 % of runs; of these 41 d [40, 42]" in shown["Pays back within the run"]
    assert "Payback" not in shown
    look_at(panel, "Distribution")
    offered = panel.charts.distribution.outcome
    assert offered.findData("pays_back_rate") >= 0
    assert offered.findData("payback_days") < 0
    assert panel.reading is not None
    saved = {row[0] for row in panel.charts.outcomes.data(panel.reading)[1]}
    assert {"pays_back_rate", "payback_days"} <= saved, "whoever takes the data along has both side by side"


def test_waits_that_are_not_over_are_told_as_a_lower_limit(panel: ResultsPanel) -> None:
    look_at(panel, "Outcomes")
    row = next(row for row in cells(panel.charts.outcomes.view) if row[0] == "Wait at desks")
    assert row[-3:-1] == ["4.0 min [3.6, 4.3]"] * 2
    assert row[-1] == "at least 4.0 min [3.6, 4.3]"


def test_what_does_not_differ_is_called_the_same(panel: ResultsPanel) -> None:
    look_at(panel, "Outcomes")
    row = next(row for row in cells(panel.charts.outcomes.view) if row[0] == "Wait at desks")
    assert row[1:3] == ["same", "same"]
    look_at(panel, "Compare")
    panel.charts.compare.outcome.ask_for("desk_wait_minutes")
    assert panel.charts.compare.plot.accessibleDescription() == "The omni: same\nThe plus: same"


def test_a_return_on_added_cost_says_what_saved_money_does_and_where_its_interval_has_no_ends() -> None:
    shop = {"cost": [100.0, 101.0, 102.0], "profit": [50.0, 52.0, 51.0]}
    saving = {"cost": [90.0, 91.0, 92.0], "profit": [46.0, 49.0, 48.0]}
    unclear = {"cost": [101.0, 100.5, 102.0], "profit": [51.0, 51.0, 52.0]}
    reading = ResultsReading(results({"shop": shop, "saving": saving, "unclear": unclear}))
    # 10 of cost saved each time, 10 of profit lost in all: a third of it for each unit of money.
    assert reading.difference_words("saving", "incremental_roi").startswith("loses 0.33 per EUR saved [")
    assert reading.verdict_words("saving", "incremental_roi") == ""
    assert reading.difference_words("unclear", "incremental_roi") == "+2.00 (interval has no ends)"
    assert reading.verdict_words("unclear", "incremental_roi") == "unclear"


def test_the_answer_above_what_comes_to_pass_over_time_is_about_what_is_shown(panel: ResultsPanel) -> None:
    look_at(panel, "Over time")
    chart = panel.charts.over_time
    first, last = (float(np.mean([one.daily["conversions"].sum() for one in some_results().measured(arm)]))
                   for arm in ("base", "plus"))  # fmt: skip
    chart.what.ask_for("conversions")
    assert chart.answer.text().startswith(
        f'Conversions over the whole run: {last - first:.1f} higher under "The plus" than under "The base" ('
    )
    chart.what.ask_for("active_customers")
    assert chart.answer.text() == (
        'Active customers at the end of the run: exactly the same under "The omni" as under "The base", '
        "in 20 replications."
    )
    chart.what.ask_for("revenue")
    assert chart.answer.text().startswith("Revenue: ")
    panel.show_results(some_results(arms=("base",)))
    chart.what.ask_for("active_customers")
    assert chart.answer.text() == 'Active customers at the end of the run: 29.0 [29.0, 29.0] under "The base".'


def test_curves_of_everybody_are_not_answered_with_figures_of_a_segment(panel: ResultsPanel) -> None:
    panel.who.ask_for("new")
    for title in ("Over time", "Conversion"):
        look_at(panel, title)
        chart = panel.tabs.currentWidget()
        assert isinstance(chart, Chart)
        assert chart.answer.text()
        assert "segment" not in chart.answer.text(), title


def test_what_comes_to_pass_over_time_is_read_off_by_date(panel: ResultsPanel, tmp_path: Path) -> None:
    look_at(panel, "Over time")
    chart = panel.charts.over_time
    assert [chart.what.itemText(number) for number in range(3)] == ["Conversions", "Active customers", "Revenue"]
    assert "In the week from 2026-01-26" in chart.key.text()
    chart.what.ask_for("active_customers")
    assert "27.0 [27.0, 27.0]" in chart.key.text(), "those of the Sunday"
    chart.per.ask_for("month")
    chart.plot.stepped.emit(1)
    assert "In the month from 2026-02-01" in chart.key.text()
    chart.per.ask_for("day")
    chart.point_at(2.2)
    assert "On 2026-01-07" in chart.key.text()
    assert chart.plot.across.tickStrings([0, 2.5, 31, 1e12], 1, 1) == ["2026-01-05", "", "2026-02-05", ""]
    chart.what.ask_for("revenue")
    chart.save_data(tmp_path / "revenue.csv")
    rows = list(csv.DictReader((tmp_path / "revenue.csv").open(encoding="utf-8")))
    base = [float(row["mean"]) for row in rows if row["arm"] == "base"]
    assert len(base) == 30
    assert sum(base) == pytest.approx(some_results().summary("base")["revenue"].mean)
    assert rows[0]["date"] == "2026-01-05"
