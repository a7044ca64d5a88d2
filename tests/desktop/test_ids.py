"""Ids are changed everywhere at once, and nothing that others name is deleted unasked."""

import tomllib

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from app.desktop.canvas import Selection
from app.desktop.forms import Field
from app.desktop.window import Window
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import click
from tests.desktop.settings_by_hand import items_page


def page_of(window: Window, id_: str) -> Field:
    window.editor.select(Selection(touchpoints=frozenset({id_})))
    return window.inspector.fields()[f"touchpoints.{id_}.id"]


def type_id(field: Field, text: str, then: Qt.Key = Qt.Key.Key_Return) -> None:
    line = field.input
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(line, text)
    QTest.keyClick(line, then)


def test_a_touchpoint_gets_another_id_in_one_step_and_stays_selected(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    field = page_of(window, "page")
    field.input.setFocus()
    QTest.keyClicks(field.input, "x")
    assert document.text == EVERYTHING, "half an id is no id"
    type_id(field, "landing")
    assert document.undo_stack.count() == 1
    assert "page" not in {touchpoint.id for touchpoint in document.journey.touchpoints}
    assert document.tables["layout"] == {"landing": [0, 0]}
    assert not document.reading.errors, document.reading.findings
    assert window.editor.selection == Selection(touchpoints=frozenset({"landing"}))
    document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_an_id_that_is_taken_or_none_is_refused_at_its_field(window: Window) -> None:
    window.document.new(EVERYTHING)
    field = page_of(window, "page")
    for text, why in (("cart", "already"), ("My page", "lower-case")):
        type_id(field, text)
        assert why in field.words
        assert window.document.text == EVERYTHING


def test_an_item_of_the_settings_gets_another_id_and_stays_in_sight(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.commands["edit-channels"].trigger()
    page = items_page(window.sections, "channels")
    page.select("email")
    type_id(page.fields()["channels.email.id"], "mail")
    tables = tomllib.loads(window.document.text)
    assert page.selected == "mail"
    assert tables["experiment"]["arms"][1]["set"] == {"channels.mail.open_rate": 0.3}
    assert not window.document.reading.errors, window.document.reading.findings


def test_what_rules_use_is_deleted_once_somebody_agrees(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    page = Selection(touchpoints=frozenset({"page"}))
    window.editor.delete(page)
    assert document.text == EVERYTHING
    (said,) = window.messages.texts
    assert "is used by the score “warm”, the rule “forgotten”, the rule “going” and 2 more" in said
    click(window.messages.button("Keep it"))
    assert document.text == EVERYTHING
    window.table.select(page)
    window.table.delete()
    assert document.text == EVERYTHING
    click(window.messages.button("Delete it all the same"))
    assert document.journey.touchpoint("page") is None


def test_an_action_that_rules_take_is_not_deleted_unasked_but_what_nothing_uses_is(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.commands["edit-actions"].trigger()
    page = items_page(window.sections, "actions")
    page.select("reminder")
    page.remove()
    assert "reminder" in {action["id"] for action in window.document.tables["actions"]}
    assert "rule" in window.messages.texts[-1]
    window.commands["edit-rules"].trigger()
    rules = items_page(window.sections, "rules")
    gone = rules.selected
    rules.remove()
    assert gone not in {rule["id"] for rule in window.document.tables["rules"]}


def test_the_name_of_what_is_new_is_typed_over(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.editor.add_note()
    field = window.canvas.view.viewport().findChild(QPlainTextEdit)
    assert field.textCursor().selectedText() == "Note"
    QTest.keyClicks(field, "Ask sales")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.document.tables["annotations"][-1]["text"] == "Ask sales"
    window.commands["edit-rules"].trigger()
    page = items_page(window.sections, "rules")
    page.fields()
    page.editor.action.new.click()
    name = page.fields()["actions.new-action.name"].input
    assert name.selectedText() == "New action"


def test_what_an_arm_changes_is_said_in_words_not_in_addresses(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.document.select_arm("more")
    item = window.scenario.changes.item(0, 0)
    revert = window.scenario.changes.cellWidget(0, 2)
    assert item.text() == "Channel Email: open rate"
    for told in (item.toolTip(), revert.toolTip(), revert.accessibleName()):
        assert "Channel Email: open rate" in told
        assert "channels.email" not in told
    window.editor.set_share("page/cart", 2)
    assert "Share of Page to Cart" in window.document.undo_stack.undoText()
