"""The palette finds what somebody means by title, id or another word for it, and says when there is nothing."""

import pytest
from PySide6.QtCore import Qt

from app.desktop.canvas import Selection
from app.desktop.commands.matching import NAME, SYNONYMS, WHOLE, WITHIN, WORD, fits, simplified
from app.desktop.window import Window
from sim.shipped import shipped_scenarios
from tests.desktop.hands import press


@pytest.fixture
def searched(window: Window) -> Window:
    """A window with a journey that has rules, and its palette open."""
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    window.commands["palette"].trigger()
    return window


def found(window: Window, wanted: str) -> list[str]:
    """What is listed for that."""
    palette = window.palette_box
    palette.field.setText(wanted)
    return [palette.list.item(row).text() for row in range(palette.list.count())]


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        ("present", "Larger text, for presenting"),
        ("beamer", "Larger text, for presenting"),
        ("simulate", "Run"),
        ("layout", "Tidy"),
        ("step", "Add touchpoint"),
        ("preferences", "Settings"),
        ("remind-again", "Rule"),
        ("email", "E-mail"),
        ("e-mail", "E-mail"),
        ("abandoned", "Touchpoint"),
        ("abandoned", "Abandoned baskets   ·   Shipped scenario   ·   cart-recovery"),
        ("type large", "Larger text, for presenting"),
        ("addtouchpoint", "Add touchpoint"),
    ],
)
def test_titles_ids_and_other_words_are_found(searched: Window, wanted: str, listed: str) -> None:
    assert any(listed in each for each in found(searched, wanted)), found(searched, wanted)


def test_an_id_typed_whole_comes_first_and_a_title_before_other_words(searched: Window) -> None:
    assert "·   checkout" in found(searched, "checkout")[0]
    assert found(searched, "run")[0].startswith("Run ")


def test_it_says_that_nothing_matches_and_enter_does_nothing(searched: Window) -> None:
    assert found(searched, "qqq") == ["Nothing matches “qqq”. Try another word for it."]
    before = searched.document.text
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(searched, key)
    assert searched.palette_box.isVisible()
    assert (searched.document.text, searched.editor.selection) == (before, Selection())


def test_a_rule_that_is_chosen_opens_in_the_settings(searched: Window) -> None:
    found(searched, "remind-again")
    press(searched, Qt.Key.Key_Return)
    assert searched.views.currentWidget() is searched.sections
    assert searched.sections.page.selected == "remind-again"


def test_order_accents_signs_and_gaps_do_not_matter() -> None:
    assert fits("cafe", "Café", "") == fits("café", "Cafe", "") == WHOLE
    assert fits("caf", "Café", "") == NAME
    assert fits("results fold", "Fold or open results", "") == WORD
    assert fits("rebase", "Pull (rebase)", "") == WORD
    assert fits("style2", "Style 2", "") == WITHIN
    assert fits("qqq", "Style 2", "") is None


def test_synonyms_are_written_as_they_are_compared() -> None:
    assert [line for line in SYNONYMS if simplified(line) != line or len(line.split()) < 2] == []
