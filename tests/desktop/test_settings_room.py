"""Room in the settings: the inspector makes place, fields say what they mean and amount to, findings stand there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.forms.conditions import ConditionRows
from app.desktop.forms.explaining import draw_meaning
from app.desktop.forms.telling import Telling
from app.desktop.looks.theme import Appearance, Theme
from app.desktop.sections import SettingsView
from app.desktop.sections.page import Scroll
from app.desktop.window import Window
from sim.scenario import edit
from tests.desktop.conftest import Open
from tests.desktop.everything import EVERYTHING
from tests.desktop.settings_by_hand import field_at, items_page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document()
    made.new(EVERYTHING)
    yield made
    made.close()


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> SettingsView:
    made = SettingsView(Appearance(), document)
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def inspector_dock(window: Window) -> QDockWidget:
    return next(dock for dock in window.docks() if dock.widget() is window.inspector)


def turns() -> None:
    for _ in range(5):
        QApplication.processEvents()


def is_seen(widget: QWidget) -> bool:
    """Whether all of it is within the part of the page that is scrolled to."""
    around = widget.parentWidget()
    while not isinstance(around, Scroll):
        around = around.parentWidget()
    top = widget.mapTo(around.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= around.viewport().height()


# The inspector


def test_the_inspector_is_away_while_the_settings_are_in_front(window: Window) -> None:
    dock = inspector_dock(window)
    window.resizeDocks([dock], [352], Qt.Orientation.Horizontal)
    turns()
    narrow = window.views.width()

    window.views.setCurrentWidget(window.sections)
    turns()
    assert dock.isHidden()
    assert window.views.width() > narrow + 300

    window.views.setCurrentWidget(window.table)
    turns()
    assert dock.isVisible()
    assert dock.width() == 352


def test_an_inspector_that_somebody_closed_stays_closed(window: Window) -> None:
    dock = inspector_dock(window)
    dock.hide()
    window.views.setCurrentWidget(window.sections)
    window.views.setCurrentIndex(0)
    assert dock.isHidden()


def test_closing_the_window_from_the_settings_keeps_the_inspector_in_the_layout(open_window: Open) -> None:
    window = open_window()
    window.views.setCurrentWidget(window.sections)
    assert inspector_dock(window).isHidden()
    window.close_now()
    assert not inspector_dock(open_window()).isHidden()


def test_a_panel_before_the_inspector_stays_while_somebody_reads_it(window: Window) -> None:
    window.first_steps.show_things()
    turns()
    window.first_steps.things_dock.raise_()
    turns()
    window.views.setCurrentWidget(window.sections)
    assert not window.first_steps.things_dock.isHidden()
    assert not inspector_dock(window).isHidden()


def test_a_finding_about_a_touchpoint_puts_the_keyboard_into_its_field(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.views.setCurrentWidget(window.sections)
    window.findings.go_to.emit("touchpoints.cart.effort")
    turns()
    field = window.inspector.fields()["touchpoints.cart.effort"]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert field.isAncestorOf(focused)


# The list and the form


def test_the_form_has_more_room_than_the_list(view: SettingsView) -> None:
    page = items_page(view, "channels")
    turns()
    assert page.form is not None
    assert page.list.width() <= 240
    assert page.form.width() > 1.5 * page.list.width()


def test_a_page_is_made_in_turns_and_whole_when_it_is_asked(view: SettingsView) -> None:
    page = items_page(view, "actions")
    assert page.form is not None
    first = len(page.form.rows)
    assert "actions.reminder.content" in page.fields()
    assert len(page.form.rows) > first
    page = items_page(view, "desks")
    assert page.form is not None
    first = len(page.form.rows)
    turns()
    assert len(page.form.rows) > first, "without anybody asking, the next turn makes the rest"


# What fields say


@pytest.mark.parametrize(
    ("address", "value", "said"),
    [
        ("channels.email.open_rate", 0.25, "= 25 %"),
        ("orchestration.tick", 0.5, "days (12 hours)"),
        ("orchestration.tick", 2, "days"),
        ("money.setup", 10, "GBP"),
    ],
)
def test_a_number_says_its_unit_and_what_it_amounts_to(
    view: SettingsView, document: Document, address: str, value: float, said: str
) -> None:
    document.set("Try", {address: value})
    assert field_at(view, address).unit.text() == said


def test_what_holds_by_default_is_called_so(view: SettingsView) -> None:
    assert field_at(view, "channels.web.open_rate").input.placeholderText() == "0.2 (default)"  # type: ignore[attr-defined]
    assert field_at(view, "channels.web.open_rate").unit.text() == "= 20 %"
    assert field_at(view, "segments.bargain.concentration").input.placeholderText() == "none"  # type: ignore[attr-defined]


def test_the_meaning_stays_in_its_room(qtbot: QtBot) -> None:
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    room = QRect(100, 10, 150, 36)
    painter = QPainter(image)
    draw_meaning(painter, "A long sentence with `many` words about nothing in particular " * 4, room, Theme())
    painter.end()
    touched = [(x, y) for x in range(300) for y in range(60) if image.pixelColor(x, y) != QColor("white")]
    assert touched
    assert all(room.contains(x, y) for x, y in touched)


def test_names_to_choose_from_follow_the_document(view: SettingsView, document: Document) -> None:
    action = field_at(view, "rules.forgotten.do").input
    document.set("Call it", {"actions.reminder.name": "Come back", "segments.loyal.name": "Friends"})
    assert action.currentText() == "Come back"  # type: ignore[attr-defined]
    rows = field_at(view, "rules.forgotten.if").editor
    assert isinstance(rows, ConditionRows)
    assert "Friends" in rows.rows[0].value.input.currentText()  # type: ignore[attr-defined]


# Findings in rules


@pytest.mark.parametrize("width", [1400, 700])
def test_what_is_wrong_with_a_condition_moves_nothing(
    qtbot: QtBot, view: SettingsView, document: Document, width: int
) -> None:
    view.resize(width, 900)
    right, wrong = ([["segment", "==", id_], ["sentiment", ">", 0]] for id_ in ("bargain", "nobody"))
    document.apply("Right", lambda text: edit(text, {"rules.forgotten.if": right}))
    field = view.go_to(("rules", "forgotten", "if", "1"))
    turns()
    assert field is not None
    rows = field.editor
    assert isinstance(rows, ConditionRows)
    before = [row.geometry() for row in rows.rows], rows.geometry(), field.geometry()
    with qtbot.waitSignal(document.read_again):
        document.apply("Wrong", lambda text: edit(text, {"rules.forgotten.if": wrong}))
    turns()
    assert "nobody" in rows.rows[0].said
    assert ([row.geometry() for row in rows.rows], rows.geometry(), field.geometry()) == before
    sign = rows.rows[0].findChild(Telling)
    assert sign is not None
    assert sign.isVisible()
    others = (rows.rows[0].subject, rows.rows[0].operator, rows.rows[0].value, rows.rows[0].remove)
    assert not [each for each in others if each.geometry().intersects(sign.geometry())]


def test_a_finding_about_one_condition_stands_at_its_row(qtbot: QtBot, view: SettingsView, document: Document) -> None:
    wrong = [["sentiment", ">", 0], ["segment", "==", "nobody"], ["weather", "==", "bad"]]
    with qtbot.waitSignal(document.read_again):
        document.apply("Wrong", lambda text: edit(text, {"rules.forgotten.if": wrong}))

    field = view.go_to(("rules", "forgotten", "if", "2"))

    turns()
    assert field is not None
    rows = field.editor
    assert isinstance(rows, ConditionRows)
    assert [words.split(":")[0] for words in (row.said for row in rows.rows)] == ["", "✕ Error", "✕ Error"]
    assert "nobody" in rows.rows[1].said
    assert "weather" in rows.rows[2].said
    assert "nobody" in field.words
    focused = QApplication.focusWidget()
    assert focused is not None
    assert rows.rows[1].isAncestorOf(focused)
    assert is_seen(rows.rows[1])

    with qtbot.waitSignal(document.read_again):
        document.undo_stack.undo()
    assert [row.said for row in rows.rows] == ["", "", ""]
    assert field.words == ""


@pytest.mark.parametrize("address", ["rules.forgotten.stop", "actions.reminder.cost", "segments.bargain.consent"])
def test_a_field_far_down_a_page_is_seen_after_going_there(view: SettingsView, address: str) -> None:
    field = field_at(view, address)
    turns()
    assert is_seen(field.input)
    assert field.input.hasFocus()


def test_keys_walk_from_field_to_field_in_a_page_made_in_turns(view: SettingsView) -> None:
    field_at(view, "channels.web.cost")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert view.fields()["channels.web.delivery_rate"].input.hasFocus()
