"""The first hour of somebody new, as steps by mouse and keyboard on a window; nothing is told to its parts directly."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QTextEdit,
    QTreeWidgetItemIterator,
    QWidget,
)

from app.desktop.forms import Field
from app.desktop.frame.settings import Settings
from app.desktop.rules.editor import RuleEditor
from app.desktop.sections.items_page import ItemsPage
from app.desktop.start import show_window
from app.desktop.welcome.tiles import Tile
from app.desktop.window import Window
from tests.desktop.hands import CONTROL, LEFT, NONE, click, press, show_tab, turn, type_line

Key = Qt.Key
LONG = 120
"""seconds that processes and the engine may need to be ready, on a busy machine"""
FIGURES = {
    "visitors": "900",
    "carts": "30",
    "bought": "40",
    "order-value": "85.5",
    "margin": "42 %",
    "come-back": "35",
}
"""what the user knows of a shop, as it is typed"""


def begin(state: Path, autosave: int | None = None) -> Window:
    """The window as somebody new gets it, its settings and runs in a folder of their own."""
    settings = Settings(state / "desktop.ini")
    if autosave is not None:
        settings.autosave_seconds = autosave
    window = show_window(None, state / "runs.sqlite", settings, welcome=True)
    turn()
    return window


def until(true: Callable[[], Any], seconds: float = LONG) -> None:
    """Let the window have its turns until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        turn()
        time.sleep(0.005)


def into_sight(widget: QWidget) -> QWidget:
    """Scroll to a widget, as somebody would with the wheel."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
    turn()
    assert widget.isVisible(), widget.accessibleName()
    return widget


def dock(window: Window, title: str) -> QDockWidget:
    return next(each for each in window.findChildren(QDockWidget) if each.windowTitle() == title)


def drag_slider(slider: QSlider, *shares: float) -> None:
    """Take hold of the handle with the mouse, pass these shares of the way, let go."""
    into_sight(slider)
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control, groove, handle = (
        QStyle.ComplexControl.CC_Slider,
        QStyle.SubControl.SC_SliderGroove,
        QStyle.SubControl.SC_SliderHandle,
    )
    held = slider.style().subControlRect(control, option, handle, slider).center()
    room = slider.style().subControlRect(control, option, groove, slider)
    QTest.mousePress(slider, LEFT, NONE, held)
    for share in shares:
        QTest.mouseMove(slider, QPoint(round(room.left() + share * room.width()), held.y()))
        turn()
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(round(room.left() + shares[-1] * room.width()), held.y()))
    turn()


def field(parent: QWidget, address: str) -> Field:
    """The field of an address, scrolled into sight."""
    found = [each for each in parent.findChildren(Field) if each.isVisible() and address in each.addresses]
    assert len(found) == 1, (address, len(found))
    into_sight(found[0])
    return found[0]


def pick(of: Field, words: str) -> None:
    """Open a list with a click, go to an entry with the keyboard, take it."""
    box = of.input
    assert isinstance(box, QComboBox)
    row = box.findText(words)
    assert row >= 0, [box.itemText(number) for number in range(box.count())]
    click(box)
    QTest.keyClick(box.view(), Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(box.view(), Key.Key_Down)
    QTest.keyClick(box.view(), Key.Key_Return)
    turn()


def write(of: Field, text: str) -> None:
    """Click into a field, type, accept."""
    assert isinstance(of.input, QLineEdit)
    click(of.input)
    type_line(of.input, text)


def click_card(window: Window, id_: str) -> None:
    """Click a touchpoint on the canvas."""
    view, box = window.canvas.view, window.canvas.view.figures.cards[id_].box
    view.ensureVisible(QRectF(*box))
    turn()
    click(view.viewport(), view.mapFromScene(QRectF(*box).center()))


# The steps of the hour


def take_the_tour(window: Window) -> list[str]:
    """From the welcome through all steps, each task done; the titles that were read."""
    page = window.first_steps.welcome
    assert page is not None
    click(page.tour)
    tour = window.first_steps.tour
    read = []
    while tour.panel is not None:
        title = tour.panel.title.text()
        read.append(title)
        if title in _TASKS:
            assert tour.panel.next.text() == "Skip"
            _TASKS[title](window)
            until(lambda: tour.panel is not None and tour.panel.next.text() != "Skip")
        click(tour.panel.next)
    return read


def _select_arm(window: Window, name: str) -> None:
    listed = window.scenario.list
    row = next(row for row in range(listed.count()) if listed.item(row).text() == name)
    click(listed.viewport(), listed.visualItemRect(listed.item(row)).center())


def _move_any_lever(window: Window) -> None:
    drag_slider(next(each for each in window.levers.findChildren(QSlider) if each.isEnabled()), 0.6, 0.8)


_TASKS: dict[str, Callable[[Window], object]] = {
    "Everything can be changed": lambda window: click_card(window, "basket"),
    "Arms: what would happen if …": lambda window: _select_arm(window, "Reminders"),
    "Run it": lambda window: click(window.bar.widgetForAction(window.commands["run"])),
    "Levers": _move_any_lever,
}


def make_a_shop(window: Window, figures: dict[str, str]) -> None:
    """File, New journey: the shop with one's own six figures, typed one after the other."""
    press(window, (Key.Key_N, CONTROL))
    page = window.first_steps.new
    assert page is not None
    assert page.list.currentItem().text() == "Online shop"
    press(window, Key.Key_Return, Key.Key_Tab)
    for one in page.fields:
        assert window.focusWidget() is one.line
        press(window, (Key.Key_A, CONTROL), figures[one.figure.id], Key.Key_Tab)
    assert window.focusWidget() is page.make
    press(window, Key.Key_Space)
    if window.messages.texts:  # the tour's example was changed
        click(window.messages.button("Discard changes"))


