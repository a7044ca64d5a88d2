"""Common tasks in few clicks, counted where a mouse presses on the window; typing is free, and so are its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.window import Window
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from tests.desktop import mouse
from tests.desktop.first_hour import drag_slider, field, into_sight
from tests.desktop.hands import LEFT, NONE, Key, press, turn, type_line

# Qt's offscreen platform says so of every window.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
RUN_MS = 120_000


class Hand:
    """A hand on the mouse that counts how often it presses."""

    def __init__(self, window: Window) -> None:
        """At that window."""
        self.window, self.clicks = window, 0

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click what is in sight."""
        self.clicks += 1
        mouse.click(into_sight(widget), at)

    def open_menu_of(self, id_: str) -> QMenu:
        """Click a touchpoint with the right button, which opens its menu."""
        area, at = self.window.canvas.view.viewport(), self._on_card(id_)
        assert area.rect().contains(at)
        self.clicks += 1
        QTest.mouseClick(area, Qt.MouseButton.RightButton, NONE, at)
        # What a platform makes of the click; Qt's offscreen one does so for the first of a process alone.
        QApplication.sendEvent(area, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, area.mapToGlobal(at)))
        turn()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def choose(self, menu: QMenu, words: str) -> None:
        """Click an entry of a menu that is open."""
        assert menu.isVisible()
        entry = next(action for action in menu.actions() if action.text() == words)
        self.clicks += 1
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(entry).center())
        turn()

    def open_list(self, button: QWidget, menu: QMenu) -> None:
        """Click a button that opens a menu, which would keep the test waiting until something is chosen."""
        assert button.isVisible()
        self.clicks += 1
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        turn()

    def pick(self, box: QWidget, words: str) -> None:
        """Click a list open, choose by keyboard."""
        assert isinstance(box, QComboBox)
        self.click(box, QPoint(box.width() - 8, box.height() // 2))
        row = box.findText(words)
        assert row >= 0, [box.itemText(number) for number in range(box.count())]
        QTest.keyClick(box.view(), Key.Key_Home)
        for _ in range(row):
            QTest.keyClick(box.view(), Key.Key_Down)
        QTest.keyClick(box.view(), Key.Key_Return)
        turn()

    def drag_from_port(self, id_: str, to: QPointF) -> None:
        """Drag from the edge of a touchpoint, where a port appears under the mouse, to a point of the canvas."""
        view = self.window.canvas.view
        figure = view.figures.cards[id_]
        handle = self.window.windowHandle()
        port, end = (
            view.viewport().mapTo(self.window, view.mapFromScene(QPointF(*point)))
            for point in (figure.port, to.toTuple())
        )
        QTest.mouseMove(handle, view.viewport().mapTo(self.window, self._on_card(id_)))
        QTest.mouseMove(handle, port)
        self.clicks += 1
        QTest.mousePress(handle, LEFT, NONE, port)
        for part in (0.3, 0.7, 1.0):
            QTest.mouseMove(handle, port + (end - port) * part)
        QTest.mouseRelease(handle, LEFT, NONE, end)
        turn()

    def _on_card(self, id_: str) -> QPoint:
        view = self.window.canvas.view
        return view.mapFromScene(QRectF(*view.figures.cards[id_].box).center())


@pytest.fixture
def hand(window: Window) -> Hand:
    """At a window that shows an example, with nothing done yet."""
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    window.document.apply("Few", lambda text: edit(text, {"population.size": 200, "experiment.replications": 3}))
    turn()
    return Hand(window)


def test_an_example_is_opened_with_one_click(window: Window) -> None:
    window.first_steps.show_welcome()
    turn()
    assert window.first_steps.welcome is not None
    hand = Hand(window)
    hand.click(window.first_steps.welcome.examples.tiles[0])
    assert len(window.document.journey.touchpoints) > 3
    assert window.canvas.isVisible()
    assert hand.clicks <= 1


def test_a_journey_is_made_of_a_template_with_two_clicks(window: Window) -> None:
    window.first_steps.show_welcome()
    turn()
    assert window.first_steps.welcome is not None
    hand = Hand(window)
    hand.click(window.first_steps.welcome.templates.tiles[0])
    assert window.first_steps.new is not None
    hand.click(window.first_steps.new.make)
    assert len(window.document.journey.touchpoints) > 3
    assert window.canvas.isVisible()
    assert hand.clicks <= 2


def test_a_connected_touchpoint_is_added_with_one_drag(hand: Hand) -> None:
    window = hand.window
    before = {touchpoint.id for touchpoint in window.document.journey.touchpoints}
    box = window.canvas.view.figures.cards["basket"].box
    hand.drag_from_port("basket", QPointF(box.right + 40, box.bottom + 60))
    press(window, "Wish list", Key.Key_Return)
    (new,) = [each for each in window.document.journey.touchpoints if each.id not in before]
    assert new.name == "Wish list"
    assert [each.source for each in window.document.journey.transitions if each.target == new.id] == ["basket"]
    assert hand.clicks <= 1


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("Conversion goal", lambda touchpoint: touchpoint.goal),
        ("Exit: the customer is lost", lambda touchpoint: touchpoint.exit == "churn"),
    ],
)
def test_a_touchpoint_becomes_a_goal_or_an_exit_with_two_clicks(
    hand: Hand, words: str, holds: Callable[[object], bool]
) -> None:
    hand.choose(hand.open_menu_of("basket"), words)
    touchpoint = hand.window.document.journey.touchpoint("basket")
    assert touchpoint is not None
    assert holds(touchpoint)
    assert hand.clicks <= 2


