"""What stands around the journey: the bar at the top, panels that fold to a line, the size of the window at first."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTabBar
from pytestqt.qtbot import QtBot

import app
from app.desktop.document.selection import Selection
from app.desktop.frame.docks import LEAST, first_size, in_front
from app.desktop.frame.folding import Drawer
from app.desktop.looks.theme import GRID
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from app.files.shipped import shipped
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import turn
from tests.desktop.results_by_hand import some_results
from tests.some_slow import first_quick

A_LINE = 6 * GRID


def drawer(window: Window) -> Drawer:
    made = window.docks()[2].widget()
    assert isinstance(made, Drawer)
    return made


def drag_to(window: Window, height: int) -> None:
    """Give the panels below that height, as the splitter above them does."""
    window.setAnimated(False)
    window.resizeDocks([window.docks()[2]], [height], Qt.Orientation.Vertical)
    window.layout().activate()


def double_click_tab(window: Window, title: str) -> None:
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    bar, number = next((bar, n) for bar in bars for n in range(bar.count()) if bar.tabText(n) == title)
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())


def test_results_are_a_line_that_teaches_until_something_is_run(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    assert drawer(window).height() < A_LINE
    assert drawer(window).words.isVisible()
    assert "Press Run (F5)" in drawer(window).words.text()
    assert not window.results.isVisible()
    window.show_results()  # as a run does that begins
    assert window.results.isVisible()
    assert not drawer(window).words.isVisible()
    assert drawer(window).height() > 20 * GRID


def test_a_double_click_on_a_tab_folds_the_panels_and_another_gives_their_height_back(window: Window) -> None:
    window.show_results()
    drag_to(window, 250)
    before = drawer(window).height()
    double_click_tab(window, "Results")
    assert drawer(window).height() < A_LINE
    double_click_tab(window, "Results")
    assert drawer(window).height() == before


def test_a_command_and_the_button_in_the_line_fold_and_open_them_too(window: Window) -> None:
    window.commands["fold"].trigger()
    assert window.results.isVisible()
    window.commands["fold"].trigger()
    assert not window.results.isVisible()
    drawer(window).button.click()
    assert window.results.isVisible()


def test_panels_that_were_folded_on_purpose_stay_so_when_results_come(open_window: Open) -> None:
    first = open_window()
    first.show_results()
    first.commands["fold"].trigger()
    first.show_results()
    assert not first.results.isVisible()
    first.close_now()
    second = open_window()
    second.show_results()
    assert not second.results.isVisible(), "it is remembered"
    second.show_findings()
    assert second.findings.isVisible(), "somebody asked for them"


def test_panels_dragged_too_low_become_their_line(window: Window, qtbot: QtBot) -> None:
    window.show_results()
    QTest.mousePress(window, Qt.MouseButton.LeftButton)
    drag_to(window, 14 * GRID)
    qtbot.wait(200)
    assert drawer(window).height() > drawer(window).line_height(), "not under somebody's hand"
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: drawer(window).height() <= drawer(window).line_height())


def test_the_splitters_move_freely(window: Window) -> None:
    window.show_results()
    drag_to(window, window.height())
    assert window.views.height() <= 20 * GRID
    drag_to(window, 15 * GRID)
    assert drawer(window).height() <= 15 * GRID


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        ((1366, 728), (1366, 688)),
        ((1440, 860), (1440, 820)),
        ((1920, 1040), (1440, 900)),
        ((2560, 1400), (1920, 1050)),
        ((1024, 620), (1024, 600)),
        ((800, 800), (1440, 900)),
    ],
)
def test_the_window_fits_the_screen_at_first_with_its_title_bar(screen: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)) == QSize(*size)


def test_a_narrow_window_has_the_inspector_among_the_tabs_at_the_left(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desktop.window.first_size", lambda _: LEAST)
    window = open_window()
    window.commands["large"].trigger()
    scenario, inspector = window.docks()[0], window.docks()[1]
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    assert window.dockWidgetArea(scenario) == window.dockWidgetArea(inspector) == left
    assert window.views.width() > window.width() * 0.6
    assert window.levers.isVisible()
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    QApplication.processEvents()
    assert not window.first_steps.things_dock.isHidden()
    assert in_front(window, inspector) is window.docks()[5], "the levers stay in front of the things to try"
    window.editor.select(Selection(frozenset({"cart"})))
    QApplication.processEvents()
    assert in_front(window, inspector) is inspector
    assert inspector.widget().isVisible(), "what is selected is shown"

    kept = scenario.width()
    window.close_now()
    again = open_window()
    assert again.dockWidgetArea(again.docks()[1]) == left, "it is remembered"
    assert again.docks()[0].width() == kept


@pytest.mark.parametrize("large", first_quick([True, False]))
def test_nothing_makes_the_window_larger_than_a_small_screen(window: Window, large: bool) -> None:
    if large:
        window.commands["large"].trigger()
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    window.results.show_results(some_results())
    window.show_results()

    def least() -> bool:
        window.layout().activate()
        size = window.minimumSizeHint()
        return size.width() <= LEAST.width() and size.height() <= LEAST.height()

    for number in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(number)
        assert least(), window.results.tabs.tabText(number)
    for dock in window.docks():
        dock.open()
        assert least(), dock.windowTitle()
    for number in range(window.views.count()):
        window.views.setCurrentIndex(number)
        assert least(), window.views.tabText(number)
    for section in SECTIONS:
        window.sections.open(section.id)
        assert least(), section.title


def test_the_bar_says_what_journey_this_is_and_whether_it_is_saved(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    assert window.bar.name.text() == "Online shop"
    assert window.bar.state.text() in ("", "saved")
    window.document.set("Dearer", {"behaviour.price_index": 1.2})
    assert window.bar.state.text() == "not saved"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("width", first_quick([960, 1024, 1366, 2560]))
def test_all_of_the_bar_is_in_sight_at_any_width(window: Window, width: int, large: bool) -> None:
    if large:
        window.commands["large"].trigger()
    window.resize(width, 700)
    window.bar.layout().activate()
    last = window.bar.button("stop")
    assert last.mapTo(window, last.rect().bottomRight()).x() < width
    assert window.views.switch.isVisible()
    assert window.bar.button("run").text().strip() == "Run"


def test_the_views_are_switched_in_the_bar(window: Window) -> None:
    switch = window.views.switch
    assert [switch.tabText(number) for number in range(switch.count())] == [
        window.views.tabText(number) for number in range(window.views.count())
    ]
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.tabRect(window.views.indexOf(window.table)).center())
    assert window.table.isVisible()
    window.views.go_to(window.canvas)
    assert switch.currentIndex() == 0


def test_what_acts_on_the_canvas_alone_is_grey_while_it_is_out_of_sight(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    acting = {"zoom-in", "zoom-out", "zoom-fit", "zoom-selection", "minimap", "tidy"}
    acting |= {f"align-{how}" for how in ("left", "top", "distribute-h", "distribute-v")}

    def chosen() -> set[str]:
        return {id_ for id_ in acting if window.commands[id_].isEnabled()}

    assert chosen() == acting
    before, zoom = window.document.text, window.canvas.view.zoom
    for view in (window.table, window.journey_map, window.sections):
        window.views.go_to(view)
        assert chosen() == set()
        assert not window.bar.button("tidy").isEnabled()
        for keys in ("+", "-", "0", "L"):
            QTest.keyClick(view, ord(keys), Qt.KeyboardModifier.ControlModifier)
        assert (window.document.text, window.canvas.view.zoom) == (before, zoom)
    window.views.go_to(window.canvas)
    assert chosen() == acting
    window.views.go_to(window.table)
    window.first_steps.show_welcome()
    assert chosen() == set()
    window.first_steps.put_away()
    assert chosen() == set(), "the table is in front"
    window.views.go_to(window.canvas)
    window.commands["zoom-in"].trigger()
    assert window.canvas.view.zoom > zoom


def test_a_note_is_written_where_it_is_seen(window: Window) -> None:
    window.document.new(EVERYTHING)
    for view in (window.table, window.journey_map, window.sections):
        window.views.setCurrentWidget(view)
        window.commands["add-note"].trigger()
        assert window.canvas.isVisible()
        (field,) = (one for one in window.canvas.findChildren(QPlainTextEdit) if one.isVisible())
        QTest.keyClicks(field, f"Beside {view.accessibleName()}")
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        turn()
        assert window.document.tables["annotations"][-1]["text"] == f"Beside {view.accessibleName()}"


def test_rename_opens_a_field_in_the_view_that_is_in_front(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    touchpoint, transition = window.document.journey.touchpoints[1].id, window.document.journey.transitions[0].key
    window.views.go_to(window.table)
    for selection in (Selection(frozenset({touchpoint})), Selection(transitions=frozenset({transition}))):
        window.editor.select(selection)
        window.commands["rename"].trigger()
        opened = window.table.touchpoints if selection.touchpoints else window.table.transitions
        assert opened.editing
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not opened.editing
    window.views.go_to(window.sections)
    window.commands["rename"].trigger()
    assert window.views.currentWidget() is window.canvas


def test_no_icon_is_shipped_that_nothing_shows() -> None:
    folder = shipped("assets") / "icons" / "lucide"
    source = (Path(app.__file__).parent / "desktop" / "commands" / "toolbar.py").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("*.svg") if f'"{path.stem}"' not in source] == []
    assert "ISC" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_every_command_in_the_bar_has_an_icon_in_the_colours_of_the_theme(window: Window) -> None:
    def pictures() -> list[object]:
        actions = [action for action in window.bar.actions() if action.objectName()]
        assert len(actions) == 11
        return [action.icon().pixmap(16).toImage() for action in actions]

    light = pictures()
    window.commands["dark"].trigger()
    assert all(one != other for one, other in zip(light, pictures(), strict=True))
