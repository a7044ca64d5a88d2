"""The first screen, a new journey from six figures, and things to try: with the mouse and with the keyboard."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QLabel
from pytestqt.qtbot import QtBot

from app.desktop.document.blank import BLANK
from app.desktop.frame.settings import Settings
from app.desktop.looks.theme import Theme
from app.desktop.start import show_window
from app.desktop.welcome.new_page import NewPage
from app.desktop.welcome.page import WelcomePage
from app.desktop.window import Window
from app.first_steps.templates import templates
from app.first_steps.things_to_try import things_to_try
from sim.scenario import get
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.hands import CONTROL, click, press, turn, type_line
from tests.some_slow import first_quick

Key = Qt.Key


def welcomed(window: Window) -> WelcomePage:
    """The welcome, shown."""
    window.first_steps.show_welcome()
    turn()
    page = window.first_steps.welcome
    assert page is not None
    return page


def asked(window: Window, template: str = "") -> NewPage:
    """The page for new journeys, shown."""
    window.first_steps.show_new(template)
    turn()
    page = window.first_steps.new
    assert page is not None
    return page


def shown_panels(window: Window) -> set[str]:
    return {dock.windowTitle() for dock in window.findChildren(QDockWidget) if not dock.isHidden()}


def test_the_window_without_a_file_shows_the_welcome_where_it_is_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    window = show_window(None, tmp_path / "runs.sqlite", Settings(tmp_path / "a.ini"), welcome=True)
    try:
        page = window.first_steps.welcome
        assert page is not None
        assert page.isVisible()
        assert not window.views.isVisible()
        assert page.tour.hasFocus() or window.focusWidget() is page.tour
        qtbot.waitUntil(lambda: all(tile.picture.is_drawn for tile in page.examples.tiles))
    finally:
        window.close_now()
        window.deleteLater()


def test_a_file_is_shown_at_once(open_window: Open) -> None:
    window = open_window(shipped_scenarios()["online-shop"])
    assert window.views.isVisible()
    assert window.first_steps.pages.isHidden()


def test_the_welcome_has_every_example_and_every_template_with_a_sentence(window: Window) -> None:
    page = welcomed(window)
    assert len(page.examples.tiles) == len(shipped_scenarios())
    assert [tile.text() for tile in page.templates.tiles] == [each.name for each in templates().values()]
    for tile in [*page.examples.tiles, *page.templates.tiles]:
        assert tile.text()
        assert 20 < len(tile.accessibleDescription()) < 200
        assert tile.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_an_example_opens_as_a_copy_and_the_journey_comes_back(window: Window) -> None:
    before = shown_panels(window)
    page = welcomed(window)
    assert shown_panels(window) == set()
    click(next(tile for tile in page.examples.tiles if tile.text() == "Abandoned baskets"))
    assert window.document.tables["id"] == "cart-recovery"
    assert window.document.path is None
    assert window.views.isVisible()
    assert shown_panels(window) == before | {"Things to try"}


def test_blank_and_escape_lead_to_the_canvas(window: Window) -> None:
    page = welcomed(window)
    click(page.blank)
    assert window.views.isVisible()
    assert window.document.text == BLANK
    welcomed(window).tour.setFocus()
    press(window, Key.Key_Escape)
    assert window.views.isVisible()
    welcomed(window)
    window.commands["canvas"].trigger()
    assert window.views.isVisible()


def test_what_is_found_in_the_palette_is_shown(open_window: Open) -> None:
    window = open_window(shipped_scenarios()["cart-recovery"])
    asked(window)
    window.commands["palette"].trigger()
    press(window, "fills a basket", Key.Key_Return)
    assert window.views.isVisible()
    assert window.editor.selection.touchpoints == {"basket"}


def test_recent_files_stand_on_the_welcome(window: Window, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    window.files.save_to(mine)
    window.document.new(BLANK.replace("New journey", "Another"))
    page = welcomed(window)
    click(page.recent.tiles[0])
    assert window.document.path == mine
    assert window.views.isVisible()


def test_a_change_by_other_means_brings_the_journey_back(window: Window) -> None:
    welcomed(window)
    assert not window.commands["add"].isEnabled()
    window.document.set("Size", {"population.size": 7})
    assert window.views.isVisible()
    assert window.commands["add"].isEnabled()


def test_panels_are_remembered_as_they_were_where_the_window_closes_on_the_welcome(open_window: Open) -> None:
    first = open_window()
    before = shown_panels(first)
    welcomed(first)
    first.close_now()
    assert shown_panels(open_window()) == before


@pytest.mark.parametrize("id_", first_quick(templates(), 2))
def test_a_journey_is_made_of_six_figures(window: Window, id_: str) -> None:
    page = asked(window, id_)
    luck = random.Random(id_)
    wanted = {}
    for field in page.fields:
        figure = field.figure
        value = luck.randint(int(figure.low) + 1, int(figure.high))
        type_text = f"{value} {figure.unit}" if luck.random() < 0.5 else str(value)
        field.line.setText(type_text)
        wanted |= {setting.at: setting.value_for(value) for setting in figure.sets}
    click(page.make)
    reading = window.document.reading
    assert reading.findings == ()
    assert reading.file is not None
    for address, value in wanted.items():
        assert get(reading.file.scenario, address) == pytest.approx(value, abs=1e-7), address
    assert window.views.isVisible()
    assert window.document.is_dirty
    assert window.document.path is None
    assert reading.file.scenario.name == page.name.text()


def test_levers_of_a_new_journey_are_compared_with_it_as_it_was_made(window: Window) -> None:
    click(asked(window, "shop").make)
    made = window.document.text
    window.document.set("Hold out", {"orchestration.holdout": 0.5})
    assert window.live.baselines.side.text == made
    window.commands["undo"].trigger()
    assert window.document.text == made
    assert window.document.is_dirty  # it is in no file


def test_a_panel_has_its_title_again_once_it_is_no_tab_any_more(window: Window) -> None:
    inspector = window.docks()[1]
    assert inspector.titleBarWidget() is None
    window.files.open_shipped(shipped_scenarios()["win-back"])
    assert inspector.titleBarWidget() is not None
    welcomed(window)
    click(asked(window, "shop").make)
    assert inspector.titleBarWidget() is None


def test_a_new_journey_is_made_by_keyboard_alone(window: Window) -> None:
    press(window, (Key.Key_N, CONTROL))
    page = window.first_steps.new
    assert page is not None
    assert window.focusWidget() is page.list
    press(window, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert window.focusWidget() is page.name
    press(window, Key.Key_Tab)
    assert window.focusWidget() is page.fields[0].line
    press(window, "1234", Key.Key_Tab)
    assert window.focusWidget() is page.fields[1].line
    press(window, "25", Key.Key_Return)
    assert window.document.tables["population"]["size"] == 1234
    assert window.document.tables["transitions"][0]["share"] == 0.25


def test_a_figure_that_does_not_fit_is_told_at_its_field_and_nothing_is_made(window: Window) -> None:
    page = asked(window, "shop")
    field = page.field("bought")
    type_line(field.line, "90")
    assert not page.make.isEnabled()
    assert "from 2 to 70" in field.note.text()
    assert "Of 100 carts" in page.said.text()
    assert window.document.text == BLANK
    type_line(field.line, "1,5")
    assert "from 2 to 70" in field.note.text()
    field.line.setText("12,5")
    assert field.answer == 12.5
    field.line.setText("35 %")
    assert "from 2 to 70" in field.note.text()
    field.line.setText("35")
    assert page.make.isEnabled()
    assert field.note.text() == field.figure.help


def test_figures_typed_for_one_template_are_there_when_one_comes_back_to_it(window: Window) -> None:
    page = asked(window, "shop")
    page.field("margin").line.setText("44")
    page.choose("bank")
    page.choose("shop")
    assert page.field("margin").line.text() == "44"


def test_a_new_journey_asks_about_what_is_not_saved(window: Window) -> None:
    window.document.set("Size", {"population.size": 7})
    page = asked(window, "travel")
    click(page.make)
    assert window.document.tables["id"] == "new-journey"
    click(window.messages.button("Discard changes"))
    assert window.document.tables["id"] == "my-travel"


def test_escape_leaves_an_open_journey_as_it_is(open_window: Open) -> None:
    window = open_window(shipped_scenarios()["online-shop"])
    before = window.document.text
    asked(window, "shop").fields[0].line.setFocus()
    press(window, Key.Key_Escape)
    assert window.views.isVisible()
    assert window.document.text == before


def test_things_to_try_are_there_while_an_example_is_open(window: Window) -> None:
    steps = window.first_steps
    assert steps.things_dock.isHidden()
    window.files.open_shipped(shipped_scenarios()["win-back"])
    assert not steps.things_dock.isHidden()
    assert steps.things.things == things_to_try()["win-back"]
    window.files.new()
    assert steps.things_dock.isHidden()
    window.commands["things"].trigger()
    words = [label.text() for label in steps.things.widget().findChildren(QLabel)]
    assert any("Open an example" in text for text in words)


@pytest.mark.parametrize("id_", first_quick(sorted(things_to_try()), 3))
def test_trying_a_thing_makes_an_arm_without_errors(window: Window, id_: str) -> None:
    window.files.open_shipped(shipped_scenarios()[id_])
    window.commands["things"].trigger()
    things = window.first_steps.things
    before = len(window.document.arms)
    for button in list(things.buttons):
        click(button)
    assert len(window.document.arms) == before + len(things.things)
    assert window.document.reading.errors == 0, window.document.reading.findings
    assert window.document.arm is not None
    assert "Press Run" in things.said.text()


def test_trying_the_same_thing_twice_makes_one_arm_and_undo_takes_it_back(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    before = window.document.text
    things = window.first_steps.things
    thing = things.things[1]
    things.try_it(thing)
    assert window.document.overrides == {"orchestration.policy": "rules", "rules.remind.when.after": 1}
    things.try_it(thing)
    assert len(window.document.arms) == 4
    window.commands["undo"].trigger()
    assert window.document.text == before


@pytest.mark.parametrize("theme", first_quick([Theme(dark=True, large=True), Theme()]), ids=["dark and large", "usual"])
def test_nothing_on_the_pages_is_cut_off(window: Window, theme: Theme) -> None:
    window.resize(960, 600)
    window.appearance.use(theme)
    for page in (welcomed(window), asked(window, "subscription")):
        turn()
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
                assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_tab_goes_through_the_whole_welcome(window: Window) -> None:
    page = welcomed(window)
    page.tour.setFocus()
    seen = []
    for _ in range(40):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        seen.append(window.focusWidget())
    assert {*page.templates.tiles, *page.examples.tiles, page.blank, page.open} <= set(seen)
