"""The table view: everything that the canvas can do, by keyboard, and always what the document says."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Flow
from app.desktop.document import Document
from app.desktop.document.selection import NOTHING, Selection
from app.desktop.looks.theme import Appearance, Theme
from app.desktop.table import JourneyTable
from sim.shipped import scenarios_folder
from tests.desktop.large import large_journey
from tests.desktop.table_by_keyboard import CONTROL, KEY, SHOP, cell, column, field, heads, is_equal

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, lists open without being raised


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


def test_touchpoints_are_in_reading_order_by_stage(table: JourneyTable) -> None:
    assert column(table.touchpoints, "Name") == ["Ad", "Cart", "Bought", "Left"]
    assert column(table.transitions, "Key") == ["ad/cart", "cart/bought", "cart/left"]
    assert column(table.transitions, "Share") == ["100 %", "35 %", "65 %"]
    assert column(table.transitions, "Delay") == ["2 d", "", ""]
    assert column(table.touchpoints, "Channels") == ["All", "Website, App", "All", "None"]


def test_a_journey_is_drawn_by_keyboard_alone(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    document.new()
    table.touchpoints.setFocus()
    qtbot.keyClick(table.touchpoints, KEY.Key_Insert)
    for name in ("Ad", "Shop", "Thank you"):
        qtbot.keyClicks(field(table.touchpoints), name)
        qtbot.keyClick(field(table.touchpoints), KEY.Key_Return)
        assert document.undo_stack.undoText() == f"Add {name}"
        qtbot.keyClick(table.touchpoints, KEY.Key_Return)
    qtbot.keyClick(field(table.touchpoints), KEY.Key_Escape)
    assert [touchpoint.id for touchpoint in document.journey.touchpoints] == ["ad", "shop", "thank-you"]
    assert document.journey.touchpoints[0].start == 1

    for source, target in (("Ad", "sho"), ("shop", "thank")):
        table.transitions.setFocus()
        table.select(NOTHING)
        qtbot.keyClick(table.transitions, KEY.Key_Insert)
        qtbot.keyClicks(field(table.transitions), source)
        qtbot.keyClick(field(table.transitions), KEY.Key_Return)
        qtbot.keyClicks(field(table.transitions), target)
        qtbot.keyClick(field(table.transitions), KEY.Key_Return)
    assert [transition.key for transition in document.journey.transitions] == ["ad/shop", "shop/thank-you"]
    assert document.undo_stack.undoText() == "Connect Shop to Thank you"

    assert table.selected == Selection(transitions=frozenset({"shop/thank-you"}))
    qtbot.keyClick(table.transitions, KEY.Key_Delete)
    assert [transition.key for transition in document.journey.transitions] == ["ad/shop"]
    document.undo_stack.setIndex(0)
    assert table.shown() == (frozenset(), frozenset())
    assert column(table.touchpoints, "Name") == []


def test_the_keyboard_goes_on_to_the_share_of_a_new_transition(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    table.select(Selection(touchpoints=frozenset({"ad"})))
    table.add_transition()
    qtbot.keyClicks(field(table.transitions), "Left")
    qtbot.keyClick(field(table.transitions), KEY.Key_Return)
    qtbot.keyClick(table.transitions, KEY.Key_2)
    qtbot.keyClicks(field(table.transitions), "0")
    qtbot.keyClick(field(table.transitions), KEY.Key_Return)
    made = document.journey.transition("ad/left")
    assert made is not None
    assert made.share == 0.2
    assert cell(table.transitions, "Share", "ad/left").data() == "20 %"
    assert cell(table.transitions, "Share", "ad/cart").data() == "80 %"


def test_selection_is_mirrored(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    told: list[Selection] = []
    table.selection_changed.connect(told.append)
    both = Selection(frozenset({"cart"}), frozenset({"ad/cart"}))
    table.select(both)
    assert table.touchpoints.ids == {"cart"}
    assert table.transitions.ids == {"ad/cart"}
    table.touchpoints.setFocus()
    qtbot.keyClick(table.touchpoints, KEY.Key_Down)
    assert told == [both, Selection(touchpoints=frozenset({"bought"}))]
    assert table.transitions.ids == frozenset()
    document.set("Rename", {"touchpoints.bought.name": "Paid", "touchpoints.bought.stage": "awareness"})
    assert table.touchpoints.ids == {"bought"}
    table.select(Selection(touchpoints=frozenset({"bought", "gone"})))
    assert len(told) == 2


def test_deleting_takes_rows_away_and_undo_brings_them_back(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(cell(table.touchpoints, "Name", "Cart"))
    qtbot.keyClick(table.touchpoints, KEY.Key_Delete)
    assert document.undo_stack.undoText() == "Delete Cart"
    assert column(table.touchpoints, "Name") == ["Ad", "Bought", "Left"]
    assert column(table.transitions, "Key") == []
    assert table.selected == NOTHING
    qtbot.keyClick(table.touchpoints, KEY.Key_Delete)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.text == SHOP
    assert is_equal(table, document)


def test_duplicating_adds_a_copy_and_selects_it(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    table.touchpoints.setFocus()
    table.touchpoints.setCurrentIndex(cell(table.touchpoints, "Name", "Cart"))
    qtbot.keyClick(table.touchpoints, KEY.Key_D, CONTROL)
    assert column(table.touchpoints, "ID") == ["ad", "cart", "cart-2", "bought", "left"]
    assert table.selected == Selection(touchpoints=frozenset({"cart-2"}))
    assert document.undo_stack.undoText() == "Duplicate Cart"


def test_what_has_no_value_comes_last_either_way(table: JourneyTable) -> None:
    at = heads(table.touchpoints).index("X")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.touchpoints.sortByColumn(at, order)
        assert column(table.touchpoints, "X") == ["300", "", "", ""]


def test_a_click_on_a_head_sorts_and_a_third_one_goes_back(qtbot: QtBot, table: JourneyTable) -> None:
    head = table.touchpoints.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(1) + 20, head.height() // 2)
    names = []
    for _ in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
        names.append(column(table.touchpoints, "Name"))
    assert names[0] == ["Ad", "Bought", "Cart", "Left"]
    assert names[1] == names[0][::-1]
    assert names[2] == ["Ad", "Cart", "Bought", "Left"]


def test_the_filter_hides_rows_but_not_what_is_selected_or_new(
    qtbot: QtBot, table: JourneyTable, document: Document
) -> None:
    table.select(Selection(touchpoints=frozenset({"ad"})))
    table.find("cart")
    assert table.filter.hasFocus()
    assert column(table.touchpoints, "Name") == ["Cart"]
    assert column(table.transitions, "Key") == ["ad/cart", "cart/bought", "cart/left"]
    assert table.selected == Selection(touchpoints=frozenset({"ad"}))
    assert table.shown() == (frozenset(document.journey.touchpoints), frozenset(document.journey.transitions))
    table.touchpoint_model.setData(table.touchpoint_model.index(1, 1), "Gift")
    assert column(table.touchpoints, "Name") == ["Gift", "Cart"]
    table.find("")
    assert column(table.touchpoints, "Name") == ["Ad", "Gift", "Cart", "Bought", "Left"]


def test_findings_stand_in_the_row_that_they_are_about(qtbot: QtBot, table: JourneyTable, document: Document) -> None:
    with qtbot.waitSignal(document.read_again):
        document.set("Break", {"transitions.cart/left.to": "lefd"})
    at = cell(table.transitions, "Finding", "cart/lefd")
    assert at.data() == "Error"
    assert at.data(Qt.ItemDataRole.ToolTipRole) == 'Error: there is no touchpoint "lefd"; did you mean "left"?'
    assert not at.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert cell(table.transitions, "Finding", "ad/cart").data() == ""


def test_a_run_shows_visits_drop_off_and_how_often_transitions_were_taken(table: JourneyTable) -> None:
    after = [heads(table.touchpoints).index("Visits"), heads(table.touchpoints).index("Drop-off")]
    assert all(table.touchpoints.isColumnHidden(one) for one in after)
    table.show_flow(Flow({"cart": 1200.4}, {"cart": 0.65}, {"cart/left": 780.0}))
    assert not any(table.touchpoints.isColumnHidden(one) for one in after)
    assert cell(table.touchpoints, "Visits", "Cart").data() == "1,200"
    assert cell(table.touchpoints, "Drop-off", "Cart").data() == "65.0 %"
    assert cell(table.touchpoints, "Visits", "Ad").data() == ""
    assert cell(table.transitions, "Taken", "cart/left").data() == "780"
    table.show_flow(None)
    assert all(table.touchpoints.isColumnHidden(one) for one in after)


def test_cells_are_read_out_in_words_and_heads_are_defined(table: JourneyTable) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert cell(table.transitions, "Share", "cart/bought").data(spoken) == "Share of Cart to Bought: 35 %"
    assert cell(table.touchpoints, "On", "Cart").data(spoken) == "On of Cart: yes"
    for view in (table.touchpoints, table.transitions):
        assert view.accessibleName()
        for number in range(view.model().columnCount()):
            assert view.model().headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_the_table_shows_what_the_document_says_after_a_walk_of_edits_and_undos(
    table: JourneyTable, document: Document
) -> None:
    draw = random.Random(20)
    for _ in range(60):
        _step(draw, table, document)
        assert is_equal(table, document)
        assert table.selected.touchpoints <= {touchpoint.id for touchpoint in document.journey.touchpoints}
    document.undo_stack.setIndex(0)
    assert document.text == SHOP
    assert is_equal(table, document)


def _step(draw: random.Random, table: JourneyTable, document: Document) -> None:
    """One thing that a person could do at random."""
    touchpoints, transitions = table.touchpoint_model, table.transition_model
    kind = draw.choice(["add", "connect", "rename", "stage", "share", "switch", "delete", "copy", "undo", "undo",
                        "redo", "sort", "lead"])  # fmt: skip
    some_touchpoint, some_transition = (
        draw.randrange(max(1, len(touchpoints.rows))),
        draw.randrange(max(1, len(transitions.rows))),
    )
    if kind == "undo":
        document.undo_stack.undo()
    elif kind == "redo":
        document.undo_stack.redo()
    elif kind == "sort":
        table.touchpoints.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    elif kind == "add":
        touchpoints.setData(touchpoints.index(len(touchpoints.rows), 1), draw.choice(["Cart", "Gift", "Ä", "Left"]))
    elif kind == "connect" and touchpoints.rows:
        transitions.setData(transitions.index(len(transitions.rows), 1), draw.choice(touchpoints.rows).id)
        transitions.setData(transitions.index(len(transitions.rows), 2), draw.choice(touchpoints.rows).id)
    elif kind in ("rename", "stage", "switch", "delete", "copy") and touchpoints.rows:
        at = touchpoints.rows[some_touchpoint]
        if kind == "rename":
            touchpoints.setData(touchpoints.index(some_touchpoint, 1), draw.choice(["One", "Two", "Three"]))
        elif kind == "stage":
            touchpoints.setData(
                touchpoints.index(some_touchpoint, 3), draw.choice(["awareness", "purchase", "advocacy"])
            )
        elif kind == "switch":
            state = draw.choice([Qt.CheckState.Checked, Qt.CheckState.Unchecked])
            touchpoints.setData(touchpoints.index(some_touchpoint, 10), state, Qt.ItemDataRole.CheckStateRole)
        else:
            flag = QItemSelectionModel.SelectionFlag
            rows = flag.ClearAndSelect | flag.Rows
            table.touchpoints.selectionModel().select(touchpoints.index(some_touchpoint, 0), rows)
            assert table.selected == Selection(touchpoints=frozenset({at.id}))
            table.delete() if kind == "delete" else table.duplicate()
    elif kind == "share" and transitions.rows:
        transitions.setData(transitions.index(some_transition, 5), str(draw.randrange(9)))
    elif kind == "lead" and transitions.rows and touchpoints.rows:
        transitions.setData(
            transitions.index(some_transition, draw.choice([1, 2])), touchpoints.rows[some_touchpoint].id
        )


def test_a_large_journey_opens_and_follows_in_pieces(qtbot: QtBot) -> None:
    document = Document()
    document.new(large_journey(300, 900))
    table = JourneyTable(Appearance(Theme(dark=True)), document)
    qtbot.addWidget(table)
    table.show()
    table.transitions.verticalScrollBar().setValue(400)
    told: list[tuple[int, int]] = []
    table.transition_model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    resets: list[int] = []
    table.transition_model.modelReset.connect(lambda: resets.append(1))
    key = document.journey.transitions[200].key
    document.set("Share", {f"transitions.{key}.share": 3})
    changed = {row for first, last in told for row in range(first, last + 1)}
    source = document.journey.transitions[200].source
    assert changed == {n for n, row in enumerate(table.transition_model.rows) if row.transition.source == source}
    assert not resets
    assert table.transitions.verticalScrollBar().value() == 400
    document.close()


def test_the_shipped_shop_is_shown_without_losing_a_word(qtbot: QtBot) -> None:
    document = Document()
    document.open(Path(str(scenarios_folder())) / "online-shop.toml")
    table = JourneyTable(Appearance(Theme(large=True)), document)
    qtbot.addWidget(table)
    table.show()
    QApplication.processEvents()
    assert table.shown() == (frozenset(document.journey.touchpoints), frozenset(document.journey.transitions))
    assert is_equal(table, document)
    document.close()
