"""The lists of the settings: added to, duplicated, deleted and moved, and undone to the same bytes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.document import Document
from app.desktop.sections import SettingsView
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from sim.scenario import parse
from sim.scenario.scenario import Scenario
from sim.shipped import shipped_scenarios
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import click, type_line
from tests.desktop.settings_by_hand import items_page, listed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, lists open without being raised
KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LISTS = [section.id for section in SECTIONS if section.one]


@pytest.mark.parametrize("section", LISTS)
def test_items_are_added_duplicated_deleted_and_moved_and_each_step_goes_back_to_the_same_bytes(
    view: SettingsView, document: Document, section: str
) -> None:
    document.asked.connect(lambda _, answers: answers[0][1]())  # whether to delete what others name: yes
    page = items_page(view, section)
    before = listed(page)
    page.adder.line.setFocus()
    type_line(page.adder.line, "Something new")
    assert listed(page) == [*before, "something-new"]
    assert page.selected == "something-new"
    assert isinstance(parse(document.text, name="").scenario, Scenario)
    document.undo_stack.undo()
    assert document.text == EVERYTHING
    document.select_arm(None)

    page.select(before[0])
    click(page.duplicate)
    assert listed(page) == [*before, f"{before[0]}-2"]
    document.undo_stack.undo()
    assert document.text == EVERYTHING

    page.select(before[0])
    click(page.delete)
    assert listed(page) == before[1:]
    document.undo_stack.undo()
    assert document.text == EVERYTHING
    assert listed(page) == before

    page.select(before[0])
    assert not page.up.isEnabled()
    if len(before) > 1:
        click(page.down)
        assert listed(page) == [before[1], before[0], *before[2:]]
        assert page.selected == before[0]
        document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_lists_are_rebuilt_by_keyboard_alone(view: SettingsView, document: Document) -> None:
    page = items_page(view, "stages")
    press_on = page.list
    press_on.setFocus()
    QTest.keyClick(press_on, KEY.Key_Down, ALT)
    assert listed(page) == ["buy", "look"]
    QTest.keyClick(press_on, KEY.Key_D, CONTROL)
    assert listed(page) == ["buy", "look", "look-2"]
    QTest.keyClick(press_on, KEY.Key_Delete)
    assert listed(page) == ["buy", "look"]
    for _ in range(3):
        document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_moving_takes_remarks_along_and_changes_no_other_line(view: SettingsView, document: Document) -> None:
    page = items_page(view, "rules")
    page.select("going")
    click(page.up)
    assert sorted(document.text.splitlines()) == sorted(EVERYTHING.splitlines())
    assert [rule["id"] for rule in document.tables["rules"]][:2] == ["going", "forgotten"]
    assert '[[rules]] # going\nid = "going"' in document.text


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_lists_of_shipped_scenarios_can_be_moved_and_come_back(name: str, view: SettingsView) -> None:
    text = shipped_scenarios()[name].read_text(encoding="utf-8")
    document = view.document
    document.new(text)
    moved = 0
    for section in LISTS:
        page = items_page(view, section)
        before = listed(page)
        if len(before) > 1:
            page.select(before[0])
            page.move(1)
            assert listed(page) == [before[1], before[0], *before[2:]]
            assert sorted(document.text.splitlines()) == sorted(text.splitlines())
            document.undo_stack.undo()
            moved += 1
    assert document.text == text
    assert moved


def test_the_last_item_deleted_leaves_an_empty_page_that_says_how_to_begin(view: SettingsView) -> None:
    page = items_page(view, "broadcasts")
    click(page.delete)
    assert listed(page) == []
    assert page.empty.isVisible()
    assert page.fields() == {}
    page.add("News")
    assert not page.empty.isVisible()
    assert page.fields()


def test_a_structural_step_under_an_arm_can_be_kept_as_an_arm_of_its_own(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.document.select_arm("more")
    window.commands["edit-actions"].trigger()
    page = window.sections.page
    assert isinstance(page, ItemsPage)
    page.add("Letter")
    assert "letter" in [action["id"] for action in window.document.tables["actions"]]
    click(window.messages.button("Keep as a new arm"))
    assert "letter" not in [action["id"] for action in window.document.tables["actions"]]
    assert window.document.overrides["actions.letter"]["id"] == "letter"
    assert "letter" in [action["id"] for action in window.document.shown["actions"]]
