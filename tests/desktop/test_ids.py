"""Ids are changed everywhere at once, and nothing that others name is deleted unasked."""

import tomllib

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from app.desktop.canvas import Selection
from app.desktop.forms import Field
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from sim.scenario import edit
from sim.scenario.renaming import ids_in, kinds
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import click, retype
from tests.desktop.settings_by_hand import entries_at, items_page


def page_of(window: Window, id_: str) -> Field:
    window.editor.select(Selection(touchpoints=frozenset({id_})))
    return window.inspector.fields()[f"touchpoints.{id_}.id"]


def type_id(field: Field, text: str, then: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(retype(field, text), then)


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
    window.document.set("Mode", {"integration.mode": "single"})
    changes = window.scenario.changes
    assert "Single" in [changes.item(row, 1).text() for row in range(changes.rowCount())]
    window.editor.set_share("page/cart", 0.2)
    assert "Share of Page to Cart" in window.document.undo_stack.undoText()


def test_every_kind_of_id_changes_in_one_step_and_undo_brings_back_each_byte(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    for section in SECTIONS:
        window.sections.open(section.id)  # so that every page follows
    for kind in kinds():
        for old in dict.fromkeys(ids_in(document.tables, kind)):
            before = document.undo_stack.index()
            assert document.rename_id(kind, old, "zz-new"), (kind, old, window.messages.texts)
            assert document.undo_stack.index() == before + 1
            assert not document.reading.errors, (kind, old, document.reading.findings)
            document.undo_stack.undo()
            assert document.text == EVERYTHING, (kind, old)


def test_a_transition_gets_an_id_in_the_inspector_stays_selected_and_can_lose_it(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    window.editor.select(Selection(transitions=frozenset({"page/cart"})))
    field = window.inspector.fields()["transitions.page/cart.id"]
    type_id(field, "page-gone/x")
    assert "lower-case" in field.words
    type_id(field, "to-cart")
    assert window.editor.selection == Selection(transitions=frozenset({"to-cart"}))
    field = window.inspector.fields()["transitions.to-cart.id"]
    field.input.setFocus()
    field.input.selectAll()
    QTest.keyClick(field.input, Qt.Key.Key_Delete)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert window.editor.selection == Selection(transitions=frozenset({"page/cart"}))
    assert document.text == EVERYTHING


def test_an_arm_gets_another_id_and_is_still_the_one_that_is_edited(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    document.select_arm("more")
    window.live.baselines.choose("arm:more")
    window.sections.open("arms")
    page = items_page(window.sections, "arms")
    page.select("more")
    type_id(page.fields()["experiment.arms.more.id"], "base")
    assert "already" in page.fields()["experiment.arms.more.id"].words
    type_id(page.fields()["experiment.arms.more.id"], "mails")
    assert [arm["id"] for arm in document.tables["experiment"]["arms"]] == ["base", "mails"]
    assert (document.arm, page.selected) == ("mails", "mails")
    assert window.live.baselines.chosen == "arm:mails"
    window.live.baselines.choose("saved")
    assert window.live.baselines.side.arm == "more", "as it was saved, under the ID that it had then"


def test_a_score_and_an_attribute_get_another_id_where_their_values_stand(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    for address, new, wanted in (
        ("scores.warm.id", "keen", "scores.keen"),
        ("segments.bargain.attributes.region.id", "area", "attributes.area"),
    ):
        window.editor.go_to(address)
        field = window.sections.page.fields()[address]
        assert field.input.text() == address.split(".")[-2]
        type_id(field, "two words")
        assert "lower-case" in field.words
        type_id(field, new)
        assert document.text.count(wanted) >= 1
        assert not document.reading.errors, document.reading.findings
    assert window.focusWidget() is window.sections.page.fields()["segments.bargain.attributes.area.id"].input
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.text == EVERYTHING


def test_the_table_gives_a_touchpoint_another_id(window: Window) -> None:
    window.document.new(EVERYTHING)
    model = window.table.touchpoint_model
    row = next(number for number, each in enumerate(model.rows) if each.id == "page")
    at = model.index(row, [column.head for column in model.columns].index("ID"))
    assert not model.setData(at, "cart")
    assert model.setData(at, "landing")
    assert window.document.journey.touchpoint("landing") is not None
    assert not window.document.reading.errors


def test_pinned_levers_and_the_chosen_persona_follow(window: Window) -> None:
    document = window.document
    document.new(EVERYTHING)
    for address in ("channels.email.open_rate", "scores.warm.intercept"):
        window.levers.pin(address)
    window.journey_map.cards.choose("bargain")
    document.rename_id("channels", "email", "mail")
    document.rename_id("scores", "warm", "keen")
    document.rename_id("segments", "bargain", "careful")
    pinned = [row.lever.address for row in window.levers.rows if row.lever.pinned]
    assert pinned == ["channels.mail.open_rate", "scores.keen.intercept"]
    assert window.journey_map.cards.current == "careful"
    document.undo_stack.setIndex(0)
    pinned = [row.lever.address for row in window.levers.rows if row.lever.pinned]
    assert pinned == ["channels.email.open_rate", "scores.warm.intercept"]


def test_scores_attributes_and_transitions_that_others_name_are_deleted_once_somebody_agrees(window: Window) -> None:
    document = window.document
    document.new(edit(EVERYTHING, {"experiment.arms.more.set": {"transitions.page/cart.share": 3}}))
    before = document.text
    entries_at(window.sections, "scores").remove("warm")
    entries_at(window.sections, "segments.bargain.attributes").remove("region")
    window.editor.delete(Selection(transitions=frozenset({"page/cart"})))
    assert document.text == before
    told = " ".join(window.messages.texts)
    assert "the arm “More”" in told
    click(window.messages.button("Delete it all the same"))
    assert document.journey.transition("page/cart") is None
    window.editor.delete(Selection(transitions=frozenset({"page/shelf"})))
    assert document.journey.transition("page/shelf") is None, "nothing names it"
