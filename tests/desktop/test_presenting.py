"""Presenting: the full screen, stage by stage, then the results sentence by sentence."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Selection
from app.desktop.present.screen import Screen
from app.desktop.results.panel import NOTHING
from app.desktop.results.results_reading import ResultsReading
from app.desktop.window import Window
from sim.shipped import shipped_scenarios
from tests.desktop.letters import drawn_texts
from tests.desktop.results_by_hand import some_results

# Qt's offscreen platform says so of every window.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Key = Qt.Key


@pytest.fixture
def shop(window: Window) -> Window:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    return window


def present(window: Window) -> Screen:
    window.commands["present"].trigger()
    QApplication.processEvents()
    (screen,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, Screen) and each.isVisible()]
    assert screen.isFullScreen()
    screen.showNormal()
    screen.resize(1280, 720)
    return screen


def test_arrows_step_through_the_stages_and_esc_leaves_everything_as_it_was(shop: Window) -> None:
    before = shop.document.text, shop.canvas.selected, shop.canvas.view.zoom, shop.saveState()
    screen = present(shop)
    lanes = [lane.name for lane in shop.document.journey.lanes]
    assert [slide.heading for slide in screen.slides] == ["Online shop", *lanes, "Results"]
    for number, lane in enumerate(shop.document.journey.lanes, 1):
        QTest.keyClick(screen, Key.Key_Right)
        assert screen.number == number
        inside = {each.id for each in shop.document.journey.touchpoints if each.stage == lane.id}
        assert screen.slide.standing_out == inside
    QTest.keyClick(screen, Key.Key_Left)
    assert screen.slide.heading == lanes[-2]
    QTest.keyClick(screen, Key.Key_End)
    QTest.keyClick(screen, Key.Key_Right)
    assert screen.number == len(screen.slides) - 1, "it stays at the last"
    QTest.keyClick(screen, Key.Key_Escape)
    QApplication.processEvents()
    assert not any(isinstance(each, Screen) and each.isVisible() for each in QApplication.topLevelWidgets())
    assert (shop.document.text, shop.canvas.selected, shop.canvas.view.zoom, shop.saveState()) == before


def test_the_letters_of_a_large_journey_are_read_from_the_last_row(shop: Window) -> None:
    screen = present(shop)
    for _ in screen.slides[:-1]:
        small = [(words, size) for words, size in drawn_texts(screen) if size < screen.height() / 56]
        assert not small, (screen.slide.heading, small)
        QTest.keyClick(screen, Key.Key_Right)


def test_no_name_is_cut_on_the_full_screen(shop: Window) -> None:
    screen = present(shop)
    assert [words for words, _ in drawn_texts(screen) if words.endswith("…")] == []


def test_the_touchpoints_of_a_stage_stand_out_and_the_rest_is_quiet(shop: Window) -> None:
    shop.canvas.select(Selection(frozenset({"checkout"})))
    screen = present(shop)
    before = names_in_sight(screen)
    QTest.keyClick(screen, Key.Key_Right)
    QTest.keyClick(screen, Key.Key_Right)
    after, out = names_in_sight(screen), screen.slide.standing_out
    assert out is not None
    assert out <= after.keys(), "all of the stage is in sight"
    assert after.keys() - out, "and something around it"
    assert all(after[id_] < 80 for id_ in out)
    assert all(after[id_] > before[id_] + 40 for id_ in after.keys() - out)
    screen.close()


def names_in_sight(screen: Screen) -> dict[str, int]:
    """How dark the name of each touchpoint is whose name is in sight."""
    image, room, drawn = screen.grab().toImage(), screen.room(), screen.drawn
    scale, found = room.width() / drawn.size.width(), {}
    for id_, figure in drawn.scene.cards.items():
        box = figure.box.rect().translated(-drawn.area.topLeft())
        x, end = (each * scale for each in (box.left() + 8, box.right() - 8))
        line = [
            QPoint(round(room.left() + x + step), round(room.top() + (box.top() + down) * scale))
            for down in range(11, 44, 3)  # names are in one line or two, in small letters or large
            for step in range(round(end - x))
        ]
        if all(screen.rect().adjusted(0, 90, 0, -60).contains(at) for at in line):
            found[id_] = min(image.pixelColor(at).lightness() for at in line)
    return found


def test_without_a_run_the_last_slide_says_what_to_run(shop: Window) -> None:
    screen = present(shop)
    assert [slide.text for slide in screen.slides if slide.text] == [NOTHING]
    screen.close()


def test_after_a_run_the_sentences_of_the_panel_come_one_by_one(shop: Window, qtbot: QtBot) -> None:
    results = some_results()
    shop.results.show_results(results)
    screen = present(shop)
    told = [slide.text for slide in screen.slides if slide.text]
    assert told[0] == shop.results.charts.retention.sentence(ResultsReading(results))
    assert len(told) >= 5
    assert len(set(told)) == len(told)
    QTest.keyClick(screen, Key.Key_End)
    QTest.keyClick(screen, Key.Key_F11)
    assert not screen.isVisible()


def test_an_empty_journey_says_that_there_is_nothing_to_present(window: Window) -> None:
    window.commands["present"].trigger()
    assert "nothing to present yet" in window.messages.texts[0]
    assert not any(isinstance(each, Screen) for each in QApplication.topLevelWidgets())


def test_presenting_is_in_menu_palette_and_bar_with_its_key(window: Window) -> None:
    assert window.commands.keys("present") == "F11"
    assert "Present" in [entry.text for entry in window._entries()]
    assert "Present" in [action.text() for action in window.bar.along.menu().actions()]