def test_a_rule_for_abandoned_baskets_is_made_with_five_clicks(hand: Hand) -> None:
    window = hand.window
    before = {rule["id"] for rule in window.document.tables["rules"]}
    hand.choose(hand.open_menu_of("basket"), "Add a rule that starts here")
    (new,) = [rule["id"] for rule in window.document.tables["rules"] if rule["id"] not in before]
    page = window.sections.page
    hand.pick(field(page, f"rules.{new}.when.without").input, "Order placed")
    wait = field(page, f"rules.{new}.when.after").input
    assert isinstance(wait, QLineEdit)
    hand.click(wait)
    type_line(wait, "0.042")
    hand.pick(field(page, f"rules.{new}.do").input, "You left something in your basket")
    (rule,) = [rule for rule in window.document.tables["rules"] if rule["id"] == new]
    assert rule["when"] == {"entered": "basket", "without": "order", "after": 0.042}
    assert rule["do"] == "reminder"
    assert hand.clicks <= 5


def test_a_run_takes_one_click_who_wins_none_and_a_chart_on_the_clipboard_one(hand: Hand, qtbot: QtBot) -> None:
    window = hand.window
    hand.click(window.bar.button("run"))
    assert hand.clicks <= 1
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.status.text().endswith("results are current"), timeout=RUN_MS)
    answer = window.results.charts.retention.answer
    assert not answer.visibleRegion().isEmpty(), "the answer is in sight as soon as it is there"
    assert 'than under "' in answer.text() or "no difference" in answer.text()
    assert hand.clicks <= 1, "who wins takes none more"

    QGuiApplication.clipboard().clear()
    hand.clicks = 0
    (copy,) = [each for each in window.results.findChildren(QPushButton) if each.text() == "Copy"]
    hand.click(copy)
    assert QGuiApplication.clipboard().mimeData().hasImage()
    assert hand.clicks <= 1


def test_an_arm_with_a_changed_lever_is_made_with_two_clicks(hand: Hand) -> None:
    window = hand.window
    hand.click(window.scenario.add)
    line = window.scenario.list.findChild(QLineEdit)
    assert line is not None
    type_line(line, "More e-mail")
    slider = next(each for each in window.levers.findChildren(QSlider) if each.isVisible() and each.isEnabled())
    hand.clicks += 1
    drag_slider(slider, 0.6, 0.9)
    (arm,) = [arm for arm in window.document.arms if arm.get("name") == "More e-mail"]
    assert arm["set"], "the lever wrote into it"
    assert hand.clicks <= 2


def test_the_journey_map_becomes_a_pdf_with_two_clicks(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "map.pdf"), ""))
    button = hand.window.bar.along
    hand.open_list(button, button.menu())
    hand.choose(button.menu(), "Save journey map as PDF …")
    page = (tmp_path / "map.pdf").read_bytes()
    assert page.startswith(b"%PDF")
    assert hand.clicks <= 2
