"""What a person does with mouse and keyboard, in words."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTabBar, QWidget

from app.desktop.forms import Field
from app.desktop.results.tabs import ChartTabs
from app.desktop.window import Window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def turn() -> None:
    """Let the window have its turn."""
    QApplication.processEvents()


def click(widget: QWidget, at: QPoint | None = None, double: bool = False) -> None:
    """Press and let go of the left button."""
    where = widget.rect().center() if at is None else at
    (QTest.mouseDClick if double else QTest.mouseClick)(widget, LEFT, NONE, where)
    turn()


def spot(window: Window, x: float, y: float) -> QPoint:
    """Where on the canvas's part of the screen that place of the canvas is."""
    return window.canvas.view.mapFromScene(QPointF(x, y))


def look_at(window: Window, x: float, y: float) -> None:
    """Scroll until that place is in the middle."""
    window.canvas.view.centerOn(x, y)
    turn()


def drag(window: Window, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from one place of the canvas to another, coming from the left."""
    area = window.canvas.view.viewport()
    a, b = spot(window, *start), spot(window, *end)
    QTest.mouseMove(area, a - QPoint(20, 0))
    QTest.mouseMove(area, a)
    QTest.mousePress(area, LEFT, NONE, a)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(area, a + (b - a) * part)
    QTest.mouseRelease(area, LEFT, NONE, b)
    turn()


def type_line(widget: QWidget, text: str) -> None:
    """Replace what is in a field, and accept."""
    QTest.keyClick(widget, Key.Key_A, CONTROL)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Key.Key_Return)
    turn()


def line_of(field: Field) -> QLineEdit:
    """The line of a field."""
    assert isinstance(field.input, QLineEdit)
    return field.input


def retype(field: Field, text: str) -> QLineEdit:
    """Come to the line of a field, and type over what stands there, without leaving it."""
    line = line_of(field)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def take_from(box: QComboBox, words: str) -> None:
    """Take an entry of a list, wherever that is."""
    at = box.findText(words)
    assert at >= 0, [box.itemText(number) for number in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)


def press(window: Window, *keys: object) -> None:
    """Press keys where the keyboard is; texts are typed, pairs are a key with a modifier."""
    for key in keys:
        target = QApplication.focusWidget() or window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        elif isinstance(key, tuple):
            QTest.keyClick(target, *key)
        else:
            QTest.keyClick(target, key)
        turn()


def open_field(window: Window) -> QLineEdit:
    """The field that is open on the canvas."""
    found = [field for field in window.canvas.view.viewport().findChildren(QLineEdit) if field.isVisible()]
    assert len(found) == 1
    return found[0]


def choose(box: QComboBox, text: str) -> None:
    """Choose from a list with the mouse: open it, click the row."""
    click(box)
    shown = box.view()
    row = box.findText(text)
    assert row >= 0, [box.itemText(number) for number in range(box.count())]
    shown.scrollTo(box.model().index(row, 0))
    click(shown.viewport(), shown.visualRect(box.model().index(row, 0)).center())


def show_tab(bar: QTabBar, text: str) -> None:
    """Click a tab, or its entry in the list of those without room."""
    number = next(number for number in range(bar.count()) if bar.tabText(number) == text)
    tabs = bar.parent()
    if isinstance(tabs, ChartTabs) and not tabs.isTabVisible(number):
        next(action for action in tabs.more.menu().actions() if action.text() == text).trigger()
        turn()
        return
    click(bar, bar.tabRect(number).center())
