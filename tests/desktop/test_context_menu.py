"""The menu of the right mouse button has what can be done with what is under the mouse."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.desktop.canvas import Selection
from app.desktop.window import Window
from sim.shipped import shipped_scenarios


@pytest.fixture
def shop(window: Window) -> Window:
    """A window with the shop."""
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    return window


def offered(window: Window) -> dict[str, QAction]:
    """What the menu offers for what is selected."""
    return {action.text(): action for action in window.context_menu.made().actions() if not action.isSeparator()}


def touchpoint(window: Window, id_: str) -> dict[str, object]:
    """What the document says of a touchpoint."""
    return next(each for each in window.document.shown["touchpoints"] if each["id"] == id_)


def test_menus_differ_by_what_is_under_the_mouse(shop: Window) -> None:
    transition = shop.document.journey.transitions[0].key
    menus = []
    for selection in (
        Selection(),
        Selection(touchpoints=frozenset({"cart"})),
        Selection(transitions=frozenset({transition})),
        Selection(touchpoints=frozenset({"cart", "checkout"})),
    ):
        shop.editor.select(selection)
        menus.append(list(offered(shop)))
    assert "Add touchpoint" in menus[0]
    assert "Delete" not in menus[0]
    assert "Add a rule that starts here" in menus[1]
    assert "Set share" in menus[2]
    assert "Align left" in menus[3]
    assert shop.commands["rename"].text() == "Rename", "the command is not renamed for all"


def test_a_touchpoint_becomes_start_goal_and_exit_and_stops_being_so(shop: Window) -> None:
    shop.editor.select(Selection(touchpoints=frozenset({"cart"})))
    before = shop.document.text
    for words, key, value in (
        ("Journeys start here", "start", True),
        ("Conversion goal", "goal", {"kind": "conversion"}),
        ("Exit: the customer is lost", "exit", "churn"),
        ("Exit: the journey is completed", "exit", "completed"),
    ):
        assert not offered(shop)[words].isChecked()
        offered(shop)[words].trigger()
        assert touchpoint(shop, "cart")[key] == value
        assert offered(shop)[words].isChecked()
    assert not offered(shop)["Exit: the customer is lost"].isChecked()
    offered(shop)["Exit: the journey is completed"].trigger()
    assert "exit" not in touchpoint(shop, "cart")
    while shop.document.undo_stack.canUndo():
        shop.document.undo_stack.undo()
    assert shop.document.text == before


def test_what_an_arm_cannot_remove_is_not_offered(shop: Window) -> None:
    goal = next(each.id for each in shop.document.journey.touchpoints if each.goal)
    shop.document.add_arm("Trial")
    shop.editor.select(Selection(touchpoints=frozenset({goal})))
    entry = offered(shop)["Conversion goal"]
    assert entry.isChecked()
    assert not entry.isEnabled()


def test_a_rule_that_starts_at_the_touchpoint_is_added_and_shown(shop: Window) -> None:
    shop.editor.select(Selection(touchpoints=frozenset({"cart"})))
    offered(shop)["Add a rule that starts here"].trigger()
    rule = shop.document.shown["rules"][-1]
    assert rule["when"] == {"entered": "cart"}
    assert shop.views.currentWidget() is shop.sections
    assert shop.sections.page.selected == rule["id"]


def test_a_right_click_on_a_badge_is_about_what_has_the_finding(shop: Window) -> None:
    shop.canvas.zoom_to_fit()
    shop.canvas.show_findings({"touchpoints.cart": "error"})
    shop.editor.select(Selection(touchpoints=frozenset({"checkout"})))
    badge = QPointF(*shop.canvas.view.figures.cards["cart"].badge)
    area, at = shop.canvas.view.viewport(), shop.canvas.view.mapFromScene(badge)
    QTest.mouseClick(area, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    assert shop.editor.selection == Selection(touchpoints=frozenset({"cart"}))
