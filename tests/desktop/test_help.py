"""F1 explains whatever has the keyboard; the glossary can be searched and read from link to link."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMenu, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document.selection import only
from app.desktop.help import HelpPanel, Topic, help_for, help_on_action, set_help, topic, topics
from app.desktop.help.fields import section_of
from app.desktop.help.keys import key_topics
from app.desktop.help.pages import beside, headings, page_text
from app.desktop.help.parts import PARTS
from app.desktop.help.topics import linked
from app.desktop.looks.theme import Appearance
from app.desktop.window import Window
from app.shown.glossary import glossary
from sim.outcomes import DEFINITIONS
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.hands import Key, turn
from tests.desktop.opened import watched


@pytest.fixture
def panel(qtbot: QtBot) -> HelpPanel:
    made = HelpPanel(Appearance())
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


@pytest.fixture
def shop(open_window: Open) -> Window:
    return open_window(shipped_scenarios()["cart-recovery"])


def titles(panel: HelpPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def shown(window: Window) -> Topic:
    panel = window.safety.glossary.widget()
    assert isinstance(panel, HelpPanel)
    assert isinstance(panel.shown, Topic)
    return panel.shown


# What there is to say


def test_every_word_and_every_outcome_has_a_topic() -> None:
    assert {*glossary(), *DEFINITIONS, *PARTS} <= set(topics())
    assert all(each.title and each.text for each in topics().values())


def test_links_between_topics_lead_somewhere() -> None:
    assert all(key in topics() for each in topics().values() for key in each.see)


def test_pages_that_topics_name_come_with_the_program() -> None:
    assert all(page_text(each.page) for each in topics().values() if each.page)


@pytest.mark.parametrize(("name", "key"), [("Channels", "channel"), ("results", "results"), ("Arm", "arm")])
def test_a_topic_is_found_by_title_in_singular_and_plural(name: str, key: str) -> None:
    found = topic(name)
    assert found is not None
    assert found.key == key


def test_words_in_a_definition_are_links_once_and_code_is_left_alone() -> None:
    said = linked("An arm and a second arm of `arm` & *more* touchpoints", but="x")
    assert said.count('href="topic:arm"') == 1
    assert "<code>arm</code>" in said
    assert "&amp; <i>more</i>" in said
    assert '<a href="topic:touchpoint">touchpoints</a>' in said


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("horizon", "Top level"),
        ("touchpoints.cart.effort", "touchpoints"),
        ("channels.email.acquisition.cost_per_arrival", "channels.acquisition"),
        ("orchestration.caps.email.max", "orchestration.caps.NAME"),
        ("coefficients.exit.sentiment", "coefficients.exit"),
    ],
)
def test_an_address_leads_to_its_section_of_the_reference(address: str, section: str) -> None:
    assert section_of(address) == section
    text = page_text(f"reference/scenario.md#{section}")
    assert text is not None
    assert text.startswith("## ")
    assert text.count("\n## ") == 0


def test_links_in_a_page_lead_to_the_page_beside_it() -> None:
    assert beside("reference/scenario.md#x", "../how-to/a.md") == "how-to/a.md"
    assert beside("reference/scenario.md#x", "#top-level") == "reference/scenario.md#top-level"
    assert len(headings("reference/scenario.md")) > 20


def test_every_key_of_a_scenario_file_has_a_topic_with_its_unit() -> None:
    assert not set(key_topics()) & set(topics())
    assert len(key_topics()) > 200
    assert all(page_text(each.page) for each in key_topics().values())
    found = key_topics()["key channels.cost"]
    assert (found.title, found.kind, found.text) == ("Cost", "Key of channels", "Cost of each contact.")
    assert dict(found.facts)["Unit"] == "the scenario's currency"
    assert dict(found.facts)["During a run"] == "phases, seasons and shocks can change it"


# The panel


def test_a_key_is_found_by_its_label_and_in_no_list_before(panel: HelpPanel) -> None:
    assert not [title for title in titles(panel) if "key of" in title]
    QTest.keyClicks(panel.field, "goods that come")
    assert titles(panel)[0] == "Refunded goods that come back   ·   key of money"
    assert isinstance(panel.shown, Topic)
    assert panel.shown.page == "reference/scenario.md#money"


def test_typing_finds_titles_first_and_shows_the_first(panel: HelpPanel) -> None:
    QTest.keyClicks(panel.field, "hold")
    assert titles(panel)[0] == "Holdout"
    assert isinstance(panel.shown, Topic)
    assert panel.shown.key == "holdout"
    QTest.keyClick(panel.field, Key.Key_Down)
    assert panel.list.currentRow() == 1
    panel.field.setText("no such word")
    assert not titles(panel)


def test_links_lead_on_and_back_leads_back(panel: HelpPanel) -> None:
    arm, scenario = topics()["arm"], topics()["scenario"]
    panel.show_topic(arm)
    panel.text.anchorClicked.emit(QUrl("topic:scenario"))
    assert panel.shown == scenario
    assert panel.list.currentItem().text() == "Scenario"
    panel.text.anchorClicked.emit(QUrl(f"page:{scenario.page}"))
    assert panel.shown == "glossary.md"
    assert "what it means here" in panel.text.toPlainText()
    panel.back.click()
    panel.back.click()
    assert panel.shown == arm


def test_a_page_that_is_not_there_is_told(panel: HelpPanel) -> None:
    panel.show_page("nowhere.md")
    assert "is not part of this installation" in panel.text.toPlainText()


def test_a_page_is_markdown_and_nothing_else_and_loads_nothing(
    panel: HelpPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    at = picture.as_uri()
    page = f'A *word* <img src="{at}"> ![picture]({at})\n\n<link href="{at}">\n'
    monkeypatch.setattr("app.desktop.help.panel.page_text", lambda _: page)
    with watched(picture) as watch:
        panel.show_page("any.md")
        panel.text.grab()
        assert not watch.opened
    shown = panel.text.toPlainText()
    assert shown.startswith('A word <img src="')
    assert "<link" in shown


# Which topic


def test_help_goes_up_to_whoever_has_some(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner, label = QPushButton("Do it"), QLabel("What")
    rows = QVBoxLayout(outer)
    rows.addWidget(inner)
    rows.addWidget(label)
    assert help_for(label).key == "window"
    set_help(outer, "arm")
    assert help_for(label).key == "arm"
    inner.setToolTip("<i>Does</i> `it` *all*")
    assert (help_for(inner).text, help_for(inner).marked) == ("Does `it` *all*", False)
    assert linked(help_for(inner).text, marked=False) == "Does `it` *all*"
    inner.setToolTip("<b>Does</b> it")
    found = help_for(inner)
    assert (found.title, found.text, found.see) == ("Do it", "Does it", ("arm",))
    set_help(inner, lambda: "segment")
    assert help_for(inner).key == "segment"
    set_help(inner, lambda: None)
    set_help(outer, "Plain words of its own")
    assert help_for(label).text == "Plain words of its own"


def test_a_field_says_what_the_schema_says(shop: Window) -> None:
    shop.editor.select(only("touchpoint", shop.document.journey.touchpoints[0].id))
    turn()
    address, field = next((a, f) for a, f in shop.inspector.fields().items() if a.endswith(".effort"))
    field.input.setFocus()
    shop.commands["help"].trigger()
    turn()
    assert QApplication.focusWidget() is field.input
    assert not field.input.visibleRegion().isEmpty()
    found, facts = shown(shop), dict(shown(shop).facts)
    assert found.title == "Effort"
    assert field.key.meaning.lower() in found.text.lower()
    assert facts["Address"] == address
    assert facts["Unit"] == "of 7"
    assert facts["Default"]
    assert "effort" in found.see
    assert found.page == "reference/scenario.md#touchpoints"


def test_f1_says_what_is_selected_on_the_canvas(shop: Window) -> None:
    touchpoint = shop.document.journey.touchpoints[0]
    shop.canvas.view.setFocus()
    shop.editor.select(only("touchpoint", touchpoint.id))
    QTest.keyClick(shop.canvas.view, Key.Key_F1)
    turn()
    assert shown(shop).kind == "Touchpoint"
    assert ("Address", f"touchpoints.{touchpoint.id}") in shown(shop).facts
    shop.editor.select(only("transition", shop.document.journey.transitions[0].key))
    shop.commands["help"].trigger()
    assert shown(shop).kind == "Transition"
    assert QApplication.focusWidget() is shop.canvas.view  # help does not take the keyboard away


def test_each_tab_of_the_results_has_its_word(window: Window) -> None:
    words = {chart.title: help_for(chart).key for chart, _ in window.results.charts.all}
    assert words["Retention"] == "retention"
    assert all(words.values())


def test_f1_has_something_to_say_everywhere(shop: Window) -> None:
    """Every dock, tab and widget that takes the keyboard has a topic with words, and only few have the window's own."""
    _ = shop.results.charts
    shop.safety.show_preferences()
    shop.safety.show_log()
    shop.safety.show_glossary()
    turn()
    assert all(help_for(dock).text for dock in shop.findChildren(QDockWidget))
    for dock in shop.findChildren(QDockWidget):
        assert help_for(dock).key != "window", dock.windowTitle()
        assert help_for(dock.widget()).key != "window", dock.windowTitle()
    for bar in shop.findChildren(QTabBar):
        for tab in range(bar.count()):
            bar.setCurrentIndex(tab)
            turn()
            assert help_for(bar).text.strip(), bar.tabText(tab)
    for widget in shop.findChildren(QWidget):
        found = help_for(widget)
        assert found.title.strip(), widget
        assert found.text.strip(), widget


