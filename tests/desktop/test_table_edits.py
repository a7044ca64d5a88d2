"""Cells of the tables: what is typed, chosen or switched there becomes one step of the document."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.document.selection import Selection
from app.desktop.looks.theme import Appearance
from app.desktop.table import JourneyTable
from sim.scenario import edit
from tests.desktop.table_by_keyboard import KEY, SHOP, cell, column, field, is_equal, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, lists open without being raised
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def document() -> Iterator[Document]:
    found = Document()
    found.new(SHOP)
    yield found
    found.close()


@pytest.fixture
def table(qtbot: QtBot, document: Document) -> JourneyTable:
    found = JourneyTable(Appearance(), document)
    qtbot.addWidget(found)
    found.resize(1400, 700)
    found.show()
    return found


def test_a_touchpoint_chosen_from_those_that_match_is_taken(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    table.transitions.setFocus()
    table.transitions.setCurrentIndex(cell(table.transitions, "To", "ad/cart"))
    qtbot.keyClick(table.transitions, KEY.Key_F2)
    opened = field(table.transitions)
    opened.lineEdit().selectAll()
    qtbot.keyClicks(opened, "bou")
    popup = opened.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, KEY.Key_Down)
    qtbot.keyClick(popup, KEY.Key_Return)
    assert [transition.key for transition in document.journey.transitions] == ["cart/bought", "ad/bought", "cart/left"]
    assert table.selected == Selection(transitions=frozenset({"ad/bought"}))
    assert not table.transitions.editing


def test_a_touchpoint_that_is_not_there_is_refused_in_words(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    with qtbot.waitSignal(document.refused) as refused:
        type_into(qtbot, table.transitions, cell(table.transitions, "To", "ad/cart"), "nowhere")
    assert refused.args == ["There is no touchpoint called nowhere."]
    assert not document.is_dirty


@pytest.mark.parametrize(
    ("view", "row", "head", "text", "address", "value", "label"),
    [
        ("touchpoints", "Cart", "Name", "Basket", "touchpoints.cart.name", "Basket", "Rename Cart"),
        ("touchpoints", "Cart", "Start", "yes", "touchpoints.cart.start", True, "Set start of Cart"),
        ("touchpoints", "Ad", "Start", "no", "touchpoints.ad.start", None, "Set start of Ad"),
        ("touchpoints", "Cart", "X", "480", "layout.cart", [480, 40], "Move Cart"),
        ("touchpoints", "Cart", "Channels", "website", "touchpoints.cart.channels", {"web": 0.7},
         "Set channels of Cart"),
        ("touchpoints", "Cart", "Channels", "all", "touchpoints.cart.channels", None, "Set channels of Cart"),
        ("transitions", "ad/cart", "Delay", "6 h", "transitions.ad/cart.delay", 0.25, "Set delay of Ad to Cart"),
        ("transitions", "ad/cart", "Delay", "", "transitions.ad/cart.delay", None, "Set delay of Ad to Cart"),
        ("transitions", "ad/cart", "Delay", '{ family = "exponential", mean = 3 }', "transitions.ad/cart.delay",
         {"family": "exponential", "mean": 3}, "Set delay of Ad to Cart"),
    ],
)  # fmt: skip
def test_typing_into_a_cell_sets_one_value(
    qtbot: QtBot, table: JourneyTable, document: Document, view: str, row: str, head: str, text: str, address: str,
    value: object, label: str,
) -> None:  # fmt: skip
    type_into(qtbot, getattr(table, view), cell(getattr(table, view), head, row), text)
    assert document.text == edit(SHOP, {address: value})
    assert document.undo_stack.undoText() == label
    assert is_equal(table, document)
    document.undo_stack.undo()
    assert document.text == SHOP
    assert is_equal(table, document)


@pytest.mark.parametrize(("text", "shares"), [("20,5", (20.5, 79.5)), ("50 %", (50, 50))])
def test_typing_a_share_leaves_the_others_what_is_left(
    qtbot: QtBot, table: JourneyTable, document: Document, text: str, shares: tuple[float, float]
) -> None:
    type_into(qtbot, table.transitions, cell(table.transitions, "Share", "cart/bought"), text)
    bought, left = shares
    assert document.text == edit(SHOP, {"transitions.cart/bought.share": bought, "transitions.cart/left.share": left})
    assert document.undo_stack.undoText() == "Set share of Cart to Bought"
    document.undo_stack.undo()
    assert document.text == SHOP


@pytest.mark.parametrize(
    ("row", "head", "key", "address", "value", "label"),
    [
        ("Cart", "Stage", "P", "touchpoints.cart.stage", "purchase", "Move Cart to Purchase"),
        ("Cart", "Goal", "V", "touchpoints.cart.goal", {"kind": "value"}, "Set goal of Cart"),
        ("Bought", "Goal", "C", "touchpoints.bought.goal.kind", "completion", "Set goal of Bought"),
        ("Bought", "Goal", "N", "touchpoints.bought.goal", None, "Set goal of Bought"),
        ("Left", "Exit", "N", "touchpoints.left.exit", None, "Set exit of Left"),
    ],
)
def test_choosing_in_a_cell_sets_one_value(
    qtbot: QtBot, table: JourneyTable, document: Document, row: str, head: str, key: str, address: str, value: object,
    label: str,
) -> None:  # fmt: skip
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(cell(table.touchpoints, head, row))
    qtbot.keyClick(table.touchpoints, KEY.Key_Return)
    qtbot.keyClicks(field(table.touchpoints), key.lower())
    qtbot.keyClick(field(table.touchpoints), KEY.Key_Return)
    assert document.text == edit(SHOP, {address: value})
    assert document.undo_stack.undoText() == label
    assert is_equal(table, document)


def test_the_space_bar_and_a_click_switch_a_touchpoint_off_and_on(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    at = cell(table.touchpoints, "On", "Cart")
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(at)
    qtbot.keyClick(table.touchpoints, KEY.Key_Space)
    assert document.text == edit(SHOP, {"touchpoints.cart.enabled": False})
    where = table.touchpoints.visualRect(at).center()
    qtbot.mouseClick(table.touchpoints.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert document.text == SHOP


def test_under_an_arm_an_edit_is_an_override_and_going_back_takes_it_away(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    document.add_arm("Free delivery")
    for text, value in (("50", {"transitions.cart/bought.share": 65}), ("35", {"transitions.cart/bought.share": 35})):
        type_into(qtbot, table.transitions, cell(table.transitions, "Share", "cart/bought"), text)
        assert document.overrides == value
    table.touchpoint_model.setData(cell(table.touchpoints, "Start", "Ad"), "no")
    assert document.overrides["touchpoints.ad.start"] is False
    assert table.shown()[0] == frozenset(document.journey.touchpoints)
    table.touchpoint_model.setData(cell(table.touchpoints, "Start", "Ad"), "yes")
    assert document.overrides["touchpoints.ad.start"] is True
    assert document.tables["touchpoints"][2]["start"] is True


def test_a_structural_step_under_an_arm_is_told(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    document.add_arm("Free delivery")
    before = document.tables
    with qtbot.waitSignal(table.structure_changed) as told:
        table.touchpoint_model.setData(table.touchpoint_model.index(4, 1), "Gift")
    assert told.args == ["Add Gift", before]


def test_an_edit_in_a_sorted_table_changes_the_right_row(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(cell(table.touchpoints, "Name", "Left"))
    qtbot.keyClick(table.touchpoints, KEY.Key_Up, ALT)
    assert column(table.touchpoints, "Name") == ["Left", "Cart", "Bought", "Ad"]
    type_into(qtbot, table.touchpoints, cell(table.touchpoints, "Name", "Cart"), "A basket")
    assert document.text == edit(SHOP, {"touchpoints.cart.name": "A basket"})
    assert column(table.touchpoints, "Name") == ["Left", "Bought", "Ad", "A basket"]
    assert table.touchpoints.currentIndex().data() == "A basket"
    assert table.selected == Selection(touchpoints=frozenset({"cart"}))
    qtbot.keyClick(table.touchpoints, KEY.Key_Home, ALT)
    assert column(table.touchpoints, "Name") == ["Ad", "A basket", "Bought", "Left"]


def test_an_open_field_survives_a_change_from_elsewhere(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(cell(table.touchpoints, "Name", "Cart"))
    qtbot.keyClick(table.touchpoints, KEY.Key_F2)
    opened = field(table.touchpoints)
    qtbot.keyClicks(opened, "Trolley")
    document.set("Move", {"touchpoints.left.stage": "awareness", "touchpoints.cart.stage": "advocacy"})
    assert field(table.touchpoints) is opened
    assert opened.text() == "Trolley"
    qtbot.keyClick(opened, KEY.Key_Return)
    touchpoint = document.journey.touchpoint("cart")
    assert touchpoint is not None
    assert touchpoint.name == "Trolley"


def test_a_field_may_be_open_when_the_table_goes(qtbot: QtBot, table: JourneyTable) -> None:
    table.select(Selection(touchpoints=frozenset({"ad"})))
    table.add_transition()
    assert field(table.transitions).accessibleName()
    table.close()
