"""The tutorial "The window", done in the window as it is written there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.canvas import Selection
from app.desktop.forms.choosing import ChoiceEditor, Switch
from app.desktop.window import Window
from tests.desktop.hands import click, look_at, open_field, press, spot

KEY = Qt.Key
TEXT = (Path(__file__).parents[2] / "docs" / "tutorial" / "the-window.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    """The tutorial tells to do this."""
    told = " ".join(TEXT.split())
    for each in words:
        assert each in told, each


def add(window: Window, name: str) -> None:
    press(window, KEY.Key_Insert)
    QTest.keyClicks(open_field(window), name)
    press(window, KEY.Key_Return)


def inspect(window: Window, id_: str, key: str) -> ChoiceEditor | Switch:
    window.editor.select(Selection(touchpoints=frozenset({id_})))
    return window.inspector.fields()[f"touchpoints.{id_}.{key}"].editor  # type: ignore[return-value]


def choose(editor: ChoiceEditor | Switch, words: str) -> None:
    at = editor.box.findText(words)  # type: ignore[union-attr]
    assert at >= 0
    editor.box.setCurrentIndex(at)  # type: ignore[union-attr]
    editor.box.activated.emit(at)  # type: ignore[union-attr]


def test_the_journey_of_the_tutorial_comes_about_as_it_says(window: Window) -> None:
    document = window.document
    says("double-click the empty canvas", "type *Ad*, press Enter. Arrivals begin at the first one.")
    window.canvas.view.setFocus()
    look_at(window, 200, 200)
    click(window.canvas.view.viewport(), spot(window, 200, 200), double=True)
    QTest.keyClicks(open_field(window), "Ad")
    press(window, KEY.Key_Return)
    assert document.tables["touchpoints"][0] == {"id": "ad", "name": "Ad", "stage": "awareness", "start": True}

    says("Or press Insert again: a new touchpoint is connected to the selected one.")
    add(window, "Shop")
    assert [each.key for each in document.journey.transitions] == ["ad/shop"]

    says("add *Bought* and *Left*", "choose *churn* under *exit*", "choose *completed*, and *conversion* under *goal*")
    for name in ("Bought", "Left"):
        window.editor.select(Selection(touchpoints=frozenset({"shop"})))
        window.canvas.view.setFocus()
        add(window, name)
    choose(inspect(window, "left", "exit"), "Churn")
    choose(inspect(window, "bought", "exit"), "Completed")
    goal = inspect(window, "bought", "goal")
    goal.box.click()
    kind = window.inspector.fields()["touchpoints.bought.goal.kind"].editor
    choose(kind, "Conversion")  # type: ignore[arg-type]

    says("double-click the percentage on the arrow to *Bought* and type 30. The one to *Left* then becomes 70 %.")
    window.editor.select(Selection(transitions=frozenset({"shop/bought"})))
    window.canvas.view.setFocus()
    press(window, KEY.Key_F2)
    field = open_field(window)
    field.selectAll()
    QTest.keyClicks(field, "30")
    press(window, KEY.Key_Return)
    shares = {each.key: each.share for each in document.journey.transitions}
    assert shares["shop/bought"] / (shares["shop/bought"] + shares["shop/left"]) == pytest.approx(0.3)
    assert not document.reading.errors, document.reading.findings
