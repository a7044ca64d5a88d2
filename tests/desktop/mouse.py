"""A mouse on the screen: it presses what is in sight at a place, whatever that is, and scrolls to what is not."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QComboBox, QScrollArea, QWidget

from tests.desktop.hands import CONTROL, LEFT, NONE, Key, turn

_NOTCH = 120
_MOST_NOTCHES = 400
_MARGIN = 4


def click(widget: QWidget, at: QPoint | None = None, double: bool = False) -> None:
    """Click a place of a widget that has been scrolled into view; whatever lies there gets the click."""
    where = widget.rect().center() if at is None else at
    bring(widget, QRect(where, where))
    top, there = _on_window(widget, where)
    if not double:
        QTest.mouseMove(top.windowHandle(), there)
    (QTest.mouseDClick if double else QTest.mouseClick)(top.windowHandle(), LEFT, NONE, there)
    turn()


def drag(widget: QWidget, path: Iterable[QPoint]) -> None:
    """Press at the first place, go through the others, let go at the last."""
    first, *others = path
    top, there = _on_window(widget, first)
    QTest.mouseMove(top.windowHandle(), there)
    QTest.mousePress(top.windowHandle(), LEFT, NONE, there)
    for point in others:
        _, there = _on_window(widget, point)
        QTest.mouseMove(top.windowHandle(), there)
    QTest.mouseRelease(top.windowHandle(), LEFT, NONE, there)
    turn()


def point(widget: QWidget, at: QPoint) -> None:
    """Move to a place without pressing."""
    top, there = _on_window(widget, at)
    QTest.mouseMove(top.windowHandle(), there)
    turn()


def close_popup(window: QWidget) -> None:
    """Click into a corner of the window, which only closes what has opened above it."""
    QTest.mouseClick(window.windowHandle(), LEFT, NONE, QPoint(2, window.height() - 2))
    turn()


def write(line: QWidget, text: str) -> None:
    """Click into a field, replace what is there, and accept."""
    bring(line)
    click(line)
    assert line.hasFocus(), line.accessibleName()
    QTest.keyClick(line, Key.Key_A, CONTROL)
    if text:
        QTest.keyClicks(line, text)
    else:
        QTest.keyClick(line, Key.Key_Delete)
    QTest.keyClick(line, Key.Key_Return)
    turn()


def choose(box: QComboBox, *texts: str) -> None:
    """Open a list at its arrow and click the entry that is called so (the first of these that there is)."""
    bring(box)
    click(box, QPoint(box.width() - 8, box.height() // 2))
    shown = box.view()
    assert shown.isVisible(), box.accessibleName()
    entries = [box.itemText(number) for number in range(box.count())]
    row = next((entries.index(text) for text in texts if text in entries), -1)
    assert row >= 0, (box.accessibleName(), texts, entries)
    click_entry(shown, box.model().index(row, box.modelColumn()))
    assert not shown.isVisible(), (box.accessibleName(), texts)


def click_entry(view: QAbstractItemView, index: QModelIndex, double: bool = False) -> None:
    """Scroll to an entry of a list with the wheel, and click it."""
    area = view.viewport()
    for _ in range(_MOST_NOTCHES):
        middle = view.visualRect(index).center()
        if area.rect().contains(middle):
            break
        sideways = 0 <= middle.y() < area.height()
        _turn_wheel(area, up=(middle.x() if sideways else middle.y()) < 0, sideways=sideways)
    click(area, view.visualRect(index).center(), double)


def bring(widget: QWidget, part: QRect | None = None) -> None:
    """Turn the wheel until a part of a widget is in sight: all of it, where it fits."""
    turn()
    around = [area for area in _parents(widget) if isinstance(area, QScrollArea)]
    for area in around:
        view = area.viewport()
        for _ in range(_MOST_NOTCHES):
            rect = widget.rect() if part is None else part
            corner = widget.mapTo(view, rect.topLeft())
            above, below = corner.y() - _MARGIN, view.height() - corner.y() - rect.height() - _MARGIN
            if (above >= 0 and below >= 0) or (rect.height() > view.height() and above <= 0 and below <= 0):
                break
            before = area.verticalScrollBar().value()
            _turn_wheel(view, up=above < 0)
            if area.verticalScrollBar().value() == before:
                break


def _turn_wheel(area: QWidget, up: bool, sideways: bool = False) -> None:
    """One notch, at the left edge, where no field takes it; up is left where it is turned sideways."""
    at = QPointF(1, area.height() / 2)
    notch = _NOTCH if up else -_NOTCH
    turned = QPoint(notch, 0) if sideways else QPoint(0, notch)
    event = QWheelEvent(
        at, QPointF(area.mapToGlobal(at.toPoint())), QPoint(), turned, Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(area, event)
    turn()


def _on_window(widget: QWidget, at: QPoint) -> tuple[QWidget, QPoint]:
    """The window on the screen and the place in it, where that widget has to lie, or a part of it."""
    top = widget.window()
    point = widget.mapTo(top, at)
    there = top.childAt(point) or top
    assert widget is there or widget.isAncestorOf(there) or there is _around(widget), (widget, at, there)
    return top, point


def _around(widget: QWidget) -> QWidget | None:
    """The frame that passes on what it gets to the widget in it."""
    parent = widget.parentWidget()
    return parent if isinstance(parent, QAbstractScrollArea) else None


def _parents(widget: QWidget) -> Iterable[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()