def test_every_entry_of_every_menu_has_words(window: Window) -> None:
    actions = [action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()]
    assert len(actions) > 40
    for action in actions:
        if not action.isSeparator():
            assert help_on_action(action).text.strip(". "), action.text()


def test_f1_in_a_menu_explains_the_entry_and_closes_the_menu(window: Window) -> None:
    menu = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.objectName() == "menu-run")
    menu.popup(window.mapToGlobal(window.rect().center()))
    menu.setActiveAction(window.commands["run"])
    QTest.keyClick(menu, Key.Key_F1)
    turn()
    assert not menu.isVisible()
    assert shown(window).title == "Run"
    assert dict(shown(window).facts)["Keys"] == "F5"
    assert window.safety.glossary.isVisible()


# Preferences


def test_preferences_follow_the_menus_and_the_menus_them(window: Window) -> None:
    window.commands["preferences"].trigger()
    panel = window.safety.preferences.widget()
    dark = panel.looks[0]
    dark.click()
    assert window.appearance.theme.dark
    assert window.commands["dark"].isChecked()
    window.commands["dark"].trigger()
    assert not dark.isChecked()


def test_preferences_are_remembered(window: Window) -> None:
    window.commands["preferences"].trigger()
    panel = window.safety.preferences.widget()
    panel.seconds.setValue(7)
    assert window.settings.autosave_seconds == 7
    window.settings.remember(window.settings.path)
    panel.forget.click()
    assert window.settings.recent == []


def test_the_layout_can_be_put_back(window: Window) -> None:
    inspector = window.docks()[1]
    inspector.hide()
    window.commands["preferences"].trigger()
    window.safety.preferences.widget().reset.click()
    turn()
    assert not inspector.isHidden()
    assert window.safety.preferences.isVisible()