def add_a_rule(window: Window) -> str:
    """Settings, Rules: thank who ordered, by an action that is made on the way. The rule in a sentence."""
    show_tab(window.views.tabBar(), "Settings")
    rules = section(window, "Rules")
    click(rules.adder.line)
    press(window, "Thank buyers", Key.Key_Return)
    editor = rules.editor
    assert isinstance(editor, RuleEditor)
    pick(field(editor, "rules.thank-buyers.when.entered"), "Order placed")
    write(field(editor, "rules.thank-buyers.when.after"), "1")
    click(into_sight(editor.action.new))
    write(field(editor, "actions.new-action.name"), "Thank you")
    write(field(editor, "actions.new-action.channels"), "E-mail")
    pick(field(editor, "actions.new-action.leads_to"), "Comes back to look")
    return editor.sentence.text()


def section(window: Window, title: str) -> ItemsPage:
    """Click a section in the list of the settings."""
    listed = window.sections.list
    each = QTreeWidgetItemIterator(listed)
    while each.value() is not None and each.value().text(0) != title:
        each += 1
    listed.scrollToItem(each.value())
    click(listed.viewport(), listed.visualItemRect(each.value()).center())
    return window.sections.page  # type: ignore[return-value]


def lever(window: Window, name: str) -> QSlider:
    """The slider with that accessible name."""
    sliders = [each for each in window.levers.findChildren(QSlider) if each.isVisible()]
    return next(each for each in sliders if each.accessibleName() == name)


def live_sentence(window: Window) -> str:
    return window.live.chart.answer.text()


def few_replications(window: Window, count: int) -> None:
    """Settings, Experiment: how many replications."""
    show_tab(window.views.tabBar(), "Settings")
    write(field(section(window, "Experiment"), "experiment.replications"), str(count))


def add_an_arm(window: Window, name: str) -> None:
    """A new arm under a name that is typed, with a checkout that takes less effort."""
    show_tab(window.views.tabBar(), "Canvas")
    click(window.scenario.add)
    line = window.scenario.list.findChild(QLineEdit)
    assert line is not None
    type_line(line, name)
    click_card(window, "checkout")
    write(field(window.inspector, "touchpoints.checkout.effort"), "1")


def run(window: Window) -> None:
    """Run, and wait until all of it is there."""
    press(window, Key.Key_F5)
    assert window.simulation.busy
    until(lambda: not window.simulation.busy)
    assert window.simulation.job is not None
    assert window.simulation.job.state == "finished", window.simulation.job.message
    count = window.document.reading.file.scenario.experiment.replications  # type: ignore[union-attr]
    until(lambda: _shown(window) == count and window.status.text().endswith("results are current"), 20)


def _shown(window: Window) -> int:
    results = window.simulation.results
    return 0 if results is None or results.scenario.id != window.document.tables["id"] else len(results.replications)


def compare(window: Window) -> tuple[str, list[tuple[Any, ...]]]:
    """The Compare tab in sight: its sentence, and all of its figures."""
    show_tab(window.results.tabs.tabBar(), "Compare")
    turn()
    chart = window.results.charts.compare
    assert chart.isVisible()
    assert chart.reading is not None
    return chart.answer.text(), [tuple(row) for row in chart.data(chart.reading)[1]]


def copy_chart(window: Window) -> None:
    """Save or print, Copy picture."""
    button = next(each for each in window.results.findChildren(QPushButton) if each.text() == "Save or print")
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    turn()
    entry = next(action for action in menu.actions() if action.text() == "Copy picture")
    click(menu, menu.actionGeometry(entry).center())


class Letter(QTextEdit):
    """A program that takes pictures from the clipboard, as writing and mail programs do."""

    def insertFromMimeData(self, source: Any) -> None:  # noqa: N802 (Qt's name)
        """Put the picture where the cursor is."""
        assert source.hasImage(), source.formats()
        self.pasted = QGuiApplication.clipboard().image()
        self.textCursor().insertImage(self.pasted, "chart")

    def canInsertFromMimeData(self, source: Any) -> bool:  # noqa: N802 (Qt's name)
        """Pictures."""
        return bool(source.hasImage())


def recent_tile(window: Window, name: str) -> Tile:
    """The tile of a file on the welcome."""
    page = window.first_steps.welcome
    assert page is not None
    return next(tile for tile in page.recent.tiles if tile.text() == name)


def open_run(window: Window, number: int = 0) -> None:
    """Show a stored run again: a double click in the list of runs."""
    dock(window, "Runs").raise_()
    until(lambda: window.runs.table.rowCount() > number)
    view = window.runs.view
    click(view.viewport(), view.visualRect(view.model().index(number, 0)).center())
    click(view.viewport(), view.visualRect(view.model().index(number, 0)).center(), double=True)
