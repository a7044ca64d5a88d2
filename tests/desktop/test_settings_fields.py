"""The fields of the settings: free names, lists of tables, optional tables, the clock, and arms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.forms import Field
from app.desktop.forms.choosing import ChoiceEditor, Switch
from app.desktop.forms.distribution import DistributionEditor
from app.desktop.forms.entries import Entries, Listed
from app.desktop.forms.group import Group
from app.desktop.forms.hours import HoursEditor
from app.desktop.sections import SettingsView
from app.desktop.sections.sections import SECTIONS
from sim.experiment.precision import check
from sim.outcomes import DEFINITIONS
from sim.scenario import ScenarioError, parse
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.experiment import Precision
from sim.scenario.scenario import Scenario
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import click, type_line
from tests.desktop.large import large_journey
from tests.desktop.settings_by_hand import entries_at, field_at, group_at, parse_tables

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, lists open without being raised
KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LISTS = [section.id for section in SECTIONS if section.one]


def test_edits_under_an_arm_become_overrides(view: SettingsView, document: Document) -> None:
    document.select_arm("more")
    type_line(field_at(view, "channels.web.cost").input, "0.7")
    type_line(field_at(view, "desks.phone.shifts.1.agents").input, "5")
    type_line(field_at(view, 'phases.spring.set."channels.web.mix"').input, "4")
    type_line(field_at(view, "orchestration.caps.email.max").input, "3")

    assert document.overrides == {
        "channels.email.open_rate": 0.3,
        "channels.web.cost": 0.7,
        "desks.phone.shifts.1.agents": 5,
        'phases.spring.set."channels.web.mix"': 4,
        "orchestration.caps.email.max": 3,
    }
    assert {key: value for key, value in document.tables.items() if key != "experiment"} == {
        key: value for key, value in parse_tables(EVERYTHING).items() if key != "experiment"
    }
    assert field_at(view, "channels.web.cost").marked == ["channels.web.cost"]


def test_a_precision_is_asked_only_of_what_each_arm_has(view: SettingsView) -> None:
    editor = field_at(view, "experiment.precision.outcome").editor
    assert isinstance(editor, ChoiceEditor)
    offered = {editor.box.itemText(number) for number in range(editor.box.count())}
    for id_, outcome in DEFINITIONS.items():
        precision = Precision(outcome=id_, half_width=0.1)
        if outcome.label in offered:
            check(precision, [])
        else:
            with pytest.raises(ScenarioError, match="is not an outcome of every arm"):
                check(precision, [])
    assert "Conversion" in offered


def test_entries_are_added_from_the_list_edited_by_their_type_and_removed(
    qtbot: QtBot, view: SettingsView, document: Document
) -> None:
    entries = entries_at(view, "phases.spring.set")
    entries.adder.line.setFocus()
    QTest.keyClicks(entries.adder.line, "rules.quiet.en")
    popup = entries.adder.completer.popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == 1
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    QApplication.processEvents()
    address = 'phases.spring.set."rules.quiet.enabled"'
    field = field_at(view, address)
    assert isinstance(field.editor, ChoiceEditor)
    assert document.tables["phases"][0]["set"] == {"channels.web.mix": 2, "rules.quiet.enabled": True}
    field.editor.box.activated.emit(field.editor.box.findText("No"))
    assert document.tables["phases"][0]["set"]["rules.quiet.enabled"] is False
    entries.remove("rules.quiet.enabled")
    assert document.tables["phases"][0]["set"] == {"channels.web.mix": 2}
    for _ in range(3):
        document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_what_cannot_be_added_is_said_and_nothing_changes(view: SettingsView, document: Document) -> None:
    for address, name in (
        ("uncertainty", "nowhere.at.all"),
        ("segments.bargain.attributes", "Not an id"),
    ):
        adder = entries_at(view, address).adder
        type_line(adder.line, name)
        assert adder.said.words.startswith("✕ Not saved: ")
        assert adder.line.text() == name
    assert document.text == EVERYTHING


@pytest.mark.parametrize(
    ("address", "name", "kind"),
    [
        ("uncertainty", "behaviour.stickiness", DistributionEditor),
        ("orchestration.caps", "push", Group),
        ("scores", "cold", Group),
        ("scores.warm.weights", "visits", Field),
        ("segments.bargain.attributes", "age", Entries),
        ("segments.bargain.attributes.region", "east", Field),
        ("segments.bargain.persona", "pain_points", Field),
        ("shocks.strike.set", "desks.phone.priority", ChoiceEditor),
        ("experiment.arms.more.set", "integration.mode", ChoiceEditor),
        ("experiment.arms.more.set", "desks.phone.patience_minutes", DistributionEditor),
    ],
)
def test_a_new_entry_is_right_at_once_and_goes_away_again(
    view: SettingsView, document: Document, address: str, name: str, kind: type
) -> None:
    entries = entries_at(view, address)
    type_line(entries.adder.line, name)
    at = joined((*parts_of(address), name))
    fields = view.fields()
    assert at in fields
    assert kind in (Field, Group) or isinstance(fields[at].editor, kind) or isinstance(group_at(view, at), kind)
    assert isinstance(parse(document.text, name="").scenario, Scenario)
    entries.remove(name)
    assert document.tables == parse_tables(EVERYTHING)
    assert at not in view.fields()


def test_an_entry_is_taken_away_in_one_arm_alone(view: SettingsView, document: Document) -> None:
    document.select_arm("more")
    entries_at(view, "orchestration.caps").remove("email")
    assert set(document.shown["orchestration"]["caps"]) == {"total"}
    assert set(document.tables["orchestration"]["caps"]) == {"total", "email"}


def test_shifts_are_added_and_removed(view: SettingsView, document: Document) -> None:
    field_at(view, "desks.phone.shifts")
    shifts = group_at(view, "desks.phone.shifts")
    assert isinstance(shifts, Listed)
    click(shifts.button)
    assert len(document.tables["desks"][0]["shifts"]) == 3
    type_line(field_at(view, "desks.phone.shifts.3.agents").input, "9")
    assert document.tables["desks"][0]["shifts"][2]["agents"] == 9
    shifts.remove("1")
    assert [shift["agents"] for shift in document.tables["desks"][0]["shifts"]] == [1, 9]
    for _ in range(3):
        document.undo_stack.undo()
    assert document.text == EVERYTHING


@pytest.mark.parametrize("table", ["activity", "referrals", "channels.web.acquisition"])
def test_an_optional_table_is_switched_off_and_on(view: SettingsView, document: Document, table: str) -> None:
    head = field_at(view, table)
    assert isinstance(head.editor, Switch)
    head.editor.box.click()
    assert view.document.shown.get(table) is None or "." in table
    assert not group_at(view, table).inside.isVisible()
    head.editor.box.click()
    assert isinstance(parse(document.text, name="").scenario, Scenario)
    assert group_at(view, table).inside.isVisible()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_the_activity_clock_is_painted_with_the_mouse_as_one_step(view: SettingsView, document: Document) -> None:
    field = field_at(view, "activity.weights")
    assert isinstance(field.editor, HoursEditor)
    editor, grid = field.editor, field.editor.grid
    type_line(editor.brush, "2.5")
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, grid.cell(9, 0).center())
    QTest.mouseMove(grid, grid.cell(11, 0).center())
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, grid.cell(11, 0).center())
    weights = document.tables["activity"]["weights"]
    assert [hour for hour, weight in enumerate(weights) if weight == 2.5] == [9, 10, 11]
    document.undo_stack.undo()
    assert document.text == EVERYTHING
    assert grid.weights == [1.0] * 168


def test_the_activity_clock_is_painted_by_keyboard(view: SettingsView, document: Document) -> None:
    field = field_at(view, "activity.weights")
    assert isinstance(field.editor, HoursEditor)
    grid = field.editor.grid
    assert grid.hasFocus()
    for key, modifier in ((KEY.Key_Down, SHIFT), (KEY.Key_Right, SHIFT)):
        QTest.keyClick(grid, key, modifier)
    QTest.keyClicks(grid, "3")
    QTest.keyClicks(grid, "+")
    weights = document.tables["activity"]["weights"]
    assert {hour: weight for hour, weight in enumerate(weights) if weight != 1} == {0: 3.1, 1: 3.1, 24: 3.1, 25: 3.1}
    assert "Monday 0:00 to Tuesday 1:00: weight 3.1" in grid.accessibleDescription()


def test_months_and_weeks_of_the_year_are_painted(view: SettingsView, document: Document) -> None:
    months = field_at(view, "population.arrivals.monthly").editor
    assert isinstance(months, HoursEditor)
    months.grid.setFocus()
    QTest.keyClick(months.grid, KEY.Key_Right)
    QTest.keyClicks(months.grid, "4")
    assert document.tables["population"]["arrivals"]["monthly"] == [1, 4, *[1] * 10]
    assert months.grid.accessibleDescription() == "February: weight 4"
    document.set("Weeks", {"population.arrivals.week_of_year": [1.0] * 51 + [2.0]})
    weeks = field_at(view, "population.arrivals.week_of_year").editor
    assert isinstance(weeks, HoursEditor)
    assert weeks.grid.weights == [*[1.0] * 51, 2.0, 2.0], "of 52, the last stands for week 53 too"
    QTest.keyClick(weeks.grid, KEY.Key_End)
    QTest.keyClicks(weeks.grid, "0")
    assert document.tables["population"]["arrivals"]["week_of_year"] == [0, *[1] * 50, 2, 2]
    assert weeks.grid.accessibleDescription() == "Week 1: weight 0"


def test_what_could_be_added_is_looked_for_a_little_at_a_time(
    qtbot: QtBot, view: SettingsView, document: Document
) -> None:
    document.new(large_journey(100, 400))
    adder = entries_at(view, "uncertainty").adder
    adder.line.setFocus()
    qtbot.waitUntil(lambda: adder.completer.model().rowCount() > 5000)
