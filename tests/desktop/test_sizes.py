"""The window on screens of any size: canvas, levers, chart and table are usable on the smallest, and stay fitted."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from app.desktop.canvas.detail import LEAST_TYPE
from app.desktop.document.selection import Selection
from app.desktop.levers.number_row import NumberRow
from app.desktop.results.gains import Gain
from app.desktop.window import Window
from sim.outcomes import DEFINITIONS, HEADLINES
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.hands import show_tab, turn
from tests.desktop.letters import drawn_texts
from tests.desktop.results_by_hand import some_results
from tests.some_slow import first_quick

SMALL = QSize(1024, 700)
USUAL = (1366, 768), (1440, 900), (2560, 1440)


def opened(open_window: Open, monkeypatch: pytest.MonkeyPatch, size: QSize, large: bool = False) -> Window:
    """A window with the online shop on a screen of that size."""
    monkeypatch.setattr("app.desktop.window.first_size", lambda _: size)
    window = open_window()
    if large:
        window.commands["large"].trigger()
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    turn()
    return window


def with_results(window: Window) -> None:
    """As after a run."""
    window.results.show_results(some_results())
    window.show_results()
    turn()


def whole_rows(view: QListView | QTableView) -> int:
    """How many rows of a list or table are in sight from top to bottom."""
    model, root = view.model(), view.rootIndex()
    boxes = [view.visualRect(model.index(number, 0, root)) for number in range(model.rowCount(root))]
    return sum(box.height() > 0 and box.top() >= 0 and box.bottom() <= view.viewport().height() for box in boxes)


def whole_cards(window: Window) -> int:
    """How many touchpoints are in sight, all of each."""
    sight = window.canvas.view.in_sight()
    return sum(sight.contains(card.box.rect()) for card in window.canvas._scene.cards.values())


@pytest.fixture
def small(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> Window:
    """The smallest screen with the largest type, results open."""
    window = opened(open_window, monkeypatch, SMALL, large=True)
    with_results(window)
    return window


def test_on_the_smallest_screen_at_large_type_the_canvas_shows_much_of_the_journey(small: Window) -> None:
    assert small.size() == SMALL
    assert small.canvas.view.viewport().height() >= 200
    assert small.canvas.view.viewport().width() >= 640
    assert whole_cards(small) >= 8
    small.commands["fold"].trigger()
    turn()
    assert small.canvas.view.viewport().height() >= 400


def test_on_the_smallest_screen_at_large_type_levers_can_be_moved_and_all_arms_are_in_sight(small: Window) -> None:
    sliders = [row.slider for row in small.levers.rows if isinstance(row, NumberRow)]
    assert sliders
    assert small.levers.mix is not None
    sliders += small.levers.mix.sliders.values()
    assert all(slider.width() >= 88 for slider in sliders), [slider.width() for slider in sliders]
    arms = small.scenario.list
    assert whole_rows(arms) == arms.count() == 4


def test_on_the_smallest_screen_at_large_type_there_is_a_chart_and_what_its_lines_are(small: Window) -> None:
    chart = small.results.charts.retention
    assert chart.isVisible()
    plot = chart.plot.getPlotItem().getViewBox()
    assert plot.height() >= 80
    assert plot.width() >= 240
    assert chart.key.verticalScrollBar().maximum() == 0, "every arm has its line"
    assert chart.answer.height() >= chart.answer.heightForWidth(chart.answer.width()), "the answer is whole"


def test_on_the_smallest_screen_at_large_type_the_table_shows_rows_of_what_is_wanted(small: Window) -> None:
    small.views.go_to(small.table)
    turn()
    table = small.table
    assert table.touchpoints.isVisible()
    assert not table.transitions.isVisible()
    assert whole_rows(table.touchpoints) >= 5
    assert table.touchpoints.hasFocus()
    show_tab(table.halves.switch, "Transitions")
    assert whole_rows(table.transitions) >= 5
    assert not table.touchpoints.isVisible()
    small.editor.select(Selection(frozenset({"cart"})))
    turn()
    assert table.touchpoints.isVisible(), "what is selected elsewhere is brought into sight"
    small.commands["fold"].trigger()
    turn()
    assert whole_rows(table.touchpoints) >= 3
    assert whole_rows(table.transitions) >= 3
    assert not table.halves.switch.isVisible()


def test_the_selected_arm_is_in_sight_beside_what_it_changes(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(open_window, monkeypatch, QSize(1366, 768))
    window.document.select_arm(window.document.arms[-1]["id"])
    turn()
    arms, changes = window.scenario.list, window.scenario.changes
    assert changes.isVisible()
    box = arms.visualItemRect(arms.currentItem())
    assert arms.viewport().rect().contains(box.adjusted(0, 0, -1, -1))


def test_no_name_of_a_touchpoint_is_cut_in_large_type(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened(open_window, monkeypatch, QSize(1440, 900), large=True)
    texts = drawn_texts(window.canvas.view)
    assert "Recommends" in {words for words, _ in texts}
    assert [words for words, _ in texts if words.endswith("…")] == []
    assert min(size for _, size in texts) >= LEAST_TYPE


@pytest.mark.parametrize("large", [False, True])
def test_what_a_run_found_of_an_arm_is_whole_below_its_name(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    window = opened(open_window, monkeypatch, QSize(1440, 1200), large)
    arms = window.scenario.list
    drawn: dict[str, bool] = {}

    class Told(QPainter):
        """Notes whether what is written below names has room."""

        def drawText(self, within: QRect, flags: int, text: str) -> None:  # noqa: N802 (Qt's name)
            drawn[text] = within.contains(self.fontMetrics().boundingRect(within, flags, text))

    words = f"+1.22 points [+0.74, +1.70]\n{max((DEFINITIONS[outcome].label for outcome in HEADLINES), key=len)}"
    turn()  # whatever the window still has to tell, for it would tell of its own run
    window.scenario.show_gains({arm["id"]: Gain(words, "All of it.") for arm in window.document.arms})
    delegate = arms.itemDelegate()
    picture = QPixmap(arms.size())
    for row in range(1, arms.count()):
        option = QStyleOptionViewItem()
        arms.initViewItemOption(option)
        index = arms.model().index(row, 0)
        option.rect = arms.visualRect(index)
        painter = Told(picture)
        delegate.paint(painter, option, index)
        painter.end()
    assert drawn == {words: True}


def test_a_panel_that_opens_on_the_smallest_screen_leaves_the_tabs_of_the_others_whole(small: Window) -> None:
    bar = next(bar for bar in small.findChildren(QTabBar) if bar.tabText(0) == "Levers")
    before = bar.width()
    for panel in (small.safety.glossary, small.safety.preferences):
        panel.bring()
        turn()
        assert bar.sizeHint().width() <= bar.width() == before


def test_no_tab_is_cut_and_those_without_room_are_listed(small: Window) -> None:
    tabs = small.results.tabs
    bar = tabs.tabBar()

    def shown() -> list[str]:
        return [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]

    def whole() -> bool:
        rects = [bar.tabRect(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]
        corner = tabs.cornerWidget()
        return all(bar.mapTo(tabs, rect.bottomRight()).x() < corner.x() for rect in rects)

    assert shown()[0] == "Retention"
    assert whole()
    listed = [action.text() for action in tabs.more.menu().actions()]
    assert sorted([*shown(), *listed]) == sorted(tabs.tabText(number) for number in range(tabs.count()))
    next(action for action in tabs.more.menu().actions() if action.text() == "Touchpoints").trigger()
    turn()
    assert tabs.currentWidget() is small.results.charts.touchpoints
    assert "Touchpoints" in shown()
    assert whole()
    small.resize(2560, 1440)
    turn()
    assert not tabs.more.isVisible()
    assert len(shown()) == tabs.count()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("width", first_quick([960, 1024, 1366]))
def test_every_view_in_the_bar_can_be_read_and_clicked(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, width: int, large: bool
) -> None:
    window = opened(open_window, monkeypatch, QSize(width, 700), large)
    switch = window.views.switch
    assert switch.tabText(switch.count() - 1) == "Settings"
    qtbot.waitUntil(lambda: switch.tabRect(switch.count() - 1).right() <= switch.width())


@pytest.mark.parametrize("size", first_quick(USUAL))
@pytest.mark.parametrize("large", first_quick([True, False]))
def test_the_whole_journey_is_in_sight_as_opened_and_after_whatever_takes_room_and_gives_it_back(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], large: bool
) -> None:
    window = opened(open_window, monkeypatch, QSize(*size), large)
    everything = len(window.canvas._scene.cards)
    assert whole_cards(window) == everything

    def fitted() -> bool:
        view = window.canvas.view
        before, middle = view.zoom, view.in_sight().center()
        view.show_from_start()
        return view.zoom == before and (view.in_sight().center() - middle).manhattanLength() < 2

    for view in (window.journey_map, window.table, window.sections):
        window.views.go_to(view)
        turn()
        window.views.go_to(window.canvas)
        turn()
        assert fitted(), view
    with_results(window)
    assert fitted(), "results"
    window.commands["fold"].trigger()
    turn()
    assert whole_cards(window) == everything
    window.first_steps.show_new("shop")
    turn()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    turn()
    assert fitted(), "back from a page"
    window.resize(1200, 760)
    turn()
    assert fitted(), "a smaller window"
    window.resize(*size)
    turn()
    assert whole_cards(window) == everything


def test_a_window_that_gets_narrow_gives_the_journey_the_inspectors_room_and_back(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(open_window, monkeypatch, QSize(1440, 900))
    inspector, levers, things = window.docks()[1], window.docks()[5], window.first_steps.things_dock
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    window.resize(1200, 760)
    turn()
    assert window.dockWidgetArea(inspector) == window.dockWidgetArea(things) == left
    assert levers.isVisible()
    assert window.views.width() > 1200 * 0.7
    window.resize(1440, 900)
    turn()
    assert window.dockWidgetArea(inspector) == window.dockWidgetArea(things) == right
    assert window.dockWidgetArea(levers) == left
    inspector.setFloating(True)
    window.resize(1200, 760)
    turn()
    assert inspector.isFloating(), "what somebody put elsewhere stays there"
