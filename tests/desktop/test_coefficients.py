"""The coefficients of the choice: what each does is said in words that follow the typing."""

import math
import tomllib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.looks.theme import Appearance
from app.desktop.rules.coefficients import CoefficientsEditor
from app.desktop.rules.effects import comparisons, effect_words, likely
from sim.scenario.journey import COVARIATES, DEFAULT_COEFFICIENTS, ROLES
from tests.desktop.hands import line_of
from tests.desktop.shop_with_rules import SHOP


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(SHOP)
    yield made
    made.close()


@pytest.fixture
def editor(qtbot: QtBot, document: Document) -> CoefficientsEditor:
    made = CoefficientsEditor(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(760, 1000)
    made.show()
    qtbot.waitExposed(made)
    return made


def line_at(editor: CoefficientsEditor, address: str) -> QLineEdit:
    return line_of(editor.fields()[f"coefficients.{address}"])


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_every_covariate_has_words_and_a_source() -> None:
    assert set(comparisons()) == set(COVARIATES)
    for each in comparisons().values():
        assert each.step > 0
        assert each.source
        assert each.who.startswith("A customer")


def test_a_bad_visit_makes_leaving_more_than_twice_as_likely() -> None:
    # exp(0.85) = 2.34; exp(-0.3) = 0.741, which is 26 % less
    defaults = {role: DEFAULT_COEFFICIENTS[role]["bad_experience"] for role in ROLES}
    assert plain(effect_words("bad_experience", defaults)) == (
        "A customer whose last visit went badly is 26 % less likely to go on and 2.3 times as likely to leave."
    )


def test_ten_percent_off_counts_for_a_tenth_of_its_coefficient() -> None:
    # exp(2 x 0.1) = 1.221; exp(-0.5 x 0.1) = 0.951
    said = plain(effect_words("incentive", {"progress": 2.0, "exit": -0.5}))
    assert said == (
        "A customer with 10 % off, at a price sensitivity of 1, is 22 % more likely to go on and 4.9 % less likely to "
        "leave."
    )


def test_a_coefficient_of_zero_moves_nobody() -> None:
    assert effect_words("wait", {}) == "A customer who waited for 10 minutes chooses like everybody else."


@pytest.mark.parametrize(
    ("exponent", "words"),
    [
        (math.log(2), "twice as likely to"),
        (math.log(1.5), "50 % more likely to"),
        (math.log(0.5), "50 % less likely to"),
        (math.log(250), "250 times as likely to"),
        (1e308, "all but certain to"),
        (-1e308, "over 99 % less likely to"),
    ],
)
def test_odds_are_said_as_people_say_them(exponent: float, words: str) -> None:
    assert plain(likely(exponent)) == words


def test_the_words_follow_what_is_typed(qtbot: QtBot, editor: CoefficientsEditor, document: Document) -> None:
    assert "twice" not in editor.words("wait")
    line = line_at(editor, "exit.wait")
    assert (line.text(), line.placeholderText()) == ("", "0.3")
    line.setFocus()
    qtbot.keyClicks(line, "0.7")

    assert tomllib.loads(document.text)["coefficients"] == {"exit": {"wait": 0.7}}
    assert "twice as likely to leave" in editor.words("wait")
    document.undo_stack.undo()
    assert document.text == SHOP
    assert "35" in editor.words("wait")
    assert line.text() == ""


def test_a_wrong_figure_is_refused_in_words(qtbot: QtBot, editor: CoefficientsEditor, document: Document) -> None:
    line = line_at(editor, "progress.nudge")
    line.setFocus()
    qtbot.keyClicks(line, "much")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert document.text == SHOP
    assert editor.fields()["coefficients.progress.nudge"].words.startswith("✕ Not saved")


def test_a_figure_under_an_arm_becomes_an_override(
    qtbot: QtBot, editor: CoefficientsEditor, document: Document
) -> None:
    document.select_arm("patient")
    line = line_at(editor, "exit.wait")
    line.setFocus()
    qtbot.keyClicks(line, "0")

    assert document.overrides == {"coefficients.exit.wait": 0}
    assert "coefficients" not in document.tables
    assert "leave" not in editor.words("wait")
    qtbot.mouseClick(editor.fields()["coefficients.exit.wait"].revert, Qt.MouseButton.LeftButton)
    assert document.overrides == {}


def test_an_address_leads_to_its_figure_and_every_figure_has_a_name(editor: CoefficientsEditor) -> None:
    editor.show_item("coefficients")
    editor.show_item("coefficients.exit.wait")
    assert line_at(editor, "exit.wait").hasFocus()
    assert set(editor.fields()) == {f"coefficients.{role}.{name}" for role in ROLES for name in COVARIATES}
    names = [field.input.accessibleName() for field in editor.fields().values()]
    assert len(set(names)) == len(names)
    assert "Wait: transitions that lead out" in names
