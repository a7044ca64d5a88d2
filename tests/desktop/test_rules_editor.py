"""The editor of rules: When, If and Do are built by clicks and keys, each of which is a step of the document."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.forms import Field, Form
from app.desktop.forms.choosing import ChoiceEditor, Switch
from app.desktop.forms.condition_row import ConditionRow
from app.desktop.forms.conditions import ConditionRows
from app.desktop.forms.several import SeveralEditor
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import GROUPS
from app.desktop.forms.weekly import WeeklyEditor
from app.desktop.looks.theme import Appearance, Theme
from app.desktop.rules.editor import RuleEditor
from app.desktop.rules.sentence import rule_sentence
from app.desktop.rules.triggers import KINDS, first_trigger
from sim.scenario import parse
from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.shape import fields
from tests.desktop.hands import click, line_of, turn, type_line
from tests.desktop.shop_with_rules import SHOP


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(SHOP)
    yield made
    made.close()


@pytest.fixture
def editor(qtbot: QtBot, document: Document) -> RuleEditor:
    made = RuleEditor(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(800, 1300)
    made.show_item("rules.first")
    made.show()
    qtbot.waitExposed(made)
    return made


def rule(document: Document, id_: str = "first") -> dict[str, Any]:
    found: dict[str, Any] = Source(document).at(("rules", id_))
    return found


def list_of(field: Field) -> QComboBox:
    assert isinstance(field.input, QComboBox)
    return field.input


def pick(box: QComboBox, words: str) -> None:
    """Open a list with a click, go to the entry with the keyboard, take it."""
    row = box.findText(words)
    assert row >= 0, [box.itemText(number) for number in range(box.count())]
    click(box)
    QTest.keyClick(box.view(), Qt.Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    turn()
    assert not box.view().isVisible()


def write(line: QWidget, text: str) -> None:
    """Click into a field and write it anew."""
    click(line)
    type_line(line, text)


def rows_of(editor: RuleEditor, address: str) -> ConditionRows:
    found = editor.fields()[address].editor
    assert isinstance(found, ConditionRows)
    return found


def look_at(qtbot: QtBot, row: ConditionRow, words: str) -> None:
    """Type what the condition is to look at."""
    row.subject.setFocus()
    row.subject.line.selectAll()
    qtbot.keyClicks(row.subject.line, words)
    qtbot.keyClick(row.subject.line, Qt.Key.Key_Return)
    turn()


def operator_of(row: ConditionRow) -> QComboBox:
    return row.operator.box


def input_of(row: ConditionRow) -> QWidget:
    return row.value.input


def test_each_kind_of_trigger_is_chosen_in_words_and_can_be_undone(editor: RuleEditor, document: Document) -> None:
    source = Source(document)
    for kind in KINDS:
        if kind == "tick":
            continue
        pick(list_of(editor.kind), KINDS[kind].words)
        assert rule(document)["when"] == first_trigger(kind, source)
        assert set(editor.trigger.fields()) == {f"rules.first.when.{key}" for key in KINDS[kind].titles}
        assert parse(document.text)
        document.undo_stack.undo()
        assert document.text == SHOP
        assert list_of(editor.kind).currentText() == KINDS["tick"].words
        assert not editor.trigger.isVisible()


def test_a_rule_is_built_by_mouse_and_keyboard(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    pick(list_of(editor.kind), "Somebody enters a touchpoint")
    fields_now = editor.fields()
    pick(list_of(fields_now["rules.first.when.entered"]), "Checkout")
    write(line_of(fields_now["rules.first.when.after"]), "1")
    pick(list_of(fields_now["rules.first.when.without"]), "Gone")

    conditions = rows_of(editor, "rules.first.if")
    click(conditions.add)
    look_at(qtbot, conditions.rows[0], "accepts e-mail")
    click(conditions.add)
    pick(operator_of(conditions.rows[1]), "is at least")
    write(input_of(conditions.rows[1]), "0.5")
    click(conditions.add)
    look_at(qtbot, conditions.rows[2], "segment")
    box = input_of(conditions.rows[2])
    assert isinstance(box, QComboBox)
    pick(box, "loyal")

    pick(list_of(editor.fields()["rules.first.do"]), "Welcome")
    write(line_of(editor.fields()["rules.first.delay"]), "0.5")
    write(line_of(editor.fields()["rules.first.cooldown"]), "7")
    write(line_of(editor.fields()["rules.first.priority"]), "3")
    stop = rows_of(editor, "rules.first.stop")
    click(stop.add)
    look_at(qtbot, stop.rows[0], "purchases")

    assert rule(document) == {
        "id": "first",
        "when": {"entered": "checkout", "after": 1, "without": "gone"},
        "if": [["opted_in.email", "==", True], ["sentiment", ">=", 0.5], ["segment", "==", "loyal"]],
        "do": "welcome",
        "delay": 0.5,
        "cooldown": 7,
        "priority": 3,
        "stop": [["purchases", ">", 0]],
    }
    assert editor.sentence.text() == rule_sentence(rule(document), Source(document))
    assert editor.fields()["rules.first.delay"].unit.text() == "days (12 hours)"
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.text == SHOP


def test_a_weekly_time_is_a_weekday_and_an_hour(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    pick(list_of(editor.kind), "Every week")
    field = editor.fields()["rules.first.when.every"]
    assert isinstance(field.editor, WeeklyEditor)
    pick(field.editor.day.box, "Friday")
    write(field.editor.clock.line, "9:30")

    assert rule(document)["when"] == {"every": "fri 09:30"}
    click(line_of(editor.fields()["rules.first.priority"]))
    write(field.editor.clock.line, "25:00")
    assert rule(document)["when"] == {"every": "fri 09:30"}
    assert "is not a time" in field.words


def test_a_score_cannot_be_watched_where_there_is_none(qtbot: QtBot, document: Document) -> None:
    document.set("Take the score away", {"scores": None})
    before = document.text
    editor = RuleEditor(Appearance(), document)
    qtbot.addWidget(editor)
    editor.show_item("rules.first")
    editor.show()
    pick(list_of(editor.kind), "A score passes a limit")

    assert document.text == before
    assert "no scores" in editor.kind.words
    assert list_of(editor.kind).currentText() == KINDS["tick"].words


def test_a_list_in_a_condition_is_ticked_without_closing_it(
    qtbot: QtBot, editor: RuleEditor, document: Document
) -> None:
    editor.show_item("rules.second")
    conditions = rows_of(editor, "rules.second.if")
    look_at(qtbot, conditions.rows[1], "touchpoint")
    pick(operator_of(conditions.rows[1]), "is one of")
    several = conditions.rows[1].value
    assert isinstance(several, SeveralEditor)
    qtbot.keyClick(several.button, Qt.Key.Key_Space)
    for action in several.menu.actions():
        if action.text() in ("Checkout", "Gone"):
            qtbot.mouseClick(several.menu, Qt.MouseButton.LeftButton, pos=several.menu.actionGeometry(action).center())
    assert several.menu.isVisible()
    several.menu.close()

    assert rule(document, "second")["if"][1] == ["touchpoint", "in", ["cart", "checkout", "gone"]]
    assert several.button.currentText() == "Cart, Checkout, Gone"
    pick(operator_of(conditions.rows[1]), "is not")
    assert rule(document, "second")["if"][1] == ["touchpoint", "!=", "cart"]


def test_a_condition_is_removed_and_the_last_one_takes_the_key_away(editor: RuleEditor, document: Document) -> None:
    editor.show_item("rules.second")
    conditions = rows_of(editor, "rules.second.if")
    click(conditions.rows[0].remove)
    assert rule(document, "second")["if"] == [["sentiment", ">", 0]]
    click(conditions.rows[0].remove)
    assert "if" not in rule(document, "second")
    assert conditions.empty.isVisible()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.text == SHOP
    assert len(conditions.rows) == 2


def test_undo_in_the_list_of_subjects_undoes_the_document(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    shortcut = QShortcut(QKeySequence.StandardKey.Undo, editor, document.undo_stack.undo)
    editor.show_item("rules.second")
    rows = rows_of(editor, "rules.second.if")
    click(rows.add)
    assert len(rows.rows) == 3
    assert rows.rows[2].subject.hasFocus()
    qtbot.keyClick(rows.rows[2].subject, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.text == SHOP
    assert shortcut.isEnabled()


def test_a_part_of_its_name_finds_a_subject(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    editor.show_item("rules.second")
    row = rows_of(editor, "rules.second.if").rows[1]
    look_at(qtbot, row, "score: r")
    assert rule(document, "second")["if"][1] == ["scores.risk", ">", 0]
    headings = [n for n in range(row.subject.count()) if not row.subject.model().index(n, 0).flags()]
    assert [row.subject.itemText(n) for n in headings] == list(GROUPS)


def test_what_is_typed_and_found_nowhere_goes_back(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    editor.show_item("rules.second")
    row = rows_of(editor, "rules.second.if").rows[1]
    look_at(qtbot, row, "weather")
    assert row.subject.currentText() == "Sentiment"
    assert document.text == SHOP


def test_what_cannot_be_read_as_a_condition_is_shown_as_written(
    qtbot: QtBot, editor: RuleEditor, document: Document
) -> None:
    strange = '[["weather", ">", 3], ["sentiment", ">"], ["visits", "in", 3]]'
    document.apply(
        "Write", lambda text: text.replace('[["opted_in.email", "==", true], ["sentiment", ">", 0]]', strange)
    )
    editor.show_item("rules.second")
    rows = rows_of(editor, "rules.second.if").rows

    assert rows[0].subject.currentText() == "weather (missing)"
    assert not rows[1].subject.isVisible()
    line = input_of(rows[1])
    assert isinstance(line, QLineEdit)
    assert line.text() == '["sentiment", ">"]'
    write(line, '["sentiment", ">", 1]')
    assert rule(document, "second")["if"] == [["weather", ">", 3], ["sentiment", ">", 1], ["visits", "in", 3]]
    assert editor.sentence.text()


def test_a_new_action_is_made_and_taken_in_one_step(editor: RuleEditor, document: Document) -> None:
    click(editor.action.new)

    assert rule(document)["do"] == "new-action"
    assert document.tables["actions"][-1] == {"id": "new-action", "name": "New action", "channels": ["web"]}
    name = line_of(editor.fields()["actions.new-action.name"])
    assert name.hasFocus()
    write(name, "Thank you")
    assert "send “Thank you” by web" in editor.sentence.text()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.text == SHOP


def test_the_first_action_of_all_can_be_made_here(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    document.set("Take all actions away", {"actions": None})
    click(editor.action.new)
    assert [action["id"] for action in document.tables["actions"]] == ["new-action"]
    assert rule(document)["do"] == "new-action"


def test_the_whole_action_can_be_asked_for(qtbot: QtBot, editor: RuleEditor) -> None:
    with qtbot.waitSignal(editor.go_requested) as asked:
        click(editor.action.all)
    assert asked.args == ["actions.remind"]


def test_edits_under_an_arm_become_overrides(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    editor.show_item("rules.second")
    document.select_arm("patient")
    own = document.tables["rules"]
    write(line_of(editor.fields()["rules.second.when.after"]), "3")
    conditions = rows_of(editor, "rules.second.if")
    click(conditions.rows[1].remove)
    click(conditions.rows[0].remove)
    write(line_of(editor.fields()["rules.second.cooldown"]), "14")

    assert document.overrides == {"rules.second.when.after": 3, "rules.second.if": [], "rules.second.cooldown": 14}
    assert document.tables["rules"] == own
    assert editor.sentence.text().startswith("3 days after")
    field = editor.fields()["rules.second.if"]
    assert field.marked == ["rules.second.if"]
    click(field.revert)
    assert len(conditions.rows) == 2

    pick(list_of(editor.kind), "A customer is inactive")
    assert document.overrides == {"rules.second.cooldown": 14, "rules.second.when": {"idle": 7}}
    assert editor.sentence.text().startswith("After 7 days without")
    click(editor.kind.revert)
    assert document.overrides == {"rules.second.cooldown": 14}
    click(editor.action.new)
    assert document.shown["rules"][1]["do"] == "new-action"
    assert document.tables["rules"] == own


def test_findings_are_said_at_the_field(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    editor.show_item("rules.second")
    with qtbot.waitSignal(document.read_again):
        document.set("Try", {"rules.second.if": [["segment", "==", "nobody"]], "rules.second.when.after": None})

    assert "nobody" in editor.fields()["rules.second.if"].words
    assert "after" in editor.fields()["rules.second.when.without"].words


def test_a_long_address_leads_to_its_field(qtbot: QtBot, editor: RuleEditor) -> None:
    editor.show_item("rules.second.cooldown")
    assert line_of(editor.fields()["rules.second.cooldown"]).hasFocus()
    editor.show_item("rules.second.when.after")
    assert line_of(editor.fields()["rules.second.when.after"]).hasFocus()


def test_a_rule_that_is_gone_says_so(editor: RuleEditor, document: Document) -> None:
    document.set("Remove", {"rules.first": None})
    assert "no longer" in editor.sentence.text()
    assert editor.fields() == {}
    document.undo_stack.undo()
    assert editor.sentence.text().startswith("Each time")


def test_a_broadcast_has_a_date_segments_and_conditions(qtbot: QtBot, editor: RuleEditor, document: Document) -> None:
    editor.show_item("broadcasts.spring")
    assert editor.sentence.text() == "On day 20 of the run, send “Cart reminder” by e-mail to everybody."
    write(line_of(editor.fields()["broadcasts.spring.at"]), "2026-01-20")
    segments = editor.fields()["broadcasts.spring.segments"].editor
    assert isinstance(segments, SeveralEditor)
    qtbot.keyClick(segments.button, Qt.Key.Key_Space)
    qtbot.keyClick(segments.menu, Qt.Key.Key_Down)
    qtbot.keyClick(segments.menu, Qt.Key.Key_Space)
    segments.menu.close()
    conditions = rows_of(editor, "broadcasts.spring.if")
    click(conditions.add)

    assert editor.sentence.text() == (
        "On 20 January 2026, send “Cart reminder” by e-mail to everybody in bargain if sentiment is above 0."
    )
    assert set(editor.fields()) >= {f"broadcasts.spring.{key}" for key in fields(Broadcast)}


def test_every_key_of_a_rule_has_a_named_field(editor: RuleEditor) -> None:
    editor.show_item("rules.second")
    assert set(editor.fields()) >= {f"rules.second.{key}" for key in fields(Rule)}
    click(rows_of(editor, "rules.second.if").add)
    for widget in editor.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or widget.parent().accessibleName(), widget


def test_any_form_shows_conditions_in_rows(qtbot: QtBot, document: Document) -> None:
    form = Form(Appearance(Theme(dark=True)), document)
    qtbot.addWidget(form)
    form.edit(Rule, "rules.second")
    found = form.fields()
    assert isinstance(found["rules.second.if"].editor, ConditionRows)
    assert isinstance(found["rules.second.stop"].editor, ConditionRows)
    assert isinstance(found["rules.second.alternatives"].editor, SeveralEditor)
    assert isinstance(found["rules.second.when.score"].editor, ChoiceEditor)
    assert isinstance(found["rules.second.enabled"].editor, Switch)
