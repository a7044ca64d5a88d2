"""The tour: one thing after the other, while everything can be used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from app.desktop.document.blank import BLANK
from app.desktop.looks.theme import Theme
from app.desktop.tour import Tour
from app.desktop.tour.steps import EXAMPLE
from app.desktop.window import Window
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.hands import click, press, turn
from tests.some_slow import first_quick

Key = Qt.Key


@pytest.fixture
def tour(window: Window) -> Tour:
    """A tour that has begun."""
    window.commands["tour"].trigger()
    turn()
    return window.first_steps.tour


def step_called(tour: Tour, title: str) -> None:
    """Go to a step."""
    tour.go_to([step.title for step in tour.steps].index(title))
    turn()


def test_the_tour_opens_a_copy_of_an_example_and_speaks_of_the_canvas_first(window: Window, tour: Tour) -> None:
    assert window.document.tables["id"] == EXAMPLE
    assert window.document.path is None
    assert tour.panel is not None
    assert tour.outline is not None
    assert tour.panel.isVisible()
    assert tour.outline.isVisible()
    assert tour.outline.geometry().contains(window.canvas.mapTo(window, window.canvas.rect().center()))
    assert 7 <= len(tour.steps) <= 9


def test_next_goes_through_all_steps_and_the_last_one_ends_it(window: Window, tour: Tour) -> None:
    titles = []
    while tour.panel is not None:
        titles.append(tour.panel.title.text())
        click(tour.panel.next)
    assert titles == [step.title for step in tour.steps]
    assert window.settings.tour_taken


def test_back_and_leave(window: Window, tour: Tour) -> None:
    assert tour.panel is not None
    assert not tour.panel.back_button.isEnabled()
    click(tour.panel.next)
    click(tour.panel.back_button)
    assert tour.number == 0
    click(tour.panel.leave)
    assert not tour.is_on
    assert window.document.tables["id"] == EXAMPLE


def test_escape_ends_it_from_the_panel_and_from_the_window(window: Window, tour: Tour) -> None:
    press(window, Key.Key_Escape)
    assert not tour.is_on
    window.commands["tour"].trigger()
    turn()
    window.setFocus()
    press(window, Key.Key_Escape)
    assert not tour.is_on


def test_what_is_to_be_done_is_seen_when_it_is_done_and_can_be_skipped(window: Window, tour: Tour) -> None:
    panel = tour.panel
    assert panel is not None
    step_called(tour, "Everything can be changed")
    assert panel.next.text() == "Skip"
    window.editor.go_to("touchpoints.basket")
    assert panel.next.text() == "Next"
    assert panel.task.text().startswith("✓")
    step_called(tour, "Arms: what would happen if …")
    assert panel.next.text() == "Skip"
    click(window.scenario.list.viewport(), window.scenario.list.visualItemRect(window.scenario.list.item(2)).center())
    assert window.document.arm == "rules"
    assert panel.next.text() == "Next"


@pytest.mark.slow
def test_a_run_is_seen(window: Window, tour: Tour, qtbot: QtBot) -> None:
    panel = tour.panel
    assert panel is not None
    window.document.apply("Few", lambda text: edit(text, {"population.size": 200, "experiment.replications": 2}))
    step_called(tour, "Run it")
    assert panel.next.text() == "Skip"
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: panel.next.text() == "Next", timeout=120_000)
    assert window.simulation.results is not None


def test_a_lever_is_seen_where_there_are_levers(window: Window, tour: Tour) -> None:
    panel = tour.panel
    assert panel is not None
    there = any(dock.windowTitle() == "Levers" for dock in window.findChildren(QDockWidget))
    assert there == ("Levers" in [step.title for step in tour.steps])
    if there:
        step_called(tour, "Levers")
        window.document.set("Hold out more", {"orchestration.holdout": 0.2})
        assert panel.next.text() == "Next"


def test_panels_that_are_closed_are_brought(window: Window, tour: Tour) -> None:
    for dock in window.findChildren(QDockWidget):
        dock.hide()
    for number in range(len(tour.steps)):
        tour.go_to(number)
        turn()
        target = tour.sights.find(tour.steps[number].sight)
        assert target is not None
        assert target.isVisible(), tour.steps[number].title


@pytest.mark.parametrize(
    "theme", first_quick([Theme(large=True), Theme(), Theme(dark=True)]), ids=["large type", "light", "dark"]
)
def test_the_panel_stays_inside_the_window_and_nothing_in_it_is_cut_off(
    window: Window, tour: Tour, theme: Theme, qtbot: QtBot
) -> None:
    window.resize(1100, 700)
    window.appearance.use(theme)
    for number in range(len(tour.steps)):
        tour.go_to(number)
        turn()
        panel, outline = tour.panel, tour.outline
        assert panel is not None
        assert outline is not None
        assert window.rect().contains(panel.geometry()), tour.steps[number].title
        for label in (panel.title, panel.words, panel.task):
            if label.isVisible():
                assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap(), label.text()
        button = window.bar.widgetForAction(window.commands["run"])
        assert button is not None
        if tour.sights.find(tour.steps[number].sight) is button:
            middle = button.mapTo(window, button.rect().center())
            assert outline.geometry().contains(middle)
            assert not panel.geometry().contains(middle)


def test_it_follows_the_window(window: Window, tour: Tour) -> None:
    assert tour.outline is not None
    before = tour.outline.geometry()
    window.resize(window.width() - 200, window.height() - 100)
    turn()
    turn()
    assert tour.outline.geometry() != before


def test_it_asks_about_what_is_not_saved_before_it_begins(window: Window) -> None:
    window.document.set("Size", {"population.size": 7})
    window.commands["tour"].trigger()
    assert not window.first_steps.tour.is_on
    window.messages.button("Stay here").click()
    assert not window.first_steps.tour.is_on
    assert window.document.text != BLANK
    window.commands["tour"].trigger()
    window.messages.button("Discard changes").click()
    assert window.first_steps.tour.is_on


def test_opening_something_else_ends_it(window: Window, tour: Tour) -> None:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    assert not tour.is_on
    assert window.document.tables["id"] == "online-shop"


def test_that_it_was_taken_is_remembered(open_window: Open) -> None:
    first = open_window()
    first.commands["tour"].trigger()
    first.close_now()
    second = open_window()
    assert second.settings.tour_taken
    second.first_steps.show_welcome()
    assert second.first_steps.welcome is not None
    assert second.first_steps.welcome.tour.text() == "Take the tour again"
